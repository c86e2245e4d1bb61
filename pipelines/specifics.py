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


def same_name(a: str, b: str) -> bool:
    """Whether two folded names are one in different cases: `павлодардаги` and `павлодаре`."""
    shared = 0
    for letter_a, letter_b in zip(a, b, strict=False):
        if letter_a != letter_b:
            break
        shared += 1
    root = min(_SHORTEST_ROOT, max(_SHORTEST_NAME, min(len(a), len(b)) - 1))
    return shared >= max(root, max(len(a), len(b)) - _ENDING)


def shared_names(a: Iterable[str], b: Iterable[str]) -> int:
    """How many of the names `a` are among the names `b`."""
    others = list(b)
    return sum(any(same_name(name, other) for other in others) for name in a)
