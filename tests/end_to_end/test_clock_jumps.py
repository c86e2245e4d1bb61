"""A clock that jumps between runs, forward for years or back for days: nothing is lost, and nothing doubled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from newscrawler.article import Relation
from tests.end_to_end.commands import Ended
from tests.end_to_end.forked_commands import ForkedCommands
from tests.end_to_end.small_site import (
    FIRST_DAY,
    NAME,
    NOT_FOUND,
    Answer,
    SmallNewsroom,
    SmallSite,
    article_page,
    headline_of,
    listing,
    source,
)

TEN_MINUTES = timedelta(minutes=10)
AHEAD = FIRST_DAY + timedelta(days=7 * 365)
SLOW = FIRST_DAY - timedelta(days=3)
PATHS = [f"/a/{number}" for number in range(6)]
PUBLISHED = datetime.fromisoformat("2024-05-14T10:00:00+05:00")
FAULTS = {
    "500": Answer("", 500),
    "503": Answer("", 503),
    "429": Answer("", 429, {"Retry-After": "3600"}),
    "404": NOT_FOUND,
    "maintenance": Answer("<html><head><title>Техникалық жұмыстар</title></head><p>Кейінірек келіңіз</p></html>"),
}


@pytest.fixture
def small(tmp_path: Path) -> Iterator[SmallNewsroom]:
    """A newsroom with six articles in a list."""
    with SmallSite() as site:
        newsroom = SmallNewsroom(tmp_path, site)
        newsroom.define(source("listing", "/list", item="div.entry"))
        site.publish(PATHS)
        site.answers["/list"] = listing(PATHS)
        yield newsroom


def run(small: SmallNewsroom, forked: ForkedCommands, at: datetime) -> Ended:
    env = small.environment(at) | {"NEWSCRAWLER_REVISIT": "1h,6h,1d,3d"}
    return forked.command("run", NAME, at=small.folder, env=env)


@pytest.mark.parametrize("fault", list(FAULTS))
def test_what_failed_while_the_clock_was_years_ahead_is_asked_by_the_right_one(
    fault: str, small: SmallNewsroom, forked: ForkedCommands
) -> None:
    small.site.answers |= dict.fromkeys(PATHS[1:], FAULTS[fault])
    for number in range(3):
        run(small, forked, AHEAD + number * TEN_MINUTES)
    assert set(small.articles()) == {PATHS[0]}
    small.site.publish([*PATHS, "/a/new"])
    small.site.answers["/list"] = listing(["/a/new", *PATHS])
    assert run(small, forked, FIRST_DAY).status == 0
    assert set(small.articles()) == {*PATHS, "/a/new"}


@pytest.mark.parametrize("wrong", [AHEAD, SLOW], ids=["ahead", "slow"])
def test_a_wrong_clock_changes_nothing_of_what_is_there(
    wrong: datetime, small: SmallNewsroom, forked: ForkedCommands
) -> None:
    run(small, forked, FIRST_DAY)
    before = small.articles()
    run(small, forked, wrong)
    assert run(small, forked, FIRST_DAY + TEN_MINUTES).status == 0
    assert small.articles() == before


def test_articles_from_a_slow_clocks_future_get_their_dates_when_it_is_right(
    small: SmallNewsroom, forked: ForkedCommands
) -> None:
    run(small, forked, SLOW)
    assert {article.date_published for article in small.articles().values()} == {None}
    assert run(small, forked, FIRST_DAY).status == 0
    assert set(small.articles()) == set(PATHS)
    assert {article.date_published for article in small.articles().values()} == {PUBLISHED}


@pytest.mark.parametrize("wrong", [AHEAD, SLOW], ids=["ahead", "slow"])
def test_a_reprint_after_a_wrong_clock_is_no_new_story(
    wrong: datetime, small: SmallNewsroom, forked: ForkedCommands
) -> None:
    run(small, forked, FIRST_DAY)
    run(small, forked, wrong)
    small.site.answers["/a/copy"] = article_page(PATHS[1], headline=headline_of(PATHS[1]))
    small.site.answers["/list"] = listing(["/a/copy", *PATHS])
    assert run(small, forked, FIRST_DAY + TEN_MINUTES).status == 0
    articles = small.articles()
    assert (articles["/a/copy"].relation, articles["/a/copy"].story) == (Relation.SAME_TEXT, articles[PATHS[1]].id)
