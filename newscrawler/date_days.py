"""The days that a date line states, in words, in digits or by their distance from today."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from newscrawler.calendar_days import calendar_day, latest_day, months_before
from newscrawler.date_tokens import Tokens

_DAY = re.compile(
    r"""(?P<whole>D)
    |(?P<short>E)
    |(?P<ago>(?<![d\#pq])(?<![d\#p][,.~j-])(?:[d\#q]?[uy]\.?)+a)
    |(?P<ydm>Y-?y?[.,]{0,2}d\.?-?M)
    |(?P<ymd>Y-?y?[.,]{0,2}Mk?d(?![cu]))
    |(?P<dmy>d[.-]?o?M\.?[,-]?Y)
    |(?P<mdy>M\.?d,?Y)
    |(?P<dm>d[.-]?o?M)
    |(?P<md>Md(?![cu]))
    |(?P<near>r)
    |(?P<moment>n)""",
    re.VERBOSE,
)
_UNCLEAR = re.compile(
    r"""d[-~,j]+d[.-]?M | M\.?d[-~,j]+d      # 12-14 мая; 12 и 13 мая; май 12, 13
    | s[:.]?d[.-]?M                          # №5 мамыр: an issue
    | dM\.?,?d(?!c(?!:)|u)                   # 5 мамыр 7: which is the day?
    | M\.?d,?d(?![cu<>])                      # May 12, 23: a year, a counter or a time?
    | Y-?y?[.,]{0,2}d[.-]?M\.?,?Y            # 2024 12 мамыр 2023: which is the year?
    | Y-?y?[.,]{0,2}M\.?k?d,?Y               # 2024 мамыр 12 2023
    | \#-?y(?!\.?a)                          # 3452020 ж. 4 тамыз: a counter is glued to the year
    | c:[d\#][uy]                            # Просмотров: 15 минуту назад: the number is the counter's
    """,
    re.VERBOSE,
)
_PARTIAL_DAY = re.compile(r"p[,|~:k-]*u?T|T[,|~:k-]*p")
_NUMBER_AFTER = re.compile(r"[.,-]*#")
_LIKE_YEAR = re.compile(r"[12]\d{3}$|(19|20)\d{2}")
_LARGEST_AMOUNT = 999
_MINUTES = {"minute": 1, "half_hour": 30, "hour": 60}
_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "year": 12}


@dataclass(slots=True, kw_only=True, frozen=True)
class StatedDay:
    """A day and the place of its tokens, from `start` to `end`.

    `inferred` says that its year is not stated, `relative` that the day itself is not; `moment` is there where the
    words state the time too ("5 minutes ago").
    """

    day: date
    start: int
    end: int
    inferred: bool = False
    relative: bool = False
    moment: datetime | None = None


def find_days(tokens: Tokens, now: datetime) -> list[StatedDay] | None:
    """The days in `tokens`, those with their year first; None when one is impossible or not clear.

    `now` is in the newsroom's zone. A day without a year is the latest that is not after tomorrow.
    """
    shape = tokens.shape
    if _UNCLEAR.search(shape):
        return None
    days = []
    for found in _DAY.finditer(shape):
        day = _read_day(found, tokens, now)
        if day is None:
            return None
        days.append(day)
    if not days and _PARTIAL_DAY.search(shape) and shape.count("p") == 1 and "x" not in shape:
        place = shape.index("p")
        number, month = tokens.values[place]
        partial = _stated(latest_day(month, number, now.date()), place, place + 1, inferred=True)
        days = [partial] if partial is not None else []
    if any(day.inferred and not day.relative for day in days) and "Y" in _DAY.sub("", shape):
        return None
    return sorted(days, key=lambda day: day.inferred)


def _read_day(found: re.Match[str], tokens: Tokens, now: datetime) -> StatedDay | None:
    start, end = found.span()
    kind = found.lastgroup
    value = tokens.values[start]
    if kind == "ago":
        return _read_distance(tokens, start, end, now)
    if kind == "moment":
        return StatedDay(day=now.date(), start=start, end=end, inferred=True, relative=True, moment=now)
    if kind == "near":
        day = now.date() + timedelta(days=value)
        return StatedDay(day=day, start=start, end=end, inferred=True, relative=True)
    if kind == "whole":
        return _stated(value, start, end)
    if kind == "short":
        # Three pairs of digits may be a version or a price too: nothing unknown may stand beside them.
        likely = value is not None and "x" not in tokens.shape and value <= now.date() + timedelta(days=1)
        return _stated(value, start, end) if likely else None
    parts = {tokens.shape[place]: tokens.values[place] for place in range(start, end)}
    if kind != "dmy" and kind != "mdy" and _may_be_year(tokens, end):
        return None
    if "Y" in parts:
        return _stated(calendar_day(parts["Y"], parts["M"], parts["d"]), start, end)
    return _stated(latest_day(parts["M"], parts["d"], now.date()), start, end, inferred=True)


def _stated(day: date | None, start: int, end: int, *, inferred: bool = False) -> StatedDay | None:
    return StatedDay(day=day, start=start, end=end, inferred=inferred) if day is not None else None


def _may_be_year(tokens: Tokens, place: int) -> bool:
    """Whether the number after a day that ends at `place` may be its year: one of another age, or with a counter glued
    to it."""
    number = _NUMBER_AFTER.match(tokens.shape, place)
    return number is not None and _LIKE_YEAR.match(str(tokens.values[number.end() - 1])) is not None


def _read_distance(tokens: Tokens, start: int, end: int, now: datetime) -> StatedDay | None:
    months, exact, amount, in_days = 0, timedelta(), 1, True
    for kind, value in zip(tokens.shape[start:end], tokens.values[start:end], strict=True):
        if kind in "d#q":
            amount = value
        elif kind in "uy":
            if amount > _LARGEST_AMOUNT:
                return None
            months += amount * _MONTHS.get(value, 0)
            exact += amount * timedelta(
                days=_DAYS.get(value, 0), minutes=_MINUTES.get(value, 0), seconds=1 if value == "second" else 0
            )
            in_days = in_days and (value in _DAYS or value in _MONTHS)
            amount = 1
    if in_days:
        day = months_before(now.date() - exact, months)
        if day is None:
            return None
        return StatedDay(day=day, start=start, end=end, inferred=True, relative=True)
    if months:
        return None
    # Through UTC: hours that have passed are not hours on a clock that was set back meanwhile.
    moment = (now.astimezone(UTC) - exact).astimezone(now.tzinfo)
    return StatedDay(day=moment.date(), start=start, end=end, inferred=True, relative=True, moment=moment)
