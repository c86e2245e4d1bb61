"""The time that a date line states beside its day, and the clock that it is told by."""

from __future__ import annotations

import re
from datetime import tzinfo
from typing import NamedTuple

from newscrawler.date_days import StatedDay
from newscrawler.date_tokens import Time, Tokens

_UNCLEAR = re.compile(r"[Tdp]\.?[<>]?\.?!|!u?T|T\.?u(?!T)")  # 11:30 ночи, 3:05 дня
_GAP = re.compile(r"[,.|~:kuyO<>-]*")
_WITH_DOT_AFTER = re.compile(r"[,.|~:ky-]*u?(?P<time>p)")
_WITH_DOT_BEFORE = re.compile(r"(?:.*[|~])?k?u?(?P<time>p)[,|~k-]*$")
_IN_WORDS = re.compile(r"[,.|~:ky-]*(?P<number>d)(?P<hour>u)\.?(?:(?P<minutes>d)(?P<minute>u)\.?)?(?!a)")
_ON_THE_HOUR = re.compile(r"[,.|~:ky-]*(?P<number>d)(?=[<>])")
_HALF_BEFORE = re.compile(r"(?P<half>[<>])u?$")
_HALF_AFTER = re.compile(r"(?P<half>[<>])")


class TimeBeside(NamedTuple):
    """The time that belongs to a day, None where there is none, and the tokens that both take up together."""

    time: Time | None
    start: int
    end: int


def find_time(tokens: Tokens, days: list[StatedDay]) -> TimeBeside | None:
    """The time that belongs to one of `days`, all the same day; None where one stands that is impossible or not clearly
    theirs."""
    shape = tokens.shape
    places = [found.start() for found in re.finditer("T", shape)]
    if not places:
        return _find_unusual_time(tokens, days[0])
    if len({tokens.values[place] for place in places}) > 1:
        return None
    time = read_time(tokens, places[0])
    if time is None:
        return None
    for day in days:
        for place in places:
            gap = shape[day.end : place] if place >= day.end else shape[place + 1 : day.start]
            if _GAP.fullmatch(gap):
                return TimeBeside(time, min(day.start, place), max(day.end, place + 1))
    for place in places:
        if shape[place - 1 : place] in ("", "|") and shape[place + 1 : place + 2] in ("", "|"):
            return TimeBeside(time, days[0].start, days[0].end)
    return None


def read_time(tokens: Tokens, place: int) -> Time | None:
    """The time at `place`, in 24 hours by the words beside it; None when it is impossible or unclear."""
    if _UNCLEAR.search(tokens.shape):
        return None
    return _in_24_hours(tokens, place, tokens.values[place])


def _in_24_hours(tokens: Tokens, place: int, time: Time) -> Time | None:
    """`time`, which stands at `place`, by the words for the half of the day beside it."""
    hour, minute, second = time
    around = _HALF_BEFORE.search(tokens.shape[:place]), _HALF_AFTER.match(tokens.shape, place + 1)
    halves = {found["half"] for found in around if found is not None}
    if halves and hour < 24:
        afternoon = ">" in halves
        if len(halves) > 1 or (hour == 0 if afternoon else hour > 12):
            return None
        hour = hour % 12 + 12 * afternoon
    return _possible(hour, minute, second)


def stated_zone(tokens: Tokens, zone: tzinfo) -> tzinfo | None:
    """The offset or zone that `tokens` state, else `zone`; None where two stand or one is impossible."""
    stated = {tokens.values[found.start()] for found in re.finditer("O", tokens.shape)}
    if len(stated) > 1:
        return None
    return stated.pop() if stated else zone


def _find_unusual_time(tokens: Tokens, day: StatedDay) -> TimeBeside | None:
    """A time as `15.30` beside `day`, or as `15 ч 30 мин` or `3 pm` after it."""
    shape, values = tokens.shape, tokens.values
    if _UNCLEAR.search(shape):
        return None
    if len({values[found.start()] for found in re.finditer("p", shape)}) > 1:
        return None
    with_dot = _WITH_DOT_AFTER.match(shape, day.end) or _WITH_DOT_BEFORE.match(shape[: day.start])
    if with_dot is not None:
        place = with_dot.start("time")
        hour, minute = values[place]
        time = _in_24_hours(tokens, place, (hour, minute, 0))
        return time and TimeBeside(time, min(day.start, place), max(day.end, place + 1))
    on_the_hour = _ON_THE_HOUR.match(shape, day.end)
    if on_the_hour is not None:
        place = on_the_hour.start("number")
        time = _in_24_hours(tokens, place, (values[place], 0, 0))
        return time and TimeBeside(time, day.start, place + 1)
    in_words = _IN_WORDS.match(shape, day.end)
    if in_words is None or values[in_words.start("hour")] != "hour":
        return TimeBeside(None, day.start, day.end)
    minutes = 0
    if in_words["minute"] and values[in_words.start("minute")] == "minute":
        minutes = values[in_words.start("minutes")]
    time = _possible(values[in_words.start("number")], minutes, 0)
    return time and TimeBeside(time, day.start, in_words.end())


def _possible(hour: int, minute: int, second: int) -> Time | None:
    return (hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None
