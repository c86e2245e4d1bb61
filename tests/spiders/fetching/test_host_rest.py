from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import Response

from newscrawler.crawl import Crawl
from newscrawler.store.hosts import HostRest, resting_hosts
from spiders.fetching.faults import LeftToNextRun
from spiders.fetching.host_rest import HostRestMiddleware
from tests.conftest import NOW

ROOT = "https://newsroom.test/robots.txt"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PAGE = Request("https://newsroom.test/kk/news/1", cb_kwargs={"address": "an address"})
LIST = Request("https://newsroom.test/kk/news/", cb_kwargs={"walk": "a walk"})


def at(crawl: Crawl, moment: datetime) -> HostRestMiddleware:
    """The middleware of a run at that moment."""
    crawl.clock = lambda: moment
    crawler: Any = SimpleNamespace(spider=SimpleNamespace(crawl=crawl))
    return HostRestMiddleware.from_crawler(crawler)


def answer(middleware: HostRestMiddleware, status: int, request: Request = PAGE, **headers: str) -> None:
    middleware.process_request(request)
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    middleware.process_response(request, Response(request.url, status=status, headers=names))


def rests_until(crawl: Crawl, moment: datetime = NOW) -> datetime | None:
    with crawl.store.read() as connection:
        found = resting_hosts(connection, moment)
    return found[0].until if found else None


def test_429_ends_the_requests_of_this_run_and_of_those_that_follow(crawl: Crawl) -> None:
    middleware = at(crawl, NOW)
    answer(middleware, 429)
    for later in (middleware, at(crawl, NOW + 9 * MINUTE)):
        for request in (PAGE, LIST, PAGE.replace(url="https://newsroom.test/robots.txt")):
            with pytest.raises(
                LeftToNextRun, match=r"newsroom\.test is left alone until 2024-05-14 13:10 UTC: status 429"
            ):
                later.process_request(request)
    other = Request("https://www.newsroom.test/kk/news/1")
    assert at(crawl, NOW).process_request(other) is None  # type: ignore[func-returns-value]
    at(crawl, NOW + 10 * MINUTE).process_request(PAGE)


def test_the_rest_doubles_to_six_hours_and_ends_with_a_page(crawl: Crawl) -> None:
    moment, rests = NOW, []
    for _ in range(12):
        answer(at(crawl, moment), 429)
        until = rests_until(crawl, moment)
        assert until is not None
        rests.append((until - moment) // MINUTE)
        moment = until
    assert rests == [10, 20, 40, 80, 160, 320, *[360] * 6]
    answer(at(crawl, moment), 200)
    answer(at(crawl, moment), 429)
    assert rests_until(crawl, moment) == moment + 10 * MINUTE


@pytest.mark.parametrize("status", [403, 503])
def test_a_single_page_that_is_refused_rests_no_host(status: int, crawl: Crawl) -> None:
    middleware = at(crawl, NOW)
    for _ in range(5):
        answer(middleware, status)
        answer(middleware, status)
        answer(middleware, 404)
    assert rests_until(crawl) is None
    for _ in range(3):
        answer(middleware, status)
    assert rests_until(crawl) == NOW + 10 * MINUTE


def test_refusals_are_counted_over_runs(crawl: Crawl) -> None:
    for number in range(3):
        answer(at(crawl, NOW + number * HOUR), 403)
    assert rests_until(crawl, NOW + 2 * HOUR) == NOW + 2 * HOUR + 10 * MINUTE


def test_a_list_that_answers_says_nothing_of_pages_that_are_refused(crawl: Crawl) -> None:
    answer(at(crawl, NOW), 429)
    answer(at(crawl, NOW + HOUR), 200, LIST)
    answer(at(crawl, NOW + HOUR), 429)
    assert rests_until(crawl, NOW + HOUR) == NOW + HOUR + 20 * MINUTE


def test_a_list_that_answers_ends_what_only_lists_met(crawl: Crawl) -> None:
    answer(at(crawl, NOW), 429, LIST)
    answer(at(crawl, NOW + HOUR), 304, LIST)
    answer(at(crawl, NOW + HOUR), 429, LIST)
    assert rests_until(crawl, NOW + HOUR) == NOW + HOUR + 10 * MINUTE


@pytest.mark.parametrize(
    ("header", "until"),
    [
        ("120", NOW + 2 * MINUTE),
        ("Tue, 14 May 2024 15:30:00 GMT", NOW + 2 * HOUR + 30 * MINUTE),
        ("99999999", NOW + DAY),
        ("0", NOW + 10 * MINUTE),
        ("soon", NOW + 10 * MINUTE),
    ],
)
def test_retry_after_is_carried_into_the_next_run(header: str, until: datetime, crawl: Crawl) -> None:
    answer(at(crawl, NOW), 429, Retry_After=header)
    assert rests_until(crawl) == until
    with pytest.raises(LeftToNextRun):
        at(crawl, until - MINUTE).process_request(LIST)
    at(crawl, until).process_request(LIST)


def test_retry_after_counts_for_a_single_503_too(crawl: Crawl) -> None:
    answer(at(crawl, NOW), 503, Retry_After="3600")
    assert rests_until(crawl) == NOW + HOUR


def test_what_was_under_way_when_a_rest_began_makes_it_no_longer(crawl: Crawl) -> None:
    middleware = at(crawl, NOW)
    for _ in range(4):
        middleware.process_response(PAGE, Response(PAGE.url, status=429))
    assert rests_until(crawl) == NOW + 10 * MINUTE


def test_a_clock_that_went_back_shuts_no_host_for_years(crawl: Crawl) -> None:
    answer(at(crawl, NOW + 400 * DAY), 429)
    at(crawl, NOW).process_request(PAGE)
    answer(at(crawl, NOW), 429)
    assert rests_until(crawl) == NOW + 20 * MINUTE


def test_robots_txt_tells_of_a_host_only_that_it_is_to_be_left_alone(crawl: Crawl) -> None:
    robots = Request(ROOT, meta={"is_robots_request": True})
    for _ in range(5):
        answer(at(crawl, NOW), 403, robots)
    assert rests_until(crawl) is None
    answer(at(crawl, NOW), 429, LIST)
    answer(at(crawl, NOW + HOUR), 200, robots)
    answer(at(crawl, NOW + HOUR), 503, robots, Retry_After="7200")
    assert rests_until(crawl, NOW + HOUR) == NOW + 3 * HOUR
    with crawl.store.read() as connection:
        assert resting_hosts(connection, NOW)[0].faults == 2


def test_saved_pages_tell_nothing_of_a_host(crawl: Crawl) -> None:
    crawl.saved = "an archive"
    answer(at(crawl, NOW), 429)
    assert rests_until(crawl) is None


def test_a_fault_of_another_kind_neither_counts_nor_ends_anything(crawl: Crawl) -> None:
    middleware = at(crawl, NOW)
    for status in (403, 500, 403, 502, 403):
        answer(middleware, status)
    assert rests_until(crawl) == NOW + 10 * MINUTE
    with crawl.store.read() as connection:
        assert resting_hosts(connection, NOW) == [
            HostRest(root=ROOT, faults=3, refuses_pages=True, until=NOW + 10 * MINUTE, reason="status 403")
        ]
