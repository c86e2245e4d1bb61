from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from newscrawler.address import Address, AddressState, Discovered, Outcome, Visit
from newscrawler.article import Article, mint_article_id
from newscrawler.crawl import Crawl
from newscrawler.errors import StoreError
from newscrawler.newsroom import Newsroom
from newscrawler.store import addresses
from newscrawler.store.addresses import mark_done, with_state
from newscrawler.store.articles import iterate_articles, save_article
from newscrawler.store.revisits import plan_revisit
from newscrawler.store.sources import SourceState, source_state, source_states
from spiders.fetching.frontier import Frontier
from spiders.fetching.saved_html import SavedHtml
from spiders.fetching.saved_pages import SavedPages
from tests.conftest import NOW, an_article

SITE = "https://newsroom.test/kk/news/"
LISTING = "https://newsroom.test/kk/news/"
INDEX = "https://newsroom.test/sitemap.xml"
CHILD = "https://newsroom.test/sitemap-1.xml"


def found(*numbers: int, **values: Any) -> list[Discovered]:
    return [Discovered(url=f"{SITE}{number}", **values) for number in numbers]


def archive(crawl: Crawl, *paths: str) -> SavedPages:
    saved = SavedPages(path=Path("archive"), newsroom=crawl.newsroom)
    for path in paths:
        saved.add("HTML", SavedHtml(f"https://newsroom.test{path}", NOW, Path("page.html")))
    return saved


def next_run(crawl: Crawl, **values: Any) -> Frontier:
    crawl.run += 1
    for name, value in values.items():
        setattr(crawl, name, value)
    return Frontier(crawl)


def handed_out(frontier: Frontier) -> list[str]:
    return [address.url for address in all_of(frontier)]


def all_of(frontier: Frontier) -> list[Address]:
    """What is handed out when each page is done before the next is asked for."""
    handed_out: list[Address] = []
    while (address := frontier.next_address_when_idle()) is not None:
        handed_out.append(address)
    return handed_out


def states(crawl: Crawl) -> dict[str, tuple[str, int, str | None]]:
    with crawl.store.read() as connection:
        rows = with_state(connection, AddressState)
    return {row.url: (row.state, row.tries, row.reason) for row in rows}


def take(frontier: Frontier) -> Address:
    address = frontier.next_address_when_idle()
    assert address is not None
    return address


def keep_article(crawl: Crawl, url: str) -> Article:
    article = an_article(id=mint_article_id("newsroom_test", url), url=url, canonical_url=url)
    with crawl.store.write() as connection:
        save_article(connection, article, facets_of=lambda _: ["kk/all/all"], hashes=[], now=NOW)
        mark_done(connection, "newsroom_test", [url], article.id, run=crawl.run, now=NOW)
    return article


def live(crawl: Crawl) -> list[str]:
    with crawl.store.read() as connection:
        return [article.id for article in iterate_articles(connection)]


def state_of(crawl: Crawl, url: str) -> SourceState:
    with crawl.store.read() as connection:
        return source_state(connection, "newsroom_test", url)


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


def children(*lastmods: str | None) -> Sequence[tuple[str, str | None]]:
    return [(f"https://newsroom.test/sitemap-{number}.xml", lastmod) for number, lastmod in enumerate(lastmods, 1)]


def test_documents_of_an_index_are_due_when_new_or_changed_or_nothing_is_said(crawl: Crawl) -> None:
    frontier = Frontier(crawl)
    urls = [url for url, _ in children("a", "a", None)]
    assert frontier.note_children(INDEX, children("a", "a", None), checked=NOW, etag='"i"') == urls
    assert state_of(crawl, INDEX).etag == '"i"'
    assert sorted(next_run(crawl).children_due()) == urls
    for url in urls:
        frontier.record([], url, checked=NOW, due=False, definition=frontier.definition)
    frontier = next_run(crawl)
    assert frontier.children_due() == urls[2:]
    assert frontier.note_children(INDEX, children("a", "b", None)) == urls[1:]
    assert next_run(crawl).children_due() == urls[1:]


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


def test_a_document_of_which_an_index_says_nothing_is_asked_when_its_own_time_has_come(crawl: Crawl) -> None:
    frontier = Frontier(crawl)
    frontier.note_children(INDEX, children(None))
    values: dict[str, Any] = {"checked": NOW, "due": False, "completed_run": 1, "definition": frontier.definition}
    frontier.record(found(1), CHILD, **values)
    crawl.clock = lambda: NOW + timedelta(hours=10)
    frontier = next_run(crawl)
    assert frontier.children_due() == [CHILD]
    frontier.record([], CHILD, **values)
    crawl.clock = lambda: NOW + timedelta(hours=10, minutes=59)
    assert next_run(crawl).children_due() == []
    assert next_run(crawl).note_children(INDEX, children(None)) == []
    assert not next_run(crawl).may_ask(CHILD)
    crawl.clock = lambda: NOW + timedelta(hours=11)
    assert next_run(crawl).may_ask(CHILD)
    assert next_run(crawl).children_due() == [CHILD]


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
