"""A date line taken apart: numbers, times, offsets and known words, each a letter of a shape that patterns can read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, tzinfo
from functools import cache
from typing import Any

from newscrawler.calendar_days import FIRST_YEAR, LAST_YEAR, calendar_day
from newscrawler.date_words import DateWords
from newscrawler.machine_dates import read_offset

Time = tuple[int, int, int]
"""Hour, minute, second; hours and minutes as written, possible or not."""


@dataclass(slots=True, frozen=True)
class Tokens:
    """The tokens of a folded text, or of a part of it: a letter, a value and a place in `text` each.

    Dates: D whole, in digits (value: date, None when impossible); E the same with a year of two digits; p two numbers
    with a dot (12.05, 15.30); d a number from 1 to 31; M a month (1 to 12); Y a year; # another number.
    Times: T a time; O an offset or zone (None when impossible); < before noon, > after noon; ! a word that makes a
    time unclear.
    Relative: r a day (0, -1, -2); n just now; q a number word; y the unit year, u another unit (its name); a "ago".
    Around them: P, U, F labels (published, updated, other); c the noun of a counter; k a filler; o a word between a
    day and its month; j a conjunction; s a number sign; x an unknown word, unit sign, apostrophe or amount (5,6 1:2
    18+); ~ a long dash or one between spaces; the marks , . : - as they are; | any other mark.
    Weekdays (Monday 0) are no tokens but a set, that of the whole text.
    """

    text: str
    shape: str
    values: list[Any]
    places: list[tuple[int, int]]
    weekdays: set[int]

    def part(self, start: int, end: int) -> Tokens:
        """The tokens from `start` to `end`, themselves again counted from 0."""
        return Tokens(self.text, self.shape[start:end], self.values[start:end], self.places[start:end], self.weekdays)


def tokenize(text: str, words: DateWords) -> Tokens:
    """The tokens of `text`, which must be folded."""
    shape: list[str] = []
    values: list[Any] = []
    places: list[tuple[int, int]] = []
    weekdays: set[int] = set()
    after = 0
    skip_comma = False
    meanings = words.words
    for found in _scanner(words.number_endings)(text):
        start, end = found.span()
        if start < after:
            continue
        kind = found.lastgroup or ""
        value: Any = None
        if kind == "word":
            word = found[0]
            meaning = meanings.get(word)
            for phrase, phrase_meaning in words.phrases.get(word, ()):
                end_of_phrase = start + len(phrase)
                if text.startswith(phrase, start) and not text[end_of_phrase : end_of_phrase + 1].isalpha():
                    meaning, after = phrase_meaning, end_of_phrase
                    end = after
                    break
            if meaning is None:
                meaning = words.meaning(word)
            if meaning is None:
                kind = "x"
            elif meaning.kind == "w":
                weekdays.add(meaning.value)  # type: ignore[arg-type]
                skip_comma = True
                continue
            else:
                kind, value = meaning
        elif kind == "number":
            kind, value = _number(found)
        elif kind == "mark":
            kind = _MARKS.get(found[0], "|")
            if skip_comma and kind in ",.":
                continue
        elif kind == "amount":
            kind = "x"
        elif kind == "impossible":
            kind = "D"
        elif kind == "glued":
            kind, value = "T", _IMPOSSIBLE_TIME
        elif kind == "dash":
            kind = "~"
        elif kind == "joint":
            kind = "-"
        else:
            kind, value = _READERS[kind](found)
        skip_comma = False
        shape.append(kind)
        values.append(value)
        places.append((start, end))
    return Tokens(text, "".join(shape), values, places, weekdays)


# A counter stands glued to a time: what the time is cannot be told.
_IMPOSSIBLE_TIME = (24, 0, 0)
_MARKS = {",": ",", "،": ",", ".": ".", ":": ":", "-": "-", "№": "s", "#": "s", "&": "j"} | dict.fromkeys(
    "%$€₽₸°'’ʼ", "x"
)


@cache
def _scanner(number_endings: tuple[str, ...]) -> Callable[[str], Any]:
    ending = rf"(?:-?(?:{'|'.join(map(re.escape, number_endings))})(?![^\W\d_]))?" if number_endings else ""
    # A date may stand glued to the time before or after it, as the text of neighbouring elements does.
    begin = r"(?:(?<![\d/])(?<!\d[.-])|(?<=:\d\d)|(?<=:\d\d[/-]))"
    end = r"(?:(?=-?\d{1,2}:\d\d)|(?!\d|[./-]\d))"
    year = r"(?:19|20)\d\d"
    return re.compile(
        rf"""
        (?P<ymd>{begin}{year}(?P<mark1>[./-])\d{{1,2}}(?P=mark1)\d{{1,2}}{end})
        |(?P<dmy>{begin}\d{{1,2}}(?P<mark2>[./-])\ ?\d{{1,2}}(?P=mark2)\ ?{year}{end})
        |(?P<short>{begin}\d{{1,2}}\.\d{{1,2}}\.\d\d(?![\d:]|[./-]\d))
        |(?P<impossible>\d+(?P<mark3>[./])\d+(?P=mark3)\d{{4,}})
        |(?P<time>(?<!\d[:.])\d{{1,2}}:\d\d(?::\d\d(?:[.,]\d+)?)?{ending})
        |(?P<offset>(?<![^\W\d_])(?:gmt|utc|гмт)(?:\ ?[+-]\ ?\d+(?::\d\d)?|(?![^\W_]))
            |(?<=:\d\d)\ ?(?:\+\d\d:?\d\d(?!\d)|z(?![^\W_]))|(?<=:\d\d)\ -(?:0\d|1[0-2])[03]0(?!\d))
        |(?P<partial>(?<![\d.,/-])\d{{1,2}}\.\d\d(?!\d|[.,]\d){ending})
        |(?P<glued>(?!{year}\d\d?:\d\d)\d{{3,}}:\d\d)
        |(?P<amount>\d+(?:[.,]\d{{1,3}}(?!\d))+|(?!\d{{3}})\d+:\d+|(?<!\d)\d{{1,2}}\+)
        |(?P<number>(?:{year}(?=\d{{1,2}}:\d\d)|\d+){ending})
        |(?P<joint>(?<=\d)/(?=[a-z]{{3}}/\d{{4}})|(?<=\d/[a-z]{{3}})/(?=\d{{4}}))
        |(?P<word>[^\W\d_]+)
        |(?P<dash>(?<=\ )-(?=\ )|—)
        |(?P<mark>[^\s\w]|_)
        """,
        re.VERBOSE,
    ).finditer


def _read_ymd(found: re.Match[str]) -> tuple[str, date | None]:
    year, month, day = found[0].split(found["mark1"])
    return "D", calendar_day(int(year), int(month), int(day))


def _read_dmy(found: re.Match[str]) -> tuple[str, date | None]:
    day, month, year = found[0].split(found["mark2"])
    return "D", calendar_day(int(year), int(month), int(day))


def _read_short(found: re.Match[str]) -> tuple[str, date | None]:
    day, month, year = found[0].split(".")
    return "E", calendar_day(2000 + int(year), int(month), int(day))


def _read_time(found: re.Match[str]) -> tuple[str, Time]:
    hour, minute, second = _TIME.match(found[0]).groups("0")  # type: ignore[union-attr]
    return "T", (int(hour), int(minute), int(second))


def _read_offset(found: re.Match[str]) -> tuple[str, tzinfo | None]:
    stated = _OFFSET.search(found[0])
    return "O", read_offset(stated[0].replace(" ", "")) if stated else UTC


def _read_partial(found: re.Match[str]) -> tuple[str, tuple[int, int]]:
    first, second = _DIGITS.findall(found[0])
    return "p", (int(first), int(second))


def _number(found: re.Match[str]) -> tuple[str, int]:
    digits = _DIGITS.findall(found[0])[0]
    value = int(digits)
    if len(digits) <= 2 and 1 <= value <= 31:
        return "d", value
    if len(digits) == 4 and FIRST_YEAR <= value <= LAST_YEAR:
        return "Y", value
    return "#", value


_TIME = re.compile(r"(\d+):(\d+)(?::(\d+))?")
_OFFSET = re.compile(r"[+-].*")
_DIGITS = re.compile(r"\d+")
_READERS: dict[str, Callable[[re.Match[str]], tuple[str, Any]]] = {
    "ymd": _read_ymd,
    "dmy": _read_dmy,
    "short": _read_short,
    "time": _read_time,
    "offset": _read_offset,
    "partial": _read_partial,
}
