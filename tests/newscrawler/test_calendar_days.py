from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawler.calendar_days import calendar_day, clock_time, latest_day, months_before

ALMATY = ZoneInfo("Asia/Almaty")


@pytest.mark.parametrize(
    "numbers", [(2023, 2, 29), (2024, 4, 31), (2024, 0, 1), (1989, 12, 31), (2100, 1, 1), (1, 1, 1)]
)
def test_days_that_no_page_can_have_are_none(numbers: tuple[int, int, int]) -> None:
    assert calendar_day(*numbers) is None


def test_the_range_of_years_is_closed() -> None:
    assert calendar_day(1990, 1, 1) == date(1990, 1, 1)
    assert calendar_day(2099, 12, 31) == date(2099, 12, 31)


def test_the_first_of_a_repeated_hour_is_taken() -> None:
    found = clock_time(date(2024, 2, 29), (23, 30, 0), ALMATY)
    assert found is not None
    assert found.utcoffset() == timedelta(hours=6)
    assert found.astimezone(UTC) == datetime(2024, 2, 29, 17, 30, tzinfo=UTC)


@pytest.mark.parametrize("time", [(24, 0, 0), (12, 60, 0), (12, 0, 60)])
def test_times_that_no_clock_shows_are_none(time: tuple[int, int, int]) -> None:
    assert clock_time(date(2024, 5, 12), time, UTC) is None


def test_a_time_needs_a_day_and_a_clock() -> None:
    assert clock_time(None, (12, 0, 0), UTC) is None
    assert clock_time(date(2024, 5, 12), (12, 0, 0), None) is None


@settings(deadline=None)
@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)), st.dates(date(2000, 1, 1), date(2000, 12, 31)))
def test_the_latest_day_is_at_most_one_day_ahead_and_no_later_one_would_do(today: date, like: date) -> None:
    found = latest_day(like.month, like.day, today)
    assert found is not None
    assert (found.month, found.day) == (like.month, like.day)
    assert found <= today + timedelta(days=1)
    later = [calendar_day(year, like.month, like.day) for year in range(found.year + 1, today.year + 2)]
    assert all(day is None or day > today + timedelta(days=1) for day in later)


def test_a_leap_day_is_found_over_the_gap_of_a_common_century_year() -> None:
    assert latest_day(2, 29, date(2023, 6, 1)) == date(2020, 2, 29)
    assert latest_day(2, 30, date(2023, 6, 1)) is None


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2023, 3, 31), 1, date(2023, 2, 28)),
        (date(2024, 1, 15), 1, date(2023, 12, 15)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2024, 5, 15), 0, date(2024, 5, 15)),
        (date(2024, 5, 15), 500, None),
        (date(2024, 5, 15), 10**9, None),
    ],
)
def test_months_before(day: date, months: int, expected: date | None) -> None:
    assert months_before(day, months) == expected
