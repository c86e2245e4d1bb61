"""Tests of `newscrawler.store.holding`: what is kept apart, its addresses, and when its pages are asked again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from newscrawler.address import AddressState, Discovered, Visit
from newscrawler.article import Article
from newscrawler.store import Store
from newscrawler.store.addresses import record, with_state
from newscrawler.store.articles import iterate_articles
from newscrawler.store.holding import (
    HeldState,
    ask_again,
    count_held,
    drop_held,
    forget_held,
    held_article,
    held_pages,
    hold,
    note_faults,
)
from tests.conftest import NOW, an_article

NAME = "newsroom_test"
LATER = NOW + timedelta(hours=1)


def held(store: Store, article: Article, **more: object) -> None:
    values = {"run": 1, "now": NOW, "definition": "a", **more}
    with store.write() as connection:
        urls = [Discovered(url=url) for url in article.addresses or [article.url]]
        record(connection, NAME, urls, run=1, source_url="s", now=NOW)
        hold(connection, article, HeldState.WAITING, **values)  # type: ignore[arg-type]


def rows(store: Store) -> dict[str, tuple[str, str | None]]:
    with store.read() as connection:
        return {row.url: (row.state, row.reason) for row in with_state(connection, AddressState)}


def test_an_article_is_kept_whole_and_apart(store: Store) -> None:
    article = an_article(addresses=["https://newsroom.test/kk/news/1-maqala", "https://newsroom.test/old"])
    visit = Visit(url=article.url, etag='"1"')
    held(store, article, visit=visit)
    with store.read() as connection:
        assert list(iterate_articles(connection)) == []
        (page,) = held_pages(connection, NAME)
        assert held_article(connection, page.id) == (replace(article, first_seen=NOW), visit)
        assert (held_pages(connection, "another"), held_article(connection, page.id + 1)) == ([], None)
    assert (page.state, page.run, page.readings, page.faults) == (HeldState.WAITING, 1, 1, None)
    assert rows(store) == dict.fromkeys(article.addresses, ("done", "held"))


def test_a_page_that_is_read_again_stands_there_once_with_its_first_moment(store: Store) -> None:
    article = an_article()
    held(store, article)
    held(store, replace(article, addresses=["https://newsroom.test/old"]), run=2, now=LATER)
    with store.read() as connection:
        (page,) = held_pages(connection)
        found = held_article(connection, page.id)
    assert (page.run, page.readings) == (1, 2)
    assert found is not None
    assert (found[0].first_seen, found[0].addresses) == (
        NOW,
        ["https://newsroom.test/kk/news/1-maqala", "https://newsroom.test/old"],
    )
    held(store, replace(article, headline="Басқа"), run=3)
    with store.read() as connection:
        (page,) = held_pages(connection)
    assert (page.run, page.readings) == (3, 1)


def test_a_verdict_stays_until_the_page_is_read_again(store: Store) -> None:
    held(store, an_article())
    with store.write() as connection:
        note_faults(connection, [page.id for page in held_pages(connection)], ["body: 1 of 1"], "https://a/")
        (page,) = held_pages(connection)
    assert (page.faults, page.first_page) == (["body: 1 of 1"], "https://a/")
    held(store, an_article())
    with store.read() as connection:
        assert held_pages(connection)[0].faults is None


def test_pages_are_asked_again_once_for_each_change_of_the_file(store: Store) -> None:
    held(store, an_article(1))
    held(store, an_article(2), definition="b")
    with store.write() as connection:
        assert [ask_again(connection, NAME, definition) for definition in "abb"] == [1, 1, 0]
        assert count_held(connection, NAME) == 2
    assert {state for state, _ in rows(store).values()} == {"pending"}
    held(store, an_article(1), definition="b")
    assert rows(store)[an_article(1).url] == ("done", "held")


def test_what_is_dropped_is_held_no_more(store: Store) -> None:
    held(store, an_article(1))
    held(store, an_article(2))
    with store.write() as connection:
        forget_held(connection, NAME, an_article(2).url)
        assert drop_held(connection, NAME) == 1
        assert (held_pages(connection), count_held(connection, NAME)) == ([], 0)
        assert ask_again(connection, NAME, "a") == 0
    assert rows(store)[an_article(1).url] == ("rejected", "held, then dropped")
    with store.write() as connection:
        assert ask_again(connection, NAME, "b") == 1
    assert rows(store)[an_article(1).url] == ("pending", None)
