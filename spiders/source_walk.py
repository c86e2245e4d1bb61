"""SourceWalker: which sources to ask, and what becomes of their answers."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from scrapy import Request
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError

from newscrawler.crawl import Crawl
from newscrawler.crawl_outcome import NO_ENTRIES
from newscrawler.errors import NoEntries, NotSaved, PageError
from newscrawler.newsroom import Source, SourceKind
from newscrawler.store.addresses import Recorded
from newscrawler.store.sources import SourceState
from spiders.discovery.feed import read_feed
from spiders.discovery.found import Found
from spiders.discovery.listing import read_listing
from spiders.discovery.sitemap import read_sitemap
from spiders.fetching.faults import LeftToNextRun, reason_of
from spiders.fetching.frontier import Frontier
from spiders.fetching.robots import UNREACHABLE

_DEEPEST_SITEMAP = 4
_MOST_DOCUMENTS = 5000
_PRIORITY = 100
# As they are held whole. 50,000 addresses, the most that a sitemap may have (sitemaps.org), take up to 25 MB where they
# are of percent-encoded Cyrillic; a file that is packed itself is never held unpacked, and so may be larger.
_LARGEST = {SourceKind.SITEMAP: 32 * 1024 * 1024, SourceKind.FEED: 16 * 1024 * 1024}
# So many entries at a page's end that were known before say that the rest of the list is known too.
_KNOWN_AT_END = 2
_A_DAY = timedelta(days=1)
_MOST_DAYS = 30


@dataclass(slots=True, kw_only=True)
class Walk:
    """A walk through the pages of one source in one run: the address under which its state is kept, how far it has
    come and may go, what it has seen and whether there was news, the validators of the first answer, and the last run
    that read the source to its end."""

    source: Source
    url: str
    page: int = 1
    depth: int = 0
    child: bool = False
    seen: set[str] = field(default_factory=set)
    validators: dict[str, str | None] = field(default_factory=dict)
    completed_run: int | None = None
    last_page: int = 1
    news: bool = False

    @property
    def next_page(self) -> Walk:
        """The same walk, one page on."""
        return replace(self, page=self.page + 1)


class SourceWalker:
    """Walks the sources of one crawl. It keeps the addresses that a source gives together with the source's state, and
    makes requests for its next page or its children; each document is asked once a run.

    `conditional` False asks for every source whole, as a recording has to.
    """

    def __init__(self, crawl: Crawl, frontier: Frontier, *, conditional: bool) -> None:
        self._crawl = crawl
        self._newsroom = crawl.newsroom
        self._frontier = frontier
        self._conditional = conditional
        # Requests without an answer yet; naming the sources counts as one until all are named.
        self.open = 1
        self._asked: set[str] = set()
        self._log = logging.getLogger(crawl.newsroom.name)

    def first_requests(self, callback: Callable[..., Any], errback: Callable[..., Any]) -> Iterator[Request]:
        """Requests for the newsroom's sources, and for the sitemaps that an index is known to name and that have to be
        read whatever the index answers: those not read yet, and those of which it never says when they changed."""
        for source in self._newsroom.sources:
            yield from self._request(source.url, Walk(source=source, url=source.url), callback, errback)
        sitemap = next((source for source in self._newsroom.sources if source.kind is SourceKind.SITEMAP), None)
        if sitemap is not None:
            for url, depth in self._frontier.children_due():
                # What lies deeper is named, and refused, each time the index above it is read.
                if depth <= _DEEPEST_SITEMAP:
                    walk = Walk(source=sitemap, url=url, depth=depth, child=True)
                    yield from self._request(url, walk, callback, errback)
        self.open -= 1

    def answered(
        self, response: Response, walk: Walk, callback: Callable[..., Any], errback: Callable[..., Any]
    ) -> Iterator[Request]:
        """Keeps what a source answered; requests for what follows from it."""
        try:
            yield from self._follow(response, walk, callback, errback)
        finally:
            self.open -= 1

    def _follow(
        self, response: Response, walk: Walk, callback: Callable[..., Any], errback: Callable[..., Any]
    ) -> Iterator[Request]:
        self._crawl.counts["sources"] += walk.page == 1
        now = self._crawl.clock()
        if response.status == 304:
            self._frontier.record([], walk.url, **self._at_end(walk, now, "not changed", validators=False))
            return
        try:
            found = self._read(response, walk)
        except PageError as error:
            self._error(error, walk)
            return
        if walk.page == 1 and found.whole:
            names = {"etag": "ETag", "last_modified": "Last-Modified"}
            walk.validators = {key: header(response, name) for key, name in names.items()}
        if found.children:
            state = self._at_end(walk, now, "read")
            for url in self._frontier.note_children(walk.url, found.children, whole=found.whole, **state):
                yield from self._child_request(url, walk, callback, errback)
            return
        if self._keep(found, walk, now) and found.next_url is not None:
            yield from self._request(found.next_url, walk.next_page, callback, errback)

    def failed(self, failure: Any) -> None:
        """Keeps that a source could not be fetched."""
        self.open -= 1
        if isinstance(failure.value, LeftToNextRun):
            self._frontier.left_to_next_run(failure.value.problem)
        elif not isinstance(failure.value, NotSaved):
            self._error(failure.value, failure.request.cb_kwargs["walk"])

    def _read(self, response: Response, walk: Walk) -> Found:
        moment: datetime = response.meta["fetched_at"].astimezone(self._newsroom.zone)
        if walk.source.kind is SourceKind.SITEMAP:
            return read_sitemap(response, self._newsroom, moment)
        if walk.source.kind is SourceKind.FEED:
            found = read_feed(response, self._newsroom)
        else:
            found = read_listing(response, walk.source, self._newsroom, moment, walk.page)
            if not found.entries and walk.page == 1 and walk.source.json_html is None:
                raise NoEntries(NO_ENTRIES[0], url=response.url, newsroom=self._newsroom.name)
        # A feed may be empty from its first day on, a sitemap of the last two days over every holiday.
        never_empty = walk.page == 1 and walk.completed_run is not None
        if not found.entries and never_empty and self._frontier.has_given(walk.url):
            raise NoEntries(NO_ENTRIES[0], url=response.url, newsroom=self._newsroom.name)
        if found.entries and not found.articles and walk.page == 1:
            raise NoEntries(NO_ENTRIES[1], url=response.url, newsroom=self._newsroom.name)
        return found

    def _keep(self, found: Found, walk: Walk, now: datetime) -> bool:
        """Records what a document gave; whether the walk goes on to the next page.

        A list is read to the page that brings nothing this walk has not seen, or, when an earlier run has read it to
        its end, to the page that ends in entries known by then; a list whose entries the newsroom file does not tell
        from other links, to the page of which all are known; at most to the last page that it may have. Its state is
        kept only at the end of the walk: a run that is cut short must not find an unchanged first page and stop there.
        """
        urls = [item.url for item in found.articles]
        repeats = all(url in walk.seen for url in urls) and (bool(urls) or not found.entries)
        walk.seen.update(urls)
        may_go_on = found.next_url is not None and not repeats
        at_end = not may_go_on or walk.page >= walk.last_page
        state = self._at_end(walk, now, "read" if found.whole else "broken off")
        if not found.whole:
            del state["completed_run"]
            self._crawl.counts["sources_failed"] += 1
            self._log.warning("%s: source %s: broken off", self._newsroom.name, walk.url)
        kept = {**state, "news": walk.news} if at_end else {}
        recorded = self._frontier.record(found.articles, walk.url, **kept)
        walk.news = walk.news or recorded.new + recorded.reopened > 0
        self._log.info("%s: %s: %d entries, %d new", self._newsroom.name, walk.url, len(urls), recorded.new)
        known = self._is_known(urls, recorded, walk)
        if at_end and may_go_on and walk.completed_run is not None and not known:
            self._log.warning(
                "%s: %s: still something new on page %d, the last that is read",
                self._newsroom.name,
                walk.url,
                walk.page,
            )
        if known and not at_end:
            self._frontier.record([], walk.url, news=walk.news, **state)
        return not (at_end or known)

    @staticmethod
    def _is_known(urls: list[str], recorded: Recorded, walk: Walk) -> bool:
        if walk.completed_run is None or not urls:
            return False
        last = urls[-_KNOWN_AT_END:] if walk.source.item is not None else urls
        first_runs = [recorded.first_runs.get(url) for url in last]
        return all(run is not None and run <= walk.completed_run for run in first_runs)

    def _at_end(self, walk: Walk, now: datetime, outcome: str, *, validators: bool = True) -> dict[str, Any]:
        state = {"checked": now, "outcome": outcome, "failures": 0, "due": False, "completed_run": self._crawl.run}
        state["definition"] = self._frontier.definition
        return {**state, **walk.validators} if validators else state

    def _child_request(
        self, url: str, walk: Walk, callback: Callable[..., Any], errback: Callable[..., Any]
    ) -> Iterator[Request]:
        if walk.depth >= _DEEPEST_SITEMAP or len(self._asked) >= _MOST_DOCUMENTS:
            self._frontier.source_failed(url, f"sitemaps nested deeper than {_DEEPEST_SITEMAP}, or too many")
            return
        child = Walk(source=walk.source, url=url, depth=walk.depth + 1, child=True)
        yield from self._request(url, child, callback, errback)

    def _request(
        self, url: str, walk: Walk, callback: Callable[..., Any], errback: Callable[..., Any]
    ) -> Iterator[Request]:
        if url in self._asked:
            return
        self._asked.add(url)
        if walk.page == 1 and self._conditional and not self._frontier.may_ask(url):
            self._log.info("%s: source %s: its time has not come", self._newsroom.name, url)
            return
        self.open += 1
        headers: dict[str, str] = {}
        if walk.page == 1:
            state = self._frontier.source_state(walk.url)
            walk.completed_run = state.completed_run
            walk.last_page = walk.source.max_pages * self._times_as_far(state)
            if self._conditional:
                asked = {"If-None-Match": state.etag, "If-Modified-Since": state.last_modified}
                headers = {name: value for name, value in asked.items() if value}
        meta: dict[str, Any] = {"handle_httpstatus_list": [304]}
        if walk.source.kind in _LARGEST:
            meta["download_maxsize"] = _LARGEST[walk.source.kind]
        yield Request(
            url,
            callback=callback,
            errback=errback,
            cb_kwargs={"walk": walk},
            headers=headers,
            priority=_PRIORITY,
            meta=meta,
        )

    def _times_as_far(self, state: SourceState) -> int:
        """How many times as far a list is read as its file says: a list that was not read to its end for days has days
        to catch up with."""
        if state.completed is None:
            return 1
        return max(1, min((self._crawl.clock() - state.completed) // _A_DAY, _MOST_DAYS))

    def _error(self, error: BaseException, walk: Walk) -> None:
        reason = reason_of(error)
        absent = walk.child and isinstance(error, HttpError) and error.response.status in (404, 410)
        # That robots.txt cannot be read is said once a host, where it is found out.
        quiet = absent or reason.startswith(UNREACHABLE)
        self._log.log(
            logging.INFO if quiet else logging.WARNING, "%s: source %s: %s", self._newsroom.name, walk.url, reason
        )
        if isinstance(error, NoEntries):
            self._crawl.counts["containers_gone"] += 1
        self._frontier.source_failed(walk.url, reason, owed=not absent)


def header(response: Response, name: str) -> str | None:
    """The header of that name, None where there is none."""
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
