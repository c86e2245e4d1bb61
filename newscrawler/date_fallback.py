"""Dates in languages that our own vocabulary lacks, such as Ukrainian and Uzbek: read by dateparser, believed only as
far as the text bears it out."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

LANGUAGES = ("uk", "be", "uz", "uz-Cyrl", "az", "tr")
"""What our own words leave to dateparser; it is slow, and slower with every language."""

_LONGEST = 80
"""Characters; every date line that dateparser should read is shorter, and its patterns are slow on long texts."""

_MONTH_LIKE = re.compile(r"[^\W\d_]{3}")
_NUMBER = re.compile(r"\d+")


@dataclass(slots=True, kw_only=True, frozen=True)
class StatedDate:
    """The parts of a date that stand in a text; `time` (hour, minute, second) is None where none does."""

    year: int
    month: int
    day: int
    time: tuple[int, int, int] | None


def read_stated_date(text: str) -> StatedDate | None:
    """The date that `text` states with a day's number, a month's name and a year, or None.

    Every number that dateparser claims must stand in the text, the text must hold no other number, and the year must
    be written in four digits: what dateparser guesses or passes over is refused. `text` may be in one of `LANGUAGES`.
    """
    if len(text) > _LONGEST or _MONTH_LIKE.search(text) is None or _NUMBER.search(text) is None:
        return None
    found = _parser().get_date_data(text)
    claimed = found.date_obj
    if claimed is None or claimed.tzinfo is not None:
        return None
    numbers = Counter(_NUMBER.findall(text))
    if not _take(numbers, claimed.year, 4) or not _take(numbers, claimed.day):
        return None
    time = None
    if found.period == "time":
        time = (claimed.hour, claimed.minute, claimed.second)
        minute, second = time[1:]
        # At 3:15 PM the claimed hour is the number that stands for the minute, at 00:30 the second is that of the hour.
        if not all(_take(numbers, part) for part in (minute, second) if part):
            return None
        if not _take(numbers, claimed.hour) and not _take(numbers, (claimed.hour - 1) % 12 + 1):
            return None
        for part in (minute, second):
            if part == 0:
                _take(numbers, 0)
    if numbers.total():
        return None
    return StatedDate(year=claimed.year, month=claimed.month, day=claimed.day, time=time)


def _take(numbers: Counter[str], value: int, digits: int = 0) -> bool:
    for written in (f"{value:0{digits}d}", f"{value:02d}"):
        if numbers[written]:
            numbers[written] -= 1
            return True
    return False


@cache
def _parser() -> DateDataParser:
    # Imported on first use: it costs more than the rest of the reader's start-up.
    from dateparser.date import DateDataParser

    return DateDataParser(
        languages=list(LANGUAGES),
        settings={
            "DATE_ORDER": "DMY",
            "PREFER_LOCALE_DATE_ORDER": False,
            "PARSERS": ["absolute-time"],
            "REQUIRE_PARTS": ["day", "month", "year"],
            "RETURN_TIME_AS_PERIOD": True,
        },
    )
