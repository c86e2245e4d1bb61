"""LivePages: pages of a site over the network, under the rules of a crawl: guard, robots.txt, delay, contact, sizes."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit, urlunsplit

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from newscrawler.config import Config
from newscrawler.crawl import crawl_of
from newscrawler.errors import PageError
from newscrawler.store.hosts import read_robots
from spiders.drafting.site import Site
from spiders.drafting.site_pages import SitePages
from spiders.fetching.faults import reason_of
from spiders.fetching.lone_spider import run_alone
from spiders.fetching.own_hosts import ELSEWHERE

logger = logging.getLogger(__name__)

Drafted = TypeVar("Drafted")
# sitemaps.org: at most 50 MB. One such document is read for the sake of its shape; pages keep the operator's limit.
_LARGEST_SITEMAP = 50 * 1024 * 1024
# Which hosts are the site's is found out on the way.
_MIDDLEWARES = {
    "spiders.fetching.own_hosts.OwnHostsMiddleware": None,
    "spiders.drafting.live_pages.SameSiteMiddleware": 50,
}


class LivePages:
    """The pages of a site, asked one after the other, at most `most` of them; robots.txt comes on top."""

    def __init__(self, crawler: Crawler, most: int, tell: Callable[[str], None]) -> None:
        self._crawler = crawler
        self._most = most
        self._asked = 0
        self._tell = tell

    @property
    def left(self) -> int:
        """How many more may be asked for."""
        return self._most - self._asked

    @property
    def saved(self) -> list[str]:
        """None: what there is has to be found out."""
        return []

    async def get(self, url: str) -> Response:
        """The answer with status 200. Raises PageError with the reason why there is none."""
        if not self.left:
            raise PageError("enough was asked", url=url)
        self._asked += 1
        self._tell(url)
        largest = {"download_maxsize": _LARGEST_SITEMAP} if ".xml" in url else {}
        request = Request(url, meta=largest)
        try:
            response: Response = await self._crawler.engine.download_async(request)
        except Exception as cause:
            logger.info("%s: %s", url, reason_of(cause))
            raise PageError(reason_of(cause), url=url) from cause
        if response.status != 200:
            logger.info("%s: status %d", url, response.status)
            raise PageError(f"status {response.status}", url=url)
        return response

    def robots_text(self, url: str) -> str:
        """The robots.txt that was obeyed for the host of `url`."""
        parts = urlsplit(url)
        crawl = crawl_of(self._crawler)
        with crawl.store.read() as connection:
            record = read_robots(connection, urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", "")))
        return record.text if record is not None and record.status == 200 else ""


class SameSiteMiddleware:
    """Downloader middleware in place of the one that knows a newsroom's hosts: no other site is asked."""

    def __init__(self, site: Site) -> None:
        self._site = site

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The middleware for the site that the crawler's spider looks at."""
        spider: Any = crawler.spider
        return cls(spider.site)

    def process_request(self, request: Request) -> None:
        """Raises IgnoreRequest for a request to another site."""
        if not self._site.owns(request.url):
            raise IgnoreRequest(ELSEWHERE)


class DraftingSpider(Spider):
    """Runs one coroutine over the pages of a site and keeps what it comes to."""

    name = "drafting"
    site: Site
    work: Any
    most: int
    tell: Any
    drafted: Any = None
    problem: Exception | None = None

    async def start(self) -> AsyncIterator[Request]:
        """No request of its own: the coroutine asks for what it needs."""
        try:
            self.drafted = await self.work(LivePages(self.crawler, self.most, self.tell))
        except Exception as error:  # noqa: BLE001 - the engine would only log it; `with_live_pages` raises it
            self.problem = error
        return
        yield


def with_live_pages(
    site: Site,
    config: Config,
    work: Callable[[SitePages], Awaitable[Drafted]],
    *,
    most: int,
    tell: Callable[[str], None],
) -> Drafted:
    """What `work` comes to over the pages of `site`, of which it may ask for `most`; `tell` hears each address.

    Starts and ends this process's reactor; nothing is written to the store. Raises what `work` raises, and what
    `run_alone` raises.
    """
    attributes = {"site": site, "work": staticmethod(work), "most": most, "tell": staticmethod(tell)}
    spider = run_alone(DraftingSpider, attributes, site.newsroom(), config, _MIDDLEWARES)
    if spider.problem is not None:
        raise spider.problem
    drafted: Drafted = spider.drafted
    return drafted
