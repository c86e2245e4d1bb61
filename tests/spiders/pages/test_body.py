"""The body as a whole: what of a page is the article's text, and what is not."""

from __future__ import annotations

import pytest

from newscrawler.errors import NotAnArticle
from tests.spiders.pages.page_samples import HEADLINE, PARAGRAPHS, article, body, newsroom, page_html

FIRST, SECOND, THIRD = PARAGRAPHS
TEASERS = "".join(
    f"<div class='item'><h3><a href='/kk/news/{number}'>Басқа жаңалықтың тақырыбы {number}</a></h3><p>{text}</p></div>"
    for number, text in ((5, "Облыста егін жинау науқаны басталды."), (6, "Қалада жаңа мектеп салынып жатыр."))
)


def test_paragraphs_subheads_lists_and_quotations_in_order() -> None:
    html = (
        f"<div class='text'><p>{FIRST}</p><h2>Құрылыс</h2><p>{SECOND}</p><ul><li>екі жолақ</li><li>жаяу жол</li></ul>"
        f"<blockquote><p>Көпір бізге көптен керек еді, – деді тұрғын.</p></blockquote><p>{THIRD}</p></div>"
    )
    found = article(page_html(html))
    assert found.body == [
        FIRST,
        "Құрылыс",
        SECOND,
        "екі жолақ",
        "жаяу жол",
        "Көпір бізге көптен керек еді, – деді тұрғын.",
        THIRD,
    ]
    assert "<h2>Құрылыс</h2>" in found.body_html
    assert "<ul><li>екі жолақ</li><li>жаяу жол</li></ul>" in found.body_html
    assert "<blockquote><p>Көпір бізге" in found.body_html


@pytest.mark.parametrize(
    "html",
    [
        "".join(f"<div class='block'><div class='block__text'>{text}</div></div>" for text in PARAGRAPHS),
        "".join(
            f"<div class='part'><p>{text}</p></div><div class='banner'>Жарнама орны осында</div>" for text in PARAGRAPHS
        ),
        f"<p><div>{'<br><br>'.join(PARAGRAPHS)}</div></p>",
        f"<div>{'<br>'.join(PARAGRAPHS)}</div>",
        f"<div><p>{FIRST}</p></div><div><p>{SECOND}</p><p>{THIRD}</p></div>",
        f"<div class='a'><span>{FIRST}</span><br/> <br/>{SECOND}<p>{THIRD}</div>",
        f"<table><tr><td>{body()}</td></tr></table>",
    ],
)
def test_however_the_paragraphs_are_marked_up(html: str) -> None:
    assert article(page_html(html)).body == PARAGRAPHS


@pytest.mark.parametrize(
    "noise",
    [
        "<div class='read-also'><p>Сондай-ақ</p><ul><li><a href='/kk/news/2'>Бензин бағасы өсті</a></li></ul></div>",
        "<p><b>Читайте также:</b> <a href='/ru/news/2'>Бензин подорожал в трёх областях страны</a></p>",
        "<p>Тағы оқыңыз: <a href='/kk/news/2'>Бензин бағасы өсті</a></p>",
        "<p>Read also: <a href='/en/news/2'>Petrol prices have risen in three regions</a></p>",
        "<p>Sondai-aq oqyñyz: <a href='/lat/news/2'>Benzin bağasy östi</a></p>",
        "<p>سونداي-اق وقىڭىز: <a href='/arab/news/2'>بەنزين باعاسى ءوستى</a></p>",
        "<p>Скачайте приложение и читайте новости без интернета.</p>",
        "<p><a href='/kk/news/2'>Бензин бағасы үш облыста өсті</a></p>",
        "<ul><li><a href='/kk/news/2'>Бензин бағасы өсті</a></li><li><a href='/kk/news/3'>Ет арзандады</a></li></ul>",
        "<p>Подписывайтесь на наш Telegram-канал и узнавайте новости первыми.</p>",
        "<p>Қате таптыңыз ба? Мәтінді белгілеп, Ctrl+Enter басыңыз.</p>",
        "<figure><img src='/a.jpg'><figcaption>Көпірдің ашылу салтанаты. Фото: Әкімдік</figcaption></figure>",
        "<div><img src='/a.jpg'><i>Көпірдің ашылу салтанаты</i></div>",
        "<p>Фото: Дәурен Әбдіғали</p>",
        "<p>Сурет: әкімдіктің баспасөз қызметі</p>",
        "<p>Автор: Айгүл Сәрсенова</p>",
        "<div class='views'>Қаралды: 1 245 рет</div>",
        "<p>12 456</p>",
        "<p>#Шымкент #көпір</p>",
        "<div class='share'><span>Достарыңызбен бөлісіңіз, пікіріңізді де қалдырыңыз, жазыңыз</span></div>",
        '<p>[ad_rotator group="7"]</p>',
        "<p>[caption id='x' width='10']<img src='/a.jpg'> Көпір салтанатты түрде ашылды[/caption]</p>",
        "<script>var text = 'Мұнда ұзақ мәтін бар, бірақ ол мақаланың бөлігі емес, өйткені бұл скрипт.'</script>",
        "<form><p>Жаңалықтарды поштаңызға алыңыз: тегін таратылымға жазылыңыз, бас тартпаңыз.</p></form>",
        "<p>Сетевое издание zhanalyq.test, свидетельство о регистрации № 17000-СИ от 5 марта 2019 года.</p>",
        "<p>Получайте главные новости дня на почту: оставьте адрес и подтвердите подписку.</p>",
        "<p>Біз cookie файлдарын қолданамыз. Сайтта қалсаңыз, бұған келісім бергеніңіз.</p>",
        TEASERS,
    ],
)
def test_noise_between_and_after_paragraphs_is_left_out(noise: str) -> None:
    html = f"<div class='article__body'><p>{FIRST}</p>{noise}<p>{SECOND}</p><p>{THIRD}</p>{noise}</div>"
    assert article(page_html(html)).body == PARAGRAPHS


