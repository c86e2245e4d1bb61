"""Cyrillic: Kazakh in Latin or Arabic letters, in Cyrillic ones, and what all spellings of a word have in common."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from newscrawler.errors import VocabularyError
from newscrawler.languages import script_of
from newscrawler.toml_files import read_toml

_FILE = Path(__file__).parent / "vocabulary" / "letters.toml"

_AFTER_VOWEL = re.compile("(?<=[аәеоөұүыэАӘЕОӨҰҮЫЭ])[иыИЫ]")
_ARABIC_WORD = re.compile("[\u0600-\u077f]+")
_FOLDED = str.maketrans(
    {
        **dict.fromkeys("ыій", "и"),
        **dict.fromkeys("ұүў", "у"),
        "ә": "а",
        "ө": "о",
        "ғ": "г",
        "қ": "к",
        "ң": "н",
        "һ": "х",
        "щ": "ш",
        "э": "е",
        "ё": "е",
        "ц": "тс",
        "я": "иа",
        "ю": "иу",
        "ъ": "",
        "ь": "",
    }
)


def to_cyrillic(text: str) -> str:
    """Kazakh `text` in Latin or Arabic letters, in Cyrillic ones; Cyrillic text as it is.

    Latin and Arabic spellings say less than Cyrillic ones do (i may be и, й or і): compare by `fold`.
    """
    script = script_of(text)
    if script == "Latn":
        pattern, letters = _latin_table(_latin_spelling(text))
        cyrillic = pattern.sub(lambda found: _like(found[0], letters), text.replace("İ", "I"))
        return _AFTER_VOWEL.sub(lambda found: "й" if found[0].islower() else "Й", cyrillic)
    if script == "Arab":
        return _ARABIC_WORD.sub(_arabic_word, text)
    return text


def fold(word: str) -> str:
    """A lower-case Cyrillic `word` without the differences that Latin and Arabic spellings of Kazakh lose."""
    return word.translate(_FOLDED)


def _like(latin: str, letters: dict[str, str]) -> str:
    cyrillic = letters.get(latin.lower(), latin)
    return cyrillic.capitalize() if latin[0].isupper() else cyrillic


@cache
def _letters() -> dict[str, Any]:
    return read_toml(_FILE, VocabularyError)


def _latin_spelling(text: str) -> str:
    lowered = text.lower()
    found = {
        name: sum(lowered.count(mark) for mark in table["marks"])
        for name, table in _letters()["latin"].items()
        if "marks" in table
    }
    best = max(found, key=found.__getitem__)
    return best if found[best] else "plain"


@cache
def _latin_table(spelling: str) -> tuple[re.Pattern[str], dict[str, str]]:
    latin = _letters()["latin"]
    letters: dict[str, str] = {**latin["common"], **latin[spelling]["letters"]}
    longest_first = sorted(letters, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE), letters


def _arabic_word(found: re.Match[str]) -> str:
    arabic = _letters()["arabic"]
    soft = arabic["softener"] in found[0] or not set(arabic["soft_letters"]).isdisjoint(found[0])
    letters = "".join(arabic["letters"].get(letter, "") for letter in found[0] if letter != arabic["softener"])
    return "".join(arabic["soft"].get(letter, letter) for letter in letters) if soft else letters
