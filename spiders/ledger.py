"""CrawlLedger: the crawl's lock, its row in the store, and the outcomes that no callback sees."""

from __future__ import annotations

import logging
from typing import Any, Self

from scrapy import Item, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from scrapy.utils.defer import deferred_from_coro
from twisted.internet.defer import Deferred

from newscrawler.address import Address
from newscrawler.crawl import LOCKED, STORE_FAILED, Crawl
from newscrawler.errors import Locked, NewscrawlerError, StoreError
from newscrawler.store.holding import ask_again
from newscrawler.store.locks import StoreLock
from newscrawler.store.runs import begin_run, finish_run
from newscrawler.store.text_hashes import forget_older
from spiders.fetching.outcomes import outcome_of
from spiders.newsroom_spider import NewsroomSpider

logger = logging.getLogger(__name__)


class CrawlLedger:
    """Scrapy extension. Takes the newsroom's lock before the first request and closes a spider that does not get it;
    so a plain `scrapy crawl` is protected as the `newscrawler` command is."""

    def __init__(self) -> None:
        self._lock: StoreLock | None = None
        self._closing: Deferred[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The extension, connected to the crawler's signals."""
        ledger = cls()
        crawler.signals.connect(ledger.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(ledger.spider_closed, signal=signals.spider_closed)
        crawler.signals.connect(ledger.item_dropped, signal=signals.item_dropped)
        crawler.signals.connect(ledger.item_error, signal=signals.item_error)
        crawler.signals.connect(ledger.spider_error, signal=signals.spider_error)
        return ledger

    def spider_opened(self, spider: NewsroomSpider) -> None:
        """Takes the lock, opens the run, and makes due what was held of a newsroom whose file has changed. Raises
        CloseSpider when another run holds it or the store fails."""
        crawl = spider.crawl
        try:
            self._lock = StoreLock(crawl.store, crawl.newsroom.name, crawl.clock())
            with crawl.store.write() as connection:
                crawl.run = begin_run(connection, crawl.newsroom.name, crawl.mode, crawl.clock())
                ask_again(connection, crawl.newsroom.name, crawl.newsroom.digest)
        except NewscrawlerError as error:
            crawl.problem = str(error)
            logger.error("%s: %s", crawl.newsroom.name, error)
            raise CloseSpider(LOCKED if isinstance(error, Locked) else STORE_FAILED) from error

    def spider_closed(self, spider: NewsroomSpider, reason: str) -> None:
        """Closes the run and gives the lock back."""
        crawl = spider.crawl
        crawl.reason = reason
        try:
            if crawl.run:
                with crawl.store.write() as connection:
                    finish_run(connection, crawl.run, crawl.clock(), reason, dict(crawl.counts))
                    forget_older(connection, crawl.clock())
        except NewscrawlerError as error:
            crawl.problem = crawl.problem or str(error)
            logger.error("%s: %s", crawl.newsroom.name, error)
        finally:
            if spider.recorder is not None:
                spider.recorder.close()
            if self._lock is not None:
                self._lock.release()
            crawl.store.close()

    def item_dropped(self, item: Item, response: Response, exception: Exception, spider: Spider) -> None:
        """Keeps that a pipeline step refused an article."""
        self._settle(spider, response, exception)

    def item_error(self, item: Item, response: Response, failure: Any, spider: Spider) -> None:
        """Keeps that a pipeline step failed with an article."""
        self._failed(spider, response, failure.value)

    def spider_error(self, failure: Any, response: Any, spider: Spider) -> None:
        """Keeps that a callback failed with a page or a source."""
        self._failed(spider, response, failure.value)

    def _failed(self, spider: Any, response: Any, error: BaseException) -> None:
        spider.crawl.counts["bugs"] += not isinstance(error, NewscrawlerError)
        crawl: Crawl = spider.crawl
        crawl.problem = crawl.problem or f"{type(error).__name__}: {error}"
        if isinstance(error, StoreError):
            # Where nothing can be kept, nothing may be fetched: what is under way is due in the next run.
            self._close(spider)
            return
        self._settle(spider, response, error)

    def _close(self, spider: Any) -> None:
        spider.crawl.counts["failed"] += 1
        if self._closing is None:
            logger.error("%s: %s", spider.name, spider.crawl.problem)
            engine = spider.crawler.engine
            self._closing = deferred_from_coro(engine.close_spider_async(reason=STORE_FAILED))

    def _settle(self, spider: Any, response: Any, error: BaseException) -> None:
        request = getattr(response, "request", None)
        address: Address | None = request.cb_kwargs.get("address") if request is not None else None
        if address is None:
            spider.crawl.counts["sources_failed"] += 1
            return
        try:
            spider.frontier.settle(address, outcome_of(error, address, spider.crawl.clock()))
        except NewscrawlerError as fault:
            logger.error("%s: %s keeps no outcome and is due in the next run: %s", spider.name, address.url, fault)
            spider.crawl.counts["failed"] += 1
