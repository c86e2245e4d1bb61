"""Normal form, script, language, transliteration."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.text import (
    fold,
    is_misread_kz1048,
    language_and_script_of,
    language_of,
    mend_kz1048,
    normalise,
    script_of,
    to_cyrillic,
)

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
    ],
    "ky": ["Бишкекте жаңы мектеп ачылды", "Кыргызстанда бензин кымбаттап жатат", "Өкмөт үйүндө жыйын болуп өттү"],
    "uz": [
        "Тошкентда янги метро бекати очилди",
        "Ўзбекистон терма жамоаси ғалаба қозонди",
        "Toshkentda yangi bog‘ ochildi va aholi uchun bepul bo‘ladi",
    ],
    "tt": ["Казанда яңа мәктәп ачылды һәм балалар шатланды", "Татарстан җитәкчесе белән очрашу булды"],
    "uk": [
        "У Києві відкрили нову станцію метро",
        "Погіршення погоди очікують у вихідні",
        "Що відомо про підвищення цін",
    ],
    "en": ["Kazakhstan opens a new airport in the south", "Police have arrested two men after the robbery"],
    "und": [
        "",
        "12 345",
        "Украінская паэзія ўжо сёння ў Мінску",
        "北京举行会议",
        "Улаанбаатар хотын оны хүн ам өссөн байна",
    ],
}


@pytest.mark.parametrize(
    ("language", "headline"), [(code, text) for code, texts in HEADLINES.items() for text in texts]
)
def test_language_of_a_headline(language: str, headline: str) -> None:
    assert language_of(headline) == language


def test_the_language_of_most_of_a_mixed_text_counts() -> None:
    kazakh = "Әкім тұрғындармен кездесіп, жол жөндеу жұмыстарының барысын айтты. "
    russian = "Аким встретился с жителями и рассказал о ремонте дорог. "
    assert language_of(kazakh * 3 + russian) == "kk"
    assert language_of(kazakh + russian * 3) == "ru"


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Қазақ", "Cyrl"),
        ("Qazaq", "Latn"),
        ("قازاق", "Arab"),
        ("東京", "Zyyy"),
        ("1999", "Zyyy"),
        ("IT саласы өсті", "Cyrl"),
    ],
)
def test_script(text: str, script: str) -> None:
    assert script_of(text) == script
    assert language_and_script_of(text)[1] == script


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("Тү\u00adркі\u200bстан\u00a0 облысы\ufeff", "Түркістан облысы"),
        ("\u202bжол\u202c\u2066бар\u2069", "жолбар"),
        ("бір\r\n\tекі\x00\x1f үш", "бір екі үш"),
        ("и\u0306од", "йод"),
        ("– «Сөз», — деді", "– «Сөз», — деді"),
        ("Қaзaқстaн бiлiм", "Қазақстан білім"),
        ("Yкiмет əкімі", "Үкімет әкімі"),
        ("COVID-тің iPhone-ы", "COVID-тің iPhone-ы"),
        ("Kaspi Bank", "Kaspi Bank"),
        ("ХХ", "ХХ"),
        ("VIPка", "VIPка"),
    ],
)
def test_normal_form(written: str, normal: str) -> None:
    assert normalise(written) == normal


@given(st.text())
def test_normal_form_is_stable_for_any_text(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert once.encode("utf-8").decode() == once


@given(st.text(alphabet="aceopxyihkABCEHIKMOPTXYəɵöабвгқіүҮй\u0306\u0308\u200b -", max_size=12))
def test_normal_form_is_stable_for_mixed_words(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@pytest.mark.parametrize("text", ["Қазақстан Республикасының үкіметі жаңа заң әзірледі", "ҮКІМЕТ ҰЛТТЫҚ ӨҢІР ҺӘМ ЖЫЛЫ"])
def test_kz1048_read_as_windows_1251_is_mended(text: str) -> None:
    misread = text.encode("kz1048").decode("cp1251")
    assert misread != text
    assert is_misread_kz1048(misread)
    assert mend_kz1048(misread) == text


@pytest.mark.parametrize(
    "text",
    [
        "Україна і ґанок, її життя",
        "Ўзбекистон",
        "ово је ћирилица, њен џеп",
        "Русский текст, вышедший вчера",
        "Қазақ тілі, ќ",
    ],
)
def test_other_texts_are_not_taken_for_misread_kazakh(text: str) -> None:
    assert not is_misread_kz1048(text)


@pytest.mark.parametrize(
    ("written", "cyrillic"),
    [
        ("Túrkistan oblysynda jańa qoıma salyndy", "Түркістан облысында жаңа қойма салынды"),
        ("Qostanaı, Shyǵys Qazaqstan", "Қостанай, Шығыс Қазақстан"),
        ("ٴبىر مەكتەپ اشىلدى", "бір мектеп ашылды"),
        ("Алматы", "Алматы"),
    ],
)
def test_kazakh_of_any_script_in_cyrillic_letters(written: str, cyrillic: str) -> None:
    assert to_cyrillic(written) == cyrillic


@pytest.mark.parametrize("written", ["Túrkistan", "Türkıstan", "Türkistan", "Turkistan", "TÜRKISTAN", "TÜRKİSTAN"])
def test_all_spellings_fold_to_one(written: str) -> None:
    assert fold(to_cyrillic(written).lower()) == fold("түркістан")


@given(st.text())
def test_any_text_is_judged(text: str) -> None:
    assert language_of(text) in {"kk", "ru", "ky", "uz", "tt", "uk", "en", "und"}
    assert script_of(text) in {"Cyrl", "Latn", "Arab", "Zyyy"}
    assert isinstance(to_cyrillic(text), str)
