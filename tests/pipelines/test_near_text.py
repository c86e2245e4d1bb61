import random
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.article import Article
from pipelines.near_text import is_copy, same_text, sampled_hashes
from pipelines.skeleton import skeleton_words
from tests.conftest import an_article

KK = [
    "Түркістан облысында көктемгі су тасқынының алдын алу үшін 12 ауданда 48 бөгет тексерілді.",
    "Құтқарушылар Арыс өзенінің арнасын мұздан тазартып, жағалаудағы тұрғындарды алдын ала ескертіп шықты.",
    "Облыс әкімдігінің мәліметінше, қауіпті учаскелерде 350 адам мен 90 техника тәулік бойы кезекшілікте тұр.",
    "Мамандар су деңгейін сағат сайын өлшеп, деректерді жедел штабқа жіберіп отыр.",
    "Қажет болған жағдайда екі ауылдың мектептері бір аптаға қашықтан оқуға көшеді.",
    "Өткен жылы осы мезгілде 296 үйді су басып, тұрғындар көрші ауылдарға көшірілген еді.",
    "Биыл бөгеттерді жөндеуге республикалық бюджеттен 4,5 миллиард теңге бөлінген.",
]
RU = [
    "В Костанае завершили ремонт центральной библиотеки, которая не принимала читателей почти два года.",
    "В здании заменили кровлю, укрепили фундамент и впервые установили лифт для маломобильных посетителей.",
    "На работы из областного бюджета потратили 870 миллионов тенге, рассказали в управлении культуры.",
    "Фонд библиотеки насчитывает 420 тысяч книг, из них 60 тысяч изданы на казахском языке.",
    "Читальный зал на втором этаже теперь открыт до 22 часов, а по выходным там проводят лекции.",
    "Первых читателей встретили выставкой редких изданий, самое старое из которых напечатали в 1841 году.",
    "До конца года в районах области обещают обновить ещё 14 сельских библиотек.",
]
OTHER_RU = [
    "Сборная Казахстана по боксу вылетела на сбор в Ташкент, где пройдёт последний турнир перед Олимпиадой.",
    "Главный тренер взял с собой двенадцать спортсменов, двое из которых ещё лечат травмы.",
    "Федерация решит, кто поедет в Париж, после контрольных боёв в конце месяца.",
]
TEXTS = pytest.mark.parametrize("text", [KK, RU], ids=["kk", "ru"])


def article(number: int, paragraphs: list[str], **values: object) -> Article:
    return an_article(number, body=list(paragraphs), **values)


def with_words_replaced(paragraphs: list[str], share: float, seed: int) -> list[str]:
    chance = random.Random(seed)
    return [
        " ".join(word if chance.random() > share or word[0].isdigit() else "басқаша" for word in paragraph.split())
        for paragraph in paragraphs
    ]


def are_one(a: list[str], b: list[str]) -> bool:
    one, two = article(1, a), article(2, b)
    assert same_text(one, two) is same_text(two, one)
    return same_text(one, two)


@TEXTS
def test_a_reprint_is_a_copy_whatever_its_case_punctuation_and_paragraphs(text: list[str]) -> None:
    reprint = article(2, [" ".join(text).upper().replace(",", " —")], headline="Басқа тақырып", newsroom="other")
    assert is_copy(article(1, text), reprint)
    assert same_text(article(1, text), reprint)


@TEXTS
def test_another_lead_or_tail_leaves_it_the_same_text(text: list[str]) -> None:
    for edited in (
        ["Бұл туралы агенттік хабарлады, деп жазады басылым өз сайтында.", *text],
        [*text, "Подписывайтесь на наш канал, чтобы первыми узнавать новости вашего города и области."],
        text[1:],
        text[:-2],
        [*text, *OTHER_RU],
    ):
        assert are_one(text, edited)
        assert not is_copy(article(1, text), article(2, edited))


@TEXTS
def test_reordered_sentences_leave_it_the_same_text(text: list[str]) -> None:
    assert are_one(text, text[::-1])


@TEXTS
@pytest.mark.parametrize("seed", range(5))
def test_small_edits_all_over_the_text_leave_it_the_same(text: list[str], seed: int) -> None:
    assert are_one(text, with_words_replaced(text, 0.08, seed))


@TEXTS
@pytest.mark.parametrize("seed", range(5))
def test_a_short_text_is_found_in_a_long_one_in_spite_of_edits(text: list[str], seed: int) -> None:
    tail = [*OTHER_RU, *(RU if text is KK else KK)]
    assert are_one(text[:4], [*with_words_replaced(text[:4], 0.08, seed), *tail])


