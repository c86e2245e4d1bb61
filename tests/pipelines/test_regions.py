"""Which regions an article is about, on short articles of our own that each set a trap."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.article import Article, Scope, Where
from newscrawler.newsroom import Meaning, Newsroom
from newscrawler.vocabulary import Vocabulary
from pipelines.language import language
from pipelines.regions import regions
from pipelines.step import StepContext
from tests.conftest import NOW, an_article

# Headline, body, scope, the numbers of the ISO codes, primary first.
ARTICLES = [
    (
        "Сайрам ауданында жылыжай кешені салынды",
        [
            "Кешен ауыл тұрғындарына 40 жұмыс орнын ашты.",
            "Ұқсас жоба Жамбыл облысында да бар.",
            "Өнім Алматыға жөнелтіледі.",
        ],
        "regional",
        "61",
    ),
    (
        "Аудан әкімі есеп берді",
        ["Бородулиха ауданының әкімі тұрғындармен кездесті.", "Абай облысында мұндай кездесулер жиі өтеді."],
        "regional",
        "10",
    ),
    (
        "Абай мұрасы үйірмесі ашылды",
        ["Өскемендегі кітапханада Абайдың өлеңдерін оқитын үйірме ашылды.", "Абай көшесіндегі ғимарат жөнделді."],
        "regional",
        "63",
    ),
    (
        "Мәжіліс салық кодексін екінші оқылымда қарады",
        ["Депутаттар Астанада өткен отырыста жобаны мақұлдады.", "Түзетулер Қазақстандағы барлық кәсіпкерге қатысты."],
        "national",
        "",
    ),
    (
        "В Астане прошло заседание правительства Казахстана",
        ["Министры доложили о подготовке к зиме.", "Премьер-министр поручил ускорить ремонт дорог по всей стране."],
        "national",
        "",
    ),
    (
        "В столице отремонтируют мост через Ишим",
        ["Мост в Астане закроют на месяц.", "Жители столицы поедут в объезд по улице Кенесары."],
        "regional",
        "71",
    ),
    (
        "Землетрясение в Турции: погибли десять человек",
        ["Толчки ощущались в Анкаре.", "Граждан Казахстана среди погибших нет, сообщили в Алматы."],
        "world",
        "",
    ),
    (
        "Франция астанасында ереуіл басталды",
        ["Париж көшелеріне мыңдаған адам шықты.", "Ереуілге Франция кәсіподақтары шақырды."],
        "world",
        "",
    ),
    (
        "Синоптики предупредили о метели в десяти регионах",
        [
            "Метель ожидается в Костанайской, Акмолинской, Павлодарской, Карагандинской областях.",
            "Сильный ветер будет в Абайской, Восточно-Казахстанской и Северо-Казахстанской областях.",
        ],
        "national",
        "",
    ),
    (
        "Кто отвечает за полив",
        ["В СКО аграрии ждут дождя.", "Скорая помощь здесь ни при чём, шутят фермеры Кызылжарского района."],
        "regional",
        "59",
    ),
    (
        "Алматинская область и Алматы построят общую дорогу",
        ["Трасса свяжет Алматы и Талгарский район Алматинской области.", "Работы начнёт Алматинская область."],
        "regional",
        "19 75",
    ),
    (
        "На трассе Алматы – Екатеринбург перевернулся грузовик",
        ["Авария произошла у села в Карасуском районе Костанайской области.", "Водитель из Костаная не пострадал."],
        "regional",
        "39",
    ),
    (
        "Jańa kópir ashyldy",
        ["Qyzylorda oblysynyń Qazaly aýdanynda jańa kópir ashyldy.", "Kópir Qazaly qalasyn aýyldarmen jalǵaıdy."],
        "regional",
        "43",
    ),
    (
        "جاڭا كوپىر اشىلدى",
        ["ماڭعىستاۋ وبلىسىندا جاڭا كوپىر اشىلدى.", "اقتاۋ قالاسىنىڭ تۇرعىندارى قۋاندى."],
        "regional",
        "47",
    ),
    (
        "Зауыт жұмысын тоқтатты",
        ["Павлодардағы зауыт жөндеуге жабылды, – деп хабарлайды Алматы жаңалықтары."],
        "regional",
        "55",
    ),
    (
        "Школьники спасли аиста",
        ["КОСТАНАЙ. Казинформ – В селе под Кокшетау школьники спасли аиста.", "Птицу выходили в Зерендинском районе."],
        "regional",
        "11",
    ),
    ("Ғалымдар жаңа жұлдыз ашты", ["Жұлдыз Жерден жүз жарық жылы қашықтықта."], "national", ""),
]


def tagged(headline: str, body: list[str], context: StepContext, **values: object) -> Article:
    article = an_article(1, **({"headline": headline, "description": None, "body": body} | values))
    return regions(language(article, context), context)


@pytest.fixture(scope="module")
def context(vocabulary: Vocabulary) -> StepContext:
    return StepContext(vocabulary=vocabulary, now=NOW)


@pytest.mark.parametrize(("headline", "body", "scope", "codes"), ARTICLES)
def test_what_an_article_is_about(headline: str, body: list[str], scope: str, codes: str, context: StepContext) -> None:
    article = tagged(headline, body, context)
    assert article.scope == scope
    assert [tag.code.removeprefix("KZ-") for tag in article.regions] == codes.split()


def test_every_tag_shows_its_words_and_where_they_stood(context: StepContext) -> None:
    (tag,) = tagged("Арыста мектеп ашылды", ["Түркістан облысында жаңа мектеп бар."], context).regions
    assert [(item.words, item.where) for item in tag.evidence] == [
        ("Арыста", Where.HEADLINE),
        ("Түркістан облысында", Where.BODY),
    ]
    assert tag.score > 4


def newsroom(**values: object) -> Newsroom:
    known: dict[str, object] = {
        "name": "newsroom_test",
        "title": "Newsroom.test",
        "site": "https://newsroom.test/",
        "hosts": ("newsroom.test",),
        "languages": ("kk",),
    }
    return Newsroom.model_validate(known | values)


def test_section_and_address_of_the_newsroom_are_evidence(vocabulary: Vocabulary) -> None:
    site = newsroom(
        sections={"Сыр елі": Meaning(region="KZ-43")}, addresses={"/kk/region/turkistan/": Meaning(region="KZ-61")}
    )
    context = StepContext(vocabulary=vocabulary, now=NOW, newsroom=site)
    body = ["Ауылда жаңа мектеп ашылды."]
    (by_section,) = tagged("Мектеп ашылды", body, context, section="Сыр елі").regions
    assert (by_section.code, by_section.evidence[0].where) == ("KZ-43", Where.SECTION)
    address = "https://newsroom.test/kk/region/turkistan/1"
    (by_address,) = tagged("Мектеп ашылды", body, context, canonical_url=address).regions
    assert (by_address.code, by_address.evidence[0].where) == ("KZ-61", Where.ADDRESS)


def test_a_section_called_like_a_region_is_evidence(context: StepContext) -> None:
    (tag,) = tagged("Мектеп ашылды", ["Ауылда жаңа мектеп бар."], context, section="Қостанай облысы").regions
    assert (tag.code, tag.evidence[0].words) == ("KZ-39", "Қостанай облысы")


def test_a_section_of_the_world_outweighs_a_mention_in_passing(context: StepContext) -> None:
    body = ["Самолёт летел из Алматы.", "Пассажиров высадили."]
    assert tagged("Самолёт сел в пустыне", body, context, section="В мире").scope is Scope.WORLD
    assert tagged("Самолёт сел в пустыне", body, context).scope is Scope.REGIONAL


def test_a_scope_that_the_newsroom_says_is_regional_holds(vocabulary: Vocabulary) -> None:
    site = newsroom(sections={"Аймақ": Meaning(scope="regional")})
    context = StepContext(vocabulary=vocabulary, now=NOW, newsroom=site)
    body = ["Қазақстан Үкіметі мен Мәжіліс жобаны мақұлдады.", "Қазақстанда заң күшіне енді.", "Арыс қаласы да бар."]
    assert tagged("Қазақстанда жаңа заң", body, context).scope is Scope.NATIONAL
    assert [tag.code for tag in tagged("Қазақстанда жаңа заң", body, context, section="Аймақ").regions] == ["KZ-61"]


@given(headline=st.text(max_size=60), body=st.lists(st.text(max_size=120), max_size=4))
def test_only_regional_articles_have_regions(context: StepContext, headline: str, body: list[str]) -> None:
    article = tagged(headline, ["Алматы облысы", *body], context)
    assert (article.scope is Scope.REGIONAL) == bool(article.regions)
    assert [tag.score for tag in article.regions] == sorted((tag.score for tag in article.regions), reverse=True)
