"""NewsroomSpider: sources -> addresses -> pages -> articles. Callbacks only route."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError

from newscrawler.address import Address, Outcome
from newscrawler.article import Article
from newscrawler.config import Config
from newscrawler.crawl import Crawl
from newscrawler.errors import NotSaved, PageError
from newscrawler.newsroom import Newsroom, Source, SourceKind
from newscrawler.urls import canonical_address
from spiders.crawl_opening import open_crawl
from spiders.discovery.feed import read_feed
from spiders.discovery.found import Found
from spiders.discovery.listing import read_listing
from spiders.discovery.sitemap import read_sitemap
from spiders.fetching.frontier import Frontier
from spiders.fetching.outcomes import outcome_of, reason_of
from spiders.fetching.saved_warc import WarcRecorder
from spiders.pages import read_article

_DEEPEST_SITEMAP = 4
_SOURCE_PRIORITY = 100


@dataclass(slots=True, kw_only=True)
class Walk:
    """A walk through the pages of one source in one run: how far it has come, and what was asked first."""

    source: Source
    page: int = 1
    depth: int = 0
    child: bool = False
    seen: set[str] = field(default_factory=set)
    validators: dict[str, str | None] = field(default_factory=dict)
    completed_run: int | None = None


class NewsroomSpider(Spider):
    """The spider of every newsroom; NewsroomLoader makes a class of it for each newsroom file.

    Arguments, as `scrapy crawl NAME -a name=value` gives them: `saved` a folder or file of saved pages to read instead
    of the network, `limit` the most pages to fetch, `since` a date (YYYY-MM-DD) before which nothing is fetched,
    `record` a new WARC file to write every answer to.
    """

    newsroom: ClassVar[Newsroom]
    crawl: Crawl
    frontier: Frontier
    recorder: WarcRecorder | None = None
    # Requests for sources that have no answer yet; `start` itself counts as one until it has named them all.
    sources_open: int = 1

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """The spider with its crawl opened: configuration, store and saved pages. Raises NewscrawlerError."""
        arguments = {name: kwargs.pop(name, None) for name in ("saved", "limit", "since", "record")}
        spider = super().from_crawler(crawler, *args, **kwargs)
        config: Config | None = crawler.settings.get("NEWSCRAWLER")
        spider.crawl = open_crawl(crawler, spider.newsroom, config, **arguments)
        spider.frontier = Frontier(spider.crawl)
        if arguments["record"]:
            spider.recorder = WarcRecorder(Path(arguments["record"]))
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Requests for the newsroom's sources, and for sitemaps that an earlier run did not come to read."""
        for source in self.newsroom.sources:
            yield self._source_request(source.url, Walk(source=source))
        configured = {source.url for source in self.newsroom.sources}
        sitemap = next((source for source in self.newsroom.sources if source.kind is SourceKind.SITEMAP), None)
        if sitemap is not None:
            for url in self.frontier.children_due():
                if url not in configured:
                    yield self._source_request(url, Walk(source=sitemap, depth=1, child=True))
        self.sources_open -= 1

    def page_request(self, address: Address) -> Request:
        """The request for the page at an address that the frontier handed out."""
        return Request(
            address.url,
            callback=self.parse_page,
            errback=self.page_failed,
            cb_kwargs={"address": address},
        )

    def parse_page(self, response: Response, address: Address) -> Iterator[Article]:
        """The article on a page."""
        try:
            article = read_article(response, self.newsroom, self._fetched_at(response), address.known)
        except PageError as error:
            self._settle(address, outcome_of(error, address, self.crawl.clock()))
            return
        own = {canonical_address(url, self.newsroom.hosts) for url in (response.url, article.canonical_url)}
        article.addresses = sorted({address.url, *own})
        yield article

    def page_failed(self, failure: Any) -> None:
        """Keeps what became of an address whose page could not be fetched."""
        address: Address = failure.request.cb_kwargs["address"]
        if isinstance(failure.value, NotSaved):
            self.frontier.give_back(address, counted="not_saved")
            return
        self._settle(address, outcome_of(failure.value, address, self.crawl.clock()))

    def parse_source(self, response: Response, walk: Walk) -> Iterator[Request]:
        """Keeps the addresses that a source gives; requests for its next page or its children."""
        try:
            yield from self._source_answered(response, walk)
        finally:
            self.sources_open -= 1

    def _source_answered(self, response: Response, walk: Walk) -> Iterator[Request]:
        self.crawl.counts["sources"] += 1
        now = self.crawl.clock()
        url = walk.source.url if walk.source.kind is SourceKind.LISTING else _asked(response)
        if response.status == 304:
            self.frontier.record([], url, checked=now, outcome="not changed", due=False, completed_run=self.crawl.run)
            return
        try:
            found = self._read(response, walk)
        except PageError as error:
            self._source_error(url, error, walk)
            return
        if walk.page == 1:
            walk.validators = {
                "etag": _header(response, "ETag"),
                "last_modified": _header(response, "Last-Modified"),
            }
        if found.children:
            due = self.frontier.note_children(
                url,
                found.children,
                checked=now,
                outcome="read",
                failures=0,
                due=False,
                completed_run=self.crawl.run,
                **walk.validators,
            )
            yield from self._child_requests(due, walk)
            return
        goes_on = self._keep(found, url, walk, now)
        if goes_on and found.next_url is not None:
            following = Walk(
                source=walk.source,
                page=walk.page + 1,
                seen=walk.seen,
                validators=walk.validators,
                completed_run=walk.completed_run,
            )
            yield self._source_request(found.next_url, following)

    def source_failed(self, failure: Any) -> None:
        """Keeps that a source could not be fetched."""
        self.sources_open -= 1
        walk: Walk = failure.request.cb_kwargs["walk"]
        if not isinstance(failure.value, NotSaved):
            url = walk.source.url if walk.source.kind is SourceKind.LISTING else failure.request.url
            self._source_error(url, failure.value, walk)

    def _read(self, response: Response, walk: Walk) -> Found:
        moment = self._fetched_at(response)
        if walk.source.kind is SourceKind.LISTING:
            found = read_listing(response, walk.source, self.newsroom, moment, walk.page)
            if not found.entries and walk.page == 1 and walk.source.json_html is None:
                raise PageError("the list has no entries", url=response.url, newsroom=self.newsroom.name)
            return found
        if walk.source.kind is SourceKind.FEED:
            return read_feed(response, self.newsroom)
        return read_sitemap(response, self.newsroom, moment)

    def _keep(self, found: Found, url: str, walk: Walk, now: datetime) -> bool:
        """Records what a document gave; whether the walk goes on to the next page.

        A list is read to the page that brings nothing this walk has not seen, or, when an earlier run has read it to
        its end, to the page whose last entry was known by then. Its validators are kept only at the end of the walk:
        a run that is cut short must not find an unchanged first page and stop there.
        """
        urls = [item.url for item in found.articles]
        fresh = [item for item in urls if item not in walk.seen]
        walk.seen.update(urls)
        at_end = found.next_url is None or not fresh or walk.page >= walk.source.max_pages
        end_state = {
            "checked": now,
            "outcome": "read",
            "failures": 0,
            "due": False,
            "completed_run": self.crawl.run,
            **walk.validators,
        }
        recorded = self.frontier.record(found.articles, url, **(end_state if at_end else {"checked": now}))
        if at_end:
            return False
        last_seen_by = recorded.first_runs.get(urls[-1])
        known = last_seen_by is not None and walk.completed_run is not None and last_seen_by <= walk.completed_run
        if known:
            self.frontier.record([], url, **end_state)
        return not known

    def _child_requests(self, urls: list[str], walk: Walk) -> Iterator[Request]:
        if walk.depth >= _DEEPEST_SITEMAP:
            self.frontier.source_failed(walk.source.url, f"sitemaps nested deeper than {_DEEPEST_SITEMAP}")
            return
        for url in urls:
            yield self._source_request(url, Walk(source=walk.source, depth=walk.depth + 1, child=True))

    def _source_request(self, url: str, walk: Walk) -> Request:
        self.sources_open += 1
        headers: dict[str, str] = {}
        if walk.page == 1:
            state = self.frontier.source_state(url)
            walk.completed_run = state.completed_run
            if state.etag:
                headers["If-None-Match"] = state.etag
            if state.last_modified:
                headers["If-Modified-Since"] = state.last_modified
        return Request(
            url,
            callback=self.parse_source,
            errback=self.source_failed,
            cb_kwargs={"walk": walk},
            headers=headers,
            priority=_SOURCE_PRIORITY,
            meta={"handle_httpstatus_list": [304]},
        )

    def _source_error(self, url: str, error: BaseException, walk: Walk) -> None:
        reason = reason_of(error)
        absent = walk.child and isinstance(error, HttpError) and error.response.status in (404, 410)
        level = logging.INFO if absent else logging.WARNING
        logging.getLogger(self.name).log(level, "%s: source %s: %s", self.name, url, reason)
        self.frontier.source_failed(url, reason, owed=not absent)

    def _settle(self, address: Address, outcome: Outcome) -> None:
        self.frontier.settle(address, outcome)
        if outcome.retry:
            logging.getLogger(self.name).warning("%s: %s: %s", self.name, address.url, outcome.reason)

    def _fetched_at(self, response: Response) -> datetime:
        moment: datetime = response.meta["fetched_at"]
        return moment.astimezone(self.newsroom.zone)


def _asked(response: Response) -> str:
    """The address that was asked for, before any redirect."""
    urls: list[str] = response.meta.get("redirect_urls") or [response.url]
    return urls[0]


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
