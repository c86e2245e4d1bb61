"""Reach: what the words of an article's parts say of the country, the world, and the places beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from newscrawler.article import Article, Scope, Where
from newscrawler.vocabulary import Vocabulary
from pipelines.stems import StemList

WEIGHT = {Where.HEADLINE: 4.0, Where.LEAD: 2.5, Where.BODY: 0.75, Where.SECTION: 3.0, Where.ADDRESS: 2.0}
_FIRST_PARAGRAPH = 1.5
_ANY_STATE = 0.5


class Hint(StrEnum):
    """What words speak for: the country, a part of it, any state, the world, a meeting in the capital, examples."""

    COUNTRY = "country"
    PART = "part"
    STATE = "state"
    WORLD = "world"
    MEETING = "meeting"
    EXAMPLE = "example"


REACHING_OUT = frozenset({Hint.COUNTRY, Hint.STATE, Hint.WORLD})
"""The hints that a text goes beyond the place where it plays."""


@dataclass(slots=True)
class Part:
    """Headline, lead or a paragraph, and how much counts what it names."""

    where: Where
    text: str
    weight: float


def parts_of(article: Article) -> list[Part]:
    """The parts of `article` in their order, the headline first; the first paragraph counts more than the others."""
    parts = [Part(Where.HEADLINE, article.headline, WEIGHT[Where.HEADLINE])]
    if article.description:
        parts.append(Part(Where.LEAD, article.description, WEIGHT[Where.LEAD]))
    for text in article.body:
        first = parts[-1].where is not Where.BODY
        parts.append(Part(Where.BODY, text, _FIRST_PARAGRAPH if first else WEIGHT[Where.BODY]))
    return parts


@dataclass(slots=True)
class Reach:
    """The hints of each part; a part is read when it is asked for, and once."""

    parts: list[Part]
    words: StemList[Hint]
    acting_state: set[int] = field(default_factory=set)
    known: dict[int, frozenset[Hint]] = field(default_factory=dict)

    def of_part(self, at: int) -> frozenset[Hint]:
        """The hints that the words of a part give."""
        if at not in self.known:
            self.known[at] = frozenset(hit.meaning for hit in self.words.hits(self.parts[at].text))
        return self.known[at]

    def towards(self, scope: Scope) -> float:
        """How strongly all parts speak for NATIONAL or WORLD: the sum of the weights of those that do."""
        return sum(part.weight * self._of(at, scope) for at, part in enumerate(self.parts))

    def _of(self, at: int, scope: Scope) -> float:
        hints = self.of_part(at)
        if scope is Scope.WORLD:
            return float(Hint.WORLD in hints)
        if Hint.COUNTRY in hints or at in self.acting_state:
            return 1.0
        return _ANY_STATE if Hint.STATE in hints else 0.0

    def goes_out(self) -> bool:
        """Whether any part goes beyond the place where the text plays."""
        return any(self.of_part(at) & REACHING_OUT for at in range(len(self.parts)))

    def is_of_the_country(self) -> bool:
        """Whether the headline names the country or its government acts there; or any part does, and the headline
        names no country abroad, or a state as well."""
        if self._of(0, Scope.NATIONAL) == 1.0:
            return True
        ours = any(self._of(at, Scope.NATIONAL) == 1.0 for at in range(len(self.parts)))
        return ours and (Hint.STATE in self.of_part(0) or Hint.WORLD not in self._opening())

    def _opening(self) -> frozenset[Hint]:
        leads = [at for at, part in enumerate(self.parts) if part.where is not Where.BODY]
        return frozenset().union(*map(self.of_part, leads))


def reach_of(parts: list[Part], vocabulary: Vocabulary, *, folded: bool) -> Reach:
    """The reach of an article in `parts`; `folded` where it is written in Latin or Arabic letters."""
    return Reach(parts, _words(vocabulary, folded=folded))


_SHORT = 6


def _is_short(word: str) -> bool:
    return word.endswith("=") and len(word) <= _SHORT


@cache
def _words(vocabulary: Vocabulary, *, folded: bool) -> StemList[Hint]:
    """The words of scopes.toml; -ия is -ia in most Latin spellings and -ııa in some, so `folded` ones have both, but no
    short names of places abroad: Qatar and `qatar`, a row, are one there."""
    lists = vocabulary.scopes
    words = dict.fromkeys(lists.meetings, Hint.MEETING)
    words |= dict.fromkeys(lists.examples, Hint.EXAMPLE)
    words |= dict.fromkeys(lists.state, Hint.STATE)
    words |= dict.fromkeys(lists.national, Hint.COUNTRY)
    words |= dict.fromkeys(lists.parts, Hint.PART)
    words |= {word: Hint.WORLD for word in lists.world if not (folded and _is_short(word))}
    if folded:
        words |= {word.replace("ия", "я"): hint for word, hint in words.items()}
    return StemList(words, folded=folded)
