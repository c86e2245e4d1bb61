"""Looking up stems and phrases in a text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipelines.stems import StemList

WORDS = StemList({"мектеп": 1, "инфляц": 2, "газ=": 3, "бас прокурор": 4, "бас": 5, "от ит=": 6})


def found(text: str) -> list[tuple[int, str]]:
    return [(hit.meaning, hit.words) for hit in WORDS.hits(text)]


def test_a_stem_stands_for_every_word_that_begins_with_it() -> None:
    assert found("Инфляцияның себебі, инфляция!") == [(2, "Инфляцияның"), (2, "инфляция")]


def test_the_last_consonant_may_be_voiced() -> None:
    assert found("мектебінде") == [(1, "мектебінде")]


def test_a_whole_word_stands_for_itself() -> None:
    assert found("газ бағасы, газет, Газ") == [(3, "газ"), (3, "Газ")]


def test_words_that_follow_each_other_come_before_a_single_one() -> None:
    assert found("Бас прокурордың орынбасары бас тартты") == [(4, "Бас прокурордың"), (5, "бас")]


def test_a_word_of_a_phrase_is_not_found_for_itself() -> None:
    words = StemList({"ценов войн": "economy", "войн": "conflict", "суд= присяжн коллег": "crime", "присяжн": "court"})
    assert [hit.meaning for hit in words.hits("Ценовая война магазинов: войны нет")] == ["economy", "conflict"]
    assert [hit.meaning for hit in words.hits("суд присяжных и коллегия")] == ["court"]


def test_of_phrases_the_longest_counts() -> None:
    words = StemList({"бас прокурор": 1, "бас прокурор орынбасар": 2})
    assert [hit.words for hit in words.hits("Бас прокурордың орынбасары")] == ["Бас прокурордың орынбасары"]


def test_a_later_word_of_one_or_two_letters_stands_for_itself() -> None:
    words = StemList({"сошел с рельс": 1, "под ле": 2})
    assert [hit.words for hit in words.hits("Поезд сошёл с рельсов, сошёл снег с рельсов, под лес")] == [
        "сошёл с рельсов"
    ]


def test_a_phrase_at_the_end_of_a_text_is_not_begun() -> None:
    assert [hit.words for hit in WORDS.hits("әлгі бас")] == ["бас"]


def test_a_phrase_may_end_in_a_whole_word() -> None:
    assert found("от ит") == [(6, "от ит")]
    assert found("от итті") == []


def test_a_stem_is_not_found_inside_a_word() -> None:
    assert found("дефляциинфляц орынбас") == []


def test_text_in_latin_and_arabic_letters() -> None:
    folded = StemList({"мектеп": 1, "қала": 2, "үкімет=": 3}, folded=True)
    assert [hit.meaning for hit in folded.hits("Qalada mektep ashyldy, Úkimet")] == [2, 1, 3]
    assert [hit.words for hit in folded.hits("مەكتەپ اشىلدى")] == ["مەكتەپ"]


def test_an_empty_list_finds_nothing() -> None:
    assert list(StemList[int]({}).hits("мектеп ашылды")) == []


@given(st.text())
def test_any_text_is_taken(text: str) -> None:
    for hit in WORDS.hits(text):
        assert all(word in text for word in hit.words.split())
