"""Tests of `spiders.fetching.frontier`: documents of sources, and saved pages."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from newscrawler.crawl import Crawl
from newscrawler.newsroom import Newsroom
from newscrawler.store.sources import SourceState, source_states
from spiders.fetching.frontier import Frontier
from tests.conftest import NOW
from tests.spiders.fetching.frontier_calls import (
    CHILD,
    INDEX,
    LISTING,
    SITE,
    all_of,
    archive,
    found,
    handed_out,
    keep_article,
    next_run,
    state_of,
    states,
    take,
)


def children(*lastmods: str | None) -> Sequence[tuple[str, str | None]]:
    return [(f"https://newsroom.test/sitemap-{number}.xml", lastmod) for number, lastmod in enumerate(lastmods, 1)]


def test_documents_of_an_index_are_due_when_new_or_changed_or_nothing_is_said(crawl: Crawl) -> None:
    frontier = Frontier(crawl)
    urls = [url for url, _ in children("a", "a", None)]
    assert frontier.note_children(INDEX, children("a", "a", None), checked=NOW, etag='"i"') == urls
    assert state_of(crawl, INDEX).etag == '"i"'
    assert sorted(next_run(crawl).children_due()) == [(url, 1) for url in urls]
    for url in urls:
        frontier.record([], url, checked=NOW, due=False, definition=frontier.definition)
    frontier = next_run(crawl)
    assert frontier.children_due() == [(urls[2], 1)]
    assert frontier.note_children(INDEX, children("a", "b", None)) == urls[1:]
    assert next_run(crawl).children_due() == [(url, 1) for url in urls[1:]]


def was_read(crawl: Crawl, *urls: str) -> None:
    frontier = Frontier(crawl)
    for url in urls:
        frontier.record([], url, checked=NOW, due=False, definition=frontier.definition)


def test_what_an_index_names_no_more_is_forgotten_with_all_that_it_named(crawl: Crawl) -> None:
    below = "https://newsroom.test/below.xml"
    first, second = (url for url, _ in children(None, None))
    frontier = Frontier(crawl)
    frontier.note_children(INDEX, children(None, None), checked=NOW)
    frontier.note_children(first, [(below, None)])
    was_read(crawl, first, second, below)
    assert sorted(next_run(crawl).children_due()) == sorted([(below, 2), (first, 1), (second, 1)])
    frontier.note_children(INDEX, [], whole=False)
    assert len(next_run(crawl).children_due()) == 3
    frontier.note_children(INDEX, children(None, None)[1:])
    assert next_run(crawl).children_due() == [(second, 1)]
    assert frontier.note_children(INDEX, children(None, None)) == [first, second]
    assert state_of(crawl, below).parent is None


def test_what_was_never_read_is_asked_for_though_its_index_names_it_no_more(crawl: Crawl) -> None:
    first, second = (url for url, _ in children("a", "a"))
    frontier = Frontier(crawl)
    frontier.note_children(INDEX, children("a", "a"), checked=NOW)
    frontier.source_failed(first, "status 503")
    was_read(crawl, second)
    frontier.note_children(INDEX, [])
    assert next_run(crawl).children_due() == [(first, 1)]
    assert next_run(crawl).children_due() == [(first, 1)]
    was_read(crawl, first)
    assert next_run(crawl).children_due() == []
    assert state_of(crawl, first).parent is None


def test_what_never_answers_is_forgotten_in_the_end(crawl: Crawl) -> None:
    frontier = Frontier(crawl)
    frontier.note_children(INDEX, children("a"), checked=NOW)
    frontier.note_children(INDEX, [])
    for _ in range(10):
        assert next_run(crawl).children_due() == [(CHILD, 1)]
        frontier.source_failed(CHILD, "status 503")
    assert next_run(crawl).children_due() == []


def test_when_a_document_is_forgotten_every_index_is_read_whole_once(crawl: Crawl) -> None:
    other, inner = "https://newsroom.test/other.xml", "https://newsroom.test/inner.xml"
    frontier = Frontier(crawl)
    frontier.record([], other, etag='"o"')
    frontier.note_children(INDEX, [*children("a"), (inner, "a")], checked=NOW, etag='"i"')
    frontier.note_children(inner, [("https://newsroom.test/below.xml", "a")], etag='"n"')
    was_read(crawl, CHILD, inner, "https://newsroom.test/below.xml")
    frontier.note_children(INDEX, [(inner, "a")])
    assert next_run(crawl).children_due() == [(inner, 1)]
    assert [state_of(crawl, url).etag for url in (INDEX, other, inner)] == [None, None, None]


def test_a_document_that_was_not_read_stays_due_though_the_index_says_it_is_the_same(crawl: Crawl) -> None:
    Frontier(crawl).note_children(INDEX, children("a"))
    assert next_run(crawl).note_children(INDEX, children("a")) == [CHILD]


def test_a_source_that_fails_is_counted_and_its_validators_stay(crawl: Crawl) -> None:
    frontier = Frontier(crawl)
    frontier.record([], LISTING, etag='"1"')
    frontier.source_failed(LISTING, "status 503")
    frontier.source_failed(INDEX, "no XML")
    state = state_of(crawl, LISTING)
    assert (state.outcome, state.failures, state.etag, state.checked) == ("status 503", 1, '"1"', NOW)
    assert crawl.counts == {"sources_failed": 2}
    assert crawl.problem == f"{LISTING}: status 503"


def test_a_document_that_is_no_longer_there_is_nothing_owed(crawl: Crawl) -> None:
    frontier = Frontier(crawl)
    frontier.note_children(INDEX, children("a"))
    frontier.source_failed(CHILD, "status 404", owed=False)
    assert crawl.counts == {}
    assert crawl.problem is None
    assert next_run(crawl).children_due() == []


def test_every_saved_article_page_is_due_again_whatever_became_of_it(crawl: Crawl) -> None:
    article = keep_article(crawl, SITE + "1")
    crawl.saved = archive(crawl, "/kk/news/1", "/kk/news/2", "/kk/", "/kk/about")
    for _ in range(2):
        frontier = next_run(crawl)
        taken = all_of(frontier)
        assert [(address.url, address.article_id) for address in taken] == [
            (SITE + "1", article.id),
            (SITE + "2", None),
        ]
        assert frontier.next_address_when_idle() is None


def test_a_saved_source_is_no_page_to_read(crawl: Crawl) -> None:
    sources = [{"kind": "listing", "url": "https://www.newsroom.test/"}, {"kind": "feed", "url": f"{SITE}rss.xml"}]
    values = crawl.newsroom.model_dump() | {"sources": sources, "articles": {}}
    crawl.newsroom = Newsroom.model_validate(values)
    crawl.saved = archive(crawl, "/", "/kk/news/rss.xml", "/kk/news/1")
    assert handed_out(Frontier(crawl)) == [SITE + "1"]


def test_addresses_that_the_archive_lacks_are_neither_recorded_nor_handed_out(crawl: Crawl) -> None:
    Frontier(crawl).record(found(7), LISTING)
    frontier = next_run(crawl, saved=archive(crawl, "/kk/news/1"))
    assert frontier.record(found(1, 8), LISTING, etag='"1"', checked=NOW).new == 1
    assert state_of(crawl, LISTING).etag is None
    assert handed_out(frontier) == [SITE + "1"]
    assert set(states(crawl)) == {SITE + "1", SITE + "7"}


def test_over_saved_pages_no_source_is_spared_and_none_is_noted(crawl: Crawl) -> None:
    frontier = Frontier(crawl)
    frontier.note_children(INDEX, children("a"), checked=NOW, etag='"i"')
    frontier.record([], CHILD, checked=NOW, due=False, etag='"c"')
    with crawl.store.read() as connection:
        before = source_states(connection)
    frontier = next_run(crawl, saved=archive(crawl, "/kk/news/1"))
    assert frontier.source_state(CHILD) == SourceState(newsroom="newsroom_test", url=CHILD)
    assert frontier.note_children(INDEX, children("a", "a"), checked=NOW) == [url for url, _ in children("a", "a")]
    assert frontier.children_due() == []
    frontier.source_failed(CHILD, "no XML")
    assert crawl.counts == {"sources_failed": 1}
    with crawl.store.read() as connection:
        assert source_states(connection) == before


@pytest.mark.parametrize(
    ("since", "expected"),
    [(NOW - timedelta(days=1), [SITE + "2", SITE + "3"]), (None, [SITE + "1", SITE + "2", SITE + "3"])],
)
def test_since_holds_for_saved_pages_as_far_as_their_date_is_known(
    since: datetime | None, expected: list[str], crawl: Crawl
) -> None:
    crawl.saved = archive(crawl, "/kk/news/1", "/kk/news/2", "/kk/news/3")
    frontier = Frontier(crawl)
    old = found(1, date_published=NOW - timedelta(days=2))
    frontier.record([*old, *found(2, date_published=NOW)], LISTING)
    crawl.since = since
    assert handed_out(frontier) == expected
    tries = {url: tries for url, (_, tries, _) in states(crawl).items()}
    assert tries == {url: int(url in expected) for url in tries}


def test_the_limit_holds_for_saved_pages(crawl: Crawl) -> None:
    crawl.saved, crawl.limit = archive(crawl, "/kk/news/1", "/kk/news/2"), 1
    assert handed_out(Frontier(crawl)) == [SITE + "1"]


def test_what_was_left_without_an_outcome_is_handed_out_last_and_alone(crawl: Crawl) -> None:
    frontier = Frontier(crawl)
    frontier.record(found(1, 2, 3), LISTING)
    first = take(frontier)
    frontier.close()
    frontier = next_run(crawl)
    others = [frontier.next_address(), frontier.next_address()]
    assert first.url not in {address.url for address in others if address is not None}
    assert frontier.next_address() is None
    assert take(frontier).url == first.url
    assert frontier.next_address() is None


def test_a_document_of_which_an_index_says_nothing_is_asked_when_its_own_time_has_come(crawl: Crawl) -> None:
    frontier = Frontier(crawl)
    frontier.note_children(INDEX, children(None))
    values: dict[str, Any] = {"checked": NOW, "due": False, "completed_run": 1, "definition": frontier.definition}
    frontier.record(found(1), CHILD, **values)
    crawl.clock = lambda: NOW + timedelta(hours=10)
    frontier = next_run(crawl)
    assert frontier.children_due() == [(CHILD, 1)]
    frontier.record([], CHILD, **values)
    crawl.clock = lambda: NOW + timedelta(hours=10, minutes=59)
    assert next_run(crawl).children_due() == []
    assert next_run(crawl).note_children(INDEX, children(None)) == []
    assert not next_run(crawl).may_ask(CHILD)
    crawl.clock = lambda: NOW + timedelta(hours=11)
    assert next_run(crawl).may_ask(CHILD)
    assert next_run(crawl).children_due() == [(CHILD, 1)]


def test_what_one_walk_brought_before_its_end_counts_as_news(crawl: Crawl) -> None:
    frontier = Frontier(crawl)
    frontier.record([], LISTING, completed_run=1, definition=frontier.definition)
    crawl.clock = lambda: NOW + timedelta(hours=10)
    frontier.record([], LISTING, news=True, completed_run=2, definition=frontier.definition)
    assert state_of(crawl, LISTING).brought_news == NOW + timedelta(hours=10)
    crawl.clock = lambda: NOW + timedelta(hours=20)
    frontier.record([], LISTING, completed_run=3, definition=frontier.definition)
    state = state_of(crawl, LISTING)
    assert (state.brought_news, state.next_check) == (NOW + timedelta(hours=10), NOW + timedelta(hours=21))
