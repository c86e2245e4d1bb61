"""Dates in words that our own vocabulary lacks, such as English months: read by dateparser, believed only as far as the
text bears it out."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

_LONGEST = 80
"""Characters; every date line that dateparser should read is shorter, and its patterns are slow on long texts."""

_MONTH_LIKE = re.compile(r"[^\W\d_]{3}")
_NUMBER = re.compile(r"\d+")


@dataclass(slots=True, kw_only=True, frozen=True)
class StatedDate:
    """The parts of a date that stand in a text; `year` and `time` (hour, minute, second) are None where they do not."""

    year: int | None
    month: int
    day: int
    time: tuple[int, int, int] | None


def read_stated_date(text: str) -> StatedDate | None:
    """The date that `text` states with a day's number and a month's name, or None.

    Every number that dateparser claims must stand in the text, the text must hold no other number, and the year must
    be written in four digits: what dateparser guesses or passes over is refused. `text` may name months in Kazakh,
    Russian or English.
    """
    if len(text) > _LONGEST or _MONTH_LIKE.search(text) is None or _NUMBER.search(text) is None:
        return None
    found = _parser().get_date_data(text)
    claimed = found.date_obj
    if claimed is None or claimed.tzinfo is not None:
        return None
    numbers = Counter(_NUMBER.findall(text))
    year = claimed.year if _take(numbers, claimed.year, 4) else None
    if not _take(numbers, claimed.day):
        return None
    time = None
    if found.period == "time":
        time = (claimed.hour, claimed.minute, claimed.second)
        # The hour comes last: at 3:15 PM the claimed hour is the number that stands for the minute.
        if not all(_take(numbers, part) or part == 0 for part in time[1:]):
            return None
        if not _take(numbers, claimed.hour) and not _take(numbers, (claimed.hour - 1) % 12 + 1):
            return None
    if numbers.total():
        return None
    return StatedDate(year=year, month=claimed.month, day=claimed.day, time=time)


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
        languages=["kk", "ru", "en"],
        settings={
            "DATE_ORDER": "DMY",
            "PREFER_LOCALE_DATE_ORDER": False,
            "PARSERS": ["absolute-time"],
            "REQUIRE_PARTS": ["day", "month"],
            "RETURN_TIME_AS_PERIOD": True,
            # A leap year, so that 29 February can be read where no year stands; the year itself is never used.
            "RELATIVE_BASE": datetime(2000, 1, 1),  # noqa: DTZ001
        },
    )
