"""A lone spider: the network under the rules of a crawl, without a crawl's store, queue, lock and steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scrapy import Spider

from newscrawler.config import Config
from newscrawler.crawl import Crawl
from newscrawler.errors import ExitStatus
from newscrawler.newsroom import Newsroom
from newscrawler.store import open_store
from newscrawler.vocabulary import Vocabulary
from spiders.scrapy_process import ScrapyProcess, project_settings
from spiders.settings_overlays import live_settings


def run_alone(
    spider: type[Spider],
    attributes: Mapping[str, Any],
    newsroom: Newsroom,
    config: Config,
    middlewares: Mapping[str, int | None] | None = None,
) -> Any:
    """The spider, made with `attributes` of its class, after it has run: robots.txt obeyed, the address guard in place,
    nothing written to the operator's store. `middlewares` are laid over the downloader middlewares of a crawl.

    Starts and ends this process's reactor. Raises what kept the spider from starting; when a signal ended it,
    KeyboardInterrupt, or SystemExit with the status of SIGTERM.
    """
    settings = project_settings(config)
    settings.setdict(live_settings(config, newsroom), priority="cmdline")
    settings.setdict(
        {
            "SCHEDULER": "scrapy.core.scheduler.Scheduler",
            "EXTENSIONS": {"spiders.ledger.CrawlLedger": None},
            "ITEM_PIPELINES": {},
            "SPIDER_LOADER_CLASS": "scrapy.spiderloader.SpiderLoader",
            "DOWNLOADER_MIDDLEWARES": {**settings.getdict("DOWNLOADER_MIDDLEWARES"), **(middlewares or {})},
        },
        priority="cmdline",
    )
    process = ScrapyProcess(settings)
    problems: list[BaseException] = []
    with open_store("sqlite:///:memory:") as store:
        crawl = Crawl(
            config=config,
            newsroom=newsroom,
            store=store,
            vocabulary=Vocabulary(regions=(), topics=()),
            clock=config.clock,
        )
        crawler = process.create_crawler(type(spider.__name__, (spider,), {**attributes, "crawl": crawl}))
        crawling: Any = process.crawl(crawler)
        crawling.addErrback(lambda failure: problems.append(failure.value))
        process.start()
    if process.received == ExitStatus.TERMINATED:
        raise SystemExit(process.received)
    if process.received is not None:
        raise KeyboardInterrupt
    if problems:
        raise problems[0]
    return crawler.spider
