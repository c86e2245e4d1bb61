"""Language and script of a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.languages import language_and_script_of, language_of, languages_told, script_of

HEADLINES = {
    "kk": [
        "Алматыда жаңа метро бекеті ашылды",
        "Үкімет отырысында су тасқыны талқыланды",
        "Марафонда мыңнан астам адам жүгірді",
        "Доллар бағамы төмендеді",
        "Астанада жарыс басталды",
        "Бала мен ана аман",
        "Túrkistanda jańa qonaqúı salynady",
        "Qızılordada balıq zauıtı iske qosıldı",
        "Almatyda qar qashan toqtaidy",
        "قازاقستاندا جاڭا زاڭ قابىلداندى",
        "اۋىلدىق ەمحانا جابدىقتالدى",
        "ДАЛАДА КЕРБЕЗ КИІК ТАБЫЛДЫ",
        "Каспийде танкер дауылдан зардап шекті",
        "Oqushylar men studentter senbilikke shyqty",
        "Ag'ashtar otyrg'y'zy'ldy' ja'ne ko's'eler tazaly'ndy'",
        "Şymkentte egde turğındar nesie töleuden bosatıldı",
        "Mugalimder men darigerlerdin zhalaqysy osedi",
        "«Рождество» мерекесіне орай сый үлестірілді",
        "ٴبىر كۇندە ەكى مەكتەپ اشىلدى",
    ],
    "ru": [
        "В Караганде запустили новый завод",
        "Синоптики рассказали о погоде на выходные",
        "Курс доллара снизился",
        "Дети пошли в школу",
        "Пожар на рынке потушили за час",
        "Стадион, чемпион, турнир",
        "Жители Қостаная жалуются на дороги",
        "Назначен аким района имени Габита Мусрепова",
        "ПАРОМЫ СТОЯТ ВТОРЫЕ СУТКИ",
        "«Біз біргеміз»: волонтёры собрали тёплые вещи",
        "Қайрат Нұртас спел в Өскемене",
        "Chocofamily, Halyk Bank и inDrive наймут стажёров",
        "Фермерам списали долги",
    ],
    "ky": [
        "Бишкекте жаңы мектеп ачылды",
        "Кыргызстанда бензин кымбаттап жатат",
        "Өкмөт үйүндө жыйын болуп өттү",
        "Айылдыктар таза сууга зар",
        "Казак туугандар майрамга конокко келишти",
        "ДЫЙКАНДАР КАРТОШКАНЫ САТА АЛБАЙ ЖАТЫШАТ",
    ],
    "uz": [
        "Тошкентда янги метро бекати очилди",
        "Ўзбекистон терма жамоаси ғалаба қозонди",
        "Toshkentda yangi bog‘ ochildi va aholi uchun bepul bo‘ladi",
        "Guruch arzonlashdi",
        "Хивада сайёҳлар сони икки баробар ошди",
        "QISHLOQ AHOLISI TOZA SUV BILAN TA'MINLANADI",
    ],
    "tt": [
        "Казанда яңа мәктәп ачылды һәм балалар шатланды",
        "Татарстан җитәкчесе белән очрашу булды",
        "Кар яуды, юллар бозланды",
    ],
    "uk": [
        "У Києві відкрили нову станцію метро",
        "Погіршення погоди очікують у вихідні",
        "Що відомо про підвищення цін",
        "Водолази оглянули затоплене судно",
        "Фермери завершили посадку картоплі",
    ],
    "en": [
        "Kazakhstan opens a new airport in the south",
        "Police have arrested two men after the robbery",
        "ALMATY TRAMS RETURN",
        "“Көк тудың желбірегені”: what the song means to Temirtau steelworkers",
    ],
    "und": [
        "",
        "12 345",
        "Украінская паэзія ўжо сёння ў Мінску",
        "北京举行会议",
        "Улаанбаатар хотын оны хүн ам өссөн байна",
        "Башҡортостанда яңы дауахана төҙөлә",
        "Bakıda beynəlxalq sərgi keçirilir",
        "İzmir'de deprem sonrası okullar tatil edildi",
        "ئۈرۈمچىدە يېڭى مەكتەپ سېلىندى",
        "وزیر امور خارجه ایران به آستانه رفت",
    ],
}


@pytest.mark.parametrize(
    ("language", "headline"), [(code, text) for code, texts in HEADLINES.items() for text in texts]
)
def test_language_of_a_headline(language: str, headline: str) -> None:
    assert language_of(headline) == language


def test_most_sentences_of_a_mixed_text_decide_and_not_most_words() -> None:
    kazakh = "Жол жөнделді. Су келді. Жұрт риза. "
    russian = (
        "Аким области на встрече с жителями отдалённого посёлка подробно рассказал о ходе ремонта дорог, о том, "
        "сколько денег на него выделили и когда строители обещают закончить последний участок трассы. "
    )
    assert language_of(kazakh + russian) == "kk"
    assert language_of(kazakh + russian * 4) == "ru"


def test_what_others_are_quoted_with_does_not_count() -> None:
    narrated = "Өрт түнде шықты. Көршісі бәрін көрген екен."
    quoted = "Я проснулась от треска и побежала будить детей, а крыша уже горела"
    assert (
        language_of(f"{narrated}\n– {quoted}. Мы выбежали на улицу без одежды!\nӨртті сөндірушілер тез жеткен.") == "kk"
    )
    for opening, closing in ("«»", "“”", "„“", '""'):
        assert language_of(f"{opening}{quoted}, и соседи вышли{closing} – дейді тұрғын.") == "kk"


def test_a_quotation_alone_is_in_its_own_language() -> None:
    assert language_and_script_of("«Балалар бақытты болсын»") == ("kk", "Cyrl")
    assert language_and_script_of("“People deserve better roads” — Смаилов") == ("en", "Latn")


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Қазақ", "Cyrl"),
        ("Qazaq", "Latn"),
        ("قازاق", "Arab"),
        ("東京", "Zyyy"),
        ("1999", "Zyyy"),
        ("IT саласы өсті", "Cyrl"),
        ("Microsoft, Apple, Google және Meta келісті", "Cyrl"),
        ("Samsung Galaxy Fold سمارتفونى شىقتى", "Arab"),
        ("«Ана тілі» газетінің сайты ana-tili.kz", "Cyrl"),
        ("Readers of «Ана тілі» get a discount", "Latn"),
        ("informburo.kz жазды", "Cyrl"),
    ],
)
def test_script_is_that_of_the_words_of_the_language(text: str, script: str) -> None:
    assert script_of(text) == script
    assert language_and_script_of(text)[1] == script


def test_look_alike_letters_do_not_change_the_language() -> None:
    assert language_and_script_of("Тiлшi мұрағаттaн хaт тaпты") == ("kk", "Cyrl")


def test_languages_told() -> None:
    assert set(languages_told()) == {"kk", "ru", "ky", "uz", "tt", "uk", "en", "und"}


@given(st.text() | st.text(alphabet="«»“”„\"'’.!?\n – аәбыЁqwé北ق1"))
def test_any_text_is_judged(text: str) -> None:
    language, script = language_and_script_of(text)
    assert language in languages_told()
    assert script in {"Cyrl", "Latn", "Arab", "Zyyy"}
    assert (language_of(text), script_of(text)) == (language, script)
