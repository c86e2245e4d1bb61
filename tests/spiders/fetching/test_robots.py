import asyncio
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.exceptions import DownloadTimeoutError, IgnoreRequest
from scrapy.http import Response
from scrapy.settings import Settings

from newscrawler.address import AddressState, Discovered, Outcome
from newscrawler.config import Config
from newscrawler.crawl import Crawl
from newscrawler.store.addresses import record, settle, take, with_state
from spiders.fetching.robots import DISALLOWED, RobotsMiddleware, root_of
from tests.conftest import NOW

PAGE = "https://newsroom.test/kk/news/1"
OTHER = "https://newsroom.test/kk/news/2"
FORBIDS = "User-agent: *\nDisallow: /kk/news/1\n"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Site:
    """Answers for robots.txt, as an engine gives them; `asked` counts."""

    def __init__(self, text: str = "", status: int = 200) -> None:
        self.text, self.status, self.asked = text, status, 0
        self.downloader = SimpleNamespace(slots={}, per_slot_settings={})

    async def download_async(self, request: Request) -> Response:
        self.asked += 1
        await asyncio.sleep(0)
        if not self.status:
            raise DownloadTimeoutError(request.url)
        return Response(request.url, status=self.status, body=self.text.encode())


def at(crawl: Crawl, site: Site, moment: datetime = NOW) -> RobotsMiddleware:
    """The middleware of a run at that moment."""
    crawl.clock = lambda: moment
    settings = Settings({"ROBOTSTXT_USER_AGENT": "newscrawler", "DOWNLOAD_DELAY": 1.0})
    crawler: Any = SimpleNamespace(spider=SimpleNamespace(crawl=crawl), engine=site, settings=settings)
    return RobotsMiddleware.from_crawler(crawler)


def refused(middleware: RobotsMiddleware, url: str = PAGE) -> str | None:
    try:
        asyncio.run(middleware.process_request(Request(url)))
    except IgnoreRequest as error:
        return str(error)
    return None


def test_what_the_rules_forbid_is_not_asked_and_they_are_asked_once_for_many(crawl: Crawl) -> None:
    site = Site(FORBIDS)
    middleware = at(crawl, site)

    async def at_once() -> list[Any]:
        requests = [middleware.process_request(Request(url)) for url in (PAGE, OTHER, PAGE, OTHER)]
        return await asyncio.gather(*requests, return_exceptions=True)

    answers = asyncio.run(at_once())
    assert [isinstance(answer, IgnoreRequest) for answer in answers] == [True, False, True, False]
    assert site.asked == 1


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_where_there_are_no_rules_everything_may_be_asked(status: int, crawl: Crawl) -> None:
    assert refused(at(crawl, Site(FORBIDS, status))) is None


@pytest.mark.parametrize(("status", "reason"), [(500, "status 500"), (429, "status 429"), (0, "no answer in time")])
def test_where_they_cannot_be_read_nothing_is_asked_now_and_they_are_asked_by_the_next_run(
    status: int, reason: str, crawl: Crawl
) -> None:
    site = Site("", status)
    assert refused(at(crawl, site)) == f"robots.txt could not be read ({reason})"
    site.status = 200
    assert refused(at(crawl, site, NOW + timedelta(minutes=10))) is None
    assert site.asked == 2


def test_they_are_kept_for_a_day_and_no_longer_whatever_the_clock_does(crawl: Crawl) -> None:
    site = Site(FORBIDS)
    for moment, asked in ((NOW, 1), (NOW + DAY, 1), (NOW + DAY + HOUR, 2), (NOW, 3)):
        refused(at(crawl, site, moment))
        assert site.asked == asked


@pytest.mark.parametrize(
    ("said", "delay"),
    [("4", 4.0), ("0.2", 1.0), ("86400", 120.0), ("inf", None), ("soon", None), ("-3", None), ("nan", None)],
)
def test_a_crawl_delay_is_obeyed_within_bounds(said: str, delay: float | None, crawl: Crawl) -> None:
    site = Site(f"User-agent: *\nCrawl-delay: {said}\n")
    assert refused(at(crawl, site)) is None
    found = site.downloader.per_slot_settings
    assert found == ({} if delay is None else {"newsroom.test": {"delay": delay}})


def test_the_delay_of_tests_is_scaled(crawl: Crawl) -> None:
    crawl.config = Config(allow_addresses=("127.0.0.1:80",), delay_scale=0.5)
    site = Site("User-agent: *\nCrawl-delay: 10\n")
    assert refused(at(crawl, site)) is None
    assert site.downloader.per_slot_settings == {"newsroom.test": {"delay": 5.0}}


def test_new_rules_make_what_the_old_ones_forbade_due_again(crawl: Crawl) -> None:
    site = Site(FORBIDS)
    assert refused(at(crawl, site)) == DISALLOWED
    with crawl.store.write() as connection:
        record(connection, crawl.newsroom.name, [Discovered(url=PAGE)], run=1, source_url=PAGE, now=NOW)
        address = take(connection, crawl.newsroom.name, run=1, now=NOW, max_tries=5)
        assert address is not None
        outcome = Outcome(state=AddressState.REJECTED, reason=DISALLOWED)
        settle(connection, address, outcome, now=NOW, fetched=NOW, max_tries=5)

    def state() -> str:
        with crawl.store.read() as connection:
            (row,) = with_state(connection, AddressState)
        return str(row.state)

    refused(at(crawl, site, NOW + DAY + HOUR))
    assert state() == "rejected"
    site.text = "User-agent: *\nAllow: /\n"
    refused(at(crawl, site, NOW + 2 * DAY))
    assert state() == "rejected"
    refused(at(crawl, site, NOW + 3 * DAY))
    assert state() == "pending"


def test_the_rules_of_an_address_are_those_of_its_scheme_host_and_port() -> None:
    assert root_of("http://newsroom.test:8080/kk/?a=1#b") == "http://newsroom.test:8080/robots.txt"
