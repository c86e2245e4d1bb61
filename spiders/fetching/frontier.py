"""Frontier: the table of addresses as a crawl sees it. What is handed out, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from newscrawler.address import Address, AddressState, Discovered, Outcome
from newscrawler.article import mint_article_id
from newscrawler.crawl import Crawl
from newscrawler.store import addresses, sources
from newscrawler.store.addresses import Recorded
from newscrawler.store.articles import withdraw_article
from newscrawler.store.sources import SourceState
from spiders.fetching.saved_pages import SavedPages

_COUNTED = {
    AddressState.REJECTED: "rejected",
    AddressState.MISSING: "missing",
    AddressState.GONE: "gone",
    AddressState.PENDING: "failed",
    AddressState.PARKED: "failed",
}


class Frontier:
    """Hands out the addresses of one crawl, each at most once, and keeps what became of them.

    Over saved pages every saved article page is due again, and only those: an address the archive lacks is neither
    recorded nor handed out.
    """

    def __init__(self, crawl: Crawl) -> None:
        self._crawl = crawl
        self._saved: SavedPages | None = crawl.saved
        self._saved_ids: list[int] | None = None
        self._handed_out = 0
        self._waiting: Address | None = None

    def record(self, found: Sequence[Discovered], source_url: str, **source_values: Any) -> Recorded:
        """Keeps the addresses that a source gave and the source's new state, together or not at all.

        Over saved pages the source's state is left as the last live crawl left it.
        """
        crawl = self._crawl
        if self._saved is not None:
            found = [item for item in found if item.url in self._saved]
            source_values = {}
        with crawl.store.write() as connection:
            recorded = addresses.record(
                connection, crawl.newsroom.name, found, run=crawl.run, source_url=source_url, now=crawl.clock()
            )
            if source_values:
                sources.update_source(connection, crawl.newsroom.name, source_url, **source_values)
        return recorded

    def note_children(self, parent: str, children: Sequence[tuple[str, str | None]], **parent_values: Any) -> list[str]:
        """Keeps the documents that a sitemap index names, with what it says of each; the addresses of those due.

        Due is a document that was never read, whose `lastmod` changed, or of which the index says none. Over saved
        pages all are, and nothing is kept.
        """
        if self._saved is not None:
            return [url for url, _ in children]
        crawl, name = self._crawl, self._crawl.newsroom.name
        due: list[str] = []
        with crawl.store.write() as connection:
            for url, lastmod in children:
                state = sources.source_state(connection, name, url)
                if state.due or state.checked is None or lastmod is None or lastmod != state.lastmod:
                    due.append(url)
                    sources.update_source(connection, name, url, parent=parent, lastmod=lastmod, due=True)
            if parent_values:
                sources.update_source(connection, name, parent, **parent_values)
        return due

    def source_state(self, url: str) -> SourceState:
        """What the last visit to the source left; nothing over saved pages, where every source is read whole."""
        crawl = self._crawl
        if self._saved is not None:
            return SourceState(newsroom=crawl.newsroom.name, url=url)
        with crawl.store.read() as connection:
            return sources.source_state(connection, crawl.newsroom.name, url)

    def children_due(self) -> list[str]:
        """The documents named by sitemap indexes that a run before this one did not come to read."""
        if self._saved is not None:
            return []
        with self._crawl.store.read() as connection:
            states = sources.source_states(connection, self._crawl.newsroom.name)
        return [state.url for state in states if state.parent is not None and state.due]

    def source_failed(self, url: str, outcome: str, *, owed: bool = True) -> None:
        """Notes that a source could not be read; with `owed` the run has failed to do something it should have."""
        crawl = self._crawl
        if owed:
            crawl.counts["sources_failed"] += 1
            crawl.problem = crawl.problem or f"{url}: {outcome}"
        if self._saved is None:
            with crawl.store.write() as connection:
                sources.count_source_failure(connection, crawl.newsroom.name, url, outcome, crawl.clock())
                if not owed:
                    sources.update_source(connection, crawl.newsroom.name, url, due=False)

    def next_address(self) -> Address | None:
        """Hands out the next address, or None when nothing is due or the crawl's limit is reached."""
        if self._waiting is None:
            self._waiting = self._take()
        address, self._waiting = self._waiting, None
        return address

    def has_next(self) -> bool:
        """Whether `next_address` has one to give; the address is handed out by asking."""
        if self._waiting is None:
            self._waiting = self._take()
        return self._waiting is not None

    def settle(self, address: Address, outcome: Outcome) -> None:
        """Keeps what became of an address that gave no article, and counts it."""
        crawl = self._crawl
        now = crawl.clock()
        with crawl.store.write() as connection:
            if outcome.state is AddressState.GONE:
                gone = address.article_id or mint_article_id(crawl.newsroom.name, address.url)
                withdraw_article(connection, gone)
            state = addresses.settle(connection, address, outcome, now, crawl.config.max_tries)
            if state is AddressState.MISSING and address.article_id is not None:
                withdraw_article(connection, address.article_id)
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

    def _take(self) -> Address | None:
        crawl = self._crawl
        if crawl.limit is not None and self._handed_out >= crawl.limit:
            return None
        address = self._take_due() if self._saved is None else self._take_saved(self._saved)
        self._handed_out += address is not None
        return address

    def _take_due(self) -> Address | None:
        crawl = self._crawl
        with crawl.store.write() as connection:
            return addresses.take(connection, crawl.newsroom.name, run=crawl.run, now=crawl.clock(), since=crawl.since)

    def _take_saved(self, saved: SavedPages) -> Address | None:
        crawl = self._crawl
        if self._saved_ids is None:
            self._saved_ids = self._offer_saved_pages(saved)
        while self._saved_ids:
            with crawl.store.write() as connection:
                address = addresses.take_address(connection, self._saved_ids.pop(), run=crawl.run)
            if address is None:
                continue
            published = address.known.date_published
            if crawl.since is None or published is None or published >= crawl.since:
                return address
            self.give_back(address)
        return None

    def _offer_saved_pages(self, saved: SavedPages) -> list[int]:
        """Puts every saved article page into the table; the row numbers, last page first."""
        crawl = self._crawl
        urls = [url for url in saved.addresses() if crawl.newsroom.is_article_address(url)]
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
