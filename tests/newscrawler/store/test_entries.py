"""Tests of `newscrawler.store.entries`: what is kept of feeds."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from newscrawler.store import Store
from newscrawler.store.articles import save_article, withdraw_article
from newscrawler.store.entries import (
    EntryProblem,
    KeptEntry,
    article_versions,
    entry_problems,
    keep_entries,
    note_publication,
    read_entries,
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
    return KeptEntry(article_id=name, format="rss", key=key, updated=UPDATED, fragment=fragment)


def test_entries_come_back_as_they_were_kept(store: Store) -> None:
    names = [f"a{number:04}" for number in range(900)]
    for name in names:
        save(store, name)
    kept = [good(name) for name in names]
    kept.append(KeptEntry(article_id="a0001", format="atom", key="k2", problem="rotten"))
    with store.write() as connection:
        keep_entries(connection, kept)
        keep_entries(connection, [])
    with store.read() as connection:
        found = read_entries(connection, [*names, "not there"])
        assert read_entries(connection, []) == {}
    assert found == {(one.article_id, one.format): one for one in kept}
    moment = found["a0001", "rss"].updated
    assert moment is not None
    assert moment.isoformat() == "2024-05-14T18:00:00+05:00"


def test_a_new_entry_takes_the_place_of_the_old_one_of_its_format(store: Store) -> None:
    save(store, "a")
    other = KeptEntry(article_id="a", format="atom", key="k", updated=UPDATED, fragment=b"<entry/>")
    with store.write() as connection:
        keep_entries(connection, [good("a"), other])
        keep_entries(connection, [good("a", key="new", fragment=b"<item>2</item>")])
        found = read_entries(connection, ["a"])
    assert found == {("a", "rss"): good("a", key="new", fragment=b"<item>2</item>"), ("a", "atom"): other}


def test_versions_grow_with_every_change(store: Store) -> None:
    save(store, "a")
    save(store, "b")
    with store.read() as connection:
        before = article_versions(connection, ["a", "b", "not there"])
    save(store, "a", headline="Екі")
    with store.read() as connection:
        after = article_versions(connection, ["b", "a"])
    assert set(before) == {"a", "b"}
    assert before["a"][0] == "bulaq_kz"
    assert after["b"] == before["b"]
    assert after["a"][1] > max(before["a"][1], before["b"][1])


def test_problems_are_those_of_live_articles_once_an_article(store: Store) -> None:
    for name in ("a", "b", "c", "d"):
        save(store, name)
    with store.write() as connection:
        for name in ("c", "b", "d"):
            for form in ("rss", "atom"):
                keep_entries(connection, [KeptEntry(article_id=name, format=form, key="k", problem="no headline")])
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
