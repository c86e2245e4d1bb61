"""Tests of `newscrawler.store.activity`: how much there is of late, on every engine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from newscrawler.address import AddressState, Discovered, Outcome
from newscrawler.article import Article
from newscrawler.store import Store
from newscrawler.store.activity import (
    articles_by_day,
    day_of,
    facet_counts,
    newest_by_facet,
    newest_moment,
    state_of_store,
)
from newscrawler.store.addresses import record, settle, take
from newscrawler.store.articles import save_article, withdraw_article
from newscrawler.store.holding import HeldState, drop_held, hold
from newscrawler.store.runs import begin_run, finish_run
from tests.conftest import NOW, an_article

ALL = "kk/all/all"


def save(store: Store, article: Article, facets: Sequence[str] = (ALL,)) -> None:
    with store.write() as connection:
        save_article(connection, article, facets_of=lambda _: facets, hashes=(), now=NOW)


def test_articles_of_a_facet_after_a_moment(store: Store) -> None:
    save(store, an_article(1), (ALL, "kk/turkistan/all"))
    save(store, an_article(2, date_published=NOW - timedelta(days=2)))
    save(store, an_article(3, date_published=NOW - timedelta(days=7)), (ALL, "kk/astana/all"))
    with store.read() as connection:
        assert facet_counts(connection, NOW - timedelta(days=7)) == {ALL: 2, "kk/turkistan/all": 1}
        assert newest_moment(connection, [ALL, "ru/all/all"]) == NOW
        assert newest_moment(connection, ["kk/astana/all"]) == NOW - timedelta(days=7)
        assert newest_moment(connection, ["ru/all/all"]) is None
        assert newest_by_facet(connection) == {
            ALL: NOW,
            "kk/turkistan/all": NOW,
            "kk/astana/all": NOW - timedelta(days=7),
        }
    with store.write() as connection:
        withdraw_article(connection, an_article(3).id, facets_of=lambda _: [])
        assert newest_by_facet(connection) == {ALL: NOW, "kk/turkistan/all": NOW}


def test_days_are_those_of_kazakhstan(store: Store) -> None:
    midnight = datetime(2024, 5, 13, 19, 0, tzinfo=UTC)
    save(store, an_article(1, date_published=midnight))
    save(store, an_article(2, date_published=midnight - timedelta(microseconds=1)))
    save(store, an_article(3, date_published=midnight, newsroom="b_kz", canonical_url="https://b.test/3", id="b3"))
    save(store, an_article(4, date_published=datetime(1965, 3, 1, 12, tzinfo=UTC)))
    save(store, an_article(5, date_published=None), ())
    save(store, an_article(6, date_published=midnight))
    with store.write() as connection:
        withdraw_article(connection, an_article(6).id, facets_of=lambda _: [])
    first, second = date(2024, 5, 13), date(2024, 5, 14)
    with store.read() as connection:
        assert articles_by_day(connection, first) == {"b_kz": {second: 1}, "newsroom_test": {first: 1, second: 1}}
        assert articles_by_day(connection, second) == {"b_kz": {second: 1}, "newsroom_test": {second: 1}}
    assert (day_of(midnight), day_of(midnight - timedelta(seconds=1))) == (second, first)


def test_the_state_is_another_one_after_every_change_and_only_then(store: Store) -> None:
    states: list[str] = []

    def look() -> None:
        with store.read() as connection:
            states.append(state_of_store(connection))
            assert state_of_store(connection) == states[-1]

    look()
    save(store, an_article(1))
    look()
    with store.write() as connection:
        run = begin_run(connection, "newsroom_test", "live", NOW)
    look()
    with store.write() as connection:
        finish_run(connection, run, NOW, "finished", {})
    look()
    with store.write() as connection:
        found = [Discovered(url="https://newsroom.test/1")]
        record(connection, "newsroom_test", found, run=run, source_url="https://newsroom.test/", now=NOW)
    look()
    with store.write() as connection:
        address = take(connection, "newsroom_test", run=run, now=NOW, max_tries=5)
        assert address is not None
        outcome = Outcome(state=AddressState.REJECTED, reason="empty")
        settle(connection, address, outcome, now=NOW, fetched=NOW, max_tries=5)
    look()
    with store.write() as connection:
        hold(connection, an_article(1), HeldState.BACK, run=run, now=NOW, definition="a")
    look()
    with store.write() as connection:
        drop_held(connection, "newsroom_test")
    look()
    assert len(set(states)) == len(states) == 8
    save(store, an_article(1))
    with store.read() as connection:
        assert state_of_store(connection) == states[-1]
