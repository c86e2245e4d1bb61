"""Tests of `newscrawler.store.entries`: what is kept of feeds."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from newscrawler.store import Store
from newscrawler.store.articles import save_article, withdraw_article
from newscrawler.store.entries import (
    EntryProblem,
    KeptEntry,
    entry_problems,
    entry_states,
    keep_entries,
    note_publication,
    read_publication,
)
from tests.conftest import NOW, an_article

UPDATED = datetime(2024, 5, 14, 18, 0, tzinfo=timezone(timedelta(hours=5)))


def save(store: Store, name: str, headline: str = "Бір") -> None:
    url = f"https://bulaq.test/{name}"
    one = an_article(id=name, url=url, canonical_url=url, newsroom="bulaq_kz", headline=headline)
    with store.write() as connection:
        save_article(connection, one, facets_of=lambda _: [], hashes=(), now=NOW)


def good(name: str, key: str = "k", fragment: bytes = b"<item/>") -> KeptEntry:
    fragments = {"rss": fragment, "atom": b"<entry/>"}
    return KeptEntry(article_id=name, key=key, updated=UPDATED, fragments=fragments)


def test_entries_come_back_as_they_were_kept(store: Store) -> None:
    names = [f"a{number:04}" for number in range(900)]
    for name in names:
        save(store, name)
    kept = [good(name) for name in names[:-1]]
    kept[1] = KeptEntry(article_id="a0001", key="k2", problem="rotten")
    with store.write() as connection:
        keep_entries(connection, kept)
        keep_entries(connection, [])
    with store.read() as connection:
        found = entry_states(connection, [*names, "not there"])
        assert entry_states(connection, []) == {}
    assert {name: state.kept for name, state in found.items()} == {
        **{one.article_id: one for one in kept},
        names[-1]: None,
    }
    assert {state.newsroom for state in found.values()} == {"bulaq_kz"}
    entry = found["a0000"].kept
    assert entry is not None
    assert entry.updated is not None
    assert entry.updated.isoformat() == "2024-05-14T18:00:00+05:00"
    assert {name: bytes(fragment) for name, fragment in entry.fragments.items()} == {
        "rss": b"<item/>",
        "atom": b"<entry/>",
    }


def test_the_bytes_are_read_only_where_they_are_asked_for(store: Store) -> None:
    save(store, "a")
    with store.write() as connection:
        keep_entries(connection, [good("a")])
        kept = entry_states(connection, ["a"], with_fragments=False)["a"].kept
    assert kept == replace(good("a"), fragments={})


def test_a_new_entry_takes_the_place_of_the_old_one(store: Store) -> None:
    save(store, "a")
    with store.write() as connection:
        keep_entries(connection, [good("a")])
        keep_entries(connection, [good("a", key="new", fragment=b"<item>2</item>")])
        found = entry_states(connection, ["a"])
    assert found["a"].kept == good("a", key="new", fragment=b"<item>2</item>")


def test_changes_grow(store: Store) -> None:
    save(store, "a")
    save(store, "b")
    with store.read() as connection:
        before = entry_states(connection, ["a", "b", "not there"])
    save(store, "a", headline="Екі")
    with store.read() as connection:
        after = entry_states(connection, ["b", "a"])
    assert set(before) == {"a", "b"}
    assert after["b"] == before["b"]
    assert after["a"].change > max(before["a"].change, before["b"].change)


def test_problems_are_those_of_live_articles(store: Store) -> None:
    for name in ("a", "b", "c", "d"):
        save(store, name)
    with store.write() as connection:
        for name in ("c", "b", "d"):
            keep_entries(connection, [KeptEntry(article_id=name, key="k", problem="no headline")])
        keep_entries(connection, [good("a")])
        withdraw_article(connection, "d", facets_of=lambda _: [])
        found = entry_problems(connection)
        some = entry_problems(connection, ["a", "c"])
    assert found == [
        EntryProblem(article_id=name, newsroom="bulaq_kz", url=f"https://bulaq.test/{name}", problem="no headline")
        for name in ("b", "c")
    ]
    assert some == found[1:]
    assert str(found[0]) == "bulaq_kz, https://bulaq.test/b: no headline"


def test_a_publication_is_noted_in_the_place_of_the_last(store: Store) -> None:
    with store.write() as connection:
        assert read_publication(connection, "feeds") is None
        note_publication(connection, "feeds", "one")
        note_publication(connection, "other", "x")
        note_publication(connection, "feeds", "two")
    with store.read() as connection:
        assert read_publication(connection, "feeds") == "two"
        assert read_publication(connection, "other") == "x"
