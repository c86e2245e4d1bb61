"""Tests of `pipelines.guard`: what becomes of held articles in the runs that follow."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from newscrawler.address import AddressState, Outcome, Visit
from newscrawler.errors import StoreError
from newscrawler.newsroom import Newsroom
from newscrawler.store import Store
from newscrawler.store.addresses import settle, take, with_state
from newscrawler.store.articles import withdraw_article
from newscrawler.store.holding import drop_held
from tests.conftest import NOW
from tests.pipelines.guard.runs import (
    DAY_ONE,
    Run,
    addresses,
    articles,
    attention,
    has_history,
    held,
    live,
)


def test_good_articles_pass_in_fives_and_a_later_change_of_the_site_is_held_in_the_same_run(
    run: Run, store: Store
) -> None:
    run(DAY_ONE)
    has_history(store)
    crawl = run([*articles(*range(40, 50)), *articles(*range(50, 56), body=[])], hours=1)
    assert (crawl.counts["new"], crawl.counts["held"]) == (10, 6)


def test_one_odd_article_among_others_of_its_run_goes_out(run: Run, store: Store) -> None:
    run(DAY_ONE)
    has_history(store)
    crawl = run([*articles(*range(40, 45)), *articles(45, body=[])], hours=1)
    assert (crawl.counts["new"], held(store)) == (6, [])


def test_a_page_that_is_simply_so_goes_out_when_others_since_look_right(run: Run, store: Store) -> None:
    run(DAY_ONE)
    has_history(store)
    odd = articles(40, body=[])
    run(odd, hours=1)
    for n in range(41, 46):
        run(articles(n), hours=n - 39)
    assert held(store) == [(odd[0].url, "waiting")]
    crawl = run(odd, hours=8)
    assert (crawl.counts["new"], crawl.counts["held"], held(store)) == (1, 0, [])


def test_an_article_that_comes_under_two_addresses_is_held_once_under_both(run: Run, store: Store) -> None:
    run(DAY_ONE)
    has_history(store)
    (one,) = articles(40, body=[])
    urls = [f"{one.url}?p=1", f"{one.url}?p=2"]
    run([replace(one, addresses=[one.url, url]) for url in urls], hours=1)
    assert held(store) == [(one.url, "waiting")]
    run([replace(articles(40)[0], addresses=[one.url])], hours=2)
    known = addresses(store)
    assert [known[url] for url in [one.url, *urls]] == [("done", None, True)] * 3


def test_the_visit_of_a_held_article_is_kept_for_its_revisit(run: Run, store: Store) -> None:
    run(DAY_ONE)
    has_history(store)
    (one,) = articles(0)
    visit = Visit(url=one.url, etag='"1"')
    run([one], hours=1, visits={one.url: visit})
    with store.read() as connection:
        (row,) = [row for row in with_state(connection, AddressState) if row.url == one.url]
    assert (row.etag, row.next_try) == ('"1"', NOW + timedelta(hours=6))


def test_a_held_page_without_a_date_is_looked_at_less_and_less(run: Run, store: Store) -> None:
    run(DAY_ONE)
    has_history(store)
    undated = articles(40, date_published=None)

    def due() -> list[object]:
        with store.read() as connection:
            return [row.next_try for row in with_state(connection, AddressState) if row.url == undated[0].url]

    run(undated, hours=1)
    assert due() == [NOW + timedelta(hours=2)]
    run([replace(undated[0], fetched_at=NOW + timedelta(hours=2))], hours=2)
    assert due() == [NOW + timedelta(hours=7)]


def test_a_page_that_went_while_its_article_was_held_is_forgotten(run: Run, store: Store) -> None:
    run(DAY_ONE)
    has_history(store)
    (one,) = articles(40, body=[])
    run([one], hours=1)
    with store.write() as connection:
        address = take(connection, one.newsroom, run=99, now=NOW + timedelta(days=9), max_tries=5)
        assert address is not None
        assert address.url == one.url
        gone = Outcome(state=AddressState.GONE, reason="status 410")
        settle(connection, address, gone, now=NOW, fetched=NOW, max_tries=5)
    assert run([], hours=2).counts["held"] == 0


def test_dropped_articles_come_again_only_when_the_file_has_changed(run: Run, store: Store, newsroom: Newsroom) -> None:
    run(DAY_ONE)
    has_history(store)
    (new,) = articles(40, body=[])
    (known,) = articles(3)
    run([new, replace(known, body=known.body[:2])], hours=1)
    with store.write() as connection:
        assert drop_held(connection, newsroom.name) == 2
    assert addresses(store)[new.url] == ("rejected", "held, then dropped", False)
    assert addresses(store)[known.url] == ("done", None, True)
    assert run([], hours=2).counts["held"] == 0
    mended = newsroom.model_copy(update={"verified": True})
    run([], newsroom=mended, hours=3)
    assert [addresses(store)[url][0] for url in (new.url, known.url)] == ["pending", "pending"]


def test_of_a_newsroom_that_is_expected_to_be_broken_nothing_goes_out_until_the_mark_is_gone(
    run: Run, store: Store, newsroom: Newsroom
) -> None:
    broken = newsroom.model_copy(update={"expected_broken": True})
    crawl = run(articles(1, 2, 3, date_published=None), newsroom=broken)
    assert (live(store), crawl.counts["held"], crawl.counts["works_again"]) == ({}, 0, 0)
    assert attention(store)[0][0].startswith("held, 3 pages: no verdict yet")
    again = run(articles(*range(4, 9)), newsroom=broken, hours=1)
    assert (live(store), again.counts["works_again"]) == ({}, 1)
    assert ("works again", articles(8)[0].url) in [item[:2] for item in attention(store)]
    run(articles(*range(1, 9)), newsroom=newsroom, hours=2)
    assert (len(live(store)), held(store), attention(store)) == (8, [], [])


def test_a_newsroom_that_was_never_so_long_without_an_article_is_silent(run: Run, store: Store) -> None:
    run(DAY_ONE)
    has_history(store)
    for n in range(12):
        run(articles(40 + n), hours=4 * n)
    assert run([], hours=44 + 48).counts["silent"] == 0
    crawl = run([], hours=44 + 49)
    assert crawl.counts["silent"] == 1
    assert attention(store)[0][0].startswith("silent")
    unreached = run([], hours=44 + 50, counts=Counter(sources_failed=1))
    assert unreached.counts["silent"] == 0
    assert run(articles(70), hours=44 + 51).counts["silent"] == 0


def test_a_store_that_fails_at_the_end_is_told_and_what_waits_is_judged_by_the_next_run(
    run: Run, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(DAY_ONE)
    has_history(store)

    def fail(*_: object, **__: object) -> None:
        raise StoreError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr("pipelines.guard.store", fail)
        crawl = run(articles(40), hours=1)
    assert (crawl.counts["failed"], crawl.problem) == (1, "the disk is full")
    assert run([], hours=2).counts["new"] == 1


def test_a_withdrawn_article_that_comes_back_waits_too(run: Run, store: Store) -> None:
    run(DAY_ONE)
    has_history(store)
    (one,) = articles(3)
    with store.write() as connection:
        withdraw_article(connection, one.id, facets_of=lambda _: [])
    run([replace(one, body=[])], hours=1)
    assert (one.url in live(store), held(store)) == (False, [(one.url, "waiting")])
