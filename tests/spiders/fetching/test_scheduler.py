import asyncio
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request

from newscrawler.address import Address, AddressState, Discovered
from newscrawler.crawl import STORE_FAILED, Crawl
from newscrawler.errors import StoreError
from newscrawler.store.addresses import with_state
from spiders.fetching.frontier import Frontier
from spiders.fetching.scheduler import FrontierScheduler
from tests.conftest import NOW

SITE = "https://newsroom.test/kk/news/"


class FakeSpider:
    """What the scheduler needs of a spider, over the real frontier."""

    def __init__(self, crawl: Crawl) -> None:
        self.crawl = crawl
        self.frontier = Frontier(crawl)
        self.sources = SimpleNamespace(open=0)
        self.name = crawl.newsroom.name

    def page_request(self, address: Address) -> Request:
        return Request(address.url, cb_kwargs={"address": address})


class FakeEngine:
    """Takes requests into its scheduler, and notes why it was closed."""

    crawl: Any

    def __init__(self) -> None:
        self.reasons: list[str] = []
        self.closed = asyncio.Event()

    async def close_spider_async(self, *, reason: str) -> None:
        self.reasons.append(reason)
        self.closed.set()


class BrokenFrontier:
    """A frontier whose store fails."""

    def __getattr__(self, name: str) -> Any:
        def fail(*_: object) -> None:
            raise StoreError("the disk is full")

        return fail


@pytest.fixture
def engine() -> FakeEngine:
    """The engine of the scheduler's crawler."""
    return FakeEngine()


@pytest.fixture
def spider(crawl: Crawl) -> FakeSpider:
    """A spider with two addresses that are due."""
    spider = FakeSpider(crawl)
    record(spider, 1, 2)
    return spider


@pytest.fixture
def scheduler(spider: FakeSpider, engine: FakeEngine) -> FrontierScheduler:
    """A scheduler opened for the spider."""
    opened = a_scheduler(engine)
    opened.open(spider)
    return opened


def a_scheduler(engine: FakeEngine) -> FrontierScheduler:
    crawler: Any = SimpleNamespace(engine=engine)
    scheduler = FrontierScheduler.from_crawler(crawler)
    engine.crawl = scheduler.enqueue_request
    return scheduler


def record(spider: FakeSpider, *numbers: int) -> None:
    dates = {number: NOW - timedelta(minutes=number) for number in numbers}
    spider.frontier.record([Discovered(url=f"{SITE}{number}", date_published=dates[number]) for number in dates], SITE)


def urls(scheduler: FrontierScheduler) -> list[str]:
    return [request.url for request in iter(scheduler.next_request, None)]


def tries(crawl: Crawl) -> dict[str, int]:
    with crawl.store.read() as connection:
        return {row.url: row.tries for row in with_state(connection, AddressState)}


def test_requests_in_memory_come_first_then_the_table(scheduler: FrontierScheduler) -> None:
    assert scheduler.enqueue_request(Request("https://newsroom.test/sitemap.xml"))
    request = scheduler.next_request()
    assert request is not None
    assert request.url == "https://newsroom.test/sitemap.xml"
    assert urls(scheduler) == [SITE + "1", SITE + "2"]
    assert scheduler.next_request() is None


def test_what_is_recorded_meanwhile_is_handed_out_too(scheduler: FrontierScheduler, spider: FakeSpider) -> None:
    assert urls(scheduler) == [SITE + "1", SITE + "2"]
    assert not scheduler.has_pending_requests()
    record(spider, 2, 3)
    assert scheduler.has_pending_requests()
    assert urls(scheduler) == [SITE + "3"]


def test_no_page_comes_before_every_source_has_been_read(scheduler: FrontierScheduler, spider: FakeSpider) -> None:
    spider.sources.open = 2
    assert scheduler.next_request() is None
    scheduler.enqueue_request(Request("https://newsroom.test/rss"))
    assert urls(scheduler) == ["https://newsroom.test/rss"]
    spider.sources.open = 0
    assert urls(scheduler) == [SITE + "1", SITE + "2"]


def test_a_source_that_never_answers_does_not_keep_the_pages_for_ever(
    scheduler: FrontierScheduler, spider: FakeSpider
) -> None:
    spider.sources.open = 1
    assert scheduler.has_pending_requests()
    assert urls(scheduler) == [SITE + "1", SITE + "2"]


@given(st.lists(st.integers(-3, 3), max_size=12))
def test_higher_priority_first_and_else_in_their_order(priorities: list[int]) -> None:
    scheduler = a_scheduler(FakeEngine())
    for number, priority in enumerate(priorities):
        scheduler.enqueue_request(Request(f"https://newsroom.test/{number}", priority=priority))
    order = sorted(range(len(priorities)), key=lambda number: (-priorities[number], number))
    assert urls(scheduler) == [f"https://newsroom.test/{number}" for number in order]


def test_requests_to_one_address_are_not_taken_for_each_other(scheduler: FrontierScheduler) -> None:
    for _ in range(2):
        assert scheduler.enqueue_request(Request("https://newsroom.test/a", priority=1))
    assert urls(scheduler)[:2] == ["https://newsroom.test/a"] * 2


def test_before_it_is_opened_nothing_is_pending_and_closing_is_harmless(engine: FakeEngine) -> None:
    scheduler = a_scheduler(engine)
    assert not scheduler.has_pending_requests()
    assert scheduler.next_request() is None
    scheduler.close("finished")


def test_at_the_end_what_was_not_asked_for_is_given_back(
    scheduler: FrontierScheduler, spider: FakeSpider, crawl: Crawl
) -> None:
    record(spider, 3)
    under_way, to_be_retried = scheduler.next_request(), scheduler.next_request()
    assert under_way is not None
    assert to_be_retried is not None
    assert scheduler.has_pending_requests()
    scheduler.enqueue_request(to_be_retried)
    scheduler.enqueue_request(Request("https://newsroom.test/sitemap.xml"))
    assert tries(crawl) == {SITE + "1": 1, SITE + "2": 1, SITE + "3": 1}
    scheduler.close("shutdown")
    assert tries(crawl) == {SITE + "1": 1, SITE + "2": 0, SITE + "3": 0}


@pytest.mark.parametrize("ask", ["next_request", "has_pending_requests"])
def test_where_nothing_can_be_kept_nothing_is_fetched(
    ask: str, scheduler: FrontierScheduler, spider: FakeSpider, engine: FakeEngine, crawl: Crawl
) -> None:
    async def crawling() -> None:
        assert not getattr(scheduler, ask)()
        scheduler.enqueue_request(Request("https://newsroom.test/sitemap.xml"))
        assert not scheduler.has_pending_requests()
        await engine.closed.wait()

    spider.frontier = BrokenFrontier()  # type: ignore[assignment]
    asyncio.run(crawling())
    assert engine.reasons == [STORE_FAILED]
    assert crawl.problem == "the disk is full"


def test_a_store_that_fails_at_the_end_is_said(scheduler: FrontierScheduler, spider: FakeSpider, crawl: Crawl) -> None:
    spider.frontier = BrokenFrontier()  # type: ignore[assignment]
    scheduler.close("finished")
    assert crawl.problem == "the disk is full"
