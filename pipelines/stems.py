"""Stems: looking up which entries of a word list the words of a text begin with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from newscrawler.text import fold, to_cyrillic

Meaning = TypeVar("Meaning")

_WORD = re.compile(r"\w+(?:[-‑'’ʼ]\w+)*")
_SEPARATOR = "\x1f"
_VOICED = {"п": "б", "к": "г", "қ": "ғ"}
_MEMORY = 200_000


class Hit(NamedTuple, Generic[Meaning]):
    """An entry that was found: what it means, and the words of the text, the number of the first."""

    entry: str
    meaning: Meaning
    words: str
    at: int


@dataclass(slots=True, frozen=True)
class _Phrase(Generic[Meaning]):
    entry: str
    rest: tuple[str, ...]
    meaning: Meaning


class StemList(Generic[Meaning]):
    """A word list: stems that stand for every word beginning with them, `word=` for a word alone, and stems with
    spaces between for words that follow each other.

    A stem's last consonant may be voiced, as Kazakh does before a vowel (`мектеп`, `мектебі`). With `folded` texts are
    taken as Kazakh in Latin or Arabic letters.
    """

    def __init__(self, entries: Mapping[str, Meaning], *, folded: bool = False) -> None:
        self._written: Callable[[str], str] = fold if folded else str
        self._folded = folded
        self._begun: dict[str, list[_Phrase[Meaning]]] = {}
        self._whole: dict[str, list[_Phrase[Meaning]]] = {}
        self._known: dict[str, tuple[_Phrase[Meaning], ...]] = {}
        for entry, meaning in entries.items():
            first, *rest = entry.lower().split()
            phrase = _Phrase(entry, tuple(self._written(stem.replace("ё", "е")) for stem in rest), meaning)
            for spelling in self._spellings(first):
                table = self._whole if spelling.endswith("=") else self._begun
                table.setdefault(self._written(spelling.removesuffix("=")), []).append(phrase)
        self._shortest = min(map(len, self._begun), default=1)
        self._longest = max(map(len, self._begun), default=0)

    def hits(self, text: str) -> Iterable[Hit[Meaning]]:
        """The entries found in `text`, in its order; of several single stems that a word begins with, the longest."""
        words = _WORD.findall(text)
        lower = self._lower(words)
        for at, phrases in enumerate(map(self._known.get, lower)):
            if phrases is None:
                phrases = self._learn(lower[at])
            for phrase in phrases:
                if not phrase.rest:
                    yield Hit(phrase.entry, phrase.meaning, words[at], at)
                    break
                if self._follows(phrase.rest, lower, at + 1):
                    shown = " ".join(words[at : at + 1 + len(phrase.rest)])
                    yield Hit(phrase.entry, phrase.meaning, shown, at)
                    break

    def _lower(self, words: list[str]) -> list[str]:
        joined = _SEPARATOR.join(words)
        if self._folded:
            return fold(to_cyrillic(joined).lower()).split(_SEPARATOR)
        return joined.lower().replace("ё", "е").split(_SEPARATOR)

    def _follows(self, rest: tuple[str, ...], words: list[str], at: int) -> bool:
        for stem in rest:
            if at >= len(words) or not (words[at] == stem[:-1] if stem[-1] == "=" else words[at].startswith(stem)):
                return False
            at += 1
        return True

    def _learn(self, word: str) -> tuple[_Phrase[Meaning], ...]:
        """The entries that `word` may open: phrases first, then the longest stem."""
        found = list(self._whole.get(word, ()))
        for length in range(min(len(word), self._longest), self._shortest - 1, -1):
            found += self._begun.get(word[:length], ())
        found.sort(key=lambda phrase: -len(phrase.rest))
        if len(self._known) >= _MEMORY:
            self._known.clear()
        phrases = self._known[word] = tuple(found)
        return phrases

    def _spellings(self, stem: str) -> list[str]:
        stem = stem.replace("ё", "е")
        voiced = _VOICED.get(stem[-1])
        return [stem, stem[:-1] + voiced] if voiced else [stem]
