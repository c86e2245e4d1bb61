"""Numerals: the numbers that a text names, in digits or in Kazakh and Russian words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from newscrawler.errors import VocabularyError
from newscrawler.toml_files import read_toml

_LIST = Path(__file__).parent / "vocabulary" / "numerals.toml"
# A space, a no-break space or a narrow one divides thousands, and so do several full stops or commas; at most five
# groups, so that no run of digits costs much.
_TOKEN = re.compile(
    r"(?P<date>(?<![\d.,/-])(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|1[0-2])\2(?:19|20)\d\d(?!\d)"
    r"|(?<![\d.,/-])(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d))"
    r"|(?P<grouped>\d{1,3}([.,])\d{3}(?:\4\d{3}){1,4}(?!\d))"
    r"|\d{1,3}(?:[ \u00a0\u202f]\d{3}){1,5}(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?|[^\W\d_]+|[^\w\s]"
)
_GROUPS = re.compile(r"[ \u00a0\u202f]")
_GROUP_MARKS = re.compile("[.,]")
_DATE_MARKS = re.compile("[./-]")
_LONGEST = 18
# Behind a scale word, the next smaller thousand: `20 мың 500`.
_THOUSAND = 1000


@dataclass(slots=True, frozen=True)
class _Numeral:
    value: float
    kind: str


def numbers_in(text: str) -> list[float]:
    """The numbers that `text` names, in their order: `4,2 млн`, `төрт миллион екі жүз мың` and `4 200 000` are one
    number, 4200000.0.

    The word for one is left out, as it is an article as often as a number. A date in digits, `14.05.2024`, is its day
    and year, as in `14 мая 2024 года`. Any text is taken.
    """
    numbers: list[float] = []
    run = _Run()
    for token, following in pairwise([*_tokens(text.lower()), ""]):
        numeral = _digits(token) if token[0].isdecimal() else _numerals().get(token)
        if token in _joining() and run.takes_half(_numerals().get(following)):
            continue
        if numeral is None or not run.takes(numeral):
            numbers += run.ended()
            run = _Run()
        if numeral is not None:
            run.add(numeral)
    return numbers + run.ended()


class _Run:
    """Numerals that stand beside each other and make one number: hundreds, tens and units up to a scale word."""

    def __init__(self) -> None:
        self._total = 0.0
        self._part: float | None = None
        self._least = float("inf")
        self._scale = float("inf")

    def takes(self, numeral: _Numeral) -> bool:
        """Whether `numeral` goes on with the number rather than beginning another."""
        if numeral.kind == "scale":
            return self._part is not None and numeral.value < self._scale
        if numeral.kind == "digits":
            is_free = self._part is None
            is_rest = numeral.value < min(_THOUSAND, self._least) and numeral.value.is_integer()
            return is_free and (self._total == 0.0 or is_rest)
        if numeral.kind == "hundred" and numeral.value == 100 and self._part is not None and 1 < self._part < 10:
            return True
        return numeral.value < self._least

    def takes_half(self, numeral: _Numeral | None) -> bool:
        """Whether a number has begun, and `numeral` is a fraction that may be added to it."""
        return self._part is not None and numeral is not None and numeral.value < min(1.0, self._least)

    def add(self, numeral: _Numeral) -> None:
        """Takes `numeral` in, which `takes` has allowed or which begins the number."""
        if numeral.kind == "scale":
            self._total += (1.0 if self._part is None else self._part) * numeral.value
            self._part, self._least, self._scale = None, numeral.value, numeral.value
            return
        if numeral.kind == "hundred" and numeral.value == 100 and self._part is not None:
            self._part *= 100
        else:
            self._part = (self._part or 0.0) + numeral.value
        whole = 1.0 if numeral.value.is_integer() else 0.0
        self._least = {"ten": 10.0, "hundred": 100.0}.get(numeral.kind, whole)

    def ended(self) -> list[float]:
        """The number, if there is one."""
        if self._part is None and not self._total:
            return []
        return [round(self._total + (self._part or 0.0), 6)]


def _tokens(text: str) -> Iterator[str]:
    """The words, numbers and signs of `text`; of a date its day and year, each between signs."""
    for found in _TOKEN.finditer(text):
        if found["date"]:
            first, _, last = _DATE_MARKS.split(found["date"])
            yield from (";", first, ";", last, ";")
        elif found["grouped"]:
            yield _GROUP_MARKS.sub("", found["grouped"])
        else:
            yield found[0]


def _digits(token: str) -> _Numeral | None:
    digits = _GROUPS.sub("", token).replace(",", ".")
    return _Numeral(float(digits), "digits") if len(digits) <= _LONGEST else None


@cache
def _joining() -> frozenset[str]:
    return frozenset(read_toml(_LIST, VocabularyError)["joining"])


@cache
def _numerals() -> dict[str, _Numeral]:
    entries: list[dict[str, Any]] = read_toml(_LIST, VocabularyError)["numerals"]
    return {
        form: _Numeral(float(entry["value"]), entry.get("kind", "part"))
        for entry in entries
        for form in entry["forms"].split()
    }
