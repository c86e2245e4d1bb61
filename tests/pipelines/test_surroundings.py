"""What the words beside a name say it is."""

from __future__ import annotations

import pytest

from newscrawler.vocabulary import Vocabulary
from pipelines.surroundings import Rank, is_kazakh_plural, place_surroundings, whole_or_starred


@pytest.mark.parametrize(
    ("word", "rank"),
    [
        ("облысында", Rank.OBLAST),
        ("области", Rank.OBLAST),
        ("ауданының", Rank.DISTRICT),
        ("районе", Rank.DISTRICT),
        ("қаласынан", Rank.TOWN),
        ("ауылында", Rank.VILLAGE),
        ("өңірі", Rank.AREA),
        ("көшесінде", Rank.OTHER),
        ("көшелерінде", Rank.NONE),
        ("шағынауданында", Rank.OTHER),
        ("қалай", Rank.NONE),
    ],
)
def test_rank_after_a_name(word: str, rank: Rank, vocabulary: Vocabulary) -> None:
    around = place_surroundings(vocabulary)
    assert around.rank_after(word) is rank
    assert around.rank_after(word) is rank


@pytest.mark.parametrize(
    ("word", "rank"),
    [("города", Rank.TOWN), ("г", Rank.TOWN), ("областях", Rank.OBLAST), ("улице", Rank.OTHER), ("годы", Rank.NONE)],
)
def test_rank_before_a_name(word: str, rank: Rank, vocabulary: Vocabulary) -> None:
    assert place_surroundings(vocabulary).rank_before(word) is rank


def test_ranks_of_transliterated_words(vocabulary: Vocabulary) -> None:
    assert place_surroundings(vocabulary, folded=True).rank_after("облисинда") is Rank.OBLAST


def test_kazakh_plural() -> None:
    assert is_kazakh_plural("облыстарында")
    assert not is_kazakh_plural("облысында")
    assert not is_kazakh_plural("лар")


def test_a_star_marks_the_beginning_of_a_word() -> None:
    words = whole_or_starred(["суд", "осуд*"], str)
    assert words.hold("суд")
    assert words.hold("осудили")
    assert not words.hold("судно")
