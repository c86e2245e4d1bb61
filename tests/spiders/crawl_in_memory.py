"""A newsroom crawled run after run in this process: the spider, its frontier, the steps and the store as they are, with
a site in memory in place of Scrapy and the network."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.exceptions import DropItem
from scrapy.http import HtmlResponse, Response, XmlResponse
from scrapy.spidermiddlewares.httperror import HttpError

from newscrawler.article import Article
from newscrawler.config import Config
from newscrawler.crawl import Crawl
from newscrawler.errors import Rejected
from newscrawler.newsroom import Newsroom
from newscrawler.store import Store
from newscrawler.store.articles import iterate_articles
from newscrawler.store.neighbours import StoreNeighbours
from newscrawler.store.runs import begin_run
from newscrawler.vocabulary import Vocabulary
from pipelines.dedupe import dedupe
from pipelines.step import StepContext
from pipelines.store import store as store_step
from pipelines.understanding import understand
from pipelines.validate import validate
from spiders.fetching.frontier import Frontier
from spiders.fetching.outcomes import outcome_of
from spiders.fetching.unknown_address import UnknownAddresses
from spiders.newsroom_spider import NewsroomSpider
from spiders.source_walk import SourceWalker
from tests.end_to_end.small_site import HOST, NOT_FOUND, SITE, Answer

_MOST_REDIRECTS = 5


class CrawlInMemory:
    """The newsroom small.test with one list or sitemap, whose articles are below /a/.

    `answers` is what its site answers by path. Each `run` gives the paths it asked for, in their order; `statuses` are
    those of the last run's answers. `settings` are keys of the configuration.
    """

    def __init__(self, store: Store, vocabulary: Vocabulary, source: dict[str, Any], **settings: Any) -> None:
        self.answers: dict[str, Answer] = {}
        self.statuses: list[int] = []
        self.crawl: Crawl | None = None
        self._store, self._vocabulary, self._config = store, vocabulary, Config(**settings)
        values = {"title": "Шағын", "site": SITE, "hosts": [HOST], "languages": ["kk", "ru"]}
        self._newsroom = Newsroom.model_validate(
            {"name": "small", **values, "sources": [source], "articles": {"include": ["^/a/"]}}
        )

    def run(self, at: datetime) -> list[str]:
        """Crawls at the moment `at`."""
        with self._store.write() as connection:
            number = begin_run(connection, "small", "live", at)
        crawl = self.crawl = Crawl(
            config=self._config,
            newsroom=self._newsroom,
            store=self._store,
            vocabulary=self._vocabulary,
            clock=lambda: at,
            run=number,
        )
        spider = type("Small", (NewsroomSpider,), {"name": "small", "newsroom": self._newsroom})()
        spider.crawl, spider.frontier = crawl, Frontier(crawl)
        spider.sources = SourceWalker(crawl, spider.frontier, conditional=True)
        asked: list[str] = []
        self.statuses = []

        async def downloaded(request: Request) -> Response:
            return self._fetched(request, at, asked)

        crawler: Any = SimpleNamespace(engine=SimpleNamespace(download_async=downloaded))
        spider.unknown = UnknownAddresses(crawler, crawl, recorded=False)
        waiting = list(spider.sources.first_requests(spider.parse_source, spider.source_failed))
        while waiting:
            waiting += self._called(waiting.pop(0), at, asked)
        while (address := spider.frontier.next_address_when_idle()) is not None:
            for article in self._called(spider.page_request(address), at, asked):
                try:
                    self._keep(article, crawl)
                except Rejected as rejected:
                    spider.frontier.settle(address, outcome_of(DropItem(rejected.reason), address, at))
        return asked

    def articles(self) -> dict[str, Article]:
        """The live articles by the path of their canonical address."""
        with self._store.read() as connection:
            return {urlsplit(article.canonical_url).path: article for article in iterate_articles(connection)}

    def _called(self, request: Request, at: datetime, asked: list[str]) -> list[Any]:
        """What the request's callback, or its errback, gives for the site's answer."""
        response = self._fetched(request, at, asked)
        follow: Callable[..., Iterable[Any] | None]
        accepted = response.status == 200 or response.status in request.meta.get("handle_httpstatus_list", ())
        if accepted and request.callback is not None:
            given = request.callback(response, **request.cb_kwargs)
            return asyncio.run(_listed(given)) if isinstance(given, AsyncIterator) else list(given)
        follow = request.errback  # type: ignore[assignment]
        follow(SimpleNamespace(value=HttpError(response), request=request))
        return []

    def _fetched(self, request: Request, at: datetime, asked: list[str]) -> Response:
        url = request.url
        known = (request.headers.get("If-None-Match") or b"").decode()
        for _ in range(_MOST_REDIRECTS):
            path = urlsplit(url).path
            asked.append(path)
            answer = self.answers.get(path, NOT_FOUND)
            status = 304 if answer.status == 200 and known and known == answer.headers.get("ETag") else answer.status
            self.statuses.append(status)
            if status not in (301, 302):
                break
            url = urljoin(url, answer.headers["Location"])
        request.meta["fetched_at"] = at
        kind = XmlResponse if "xml" in answer.headers.get("Content-Type", "") else HtmlResponse
        body = b"" if status == 304 else answer.body.encode() if isinstance(answer.body, str) else answer.body
        headers = {name: [value] for name, value in answer.headers.items()}
        return kind(url, status=status, headers=headers, body=body, encoding="utf-8", request=request)

    def _keep(self, article: Article, crawl: Crawl) -> None:
        context = StepContext(
            vocabulary=self._vocabulary,
            now=crawl.clock(),
            newsroom=self._newsroom,
            neighbours=StoreNeighbours(self._store),
        )
        store_step(dedupe(understand(validate(article, context), context), context), crawl)


async def _listed(given: AsyncIterator[Any]) -> list[Any]:
    return [item async for item in given]
