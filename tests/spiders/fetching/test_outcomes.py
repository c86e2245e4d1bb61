from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    DropItem,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError

from newscrawler.address import Address, AddressState, Discovered, Outcome
from newscrawler.errors import ArchiveError, ConfigError, NotAnArticle, PageError, StoreError
from spiders.fetching.faults import reason_of
from spiders.fetching.outcomes import outcome_of, retry_after
from spiders.fetching.robots import DISALLOWED, UNREACHABLE
from tests.conftest import NOW

URL = "https://newsroom.test/kk/news/1"


def address(tries: int = 1, article_id: str | None = None) -> Address:
    known = Discovered(url=URL)
    return Address(
        id=1,
        newsroom="newsroom_test",
        url=URL,
        state=AddressState.PENDING,
        tries=tries,
        known=known,
        article_id=article_id,
    )


def answered(status: int, **headers: str) -> HttpError:
    return HttpError(Response(URL, status=status, headers={name.replace("_", "-"): headers[name] for name in headers}))


def later(reason: str, next_try: datetime | None = None, *, of_host: bool = False) -> Outcome:
    return Outcome(state=AddressState.PENDING, reason=reason, retry=True, next_try=next_try, of_host=of_host)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (ResponseDataLossError(), "broken off"),
        (DownloadCancelledError("5 MB"), "larger than allowed"),
        (StoreError("the store is busy", url=URL), "the store is busy"),
        (PageError("the page cannot be parsed", url=URL, newsroom="a"), "the page cannot be parsed"),
        (ArchiveError("a damaged record", url=URL), "a damaged record"),
        (ConfigError("no guard", remedy="Set it"), "no guard"),
        (ValueError("a bug"), "ValueError: a bug"),
        (KeyError(), "KeyError"),
    ],
)
def test_faults_of_page_and_store_leave_the_address_for_a_later_run(error: Exception, reason: str) -> None:
    assert outcome_of(error, address(), NOW) == later(reason)
    assert reason_of(error) == reason


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (CannotResolveHostError("newsroom.test"), "host name not found"),
        (DownloadTimeoutError("30 s"), "no answer in time"),
        (DownloadConnectionRefusedError(URL), "connection refused"),
        (DownloadFailedError(URL), "connection broken"),
        (IgnoreRequest(UNREACHABLE), UNREACHABLE),
        (IgnoreRequest(f"{UNREACHABLE} (status 500)"), f"{UNREACHABLE} (status 500)"),
    ],
)
def test_faults_of_network_and_host_are_not_the_pages(error: Exception, reason: str) -> None:
    assert outcome_of(error, address(), NOW) == later(reason, of_host=True)
    assert reason_of(error) == reason


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (NotAnArticle("it has no headline", url=URL), "it has no headline"),
        (DropItem("no body"), "no body"),
        (DropItem(""), "dropped"),
        (IgnoreRequest("address refused"), "address refused"),
        (IgnoreRequest("max redirections reached"), "redirected in a circle or nowhere"),
        (IgnoreRequest(), "refused"),
    ],
)
def test_what_the_page_or_the_rules_say_is_looked_at_again(error: Exception, reason: str) -> None:
    assert outcome_of(error, address(), NOW) == Outcome(state=AddressState.REJECTED, reason=reason, recheck=True)


def test_what_robots_txt_forbids_waits_for_other_rules() -> None:
    expected = Outcome(state=AddressState.REJECTED, reason=DISALLOWED)
    assert outcome_of(IgnoreRequest(DISALLOWED), address(), NOW) == expected


def test_a_reason_names_no_address_so_that_it_can_be_counted() -> None:
    for kind in (StoreError, PageError, ArchiveError, ConfigError):
        reasons = {reason_of(kind("a fault", url=f"{URL}{number}", newsroom="a")) for number in range(3)}
        assert reasons == {"a fault"}


@pytest.mark.parametrize("status", [400, 401, 403, 408, 418, 429, 451, 500, 502, 503, 504, 522])
def test_other_refusals_are_tried_again_by_a_later_run(status: int) -> None:
    of_host = status in (403, 429) or status >= 500
    assert outcome_of(answered(status), address(), NOW) == later(f"status {status}", of_host=of_host)
    assert reason_of(answered(status)) == f"status {status}"


def test_retry_after_says_when() -> None:
    outcome = outcome_of(answered(503, Retry_After="3600"), address(), NOW)
    assert outcome == later("status 503", NOW + timedelta(hours=1), of_host=True)


def test_gone_is_gone_at_once() -> None:
    for article_id in (None, "abc"):
        outcome = outcome_of(answered(410), address(article_id=article_id), NOW)
        assert outcome == Outcome(state=AddressState.GONE, reason="status 410")


def test_a_missing_page_that_never_gave_an_article_is_looked_at_again() -> None:
    expected = Outcome(state=AddressState.MISSING, reason="status 404", recheck=True)
    assert outcome_of(answered(404), address(), NOW) == expected


def test_a_known_article_that_is_missing_is_asked_three_times_over_a_day() -> None:
    half_a_day = NOW + timedelta(hours=12)
    outcomes = [outcome_of(answered(404), address(tries, "abc"), NOW) for tries in (1, 2, 3)]
    assert outcomes == [
        later("status 404", half_a_day),
        later("status 404", half_a_day),
        Outcome(state=AddressState.MISSING, reason="status 404", recheck=True),
    ]


@pytest.mark.parametrize("status", [300, 301, 302, 304, 307, 308])
def test_a_redirect_that_leads_to_no_answer_is_refused(status: int) -> None:
    expected = Outcome(state=AddressState.REJECTED, reason="redirected in a circle or nowhere", recheck=True)
    assert outcome_of(answered(status), address(), NOW) == expected


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("0", NOW),
        (" 120 ", NOW + timedelta(minutes=2)),
        ("86400", NOW + timedelta(days=1)),
        ("86401", NOW + timedelta(days=1)),
        ("9" * 400, NOW + timedelta(days=1)),
        ("Tue, 14 May 2024 14:00:00 GMT", datetime(2024, 5, 14, 14, 0, tzinfo=UTC)),
        ("Tue, 14 May 2024 19:00:00 +0500", datetime(2024, 5, 14, 14, 0, tzinfo=UTC)),
        ("Tue, 14 May 2024 12:00:00 GMT", datetime(2024, 5, 14, 12, 0, tzinfo=UTC)),
        ("Wed, 14 May 2025 13:00:00 GMT", NOW + timedelta(days=1)),
        ("", None),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("Tue, 14 May 2024 14:00:00", None),
        ("Tue, 99 May 2024 14:00:00 GMT", None),
        ("Tue, 14 May 2024 14:00:00 +99999999999999999999", None),
        ("\xb2", None),
    ],
)
def test_both_forms_of_retry_after(text: str, moment: datetime | None) -> None:
    response = Response(URL, status=503, headers={"Retry-After": text.encode("latin-1")})
    assert retry_after(response, NOW) == moment


def test_without_the_header_there_is_no_moment() -> None:
    assert retry_after(Response(URL, status=503), NOW) is None


@given(
    st.binary(max_size=30)
    | st.from_regex(rb"\d{1,3}( [A-Z][a-z]{2} \d{1,5} \d{1,3}:\d\d:\d\d ([+-]\d{1,6}|GMT))?", fullmatch=True)
)
def test_any_header_gives_a_moment_of_the_next_day_at_most_or_none(value: bytes) -> None:
    moment = retry_after(Response(URL, status=429, headers={"Retry-After": value}), NOW)
    assert moment is None or moment <= NOW + timedelta(days=1)
