"""FrontierScheduler: requests of sources from memory, requests of pages from the table of addresses."""

from __future__ import annotations

import heapq
import logging
from collections.abc import Callable
from itertools import count
from typing import Any, Self, TypeVar

from scrapy import Request
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler
from scrapy.utils.defer import deferred_from_coro
from twisted.internet.defer import Deferred

from newscrawler.crawl import STORE_FAILED
from newscrawler.errors import StoreError
from spiders.newsroom_spider import NewsroomSpider

logger = logging.getLogger(__name__)

Answer = TypeVar("Answer")
_ATTEMPTS = 3


class FrontierScheduler(BaseScheduler):
    """Scrapy's scheduler over the frontier. Nothing is kept outside the store: what is in memory (sources, paging,
    retries, redirects) is asked anew by the next run, or is an address that was handed out and has no outcome."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._closing: Deferred[None] | None = None
        self._spider: NewsroomSpider | None = None
        self._heap: list[tuple[int, int, Request]] = []
        self._order = count()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """A scheduler for the crawler's spider."""
        return cls(crawler)

    def open(self, spider: Any) -> None:
        """Takes the spider whose frontier is to be emptied."""
        self._spider = spider

    def close(self, reason: str) -> None:
        """Gives back what was handed out and not asked for."""
        if self._spider is None:
            return
        try:
            for _, _, request in self._heap:
                address = request.cb_kwargs.get("address")
                if address is not None:
                    self._spider.frontier.give_back(address)
            self._spider.frontier.close()
        except StoreError as error:
            # What is not given back is due in the next run all the same.
            self._spider.crawl.problem = self._spider.crawl.problem or str(error)

    def has_pending_requests(self) -> bool:
        """Whether a request is left, of either kind. Scrapy asks when nothing is under way."""
        if self._spider is None or self._closing is not None:
            return False
        # Nothing is under way, so no source is.
        self._spider.sources.open = 0
        if self._heap:
            return True
        address = self._hand_out(self._spider.frontier.next_address_when_idle)
        if address is None:
            return False
        # The engine would look for it only at its next heartbeat, five seconds from now.
        self._crawler.engine.crawl(self._spider.page_request(address))
        return True

    def enqueue_request(self, request: Request) -> bool:
        """Takes a request into memory; higher priority first, then in their order."""
        heapq.heappush(self._heap, (-request.priority, next(self._order), request))
        return True

    def next_request(self) -> Request | None:
        """The next request; addresses come when every source has been read, so that a page is read with all that the
        sources know of it."""
        if self._heap:
            return heapq.heappop(self._heap)[2]
        if self._spider is None or self._spider.sources.open or self._closing is not None:
            return None
        address = self._hand_out(self._spider.frontier.next_address)
        return self._spider.page_request(address) if address is not None else None

    def _hand_out(self, ask: Callable[[], Answer]) -> Answer | None:
        """The frontier's answer. A store that fails so many times in a row ends the crawl: where nothing can be kept,
        nothing may be fetched. Another process that holds it longer than usual is waited for."""
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return ask()
            except StoreError as error:
                if attempt == _ATTEMPTS:
                    self._give_up(str(error))
            except Exception as error:
                logger.exception("the next address cannot be handed out")
                if self._spider is not None:
                    self._spider.crawl.counts["bugs"] += 1
                self._give_up(f"{type(error).__name__}: {error}")
                break
        return None

    def _give_up(self, problem: str) -> None:
        if self._spider is not None and self._spider.crawl.problem is None:
            self._spider.crawl.problem = problem
            logger.error("%s: %s", self._spider.name, problem)
        self._closing = deferred_from_coro(self._crawler.engine.close_spider_async(reason=STORE_FAILED))
