"""NewsroomSpider: sources -> addresses -> pages -> articles. Callbacks only route."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawler.address import Address, AddressState, Visit
from newscrawler.article import Article
from newscrawler.config import Config
from newscrawler.crawl import Crawl
from newscrawler.errors import NotAnArticle, NotSaved, PageError, UsageError
from newscrawler.newsroom import Newsroom
from newscrawler.toml_files import nearest
from spiders.crawl_opening import open_crawl
from spiders.fetching.cut_off import DownloadCutOff
from spiders.fetching.faults import LeftToNextRun
from spiders.fetching.frontier import Frontier
from spiders.fetching.landing import check_landing
from spiders.fetching.outcomes import outcome_of
from spiders.fetching.saved_warc import WarcRecorder
from spiders.fetching.unknown_address import SHOWN_EVERYWHERE, UnknownAddresses
from spiders.pages import read_article
from spiders.source_walk import SourceWalker, Walk, header

ARGUMENTS = ("saved", "limit", "since", "record")


class NewsroomSpider(Spider):
    """The spider of every newsroom; NewsroomLoader makes a class of it for each newsroom file.

    Arguments, as `scrapy crawl NAME -a name=value` gives them: `saved` a folder or file of saved pages to read instead
    of the network, `limit` the most pages to fetch, `since` a date (YYYY-MM-DD) before which nothing is fetched,
    `record` a new WARC file to write every answer to.
    """

    newsroom: ClassVar[Newsroom]
    crawl: Crawl
    frontier: Frontier
    sources: SourceWalker
    unknown: UnknownAddresses
    recorder: WarcRecorder | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """The spider with its crawl opened: configuration, store and saved pages. Raises NewscrawlerError."""
        unknown = kwargs.keys() - set(ARGUMENTS)
        if unknown:
            name = min(unknown)
            raise UsageError(f"unknown spider argument {name!r}{nearest(name, list(ARGUMENTS))}")
        spider = super().from_crawler(crawler, *args)
        config: Config | None = crawler.settings.get("NEWSCRAWLER")
        spider.crawl = open_crawl(crawler, spider.newsroom, config, **kwargs)
        spider.frontier = Frontier(spider.crawl)
        if kwargs.get("record"):
            spider.recorder = WarcRecorder(Path(kwargs["record"]))
        spider.unknown = UnknownAddresses(crawler, spider.crawl, recorded=spider.recorder is not None)
        spider.sources = SourceWalker(spider.crawl, spider.frontier, conditional=spider.recorder is None)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Requests for the newsroom's sources; the scheduler adds those for pages."""
        for request in self.sources.first_requests(self.parse_source, self.source_failed):
            yield request

    def page_request(self, address: Address) -> Request:
        """The request for the page at an address that the frontier handed out; conditional where only its article is
        to be looked at again, and every answer need not be recorded."""
        headers: dict[str, str] = {}
        if address.state is AddressState.DONE and self.recorder is None and self.crawl.saved is None:
            asked = {"If-None-Match": address.etag, "If-Modified-Since": address.last_modified}
            headers = {name: value for name, value in asked.items() if value}
        return Request(
            address.url,
            callback=self.parse_page,
            errback=self.page_failed,
            cb_kwargs={"address": address},
            headers=headers,
            meta={"handle_httpstatus_list": [304]} if headers else {},
        )

    async def parse_page(self, response: Response, address: Address) -> AsyncIterator[Article]:
        """The article on a page."""
        moment: datetime = response.meta["fetched_at"]
        if response.status == 304:
            self.frontier.unchanged(address)
            return
        try:
            check_landing(response, address.url, self.newsroom)
            article = read_article(response, self.newsroom, moment.astimezone(self.newsroom.zone), address.known)
            if await self.unknown.show(article, address):
                raise NotAnArticle(SHOWN_EVERYWHERE, url=response.url, newsroom=self.newsroom.name)
        except (PageError, DownloadCutOff, LeftToNextRun) as error:
            self._keep_failure(address, error)
            return
        answered = self.newsroom.canonical(response.url)
        article.addresses = sorted({address.url, answered})
        if self.crawl.saved is None:
            self.crawl.visits[address.url] = Visit(
                url=answered, etag=header(response, "ETag"), last_modified=header(response, "Last-Modified")
            )
        self.frontier.page_answered()
        yield article

    def page_failed(self, failure: Any) -> None:
        """Keeps what became of an address whose page could not be fetched."""
        self._keep_failure(failure.request.cb_kwargs["address"], failure.value)

    def parse_source(self, response: Response, walk: Walk) -> Iterator[Request]:
        """Keeps the addresses that a source gives; requests for its next page or its children."""
        return self.sources.answered(response, walk, self.parse_source, self.source_failed)

    def source_failed(self, failure: Any) -> None:
        """Keeps that a source could not be fetched; nothing of one that was cut off, which is as due as before."""
        if not isinstance(failure.value, DownloadCutOff):
            self.sources.failed(failure)

    def _keep_failure(self, address: Address, error: BaseException) -> None:
        if isinstance(error, NotSaved):
            self.frontier.give_back(address, counted="not_saved")
            return
        if isinstance(error, DownloadCutOff):
            self.frontier.give_back(address)
            return
        if isinstance(error, LeftToNextRun):
            self.frontier.left_to_next_run(error.problem, address)
            return
        outcome = outcome_of(error, address, self.crawl.clock())
        self.frontier.settle(address, outcome)
        level = logging.WARNING if outcome.retry else logging.INFO
        logging.getLogger(self.name).log(level, "%s: %s: %s", self.name, address.url, outcome.reason)