@pytest.mark.parametrize(
    ("a", "b"),
    [(KK, RU), (RU, OTHER_RU), (KK[:2], KK[5:]), (RU[:3], RU[3:])],
    ids=["languages", "stories", "kk parts", "ru parts"],
)
def test_different_texts_are_not_the_same(a: list[str], b: list[str]) -> None:
    assert not are_one(a, b)


@pytest.mark.parametrize("seed", range(5))
def test_a_text_rewritten_in_other_words_is_another(seed: int) -> None:
    assert not are_one(RU, with_words_replaced(RU, 0.6, seed))


CURRENCY_KK = (
    "Ұлттық банк {} мамырға арналған ресми валюта бағамын белгіледі. Бір АҚШ доллары {} теңге тұрады. "
    "Бір еуро {} теңгеге, Ресей рублі {} теңгеге бағаланды. Қытай юанінің бағамы {} теңге болды. "
    "Биржадағы сауда көлемі {} миллион долларға жетті, деп хабарлайды реттеуші."
)
WEATHER_RU = (
    "Синоптики рассказали о погоде в Астане на {} мая. Днём воздух прогреется до {} градусов, ночью похолодает до {}. "
    "Ветер юго-западный, порывы достигнут {} метров в секунду. Вероятность осадков составит {} процентов. "
    "Водителей просят соблюдать скоростной режим, а жителей не оставлять открытыми окна."
)
ACCIDENT_RU = (
    "Дорожно-транспортное происшествие случилось на трассе Алматы — Екатеринбург на {} километре. "
    "Столкнулись {} автомобиля, пострадали {} человек, на место прибыли {} экипажа скорой помощи. "
    "Движение перекрыто до {} часов, полиция устанавливает обстоятельства случившегося."
)


@pytest.mark.parametrize(
    ("template", "one", "two"),
    [
        (CURRENCY_KK, (14, "442,15", "477,08", "4,84", "61,11", 212), (15, "441,60", "478,21", "4,87", "61,02", 187)),
        (WEATHER_RU, (14, 21, 8, 17, 30), (15, 24, 11, 15, 10)),
        (ACCIDENT_RU, (412, 2, 5, 3, 18), (655, 3, 7, 4, 21)),
    ],
    ids=["currency", "weather", "accident"],
)
def test_reports_from_one_template_differ_by_their_numbers(
    template: str, one: tuple[object, ...], two: tuple[object, ...]
) -> None:
    assert not are_one([template.format(*one)], [template.format(*two)])
    assert are_one([template.format(*one)], [f"{template.format(*one)} Толығырақ біздің сайттан оқи аласыз."])


NOTE = [
    "Қала орталығындағы кітапхана бүгін кешке дейін жұмыс істейді.",
    "Бұл хабарлама автоматты түрде таратылды, оған жауап жазудың қажеті жоқ.",
    "Басқа жаңалықтарды тіркелген оқырмандар жеке кабинеттен таба алады.",
    "Жазылымды кез келген уақытта тоқтатуға болады.",
]
BACKGROUND = [
    "Ереже бойынша өтінім берушілер алдымен порталға тіркеліп, құжатын жүктейді.",
    "Комиссия әр өтінімді екі апта ішінде қарап, жауабын жазбаша жібереді.",
    "Шағымды министрліктің байланыс орталығы қабылдайды.",
]


def test_two_notes_under_one_boilerplate_are_not_one_text() -> None:
    other = ["Шеткі шағынауданда ыстық су жөндеу жұмысына байланысты тоқтатылды.", *NOTE[1:]]
    assert not are_one(NOTE, other)
    assert are_one(NOTE, [*NOTE, "Толығырақ сайттан оқыңыз."])
    assert are_one(NOTE, NOTE[:3])


def test_releases_that_share_opening_and_closing_differ_by_what_stands_between() -> None:
    first = [BACKGROUND[0], "Ақтөбеде жүз он өтінім келіп түсті, оның жартысы ауылдан.", *BACKGROUND[1:]]
    second = [BACKGROUND[0], "Оралда тексеруден өткен үйлердің тізімі жарияланды.", *BACKGROUND[1:]]
    assert not are_one(first, second)


