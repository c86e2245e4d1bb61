"""Kazakh of any script in Cyrillic letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.cyrillic import fold, to_cyrillic
from newscrawler.languages import script_of


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
def test_any_text_is_taken_and_only_latin_and_arabic_ones_change(text: str) -> None:
    assert to_cyrillic(text) == text or script_of(text) in {"Latn", "Arab"}
