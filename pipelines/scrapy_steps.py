"""The steps as Scrapy item pipelines: thin wrappers, one a step, in the order that newscrawler/settings.py gives."""

from __future__ import annotations

from typing import ClassVar, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from newscrawler.article import Article
from newscrawler.crawl import Crawl, crawl_of
from newscrawler.errors import Rejected
from newscrawler.store.neighbours import StoreNeighbours
from pipelines.clean import clean
from pipelines.dedupe import dedupe
from pipelines.guard import Guard
from pipelines.language import language
from pipelines.regions import regions
from pipelines.step import StepContext
from pipelines.topics import topics
from pipelines.validate import validate


class StepPipeline:
    """Runs one step on each article; `Rejected` becomes Scrapy's DropItem with the same reason."""

    step: ClassVar[staticmethod[[Article, StepContext], Article]]

    def __init__(self, crawl: Crawl) -> None:
        self._crawl = crawl
        self._neighbours = StoreNeighbours(crawl.store)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The pipeline for the crawl of the crawler's spider."""
        return cls(crawl_of(crawler))

    def process_item(self, item: Article) -> Article:
        """The article after the step. Raises DropItem."""
        context = StepContext(
            vocabulary=self._crawl.vocabulary,
            now=self._crawl.clock(),
            newsroom=self._crawl.newsroom,
            neighbours=self._neighbours,
        )
        try:
            return type(self).step(item, context)
        except Rejected as rejected:
            raise DropItem(rejected.reason) from rejected


class ValidatePipeline(StepPipeline):
    """Step 100."""

    step = staticmethod(validate)


class CleanPipeline(StepPipeline):
    """Step 200."""

    step = staticmethod(clean)


class LanguagePipeline(StepPipeline):
    """Step 300."""

    step = staticmethod(language)


class RegionsPipeline(StepPipeline):
    """Step 400."""

    step = staticmethod(regions)


class TopicsPipeline(StepPipeline):
    """Step 500."""

    step = staticmethod(topics)


class DedupePipeline(StepPipeline):
    """Step 600."""

    step = staticmethod(dedupe)


class StorePipeline:
    """Step 900, which needs the crawl itself."""

    def __init__(self, crawl: Crawl) -> None:
        self._guard = Guard(crawl)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The pipeline for the crawl of the crawler's spider."""
        return cls(crawl_of(crawler))

    def process_item(self, item: Article) -> Article:
        """The article, which is stored or kept apart now. Raises StoreError."""
        return self._guard.keep(item)

    def close_spider(self) -> None:
        """Judges what was kept apart; the ledger closes run and store after this."""
        self._guard.close()
