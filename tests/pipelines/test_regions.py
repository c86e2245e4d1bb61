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


# The kinds of trap of tests/labelled/regions.md in short articles: headline, first paragraph, second, scope, codes.
SHORT = [
    (
        "Цирк из Шымкента выступил в Кентау",
        "Артисты приехали на грузовиках.",
        "Жители Кентау довольны.",
        "regional",
        "61",
    ),
    ("Уроженец Тараза возглавил больницу в Павлодаре", "Врач родился в Таразе.", "Павлодар рад.", "regional", "55"),
    ("Жителя Актау задержали в Шымкенте", "Он продавал рыбу.", "Полиция Шымкента ищет других.", "regional", "79"),
    ("Костанайский театр приехал в Рудный, а затем в Кокшетау", "В Кокшетау был аншлаг.", "Зал пел.", "regional", "11"),
    ("На проспекте Астана в Павлодаре сквер", "Посадили липы.", "Фонтан молчит.", "regional", "55"),
    ("Рейс Шымкент — Актау вернулся", "Лайнер сел в аэропорту Шымкента.", "Датчик сгорел.", "regional", "79"),
    ("Самолёт из Актобе в Семей сел в Караганде", "Загорелся датчик.", "Караганда встретила гостей.", "regional", "35"),
    ("Из Костаная в Туркестан пустят самолёт", "Костанайский порт готов.", "Туркестан ждёт.", "regional", "39 61"),
    (
        "За кражу нефти в Жылыойском районе актауский суд осудил шестерых",
        "Воровали под Кульсары.",
        "Суд в Актау строг.",
        "regional",
        "47 23",
    ),
    ("«Актобе-Темир» купит комбайны для Камыстинского района", "Машин пять.", "Фермеры рады.", "regional", "39"),
    ("Астана и Тегеран построят склад", "Меморандум подписали министры.", "Казахстан даст землю.", "national", ""),
    ("Астана предложила дворникам новую форму", "Акимат раздал куртки.", "Куртки тёплые.", "regional", "71"),
    ("Саммит в Астане завершён", "Лидеры подписали документы.", "Токаев назвал итоги.", "national", ""),
    ("В Астане обсудили воду Жанаозена", "Аким Мангистауской области отчитался.", "Нужен завод.", "regional", "47"),
    ("Закон о мусоре прошёл Мажилис", "Например, в Темиртау нет урн.", "Штрафы вырастут по стране.", "national", ""),
    ("Тарифы вырастут, как в Таразе и Кентау", "Правительство решило.", "Норма действует по стране.", "national", ""),
    ("Где дорогая картошка", "В Актау 340 тенге, в Таразе 190.", "В Семее 200, в Уральске 210.", "national", ""),
    ("ВКО опередила всех по мёду", "Собрали девять тонн.", "Второй стала область Жетысу.", "regional", "63"),
    ("Рудный двор закрыли", "Двор шахты в Каражале пылил.", "Каражал вздохнул.", "regional", "62"),
    ("Семей погорельцев расселили", "Пожар был в Каскелене.", "Девять семей ждут дома.", "regional", "19"),
    (
        "Гурьев, каким он был",
        "Музей показал снимки старого Гурьева.",
        "Атырауские краеведы подписали их.",
        "regional",
        "23",
    ),
    ("Выставка о Байконуре открылась в Лондоне", "Британцы увидят скафандры.", "Англия ждёт.", "world", ""),
    ("Письма из Семипалатинска издали в Варшаве", "Польский читатель рад.", "Книга толстая.", "world", ""),
    ("Алтайский край купит вертолёты", "Барнаул потратит миллиард.", "Россия поможет.", "world", ""),
    ("Таразда туған ғалым Өскеменде зертхана ашты", "Зертханада он адам істейді.", "Өскемен риза.", "regional", "63"),
    ("Алматыдан Семейге бара жатқан автобус Аягөзде аударылды", "Жол тайғақ.", "Аягөз мұз.", "regional", "10"),
    ("Шымкент циркі Қызылордада", "Қызылордалық балалар риза.", "Ойын үш күн.", "regional", "43"),
    ("Астана Бейжіңге жаңа ұсыныс жасады", "Қазақстан тауар сатады.", "Қытай ойланды.", "national", ""),
    (
        "Электронды күнделік енеді",
        "Жоба Шымкент пен Таразда сынақтан өтті.",
        "Министрлік елге таратады.",
        "national",
        "",
    ),
    ("Есіл өзені тасыды", "Су қоймасы толды.", "Солтүстік Қазақстан облысында екі көпір жабылды.", "regional", "59"),
    ("Су министрі Ташкентке барды", "Келісім жасалды.", "Қазақстан су алады.", "national", ""),
    ("Арал теңізінің өзбек жағы", "Өзбекстан Мойнақта көрме ашты.", "Ташкент қуанды.", "world", ""),
]


@pytest.mark.parametrize(("headline", "first", "second", "scope", "codes"), SHORT)
def test_traps(headline: str, first: str, second: str, scope: str, codes: str, context: StepContext) -> None:
    article = tagged(headline, [first, second], context)
    assert article.scope == scope
    assert [tag.code.removeprefix("KZ-") for tag in article.regions] == codes.split()


def test_a_folder_of_the_address_counts_where_the_text_names_no_region(context: StepContext) -> None:
    address = "https://newsroom.test/ru/almaty-region/v-astane-otkryli-most"
    body = ["Мост открыли утром.", "Водители рады."]
    (tag,) = tagged("Новый мост", body, context, canonical_url=address).regions
    assert (tag.code, tag.evidence[0].words, tag.evidence[0].where) == ("KZ-19", "almaty-region", Where.ADDRESS)
    (other,) = tagged("Новый мост в Таразе", body, context, canonical_url=address).regions
    assert other.code == "KZ-31"


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
    body = ["Самолёт собирали в Алматы.", "Пассажиров высадили."]
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
