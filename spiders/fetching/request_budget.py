"""Request budget: how much one run may ask of a newsroom."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler

from newscrawler.crawl import crawl_of
from spiders.fetching.faults import LeftToNextRun


class RequestBudgetMiddleware:
    """Downloader middleware that lets through as many requests as the newsroom's `max_requests`, of whatever kind:
    sources, pages, robots.txt, redirects and retries. What is left over is left to the next run."""

    def __init__(self, crawler: Crawler) -> None:
        crawl = crawl_of(crawler)
        self._most = crawl.pace.max_requests
        self._unbounded = crawl.saved is not None
        self._let_through = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The middleware for a crawler."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raises LeftToNextRun when the budget is used up."""
        if self._unbounded:
            return
        if self._let_through >= self._most:
            raise LeftToNextRun(f"the {self._most} requests of a run are used up", remedy="Raise max_requests, or wait")
        self._let_through += 1