def test_another_lead_over_a_text_with_names_and_figures_leaves_it_the_same_text() -> None:
    assert are_one(KK, ["Көктемгі тасқынға дайындық аяқталып келеді, деп жазады агенттік.", *KK[1:]])


@pytest.mark.parametrize(
    "retyped",
    [
        str.maketrans("аеорсх", "aeopcx"),
        str.maketrans("іһәө", "ihəɵ"),
        str.maketrans("әғқңөұүіһ", "агкноууих"),
        str.maketrans({"ы": "ьі"}),
        str.maketrans({" ": "\u00a0", "с": "с\u00ad", "т": "т\u200b"}),
    ],
    ids=["Latin letters", "letters of other alphabets", "Russian keyboard", "scanned", "hidden characters"],
)
def test_letters_that_only_look_different_leave_it_the_same_text(retyped: dict[int, str]) -> None:
    assert are_one(KK, [paragraph.translate(retyped) for paragraph in KK])
    copied = article(2, [paragraph.translate(retyped) for paragraph in KK])
    assert len(sampled_hashes(article(1, KK)) & sampled_hashes(copied)) > 15


def test_a_corrected_figure_leaves_it_the_same_text() -> None:
    assert are_one(KK, [paragraph.replace("296", "311") for paragraph in KK])


def test_an_article_without_a_body_is_compared_by_its_headline() -> None:
    long, other = (
        "Мәжіліс қоғамдық тыңдаулар туралы заң жобасын мақұлдады",
        "Алматы метросының екі жаңа стансасы ашылды",
    )
    lead = "Депутаттар оны сәрсенбіде бірінші оқылымда қарады."
    assert same_text(
        article(1, [], headline=long, description=lead), article(2, [], headline=long.upper(), description=lead)
    )
    assert same_text(article(1, [], headline=long, description=None), article(2, [], headline=long, description=None))
    assert not same_text(
        article(1, [], headline=long, description=None), article(2, [], headline=other, description=None)
    )


def test_picture_stories_under_one_rubric_are_told_apart_by_their_leads() -> None:
    rubric = "Фото дня: лучшие снимки наших корреспондентов за неделю"
    one = article(1, [], headline=rubric, description="Павлины гуляют по двору алматинской школы.")
    other = article(2, [], headline=rubric, description="Рыбаки вытащили сома на берегу Урала.")
    assert not same_text(one, other)
    assert same_text(one, article(3, [], headline=rubric, description=one.description))


ELSEWHERE = ["Подробности смотрите в видеосюжете нашего телеканала."]


@pytest.mark.parametrize("body", [ELSEWHERE, ["Подробности смотрите на YouTube-канале «Хабар 24»."]])
def test_a_body_that_is_nothing_but_boilerplate_is_told_by_headline_and_lead(body: list[str]) -> None:
    headline, lead = "Пожар на нефтебазе в Атырау потушили", "Огонь тушили двести спасателей."
    one = article(1, body, headline=headline, description=lead)
    assert not same_text(
        one, article(2, body, headline="Сенаторы обсудили новый бюджет", description="Спорили о налогах.")
    )
    assert not same_text(one, article(2, body, headline="Сенаторы обсудили новый бюджет", description=None))
    assert same_text(one, article(2, body, headline="В Атырау потушили пожар на нефтебазе", description=None))
    assert same_text(one, article(2, body, headline="Нефтебаза: огня больше нет", description=lead))


def test_a_column_s_name_tells_nothing_where_the_leads_differ() -> None:
    one = article(1, ELSEWHERE, headline="Фото дня", description="Павлины гуляют по двору школы.")
    assert not same_text(one, article(2, ELSEWHERE, headline="Фото дня", description="Рыбаки вытащили сома."))


@pytest.mark.parametrize(
    ("fixed", "filled", "one", "two"),
    [
        ("Национальный банк установил официальный курс на завтра.", "Доллар стоит {} тенге.", (450,), (462,)),
        ("О погоде на завтра рассказали синоптики.", "Температура воздуха составит {} градусов.", ("+25",), ("−11",)),
        (
            "О подземных толчках сообщили сейсмологи страны.",
            "Магнитуда составила {}, эпицентр был в {} км от Алматы.",
            ("4.2", 120),
            ("5.9", 310),
        ),
    ],
    ids=["currency", "weather", "earthquake"],
)
def test_one_sentence_filled_in_makes_a_form_of_a_short_note(
    fixed: str, filled: str, one: tuple[object, ...], two: tuple[object, ...]
) -> None:
    assert not are_one([fixed, filled.format(*one)], [fixed, filled.format(*two)])
    assert are_one([fixed, filled.format(*one)], [fixed, filled.format(*one)])


