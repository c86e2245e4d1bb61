"""Numerals: the numbers that a text names, in digits or in Kazakh and Russian words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from newscrawler.errors import VocabularyError
from newscrawler.toml_files import read_toml

_LIST = Path(__file__).parent / "vocabulary" / "numerals.toml"
# A space, a no-break space or a narrow one divides thousands; at most five groups, so that no run of digits costs much.
_TOKEN = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3}){1,5}(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?|[^\W\d_]+|[^\w\s]")
_GROUPS = re.compile(r"[ \u00a0\u202f]")
_LONGEST = 18


@dataclass(slots=True, frozen=True)
class _Numeral:
    value: float
    kind: str


def numbers_in(text: str) -> list[float]:
    """The numbers that `text` names, in their order: `4,2 млн`, `төрт миллион екі жүз мың` and `4 200 000` are one
    number, 4200000.0.

    The word for one is left out, as it is an article as often as a number. Any text is taken.
    """
    numbers: list[float] = []
    run = _Run()
    for token in _TOKEN.findall(text.lower()):
        numeral = _digits(token) if token[0].isdecimal() else _numerals().get(token)
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
            return self._part is None and self._total == 0.0
        if numeral.kind == "hundred" and numeral.value == 100 and self._part is not None and 1 < self._part < 10:
            return True
        return numeral.value < self._least

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
        self._least = {"unit": 1.0, "ten": 10.0, "hundred": 100.0}.get(numeral.kind, 0.0)

    def ended(self) -> list[float]:
        """The number, if there is one."""
        if self._part is None and not self._total:
            return []
        return [round(self._total + (self._part or 0.0), 6)]


def _digits(token: str) -> _Numeral | None:
    digits = _GROUPS.sub("", token).replace(",", ".")
    return _Numeral(float(digits), "digits") if len(digits) <= _LONGEST else None


@cache
def _numerals() -> dict[str, _Numeral]:
    entries: list[dict[str, Any]] = read_toml(_LIST, VocabularyError)["numerals"]
    return {
        form: _Numeral(float(entry["value"]), entry.get("kind", "part"))
        for entry in entries
        for form in entry["forms"].split()
    }
