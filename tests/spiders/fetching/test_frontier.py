"""Tests of `spiders.fetching.frontier`: what is handed out, and what became of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from newscrawler.address import AddressState, Outcome, Visit
from newscrawler.crawl import Crawl
from newscrawler.errors import StoreError
from newscrawler.store import addresses
from newscrawler.store.addresses import mark_done
from newscrawler.store.articles import iterate_articles
from newscrawler.store.revisits import plan_revisit
from newscrawler.store.sources import SourceState
from spiders.fetching.frontier import Frontier
from tests.conftest import NOW
from tests.spiders.fetching.frontier_calls import (
    LISTING,
    SITE,
    all_of,
    found,
    handed_out,
    keep_article,
    live,
    next_run,
    state_of,
    states,
    take,
)


def test_addresses_and_the_sources_state_are_kept_together(crawl: Crawl) -> None:
    frontier = Frontier(crawl)
    recorded = frontier.record(
        found(1, 2), LISTING, etag='"1"', checked=NOW, completed_run=1, definition=frontier.definition
    )
    assert (recorded.new, recorded.reopened) == (2, 0)
    assert (state_of(crawl, LISTING).etag, state_of(crawl, LISTING).completed_run) == ('"1"', 1)
    assert frontier.source_state(LISTING) == state_of(crawl, LISTING)
    assert set(states(crawl)) == {SITE + "1", SITE + "2"}


def test_addresses_or_the_sources_state_alone_are_not_kept(crawl: Crawl, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise StoreError("killed")

    # Between the two: what a kill at that moment leaves.
    monkeypatch.setattr("spiders.fetching.frontier.sources.update_source", fail)
    with pytest.raises(StoreError):
        Frontier(crawl).record(found(1), LISTING, etag='"1"')
    assert states(crawl) == {}
    assert state_of(crawl, LISTING) == SourceState(newsroom="newsroom_test", url=LISTING)


def test_without_values_the_sources_state_stays(crawl: Crawl) -> None:
    frontier = Frontier(crawl)
    frontier.record([], LISTING, etag='"1"')
    frontier.record(found(1), LISTING)
    assert state_of(crawl, LISTING).etag == '"1"'


def test_every_due_address_is_handed_out_once_newest_first(crawl: Crawl) -> None:
    frontier = Frontier(crawl)
    frontier.record([*found(1, date_published=NOW - timedelta(days=1)), *found(2, date_published=NOW)], LISTING)
    assert handed_out(frontier) == [SITE + "2", SITE + "1"]
    assert frontier.next_address_when_idle() is None
    frontier.record(found(1, 2, 3), LISTING)
    assert handed_out(frontier) == [SITE + "3"]


def test_what_waits_to_be_asked_alone_is_given_back_at_the_end(crawl: Crawl) -> None:
    frontier = Frontier(crawl)
    frontier.record(found(1, 2), LISTING)
    suspect = take(frontier)
    frontier = next_run(crawl)
    assert frontier.next_address() is not None
    assert frontier.next_address() is None
    assert states(crawl)[suspect.url][1] == 2
    frontier.close()
    frontier.close()
    assert states(crawl)[suspect.url] == ("pending", 1, addresses.NO_OUTCOME)
    assert suspect.url in handed_out(next_run(crawl))


def test_what_was_handed_out_and_has_no_outcome_is_due_in_the_next_run(crawl: Crawl) -> None:
    frontier = Frontier(crawl)
    frontier.record(found(1), LISTING)
    take(frontier)
    frontier.close()
    assert states(crawl) == {SITE + "1": ("pending", 1, addresses.NO_OUTCOME)}
    assert take(next_run(crawl)).tries == 2


def test_no_more_than_the_limit_is_handed_out(crawl: Crawl) -> None:
    Frontier(crawl).record(found(1, 2, 3), LISTING)
    frontier = next_run(crawl, limit=2)
    assert len(handed_out(frontier)) == 2
    assert frontier.next_address_when_idle() is None


def test_what_is_known_to_be_older_than_since_is_not_handed_out(crawl: Crawl) -> None:
    frontier = Frontier(crawl)
    frontier.record([*found(1, date_published=NOW - timedelta(days=2)), *found(2, date_published=NOW)], LISTING)
    crawl.since = NOW - timedelta(days=1)
    assert handed_out(frontier) == [SITE + "2"]


@pytest.mark.parametrize(
    ("outcome", "state", "counted"),
    [
        (Outcome(state=AddressState.REJECTED, reason="no body"), "rejected", "rejected"),
        (Outcome(state=AddressState.MISSING, reason="status 404"), "missing", "missing"),
        (Outcome(state=AddressState.GONE, reason="status 410"), "gone", "gone"),
        (Outcome(state=AddressState.PENDING, reason="status 503", retry=True), "pending", "failed"),
    ],
)
def test_an_outcome_is_kept_and_counted(outcome: Outcome, state: str, counted: str, crawl: Crawl) -> None:
    frontier = Frontier(crawl)
    frontier.record(found(1), LISTING)
    frontier.settle(take(frontier), outcome)
    assert (states(crawl)[SITE + "1"][0], states(crawl)[SITE + "1"][2]) == (state, outcome.reason)
    assert crawl.counts == {counted: 1}
    assert handed_out(frontier) == []


def test_an_address_that_used_up_its_tries_is_parked_and_counted_as_failed(crawl: Crawl) -> None:
    frontier = Frontier(crawl)
    frontier.record(found(1), LISTING)
    outcome = Outcome(state=AddressState.PENDING, reason="status 503", retry=True)
    frontier.settle(replace(take(frontier), tries=crawl.config.max_tries), outcome)
    assert states(crawl)[SITE + "1"][0] == "parked"
    assert crawl.counts == {"failed": 1}


@pytest.mark.parametrize("state", [AddressState.GONE, AddressState.MISSING])
def test_an_article_whose_page_is_gone_or_missing_is_withdrawn(state: AddressState, crawl: Crawl) -> None:
    article = keep_article(crawl, SITE + "1")
    frontier = next_run(crawl)
    frontier.record(found(1, date_modified=NOW + timedelta(hours=1)), LISTING)
    frontier.settle(take(frontier), Outcome(state=state, reason="status"))
    assert live(crawl) == []
    with crawl.store.read() as connection:
        assert [kept.id for kept in iterate_articles(connection, withdrawn=True)] == [article.id]


@pytest.mark.parametrize(
    "outcome",
    [
        Outcome(state=AddressState.REJECTED, reason="no body"),
        Outcome(state=AddressState.PENDING, reason="status 503", retry=True),
    ],
)
def test_an_article_whose_page_is_only_unreadable_now_stays(outcome: Outcome, crawl: Crawl) -> None:
    article = keep_article(crawl, SITE + "1")
    frontier = next_run(crawl)
    frontier.record(found(1, date_modified=NOW + timedelta(hours=1)), LISTING)
    frontier.settle(take(frontier), outcome)
    assert live(crawl) == [article.id]


def test_an_address_given_back_is_as_it_was_and_counted_where_that_is_asked(crawl: Crawl) -> None:
    frontier = Frontier(crawl)
    frontier.record(found(1, 2), LISTING)
    frontier.give_back(take(frontier))
    frontier.give_back(take(frontier), counted="not_saved")
    assert set(states(crawl).values()) == {("pending", 0, None)}
    assert crawl.counts == {"not_saved": 1}
    assert handed_out(frontier) == []


def test_what_is_left_to_the_next_run_is_as_due_as_before_and_counted_as_owed(crawl: Crawl) -> None:
    frontier = Frontier(crawl)
    frontier.record(found(*range(1, 6)), LISTING)
    frontier.left_to_next_run("newsroom.test is left alone")
    handed_out = 0
    while (address := frontier.next_address_when_idle()) is not None:
        handed_out += 1
        frontier.left_to_next_run("newsroom.test is left alone", address)
    # Three in a row say that the others would fare no better.
    assert handed_out == 3
    assert set(states(crawl).values()) == {("pending", 0, None)}
    assert crawl.counts == {"owed": 4}
    assert crawl.problem == "newsroom.test is left alone"
    assert len(all_of(next_run(crawl))) == 5


def test_an_unchanged_page_is_counted_and_looked_at_again_later(crawl: Crawl) -> None:
    article = keep_article(crawl, SITE + "1")
    with crawl.store.write() as connection:
        plan_revisit(connection, "newsroom_test", article.id, Visit(url=SITE + "1", etag='"1"'), NOW)
    frontier = next_run(crawl)
    frontier.unchanged(take(frontier))
    assert crawl.counts == {"unchanged": 1}
    later = next_run(crawl, clock=lambda: NOW + timedelta(minutes=59))
    assert handed_out(later) == []
    assert handed_out(next_run(crawl, clock=lambda: NOW + timedelta(hours=1))) == [SITE + "1"]


def test_when_one_address_of_an_article_is_gone_the_other_is_looked_at(crawl: Crawl) -> None:
    article = keep_article(crawl, SITE + "1")
    with crawl.store.write() as connection:
        mark_done(connection, "newsroom_test", [SITE + "2"], article.id, run=crawl.run, now=NOW)
    frontier = next_run(crawl)
    frontier.record(found(1, date_modified=NOW + timedelta(hours=1)), LISTING)
    gone = Outcome(state=AddressState.GONE, reason="status 410")
    frontier.settle(take(frontier), gone)
    assert live(crawl) == [article.id]
    second = take(frontier)
    assert second.url == SITE + "2"
    frontier.settle(second, gone)
    assert live(crawl) == []
