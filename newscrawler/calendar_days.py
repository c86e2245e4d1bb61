"""Days and moments from their numbers, within the years of web pages; None wherever there is no such day or moment."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta, tzinfo

FIRST_YEAR = 1990
"""The year of the first web page: what claims to be older is a default value such as 1970-01-01 or 0001-01-01."""

LAST_YEAR = 2099


def calendar_day(year: int, month: int, day: int) -> date | None:
    """The day with these numbers; None when there is none or its year is out of the range of web pages."""
    try:
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


def clock_time(day: date | None, time: tuple[int, int, int], clock: tzinfo | None) -> datetime | None:
    """`time` (hour, minute, second) on `day` by `clock`, the first of two where an hour is repeated.

    None when `day` or `clock` is None or there is no such time.
    """
    if day is None or clock is None:
        return None
    try:
        return datetime(day.year, day.month, day.day, *time, tzinfo=clock)
    except ValueError:
        return None


def latest_day(month: int, day: int, today: date) -> date | None:
    """The latest such day not after the day after `today`; 29 February may lie eight years back."""
    tomorrow = today + timedelta(days=1)
    for year in range(tomorrow.year, tomorrow.year - 9, -1):
        found = calendar_day(year, month, day)
        if found is not None and found <= tomorrow:
            return found
    return None


def months_before(day: date, months: int) -> date | None:
    """The day `months` months before `day`, or the last of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < FIRST_YEAR:
        return None
    return calendar_day(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
