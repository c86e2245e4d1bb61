import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.folding import folded_words

KAZAKH = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Қазақстанда 2024 жылы!", ["қазақстанда", "2024", "жылы"]),
        ("«АЛМАТЫ» —  метро,\n90-сынып", ["алматы", "метро", "90", "сынып"]),
        ("snake_case __all__", ["snake", "case", "all"]),
        ("ﬁле ² ①", ["fiле", "2", "1"]),
        ("и\u0306од", ["йод"]),
        ("STRASSE Straße", ["strasse", "strasse"]),
        ("— … !", []),
        ("", []),
    ],
)
def test_words_without_case_punctuation_and_spacing(text: str, words: list[str]) -> None:
    assert folded_words(text) == words


@given(st.lists(st.text(KAZAKH, min_size=1), max_size=8), st.text(" ,.!?—«»\n\t_", min_size=1))
def test_case_and_what_stands_between_do_not_count(words: list[str], between: str) -> None:
    assert folded_words(between.join(words)) == words
    assert folded_words(between.join(word.upper() for word in words)) == words


@given(st.text())
def test_any_text_gives_words_of_letters_and_digits(text: str) -> None:
    assert all(word and all(letter.isalnum() for letter in word) for word in folded_words(text))
