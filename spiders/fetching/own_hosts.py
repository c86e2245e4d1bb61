"""Own hosts: a crawl of a newsroom asks no other site, wherever links and redirects lead."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

from newscrawler.crawl import crawl_of
from newscrawler.newsroom import Newsroom

ELSEWHERE = "leads to another site"


class OwnHostsMiddleware:
    """Downloader middleware in place of Scrapy's offsite filter, which drops redirected requests without an outcome."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The middleware for the newsroom of the crawler's spider."""
        return cls(crawl_of(crawler).newsroom)

    def process_request(self, request: Request) -> None:
        """Raises IgnoreRequest for a request to a host that is not the newsroom's."""
        if not self._newsroom.is_own(request.url):
            raise IgnoreRequest(ELSEWHERE)
