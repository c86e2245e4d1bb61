from contextlib import suppress
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request

from newscrawler.config import Config
from newscrawler.crawl import Crawl
from spiders.fetching.faults import LeftToNextRun
from spiders.fetching.request_budget import RequestBudgetMiddleware

REQUEST = Request("https://newsroom.test/")


def middleware_of(crawl: Crawl, most: int) -> RequestBudgetMiddleware:
    crawl.config = Config(max_requests=most)
    crawler: Any = SimpleNamespace(spider=SimpleNamespace(crawl=crawl))
    return RequestBudgetMiddleware.from_crawler(crawler)


def test_so_many_requests_are_let_through_and_no_more(crawl: Crawl) -> None:
    middleware = middleware_of(crawl, 3)
    for _ in range(3):
        middleware.process_request(REQUEST)
    for _ in range(2):
        with pytest.raises(LeftToNextRun, match="the 3 requests of a run are used up"):
            middleware.process_request(REQUEST)


def let_through(middleware: RequestBudgetMiddleware, requests: int) -> int:
    done = 0
    for _ in range(requests):
        with suppress(LeftToNextRun):
            middleware.process_request(REQUEST)
            done += 1
    return done


def test_reading_saved_pages_costs_none(crawl: Crawl) -> None:
    live = middleware_of(crawl, 1)
    crawl.saved = "an archive"
    saved = middleware_of(crawl, 1)
    assert (let_through(live, 3), let_through(saved, 3)) == (1, 3)
