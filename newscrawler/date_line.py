"""What a date line states, read from the shape of its tokens: which day, which time, and whether it is about them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from newscrawler.calendar_days import calendar_day, clock_time
from newscrawler.date_days import StatedDay, find_days
from newscrawler.date_fallback import read_stated_date
from newscrawler.date_times import find_time, read_time, stated_zone
from newscrawler.date_tokens import Tokens

_LABEL = re.compile(r"(?<=[DEMYydTOra])(?P<behind>[PUF])(?![:DEMYdTrn])|(?P<before>[PUF])")
_PREFERENCE = "P U"
_HOLDS_DAY = re.compile("[DEMrnap]")
# Behind the time only counters: a small number (d) stands before or behind what it counts (c).
_TIME_ALONE = re.compile(r"[PU:k|,.~-]*+[<>]?u?T[<>]?\|*+O?\|*+(?:[|,.~#c-]|d(?=c)|(?<=c)d|(?<=c:)d|(?<=c):(?=[d#]))*+")
_PART = re.compile("[^|~]+")
# An unknown word beside a day's number, in a line with a year.
_MONTH_LIKE = re.compile(r"(?=.*Y)(?:.*d[.,-]?x|.*x[.,-]?d)")
_DAY_NUMBER = re.compile("d(?!c)")
_NOT_OF_DATE = re.compile("[#d]?c|[O|~]")

# A yearless day among more unknown words than these is taken for prose; a whole date is believed a little longer.
_UNKNOWN_BESIDE_WHOLE_DATE = 8
_UNKNOWN_BESIDE_DAY = 3

_CLOCK_SKEW = timedelta(minutes=5)


def read_date_line(tokens: Tokens, now: datetime, zone: ZoneInfo) -> datetime | date | None:
    """What `parse_date` promises, for a text in `tokens`; `now` is in `zone`, in whole seconds."""
    shape = tokens.shape
    if _TIME_ALONE.fullmatch(shape):
        return _read_time_of_today(tokens, now, zone)
    if "F" in shape and "P" not in shape:
        return None
    for label, start, end in sorted(_labelled_parts(shape), key=lambda part: _PREFERENCE.index(part[0])):
        part = tokens.part(start, end)
        if _HOLDS_DAY.search(part.shape):
            return _read_part(part, now, zone)
        stated = _read_by_fallback(part, zone)
        if stated is not None or (label == "P" and "T" in part.shape):
            return stated
    return None


def _labelled_parts(shape: str) -> list[tuple[str, int, int]]:
    """The parts of a line between its labels, each with the label that it belongs to, or a space where it has none.

    A label belongs to what follows it, but to what precedes it where it stands behind a date and before none, as
    Kazakh verbs do.
    """
    parts = []
    label, start = " ", 0
    for found in _LABEL.finditer(shape):
        if found["behind"]:
            parts.append((found["behind"] if label == " " else label, start, found.start()))
            label = " "
        else:
            parts.append((label, start, found.start()))
            label = found["before"]
        start = found.end()
    parts.append((label, start, len(shape)))
    return [part for part in parts if part[0] != "F"]


def _read_part(tokens: Tokens, now: datetime, zone: ZoneInfo) -> datetime | date | None:
    days = find_days(tokens, now)
    if not days or len({day.day for day in days}) > 1:
        return None
    day = days[0]
    moments = [day for day in days if day.moment is not None]
    if moments:
        first = moments[0]
        clear = "T" not in tokens.shape and all(day.moment == first.moment for day in moments)
        return first.moment if clear and _is_about(tokens, first, first.start, first.end) else None
    beside = find_time(tokens, days)
    if beside is None or not _is_about(tokens, day, beside.start, beside.end):
        return None
    if beside.time is None:
        return day.day
    return clock_time(day.day, beside.time, stated_zone(tokens, zone))


def _is_about(tokens: Tokens, day: StatedDay, start: int, end: int) -> bool:
    """Whether the line is about `day` and does not merely mention it; with its time it takes up `start` to `end`."""
    unknown = tokens.shape.count("x")
    if not day.inferred:
        return unknown <= _UNKNOWN_BESIDE_WHOLE_DATE
    if unknown > _UNKNOWN_BESIDE_DAY or not _is_named_weekday(tokens, day.day):
        return False
    before, after = tokens.shape[:start].rstrip("k<>O"), tokens.shape[end:].lstrip("k<>O")
    if day.relative and ("x" in before.rpartition("|")[2] or "x" in after.partition("|")[0]):
        return False
    return before[-1:] in ("", *"|~,.:c") and after[:1] in ("", *"|~,.:c#d")


def _is_named_weekday(tokens: Tokens, day: date) -> bool:
    return not tokens.weekdays or day.weekday() in tokens.weekdays


def _read_time_of_today(tokens: Tokens, now: datetime, zone: ZoneInfo) -> datetime | None:
    place = tokens.shape.index("T")
    if tokens.text[tokens.places[place][1] :][:1].isdecimal():
        # Without a day beside it, digits glued to a time may as well be a score and a counter.
        return None
    time, clock = read_time(tokens, place), stated_zone(tokens, zone)
    if time is None or clock is None:
        return None
    today = now.astimezone(clock).date()
    moment = clock_time(today, time, clock)
    if moment is None or moment > now + _CLOCK_SKEW or not _is_named_weekday(tokens, today):
        return None
    return moment


def _read_by_fallback(tokens: Tokens, zone: ZoneInfo) -> datetime | date | None:
    """What dateparser makes of the whole text, or of the only part between separators that may hold a date; offsets and
    counters are ours to read."""
    shape = tokens.shape
    if not _MONTH_LIKE.search(shape):
        return None
    stated = read_stated_date(_words(tokens, 0, len(shape)))
    if stated is None:
        parts = [found.span() for found in _PART.finditer(shape) if _DAY_NUMBER.search(found[0])]
        if len(parts) != 1 or "T" in shape[: parts[0][0]] + shape[parts[0][1] :]:
            return None
        stated = read_stated_date(_words(tokens, *parts[0]))
        if stated is None:
            return None
    day = calendar_day(stated.year, stated.month, stated.day)
    return day if stated.time is None else clock_time(day, stated.time, stated_zone(tokens, zone))


def _words(tokens: Tokens, start: int, end: int) -> str:
    if start == end:
        return ""
    first, last = tokens.places[start][0], tokens.places[end - 1][1]
    letters = list(tokens.text[first:last])
    for found in _NOT_OF_DATE.finditer(tokens.shape, start, end):
        for place in range(*found.span()):
            begin, close = tokens.places[place]
            letters[begin - first : close - first] = " " * (close - begin)
    return "".join(letters).strip(" ,.:-")