def test_a_figure_corrected_in_the_only_sentence_that_has_any_leaves_a_longer_text_the_same() -> None:
    text = [
        "Аудан диқандары дәстүрлі қауын тойына жиналып, көрмеге биылғы өнімін әкелді.",
        "Қазылар қанттылығы мен пішініне қарап баға берді, жеңімпазға мотоблок сыйланды.",
        "Алаңда балалар қауын жеуден жарысты, ал әжелер қауынқақ өруді үйретті.",
        "Сауда түске дейін аяқталып кетті, өйткені көршіден келген алыпсатарлар тұтас машинамен алған.",
        "Ең ауыр жеміс Сүйіндік Ахановтың бақшасынан шықты, салмағы 16 келіге жетті.",
    ]
    assert are_one(text, [*text[:-1], text[-1].replace("16", "19")])


def test_a_sentence_said_again_and_again_counts_once() -> None:
    refrain = "Бұл туралы қала әкімдігінің баспасөз қызметі Айдар Қалкеновке хабарлады."
    own = [refrain, refrain, refrain, refrain, RU[0]]
    assert not are_one(own, [refrain, *OTHER_RU, KK[1], KK[2]])


def test_a_doubled_body_is_the_same_text() -> None:
    assert are_one(KK, [*KK, *KK])


def test_nothing_is_not_the_same_as_nothing() -> None:
    empty = article(1, ["— !"], headline="")
    assert not same_text(empty, article(2, [], headline=""))
    assert sampled_hashes(empty) == set()


def test_hashes_are_the_same_on_every_machine() -> None:
    # Stored beside every article: other values would find no neighbour from before.
    assert sampled_hashes(article(1, ["Алматыда екі жаңа станса ашылды."])) == {
        1226456109694940153,
        2279705429851478417,
        3074594668348222910,
    }


@TEXTS
def test_near_texts_share_hashes_and_strangers_do_not(text: list[str]) -> None:
    own = sampled_hashes(article(1, text))
    assert len(own & sampled_hashes(article(2, with_words_replaced(text, 0.08, 0)))) >= 5
    assert len(own & sampled_hashes(article(2, text[:3]))) >= 3
    assert not own & sampled_hashes(article(3, OTHER_RU))


def test_a_long_text_is_sampled() -> None:
    words = [f"сөз{number}" for number in range(1200)]
    assert len(sampled_hashes(article(1, [" ".join(words[:59])]))) == 56 + 1
    assert 250 < len(sampled_hashes(article(1, [" ".join(words)]))) < 350


def test_long_texts_are_compared_in_a_blink() -> None:
    chance = random.Random(4)
    stock = [f"сөз{number}" for number in range(3000)]
    text = [" ".join(chance.choices(stock, k=12)) + "." for _ in range(2000)]
    edited = [
        line if chance.random() > 0.4 else with_words_replaced([line], 0.2, number)[0]
        for number, line in enumerate(text)
    ]
    refrains = [" ".join(chance.choices(["иә", "жоқ", "бар"], k=12)) + "." for _ in range(2000)]
    others = [" ".join(chance.choices(["иә", "жоқ", "бар"], k=12)) + "." for _ in range(2000)]
    began = process_time()
    assert are_one(text, edited)
    same_text(article(1, refrains), article(2, others))
    assert process_time() - began < 10.0


@given(st.lists(st.text(max_size=80), max_size=6), st.lists(st.text(max_size=80), max_size=6))
def test_any_two_texts_can_be_compared(a: list[str], b: list[str]) -> None:
    one, two = article(1, a), article(2, b)
    assert same_text(one, two) is same_text(two, one)
    assert is_copy(one, two) is is_copy(two, one)
    assert all(0 <= value < 2**63 for value in sampled_hashes(one))
    assert not is_copy(one, two) or same_text(one, two) is same_text(one, one)


@given(st.lists(st.text(min_size=1, max_size=80), min_size=1, max_size=6))
def test_a_text_that_has_words_is_the_same_as_itself(paragraphs: list[str]) -> None:
    one = article(1, paragraphs)
    assert is_copy(one, article(2, [f" {paragraph}\u00ad." for paragraph in paragraphs]))
    assert same_text(one, one) is any(skeleton_words(line) for line in paragraphs or [one.headline])
