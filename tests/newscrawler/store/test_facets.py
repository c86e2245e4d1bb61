"""Tests of `newscrawler.store.facets`: what crawling tells publishing."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from newscrawler.article import Article
from newscrawler.store import Store
from newscrawler.store.articles import save_article, withdraw_article
from newscrawler.store.facets import (
    all_facets,
    articles_by_id,
    facets_to_publish,
    facets_updated,
    mark_published,
    newest_in_facet,
    newest_in_facets,
    note_updated,
)
from tests.conftest import NOW, an_article


def save(store: Store, name: str, *facets: str, minutes: int = 0, headline: str = "Бір") -> Article:
    url = f"https://bulaq.test/{name}"
    published = NOW + timedelta(minutes=minutes)
    one = an_article(id=name, url=url, canonical_url=url, headline=headline, date_published=published)
    with store.write() as connection:
        save_article(connection, one, facets_of=lambda _: facets, hashes=(), now=NOW)
    return one


def test_a_facet_is_due_until_the_change_that_stands_in_its_feeds_is_marked(store: Store) -> None:
    save(store, "a", "kk/all/all", "kk/all/sport")
    with store.write() as connection:
        due = facets_to_publish(connection)
        assert [facet for facet, _ in due] == ["kk/all/all", "kk/all/sport"]
        mark_published(connection, due)
        assert facets_to_publish(connection) == []
        assert facets_to_publish(connection, every=True) == due
    save(store, "b", "kk/all/sport")
    with store.read() as connection:
        assert [facet for facet, _ in facets_to_publish(connection)] == ["kk/all/sport"]


def test_a_change_after_the_one_that_was_marked_keeps_the_facet_due(store: Store) -> None:
    save(store, "a", "kk/all/all")
    with store.read() as connection:
        seen = facets_to_publish(connection)
    save(store, "a", "kk/all/all", headline="Екі")
    with store.write() as connection:
        mark_published(connection, seen)
        assert [facet for facet, _ in facets_to_publish(connection)] == ["kk/all/all"]


def test_both_the_facets_left_and_those_entered_are_due(store: Store) -> None:
    save(store, "a", "kk/all/all")
    with store.write() as connection:
        mark_published(connection, facets_to_publish(connection))
    save(store, "a", "ru/all/all")
    with store.read() as connection:
        assert [facet for facet, _ in facets_to_publish(connection)] == ["kk/all/all", "ru/all/all"]
        assert newest_in_facet(connection, "kk/all/all", 50) == []
        assert newest_in_facet(connection, "ru/all/all", 50) == ["a"]


def test_a_withdrawn_article_leaves_its_facets_which_stay(store: Store) -> None:
    save(store, "a", "kk/all/all")
    with store.write() as connection:
        mark_published(connection, facets_to_publish(connection))
        assert withdraw_article(connection, "a", facets_of=lambda _: [])
        assert [facet for facet, _ in facets_to_publish(connection)] == ["kk/all/all"]
        assert newest_in_facet(connection, "kk/all/all", 50) == []
        assert all_facets(connection) == ["kk/all/all"]


def test_the_newest_articles_come_first_and_no_more_than_asked_for(store: Store) -> None:
    for name, minutes in (("a", 5), ("b", 7), ("c", 5), ("d", 1)):
        save(store, name, "kk/all/all", minutes=minutes)
    with store.read() as connection:
        assert newest_in_facet(connection, "kk/all/all", 3) == ["b", "c", "a"]


def test_when_a_feed_was_updated_is_kept_with_its_offset(store: Store) -> None:
    save(store, "a", "kk/all/all", "kk/all/sport")
    moment = datetime(2024, 5, 14, 18, 0, tzinfo=timezone(timedelta(hours=5)))
    with store.write() as connection:
        assert facets_updated(connection) == {}
        note_updated(connection, {"kk/all/all": moment})
    save(store, "b", "kk/all/all")
    with store.read() as connection:
        found = facets_updated(connection)
    assert {facet: kept.isoformat() for facet, kept in found.items()} == {"kk/all/all": "2024-05-14T18:00:00+05:00"}


def test_articles_by_id(store: Store) -> None:
    saved = {f"a{number:03}": save(store, f"a{number:03}", "kk/all/all") for number in range(405)}
    with store.read() as connection:
        found = articles_by_id(connection, [*saved, "not there"])
    assert {name: one.headline for name, (one, _) in found.items()} == dict.fromkeys(saved, "Бір")
    assert sorted(change for _, change in found.values()) == list(range(1, 406))


def test_the_newest_of_many_facets_are_those_of_each(store: Store) -> None:
    paths = [f"kk/r{number}/all" for number in range(450)]
    for number in range(12):
        one = an_article(number, date_published=NOW + timedelta(minutes=number // 3))
        with store.write() as connection:
            facets = ["kk/all/all", *paths[number % 4 :: 4]]
            save_article(connection, one, facets_of=lambda _, facets=facets: facets, hashes=(), now=NOW)  # type: ignore[misc]
    with store.read() as connection:
        found = newest_in_facets(connection, [*paths, "kk/all/all", "kk/empty/all"], 5)
        assert found["kk/all/all"] == newest_in_facet(connection, "kk/all/all", 5)
        assert len(found["kk/all/all"]) == 5
        assert found["kk/empty/all"] == []
        assert all(found[path] == newest_in_facet(connection, path, 5) for path in paths)
