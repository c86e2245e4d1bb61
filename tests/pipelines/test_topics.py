"""What an article is about, on short articles of our own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.article import Article, Where
from newscrawler.newsroom import Meaning, Newsroom
from newscrawler.vocabulary import Vocabulary
from pipelines.language import language
from pipelines.step import StepContext
from pipelines.topics import topics
from tests.conftest import NOW, an_article

# The first topic, headline, body.
ARTICLES = [
    (
        "culture",
        "Драма театрында жаңа маусым ашылды",
        "Режиссер Ибсеннің пьесасын сахналады, басты рөлде жас актер ойнады.",
    ),
    (
        "culture",
        "В галерее открылась выставка акварелей",
        "Художник показал сорок работ, среди них портреты и пейзажи.",
    ),
    ("crime", "Алаяқ зейнеткердің жинағын алып кетті", "Полиция күдіктіні ұстады, сот оны екі айға қамауға алды."),
    ("crime", "Бухгалтера осудили за хищение", "Суд назначил ей три года лишения свободы, приговор не вступил в силу."),
    ("emergency", "Тау бөктерінде көшкін жүрді", "Құтқарушылар жолды тазартып, он адамды эвакуациялады."),
    ("emergency", "На складе произошёл пожар", "Спасатели МЧС потушили огонь за два часа, пострадавших нет."),
    ("economy", "Бидай экспорты екі есе артты", "Фермерлер астықты Иранға жөнелтті, баға тоннасына көтерілді."),
    (
        "economy",
        "Инфляция замедлилась до восьми процентов",
        "Нацбанк сохранил базовую ставку, цены на продукты выросли.",
    ),
    ("education", "Түлектер ҰБТ тапсыруды бастады", "Биыл мектеп бітірген оқушылар бес пәннен емтихан тапсырады."),
    ("education", "Студенты получат гранты", "Университет объявил набор на педагогические специальности."),
    (
        "environment",
        "Каспий итбалықтары қырылып жатыр",
        "Экологтар теңіз суының ластануын зерттеп, қорық ашуды ұсынды.",
    ),
    ("environment", "В степи высадили саксаул", "Экологи борются с опустыниванием и спасают сайгаков от браконьеров."),
    (
        "health",
        "Қызылшаға қарсы вакцина жеткізілді",
        "Дәрігерлер балаларға екпе салуды бастады, емхана сенбіде жұмыс істейді.",
    ),
    ("health", "Хирурги провели редкую операцию", "Врачи больницы спасли пациента с инфарктом."),
    ("human-interest", "Жүз жастағы қария елу немере сүйді", "Тағдыры ауыр болса да, әже отбасын аман алып қалды."),
    (
        "human-interest",
        "Бабушка и внук воссоединились спустя сорок лет",
        "Судьба развела семью, но брат нашёл письмо матери.",
    ),
    ("labour", "Құрылысшылар жалақысын талап етті", "Кәсіподақ жұмыс берушімен ұжымдық шарт жасасты, ереуіл тоқтады."),
    ("labour", "Безработица снизилась", "Работодатели подали двести вакансий, минимальная зарплата вырастет."),
    (
        "lifestyle",
        "Туристер Шарын каньонына ағылды",
        "Демалушылар шатыр тігіп, гидтермен серуенге шықты, қонақүйде орын жоқ.",
    ),
    ("lifestyle", "Пять рецептов летних блюд", "Повар ресторана советует подавать закуски на прогулке и в походе."),
    (
        "politics",
        "Мәжіліс депутаттары заң жобасын мақұлдады",
        "Сенат спикері сайлау туралы түзетулерді Президентке жолдады.",
    ),
    ("politics", "Президент назначил нового посла", "Указ подписан после встречи с министром иностранных дел."),
    ("religion", "Жаңа мешіт ашылды", "Имам жұма намазын оқытып, мұсылмандарды құттықтады."),
    ("religion", "Верующие встретили Пасху", "Епископ провёл в храме богослужение и молитву."),
    (
        "science",
        "Археологтар сақ қорғанын тапты",
        "Ғалымдар қазба жұмыстарын жүргізіп, жәдігерді зертханада зерттейді.",
    ),
    ("science", "Учёные создали нейросеть для телескопа", "Алгоритм искусственного интеллекта ищет новые спутники."),
    (
        "society",
        "Қоғамдық көлікте жол ақысы қымбаттамайды",
        "Жолаушылар автобуспен жүреді, зейнеткерлерге жеңілдік сақталады.",
    ),
    ("society", "Волонтёры помогли многодетным семьям", "Социальные выплаты и пособия получат жители села."),
    ("sport", "Боксшы әлем чемпионы атанды", "Финалда ол қарсыласын нокаутпен жеңіп, алтын медаль алды."),
    ("sport", "Сборная вышла в полуфинал турнира", "Футболисты победили со счётом 3:1, тренер похвалил вратаря."),
    ("conflict", "Шекарада атыс болды", "Әскерилер соғыс қимылдарын тоқтатып, бітімге келуге келісті."),
    ("conflict", "Стороны договорились о перемирии", "Войска прекратили обстрел, пленных обменяют."),
    ("weather", "Ертең аяз күшейеді", "Синоптиктер боран мен көктайғақ болады деп ескертті, түнде 25 градус суық."),
    ("weather", "На выходных ожидаются дожди", "Казгидромет: местами гроза и град, ветер до 20 м/с."),
    ("sport", "Shahmatshy turnirde jeńdi", "Grossmeister finalda chempiondy utyp, altyn medal aldy."),
]


def tagged(headline: str, body: list[str], context: StepContext, **values: object) -> Article:
    article = an_article(1, **({"headline": headline, "description": None, "body": body} | values))
    return topics(language(article, context), context)


@pytest.fixture(scope="module")
def context(vocabulary: Vocabulary) -> StepContext:
    return StepContext(vocabulary=vocabulary, now=NOW)


@pytest.mark.parametrize(("topic", "headline", "body"), ARTICLES)
def test_the_first_topic(topic: str, headline: str, body: str, context: StepContext) -> None:
    assert tagged(headline, [body], context).topics[0].code == topic


def test_every_tag_shows_the_words_that_led_to_it(context: StepContext) -> None:
    tag = tagged("Боксшы чемпион атанды", ["Боксшы турнирде жеңді."], context).topics[0]
    assert [(item.words, item.where) for item in tag.evidence][:2] == [
        ("Боксшы", Where.HEADLINE),
        ("чемпион", Where.HEADLINE),
    ]
    assert all(item.words in "Боксшы чемпион атанды Боксшы турнирде жеңді." for item in tag.evidence)


# What the words say in a figure is not what the article is about.
FIGURES = [
    (
        "economy",
        "Ценовая война",
        "Магазины снизили цены на молоко, скидка велика, убытки несут поставщики.",
    ),
    ("economy", "Баға соғысы", "Дүкендер сүт бағасын арзандатты, шығынды жеткізушілер көтеріп отыр."),
    ("sport", "Снаряд в девятку", "Форвард пробил со штрафного, вратарь пропустил гол, тренер доволен ничьей."),
    ("lifestyle", "Вирус уюта", "Вяжем плед спицами: пряжа, кружка чая и мягкие подушки, делимся схемой."),
    (
        "crime",
        "Учитель математики",
        "Суд приговорил его к трём годам: следствие доказало мошенничество.",
    ),
    (
        "emergency",
        "Экскурсия в музей",
        "Автобус с школьниками опрокинулся, пострадавших увезли в больницу.",
    ),
]


@pytest.mark.parametrize(("topic", "headline", "body"), FIGURES)
def test_what_happens_counts_more_than_figures_and_persons(
    topic: str, headline: str, body: str, context: StepContext
) -> None:
    assert tagged(headline, [body], context).topics[0].code == topic


@pytest.mark.parametrize(
    ("headline", "body"),
    [
        ("Коротко: главное за день", "Депутаты приняли закон, в театре премьера, доллар подешевел, команда проиграла."),
        ("Түзету", "Мәтінде қате кетті, дұрыс нұсқасын береміз, редакция оқырмандардан кешірім сұрайды."),
        ("Исправление", "В тексте допущена ошибка: хирург, а не врач. Приносим извинения, редакция."),
    ],
)
def test_digests_and_corrections_have_no_topic(headline: str, body: str, context: StepContext) -> None:
    assert tagged(headline, [body], context).topics == []


def test_a_digest_in_a_section_keeps_the_topic_of_the_section(context: StepContext) -> None:
    digest = tagged("Коротко: главное за день", ["Победил «Кайрат», проиграл «Тобол»."], context, section="Спорт")
    assert [tag.code for tag in digest.topics] == ["sport"]


def test_the_name_of_an_office_says_little(context: StepContext) -> None:
    text = "Министерство культуры сообщило: театр открыл сезон, режиссёр поставил пьесу."
    assert tagged("Новости", [text], context).topics[0].code == "culture"
    other = "Министерство культуры сообщило: команда выиграла турнир, тренер доволен голом."
    assert [tag.code for tag in tagged("Новости", [other], context).topics] == ["sport"]


def test_each_further_word_makes_a_topic_surer(context: StepContext) -> None:
    one, two, three = (
        tagged("Хабар", [words], context).topics for words in ("Хоккей.", "Хоккей, турнир.", "Хоккей, турнир, матч.")
    )
    assert one == []
    assert two[0].score * 3 < three[0].score * 2.5
    assert three[0].score > 1.5 * two[0].score


@pytest.mark.parametrize(("headline", "body"), [("Қысқа хабар", "Толығырақ кейін."), ("Кратко", "Подробности позже.")])
def test_where_nothing_is_clear_there_is_no_topic(headline: str, body: str, context: StepContext) -> None:
    assert tagged(headline, [body], context).topics == []


def test_the_section_leads(vocabulary: Vocabulary, context: StepContext) -> None:
    text = ("Боксшы әлем чемпионы атанды", ["Финалда ол қарсыласын жеңді."])
    assert tagged(*text, context, section="Дін").topics[0].code == "religion"
    site = Newsroom(
        name="newsroom_test",
        title="Newsroom.test",
        site="https://newsroom.test/",
        hosts=("newsroom.test",),
        languages=("kk",),
        sections={"Дін": Meaning(topic="culture")},
        addresses={"/kk/news/": Meaning(topic="science")},
    )
    own = StepContext(vocabulary=vocabulary, now=NOW, newsroom=site)
    by_section = tagged(*text, own, section="Дін").topics
    assert (by_section[0].code, by_section[0].evidence[0].where) == ("culture", Where.SECTION)
    by_address = tagged("Қысқа хабар", ["Кейін."], own).topics
    assert (by_address[0].code, by_address[0].evidence[0].where) == ("science", Where.ADDRESS)


def test_repetition_counts_less_and_less(context: StepContext) -> None:
    once = tagged("Тақырып", ["Стадион чемпион турнир."], context).topics[0].score
    often = tagged("Тақырып", ["Стадион чемпион турнир. " * 50], context).topics[0].score
    assert once < often < 3 * once


def test_other_languages_are_tagged_by_section_alone(context: StepContext) -> None:
    text = ("The president opened a school", ["The president of the country opened a new school in the city."])
    assert tagged(*text, context).topics == []
    assert [tag.code for tag in tagged(*text, context, section="Спорт").topics] == ["sport"]


@given(headline=st.text(max_size=60), body=st.lists(st.text(max_size=120), max_size=4))
def test_topics_of_any_text_are_known_and_in_order(context: StepContext, headline: str, body: list[str]) -> None:
    found = tagged(headline, ["Қазақстанда жаңа мектеп пен стадион ашылды", *body], context).topics
    assert [tag.score for tag in found] == sorted((tag.score for tag in found), reverse=True)
    assert all(context.vocabulary.topic(tag.code) for tag in found)
