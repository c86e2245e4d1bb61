"""Stems: looking up which entries of a word list the words of a text begin with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Generic, NamedTuple, TypeVar

from newscrawler.cyrillic import fold, to_cyrillic

Meaning = TypeVar("Meaning")

_WORD = re.compile(r"\w+(?:[-‑'’ʼ]\w+)*")
_SEPARATOR = "\x1f"
_VOICED = {"п": "б", "к": "г", "қ": "ғ"}
_MEMORY = 200_000
_KEY = 3
"""Letters; a stem is at least as long."""


class Hit(NamedTuple, Generic[Meaning]):
    """An entry that was found: what it means, and the words of the text, the number of the first."""

    entry: str
    meaning: Meaning
    words: str
    at: int


class _Phrase(NamedTuple, Generic[Meaning]):
    entry: str
    rest: tuple[str, ...]
    meaning: Meaning


class _Opening(NamedTuple, Generic[Meaning]):
    """What a word may stand for: the entry that it is alone, and the phrases that it opens, longest first, by the
    beginning of the word that must follow."""

    alone: _Phrase[Meaning] | None
    followed: dict[str, list[_Phrase[Meaning]]]


class StemList(Generic[Meaning]):
    """A word list: stems that stand for every word beginning with them, `word=` for a word alone, and stems with
    spaces between for words that follow each other, of which those of one or two letters stand for themselves alone.

    A stem's last consonant may be voiced, as Kazakh does before a vowel (`мектеп`, `мектебі`). With `folded` texts are
    taken as Kazakh in Latin or Arabic letters.
    """

    def __init__(self, entries: Mapping[str, Meaning], *, folded: bool = False) -> None:
        self._written: Callable[[str], str] = fold if folded else str
        self._folded = folded
        self._begun: dict[str, list[_Phrase[Meaning]]] = {}
        self._whole: dict[str, list[_Phrase[Meaning]]] = {}
        self._known: dict[str, _Opening[Meaning] | tuple[()]] = {}
        for entry, meaning in entries.items():
            first, *rest = entry.lower().split()
            phrase = _Phrase(entry, tuple(map(self._later, rest)), meaning)
            for spelling in self._spellings(first):
                table = self._whole if spelling.endswith("=") else self._begun
                table.setdefault(self._written(spelling.removesuffix("=")), []).append(phrase)
        self._shortest = min(map(len, self._begun), default=1)
        self._longest = max(map(len, self._begun), default=0)

    def hits(self, text: str) -> Iterable[Hit[Meaning]]:
        """The entries found in `text`, in its order; of several single stems that a word begins with, the longest.

        A word that belongs to a phrase is found as part of it and not for itself.
        """
        words = _WORD.findall(text)
        lower = self._lower(words)
        free = 0
        known = list(map(self._known.get, lower))
        for at, opening in enumerate(known):
            if opening is None:
                opening = self._learn(lower[at])
            if not opening or at < free:
                continue
            alone, followed = opening
            if followed and at + 1 < len(known):
                for phrase in followed.get(lower[at + 1][:_KEY], ()):
                    if self._follows(phrase.rest, lower, at + 1):
                        free = at + 1 + len(phrase.rest)
                        yield Hit(phrase.entry, phrase.meaning, " ".join(words[at:free]), at)
                        break
            if alone is not None and at >= free:
                yield Hit(alone.entry, alone.meaning, words[at], at)

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

    def _learn(self, word: str) -> _Opening[Meaning] | tuple[()]:
        """What `word` may stand for, of single stems the longest; nothing where it opens no entry."""
        found = list(self._whole.get(word, ()))
        for length in range(min(len(word), self._longest), self._shortest - 1, -1):
            found += self._begun.get(word[:length], ())
        alone = next((phrase for phrase in found if not phrase.rest), None)
        followed: dict[str, list[_Phrase[Meaning]]] = {}
        for phrase in sorted(found, key=lambda phrase: -len(phrase.rest)):
            if phrase.rest:
                followed.setdefault(phrase.rest[0].removesuffix("=")[:_KEY], []).append(phrase)
        if len(self._known) >= _MEMORY:
            self._known.clear()
        opening = self._known[word] = _Opening(alone, followed) if found else ()
        return opening

    def _later(self, stem: str) -> str:
        written = self._written(stem.replace("ё", "е"))
        return f"{written}=" if len(written) < _KEY and not written.endswith("=") else written

    def _spellings(self, stem: str) -> list[str]:
        stem = stem.replace("ё", "е")
        voiced = _VOICED.get(stem[-1])
        return [stem, stem[:-1] + voiced] if voiced else [stem]
