"""One page from the network, fetched under the same rules as a crawl's."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response

from newscrawler.config import Config
from newscrawler.errors import PageError
from newscrawler.newsroom import Newsroom
from spiders.fetching.faults import reason_of
from spiders.fetching.lone_spider import run_alone


class OnePageSpider(Spider):
    """Asks for one address and keeps the answer."""

    name = "one_page"
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
    """The answer to a GET of `url`, with `meta["fetched_at"]`. Starts and ends this process's reactor. Raises PageError
    when there is no answer to read, and what `run_alone` raises for a signal.
    """
    try:
        spider: OnePageSpider = run_alone(OnePageSpider, {"url": url}, newsroom, config)
    except Exception as cause:
        raise PageError("could not be fetched", url=url, cause=cause) from cause
    if spider.answer is None:
        raise PageError(spider.problem or "no answer", url=url)
    return spider.answer
