"""One page from the network, fetched under the same rules as a crawl's."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response
from scrapy.settings import Settings

from newscrawler.config import Config
from newscrawler.crawl import Crawl
from newscrawler.errors import PageError
from newscrawler.newsroom import Newsroom
from newscrawler.store import open_store
from newscrawler.vocabulary import Vocabulary
from spiders.fetching.faults import reason_of
from spiders.settings_overlays import live_settings


class OnePageSpider(Spider):
    """Asks for one address and keeps the answer."""

    name = "one_page"
    crawl: Crawl
    url: str
    answer: Response | None = None
    problem: str | None = None

    async def start(self) -> AsyncIterator[Request]:
        """The one request."""
        yield Request(self.url, callback=self.keep, errback=self.failed, dont_filter=True)

    def keep(self, response: Response) -> None:
        """Keeps the answer."""
        self.answer = response

    def failed(self, failure: Any) -> None:
        """Keeps why there is none."""
        self.problem = reason_of(failure.value)


def fetch_page(url: str, newsroom: Newsroom, config: Config) -> Response:
    """The answer to a GET of `url`, with `meta["fetched_at"]`: robots.txt obeyed, the address guard in place, nothing
    written to the store. Starts and ends this process's reactor. Raises PageError when there is no answer to read.
    """
    spider_class: Any = type("Spider_one_page", (OnePageSpider,), {"url": url})
    process = CrawlerProcess(_settings(config, newsroom))
    crawler = process.create_crawler(spider_class)
    problems: list[BaseException] = []
    with open_store("sqlite:///:memory:") as store:
        crawl = Crawl(
            config=config,
            newsroom=newsroom,
            store=store,
            vocabulary=Vocabulary(regions=(), topics=()),
            clock=config.clock,
        )
        spider_class.crawl = crawl
        _watch(process.crawl(crawler), problems)
        process.start()
    spider: Any = crawler.spider
    if problems:
        raise PageError("could not be fetched", url=url, cause=problems[0])
    if spider is None or spider.answer is None:
        raise PageError(spider.problem if spider and spider.problem else "no answer", url=url)
    answer: Response = spider.answer
    return answer


def _watch(crawling: Any, problems: list[BaseException]) -> None:
    crawling.addErrback(lambda failure: problems.append(failure.value))


def _settings(config: Config, newsroom: Newsroom) -> Settings:
    settings = Settings()
    settings.setmodule("newscrawler.settings", priority="project")
    settings.setdict(live_settings(config, newsroom), priority="cmdline")
    settings.setdict(
        {
            "LOG_INSTALL_ROOT_HANDLER": False,
            "SCHEDULER": "scrapy.core.scheduler.Scheduler",
            "EXTENSIONS": {"spiders.ledger.CrawlLedger": None},
            "ITEM_PIPELINES": {},
            "SPIDER_LOADER_CLASS": "scrapy.spiderloader.SpiderLoader",
        },
        priority="cmdline",
    )
    return settings
