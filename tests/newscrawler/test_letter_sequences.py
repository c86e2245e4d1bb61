"""How likely letters follow each other."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.letter_sequences import LetterSequences, sequences


def test_sequences_of_a_word_begin_and_end_with_spaces() -> None:
    assert sequences("ел") == ["  е", " ел", "ел "]


@pytest.mark.parametrize(
    ("likelier", "than"),
    [
        ("тер", "тек"),
        ("рек", "рет"),
        ("ер ", "ерк"),
        ("  т", "  е"),
    ],
)
def test_what_was_learnt_is_likelier(likelier: str, than: str) -> None:
    learnt = LetterSequences(["терек", "терек", "төбе", "тер"], [], [])
    assert learnt.log_probability(likelier) > learnt.log_probability(than)


def test_a_beginning_says_nothing_of_the_end_and_an_ending_nothing_of_the_beginning() -> None:
    words = ["бала", "қала"]
    plain = LetterSequences(words, [], [])
    begun = LetterSequences(words, ["банк"], [])
    ended = LetterSequences(words, [], ["нкa"])
    assert begun.log_probability("анк") > plain.log_probability("анк")
    assert begun.log_probability("нк ") < math.log(0.5)
    assert ended.log_probability("кa ") > plain.log_probability("кa ")
    assert ended.log_probability("  н") < plain.log_probability("  б")


@given(st.lists(st.text("абв", min_size=1), max_size=8), st.text("абвг ", min_size=2, max_size=2))
def test_chances_of_what_may_follow_add_up_to_no_more_than_one(words: list[str], before: str) -> None:
    learnt = LetterSequences(words, [], words)
    total = sum(math.exp(learnt.log_probability(before + letter)) for letter in "абвг ")
    assert 0 < total <= 1 + 1e-9
