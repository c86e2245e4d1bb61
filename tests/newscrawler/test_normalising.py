"""Normal form, look-alike letters, a misread code page."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.normalising import is_misread_kz1048, mend_kz1048, normalise


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
        ("Аpple мен еGov", "Apple мен eGov"),
        ("Qаzаqstаn", "Qazaqstan"),
        ("Netflixте, Microsoftа", "Netflixте, Microsoftа"),
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


@given(st.text(alphabet="aceopxyihkABCEHIKMOPTXYəɵölqабвгқіүҮйерс\u0306\u0308\u200b -", max_size=12))
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
