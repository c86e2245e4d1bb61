"""Specifics: what makes a report this event's and no other's, the numbers and the names in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from newscrawler.cyrillic import fold
from newscrawler.normalising import normalise
from newscrawler.numerals import numbers_in

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SENTENCE_START = re.compile(r"(?:[.!?…]\s+|^)[«»„“”\"'(—–-]*\s*$")
# Kazakh and Russian endings, one behind another, seldom have more letters; what stands before them tells names apart.
_ENDING = 4
_SHORTEST_NAME = 3
_SHORTEST_ROOT = 4


@dataclass(slots=True, frozen=True)
class Specifics:
    """The numbers of a text, and its names in lower-case Cyrillic letters without the differences between Kazakh and
    Russian spelling (`newscrawler.cyrillic.fold`)."""

    numbers: frozenset[float]
    names: frozenset[str]

    def __len__(self) -> int:
        return len(self.numbers) + len(self.names)


def specifics_of(text: str) -> Specifics:
    """The specifics of `text`: numbers in digits and words, and words with a capital that do not begin a sentence."""
    lines = [normalise(line) for line in text.splitlines()]
    return Specifics(frozenset(numbers_in("\n".join(lines))), frozenset(chain.from_iterable(map(_names, lines))))


def _names(line: str) -> Iterator[str]:
    for found in _WORD.finditer(line):
        word = found[0]
        if len(word) < _SHORTEST_NAME or not word[0].isupper():
            continue
        begins_sentence = _SENTENCE_START.search(line[max(0, found.start() - 8) : found.start()])
        if begins_sentence is None or word[1:] != word[1:].lower():
            yield fold(word.lower())


def shared_names(a: Iterable[str], b: Iterable[str]) -> int:
    """How many of the folded names `a` are among the names `b`, in whatever case: `павлодардаги` is `павлодаре`.

    Two names are one where they begin alike, and an ending of at most four letters is all that follows in either.
    """
    shortest: dict[str, int] = {}
    for name in b:
        for stem in _stems(name):
            shortest[stem] = min(len(name), shortest.get(stem, len(name)))
    return sum(
        any(
            stem in shortest and (len(stem) >= _SHORTEST_ROOT or min(len(name), shortest[stem]) <= _SHORTEST_ROOT)
            for stem in _stems(name)
        )
        for name in a
    )


def _stems(name: str) -> Iterator[str]:
    """What `name` may have in common with another form of it: the name, and its beginnings without an ending."""
    yield name
    for length in range(max(_SHORTEST_NAME, len(name) - _ENDING), len(name)):
        yield name[:length]