def test_what_stands_around_the_article_is_left_out() -> None:
    around = (
        "<aside><p>Көп оқылғандар қатарында бензин бағасы туралы жаңалық тұр, оны мыңдаған адам оқыды.</p></aside>"
        f"<div class='related'>{TEASERS}</div>"
        "<div class='comments'><p>Өте керемет жаңалық екен, рахмет сіздерге!</p></div>"
        "<footer><p>Zhanalyq.test желілік басылымы 2019 жылғы 1 ақпанда тіркелген, куәлік № 00000-СИ.</p></footer>"
    )
    assert article(page_html(f"<div>{body()}</div>", around=around)).body == PARAGRAPHS


def test_headline_and_lead_are_not_repeated_on_top() -> None:
    lead = "Құрылысы екі жылға созылған көпір қала орталығындағы кептелісті азайтады."
    html = f"<div class='lead'>{lead}</div><div class='body'><p>{HEADLINE}</p><p>{lead}</p>{body()}</div>"
    found = article(page_html(html))
    assert found.description == lead
    assert found.body == PARAGRAPHS


def test_a_date_on_top_is_no_paragraph() -> None:
    html = f"<div class='body'><p>13 мамыр 2024, 10:00</p>{body()}<p>2023 жылы көпір болған жоқ.</p></div>"
    assert article(page_html(html)).body == [*PARAGRAPHS, "2023 жылы көпір болған жоқ."]


def test_a_picture_article_keeps_its_one_sentence() -> None:
    assert article(page_html(f"<div class='article__body'><p>{HEADLINE}</p></div>")).body == [HEADLINE]


def test_links_within_sentences_stay() -> None:
    linked = "Бұл туралы <a class='tag' href='/kk/tag/1'>әкімдік</a> хабарлады, дейді тілші."
    html = f"<div><p>{FIRST}</p><p>{linked}</p><p>{THIRD}</p></div>"
    found = article(page_html(html))
    assert found.body[1] == "Бұл туралы әкімдік хабарлады, дейді тілші."
    assert '<a href="https://zhanalyq.test/kk/tag/1">әкімдік</a>' in found.body_html


def test_the_words_around_a_body_do_not_hide_it() -> None:
    html = f"<div class='comment-free related sidebar'><div class='banner'>{body()}</div></div>"
    assert article(page_html(html)).body == PARAGRAPHS


def test_a_page_that_holds_its_body_twice_gives_it_once() -> None:
    html = f"<div class='desktop'>{body()}</div><div class='desktop'>{body()}</div>"
    assert article(page_html(html)).body == PARAGRAPHS


def test_a_paragraph_between_lead_and_body_belongs_to_the_body() -> None:
    html = (
        "<p class='subtitle'>Қала тұрғындары көптен күткен сәт келді</p>"
        f"<div class='intro-text-block'><p>{FIRST}</p></div><figure><img src='/a.jpg'></figure>"
        f"<div class='article__body'><p>{SECOND}</p><p>{THIRD}</p></div>"
    )
    found = article(page_html(html))
    assert found.description == "Қала тұрғындары көптен күткен сәт келді"
    assert found.body == PARAGRAPHS


def test_a_line_above_the_body_that_is_no_paragraph_is_none_of_it() -> None:
    line = "Көпірдің ашылу салтанатына қала тұрғындары мен қонақтар, құрылысшылар және оқушылар жиналды."
    html = f"<div class='x'><img src='/a.jpg'><div><b>{line}</b></div></div><div class='article__body'>{body()}</div>"
    assert article(page_html(html)).body == PARAGRAPHS


def test_the_newsrooms_selector_decides() -> None:
    html = (
        f"<div class='x'><p>{SECOND}</p></div><div class='x comment'><p>{THIRD}</p></div><div>{body([FIRST] * 3)}</div>"
    )
    found = article(page_html(html), newsroom(selectors={"body": ".x"}))
    assert found.body == [SECOND, THIRD]
    assert found.sources["body"] == "selector .x"


def test_what_the_newsroom_removes_is_gone_before_anything_is_read() -> None:
    html = f"<div>{body()}<p class='note'>Бұл мақала серіктестердің қолдауымен дайындалды, алғыс айтамыз.</p></div>"
    assert article(page_html(html), newsroom(selectors={"remove": ".note"})).body == PARAGRAPHS


def test_the_newsrooms_own_boilerplate_is_left_out() -> None:
    html = f"<div>{body()}<p>Бізбен бірге болыңыз, құрметті оқырман, ертең де келіңіз.</p></div>"
    room = newsroom(wording={"boilerplate": ["Бізбен бірге болыңыз"]})
    assert article(page_html(html), room).body == PARAGRAPHS


@pytest.mark.parametrize(
    "main",
    [
        "<div class='article__body'></div>",
        "<div itemprop='articleBody'><img src='/a.jpg'></div>",
        "<div class='entry-content'><p>Подписывайтесь на наш Telegram-канал и узнавайте новости первыми.</p></div>",
    ],
)
def test_an_empty_article_is_never_filled_from_the_sidebar(main: str) -> None:
    sidebar = f"<div class='column'>{''.join(f'<p>{text} Бұл басқа мақаланың сөзі.</p>' for text in PARAGRAPHS)}</div>"
    with pytest.raises(NotAnArticle):
        article(page_html(main, around=sidebar))
