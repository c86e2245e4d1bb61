"""Addresses that have left every list before the next run: what a killed run had found is fetched all the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.commands import Ended
from tests.end_to_end.crash_points import Moment, killing
from tests.end_to_end.forked_commands import ForkedCommands
from tests.end_to_end.small_site import FIRST_DAY, NAME, SmallNewsroom, SmallSite, listing, listing_pages, source

KILLED = -9
LISTED = [f"/a/{number}" for number in range(10, 0, -1)]
NEW = ["/a/13", "/a/12", "/a/11"]


@pytest.fixture
def small(tmp_path: Path) -> Iterator[SmallNewsroom]:
    """A newsroom with ten articles in a list of two pages."""
    with SmallSite() as site:
        newsroom = SmallNewsroom(tmp_path, site)
        newsroom.define(source("listing", "/list", item="div.entry", next_page="a.next"))
        site.publish([*LISTED, *NEW])
        site.answers |= listing_pages("/list", LISTED, a_page=5)
        yield newsroom


def run(small: SmallNewsroom, forked: ForkedCommands, patch: str = "") -> Ended:
    return forked.command("run", NAME, at=small.folder, env=small.environment(FIRST_DAY), patch=patch)


@pytest.mark.parametrize("number", [1, 4])
def test_what_was_found_is_fetched_when_no_list_names_it_any_more(
    number: int, small: SmallNewsroom, forked: ForkedCommands
) -> None:
    killed = run(small, forked, killing(small.folder / "points", Moment.PAGE_ANSWERED, number))
    assert killed.status == KILLED
    assert {state for state, _ in small.addresses().values()} <= {"pending", "done"}
    assert set(small.addresses()) == set(LISTED)
    small.site.answers["/list"] = listing(NEW)
    assert run(small, forked).status == 0
    assert set(small.articles()) == {*LISTED, *NEW}


def test_a_list_that_moved_on_between_two_of_its_pages_is_read_to_its_end(
    small: SmallNewsroom, forked: ForkedCommands
) -> None:
    # robots.txt, the first page, and the second, of which nothing is kept yet.
    killed = run(small, forked, killing(small.folder / "points", Moment.SOURCE_ANSWERED, 3))
    assert killed.status == KILLED
    assert set(small.addresses()) == set(LISTED[:5])
    # What stood on the first page has moved to the second, and so on.
    small.site.answers |= listing_pages("/list", [*NEW, *LISTED], a_page=5)
    assert run(small, forked).status == 0
    assert set(small.articles()) == {*LISTED, *NEW}
