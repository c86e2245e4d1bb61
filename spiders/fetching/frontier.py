"""Frontier: the table of addresses as a crawl sees it. What is handed out, and what became of it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from newscrawler.address import Address, AddressState, Discovered, Outcome
from newscrawler.crawl import Crawl
from newscrawler.facets import facet_paths
from newscrawler.store import addresses, sources
from newscrawler.store.addresses import Recorded
from newscrawler.store.articles import read_article, withdraw_article
from newscrawler.store.revisits import keep_unchanged, look_again
from newscrawler.store.sources import SourceState
from spiders.fetching.saved_pages import SavedPages
from spiders.fetching.sitemap_documents import SitemapDocuments
from spiders.fetching.source_schedule import digest_of, may_ask, next_check

logger = logging.getLogger(__name__)

_COUNTED = {
    AddressState.REJECTED: "rejected",
    AddressState.MISSING: "missing",
    AddressState.GONE: "gone",
    AddressState.PENDING: "failed",
    AddressState.PARKED: "failed",
    AddressState.DONE: "failed",
}

_AT_ONCE = 1000
_MOST_FAULTS = 3
_NEVER_OF_PAGE = frozenset({"status 429", "status 503"})


class Frontier:
    """Hands out the addresses of one crawl, each at most once, and keeps what became of them.

    Over saved pages every saved article page is due again, and only those: an address the archive lacks is neither
    recorded nor handed out, and a capture older than what is known of its page says nothing new.
    """

    def __init__(self, crawl: Crawl) -> None:
        self._crawl = crawl
        self._saved: SavedPages | None = crawl.saved
        self._saved_ids: list[int] | None = None
        self._handed_out = 0
        self._waiting: Address | None = None
        self._alone = False
        self._idle = False
        self._answered = False
        self._faults_in_a_row = 0
        self._pace = crawl.pace
        self.definition = digest_of(crawl.newsroom)
        roots = {source.url for source in crawl.newsroom.sources}
        self._documents = SitemapDocuments(crawl.newsroom.name, roots, self.definition, self._pace)

    def record(
        self, found: Sequence[Discovered], source_url: str, *, news: bool = False, **source_values: Any
    ) -> Recorded:
        """Keeps the addresses that a source gave, and with the last of them the source's new state; where it was read
        to its end, also when it is asked next, for which `news` says whether it has brought some before in this run.

        A few at a time, so that other writers get their turn; a kill in between leaves the source's state as it was.
        Over saved pages the state is left as the last live crawl left it.
        """
        crawl = self._crawl
        if self._saved is not None:
            found = [item for item in found if item.url in self._saved]
            source_values = {}
        whole = Recorded(new=0, reopened=0, first_runs={})
        for start in range(0, max(len(found), 1), _AT_ONCE):
            some = found[start : start + _AT_ONCE]
            with crawl.store.write() as connection:
                recorded = addresses.record(
                    connection, crawl.newsroom.name, some, run=crawl.run, source_url=source_url, now=crawl.clock()
                )
                news = news or recorded.new + recorded.reopened > 0
                if source_values and start + _AT_ONCE >= len(found):
                    self._keep_source(connection, source_url, source_values, news=news)
            whole = Recorded(
                new=whole.new + recorded.new,
                reopened=whole.reopened + recorded.reopened,
                first_runs={**whole.first_runs, **recorded.first_runs},
            )
        return whole

    def note_children(
        self, parent: str, children: Sequence[tuple[str, str | None]], *, whole: bool = True, **parent_values: Any
    ) -> list[str]:
        """Keeps the documents that a sitemap index names, and with them its own state; the addresses of those due, see
        `SitemapDocuments.name`. Over saved pages all are, and nothing is kept."""
        if self._saved is not None:
            return [url for url, _ in children]
        with self._crawl.store.write() as connection:
            due, news = self._documents.name(connection, parent, children, self._crawl.clock(), whole=whole)
            if parent_values:
                self._keep_source(connection, parent, parent_values, news=news)
        return due

    def source_state(self, url: str) -> SourceState:
        """What the last visit to the source left; nothing where every source is read whole: over saved pages, and
        after the newsroom file came to say otherwise which sources there are and what an article's address is."""
        crawl = self._crawl
        nothing = SourceState(newsroom=crawl.newsroom.name, url=url)
        if self._saved is not None:
            return nothing
        with crawl.store.read() as connection:
            state = sources.source_state(connection, crawl.newsroom.name, url)
        return state if state.definition == self.definition else nothing

    def children_due(self) -> list[tuple[str, int]]:
        """What `SitemapDocuments.due` gives, after what it forgets; nothing over saved pages."""
        if self._saved is not None:
            return []
        self._documents.forget_unnamed(self._crawl.store)
        return self._documents.due(self._crawl.store, self._crawl.clock())

    def may_ask(self, url: str) -> bool:
        """Whether the source is to be asked in this run."""
        return may_ask(self.source_state(url), self._pace, self._crawl.clock())

    def has_given(self, url: str) -> bool:
        """Whether any address was first found in the source."""
        with self._crawl.store.read() as connection:
            return addresses.has_given(connection, self._crawl.newsroom.name, url)

    def source_failed(self, url: str, outcome: str, *, owed: bool = True) -> None:
        """Notes that a source could not be read; with `owed` the run has failed to do something it should have."""
        crawl = self._crawl
        if owed:
            crawl.counts["sources_failed"] += 1
            crawl.problem = crawl.problem or f"{url}: {outcome}"
        if self._saved is not None:
            return
        with crawl.store.write() as connection:
            if owed:
                sources.count_source_failure(connection, crawl.newsroom.name, url, outcome, crawl.clock())
            else:
                values = {"outcome": outcome, "checked": crawl.clock(), "due": False, "failures": 0}
                sources.update_source(connection, crawl.newsroom.name, url, definition=self.definition, **values)

    def left_to_next_run(self, reason: str, address: Address | None = None) -> None:
        """Notes that a source, or the page at `address`, may not be asked in this run, and counts it as owed."""
        if address is not None:
            self.give_back(address)
            self._faults_in_a_row += 1
        crawl = self._crawl
        if not crawl.counts["owed"]:
            crawl.problem = crawl.problem or reason
            logger.warning("%s: %s", crawl.newsroom.name, reason)
        crawl.counts["owed"] += 1

    def unchanged(self, address: Address) -> None:
        """Keeps that the page of a known article answered 304, and counts it."""
        crawl, now = self._crawl, self._crawl.clock()
        with crawl.store.write() as connection:
            article = read_article(connection, str(address.article_id))
            due = self._pace.next_revisit(article, now) if article is not None else None
            keep_unchanged(connection, address.id, now, due)
        crawl.counts["unchanged"] += 1
        self.page_answered()

    def page_answered(self) -> None:
        """Says that the site gave a page: what fails now is the page's fault."""
        self._answered = True
        self._faults_in_a_row = 0

    def next_address(self) -> Address | None:
        """Hands out the next address, or None when nothing is due or the crawl's limit is reached.

        One that an earlier run left without an outcome is handed out alone: it may be what killed that run, and what is
        under way beside it would be taken for guilty too.
        """
        if self._alone:
            return None
        if self._waiting is None:
            self._waiting = self._take()
        if self._waiting is not None and self._waiting.left_without_outcome:
            if not self._idle:
                return None
            self._alone = True
        self._idle = False
        address, self._waiting = self._waiting, None
        return address

    def next_address_when_idle(self) -> Address | None:
        """Hands out the next address, as `next_address` does, now that nothing is under way."""
        self._alone = False
        self._idle = True
        return self.next_address()

    def settle(self, address: Address, outcome: Outcome) -> None:
        """Keeps what became of an address that gave no article, and counts it.

        After so many faults of the site in a row nothing more is handed out in this run.
        """
        crawl = self._crawl
        if outcome.of_host:
            self._faults_in_a_row += 1
            if self._answered and outcome.reason not in _NEVER_OF_PAGE:
                outcome = replace(outcome, of_host=False)
            if self._faults_in_a_row == _MOST_FAULTS:
                crawl.problem = crawl.problem or f"the site does not answer: {outcome.reason}"
        else:
            self._faults_in_a_row = 0
        now = crawl.clock()
        fetched = self._saved.page(address.url).fetched_at if self._saved is not None else now
        with crawl.store.write() as connection:
            state = addresses.settle(
                connection, address, outcome, now=now, fetched=fetched, max_tries=crawl.config.max_tries
            )
            if state in (AddressState.GONE, AddressState.MISSING) and address.article_id is not None:
                self._went(connection, address, address.article_id, now)
        crawl.visits.pop(address.url, None)
        crawl.counts[_COUNTED[state]] += 1

    def give_back(self, address: Address, counted: str | None = None) -> None:
        """Leaves an address as it was before it was handed out."""
        with self._crawl.store.write() as connection:
            addresses.give_back(connection, address)
        if counted is not None:
            self._crawl.counts[counted] += 1

    def close(self) -> None:
        """Gives back what was handed out ahead of need."""
        if self._waiting is not None:
            self.give_back(self._waiting)
            self._waiting = None

    def _keep_source(self, connection: Connection, url: str, values: dict[str, Any], *, news: bool) -> None:
        name, now = self._crawl.newsroom.name, self._crawl.clock()
        if "completed_run" in values:
            state = sources.source_state(connection, name, url)
            values = {**values, **next_check(state, self._pace, now, news=news)}
        sources.update_source(connection, name, url, **values)

    def _went(self, connection: Connection, address: Address, article_id: str, now: datetime) -> None:
        # An old address may go while the article lives on under another; that is to be seen.
        if not look_again(connection, article_id, now, besides=address.id):
            vocabulary = self._crawl.vocabulary
            withdraw_article(connection, article_id, facets_of=lambda heir: facet_paths(heir, vocabulary))

    def _take(self) -> Address | None:
        crawl = self._crawl
        if crawl.limit is not None and self._handed_out >= crawl.limit:
            return None
        if self._faults_in_a_row >= _MOST_FAULTS:
            return None
        address = self._take_due() if self._saved is None else self._take_saved(self._saved)
        self._handed_out += address is not None
        return address

    def _take_due(self) -> Address | None:
        crawl = self._crawl
        with crawl.store.write() as connection:
            return addresses.take(
                connection,
                crawl.newsroom.name,
                run=crawl.run,
                now=crawl.clock(),
                max_tries=crawl.config.max_tries,
                since=crawl.since,
            )

    def _take_saved(self, saved: SavedPages) -> Address | None:
        crawl = self._crawl
        if self._saved_ids is None:
            self._saved_ids = self._offer_saved_pages(saved)
        while self._saved_ids:
            with crawl.store.write() as connection:
                address = addresses.take_address(connection, self._saved_ids.pop(), run=crawl.run)
            if address is None:
                continue
            if address.last_fetched is not None and saved.page(address.url).fetched_at < address.last_fetched:
                self.give_back(address, counted="older")
                continue
            published = address.known.date_published
            if crawl.since is None or published is None or published >= crawl.since:
                return address
            self.give_back(address)
        return None

    def _offer_saved_pages(self, saved: SavedPages) -> list[int]:
        """Puts every saved article page into the table; the row numbers, last page first."""
        crawl = self._crawl
        # Where the newsroom file does not tell articles by their address, a list would be tried as one.
        sources = {crawl.newsroom.canonical(source.url) for source in crawl.newsroom.sources}
        urls = [url for url in saved.addresses() if crawl.newsroom.is_article_address(url) and url not in sources]
        with crawl.store.write() as connection:
            found = [Discovered(url=url) for url in urls]
            addresses.record(
                connection,
                crawl.newsroom.name,
                found,
                run=crawl.run,
                source_url=str(saved.path),
                now=crawl.clock(),
            )
            return addresses.ids_of(connection, crawl.newsroom.name, urls)[::-1]
