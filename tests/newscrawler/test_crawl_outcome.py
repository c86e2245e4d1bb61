"""Tests of `newscrawler.crawl_outcome`: three kinds of nothing, and what is said beside the numbers."""

from __future__ import annotations

import pytest

from newscrawler.commands.crawl_summary import status_of_crawl
from newscrawler.crawl_outcome import FINISHED, outcome_words


@pytest.mark.parametrize(
    ("counts", "said", "status"),
    [
        ({"sources": 2, "unchanged": 3}, ["nothing new"], 0),
        ({"sources": 2, "new": 1}, [], 0),
        ({"sources": 1, "sources_failed": 1, "containers_gone": 1}, ["container gone"], 3),
        ({"sources_failed": 2}, ["could not reach"], 4),
        ({"sources": 1, "sources_failed": 1, "new": 1}, [], 3),
        ({"sources": 1, "held": 6, "held_back": 1}, ["held 6", "held back 1"], 3),
        ({"sources": 1, "silent": 1}, ["silent for too long"], 3),
        ({"sources": 1, "works_again": 1}, ["works again", "nothing new"], 0),
        ({}, [], 0),
    ],
)
def test_what_a_crawl_came_to(counts: dict[str, int], said: list[str], status: int) -> None:
    assert outcome_words(counts, FINISHED) == said
    assert status_of_crawl(counts, FINISHED) == status


def test_a_crawl_that_was_cut_short_did_not_see_that_there_is_nothing_new() -> None:
    assert outcome_words({"sources": 2, "held": 1}, "shutdown") == ["held 1"]
    assert outcome_words({"sources_failed": 2}, "shutdown") == []
