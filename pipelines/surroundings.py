"""The words around a place's name, as a reader of mentions asks for them: compiled from surroundings.toml."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from newscrawler.cyrillic import fold
from newscrawler.vocabulary import Vocabulary
from newscrawler.vocabulary.entries import PlaceKind


class Rank(StrEnum):
    """What the words around a name say it is; OTHER is no place at all, NONE is no word to say it."""

    OBLAST = "oblast"
    AREA = "area"
    DISTRICT = "district"
    TOWN = "town"
    VILLAGE = "village"
    OTHER = "other"
    NONE = "none"


KINDS_OF_RANK: dict[Rank, tuple[tuple[PlaceKind, ...], ...]] = {
    Rank.OBLAST: ((PlaceKind.OBLAST,),),
    Rank.AREA: ((PlaceKind.AREA,), (PlaceKind.OBLAST,), (PlaceKind.TOWN, PlaceKind.CITY), (PlaceKind.DISTRICT,)),
    Rank.DISTRICT: ((PlaceKind.DISTRICT,),),
    Rank.TOWN: ((PlaceKind.CITY,), (PlaceKind.TOWN,), (PlaceKind.VILLAGE, PlaceKind.AREA)),
    Rank.VILLAGE: ((PlaceKind.VILLAGE,), (PlaceKind.TOWN, PlaceKind.AREA), (PlaceKind.DISTRICT,)),
    Rank.OTHER: (),
    Rank.NONE: (
        (PlaceKind.CITY,),
        (PlaceKind.TOWN,),
        (PlaceKind.AREA, PlaceKind.ABBREVIATION, PlaceKind.BYNAME),
        (PlaceKind.OBLAST,),
        (PlaceKind.VILLAGE,),
        (PlaceKind.DISTRICT,),
    ),
}
"""Kinds of place that a rank may mean, the likeliest first."""

_MEMORY = 100_000
_KAZAKH_PLURALS = ("лар", "лер", "дар", "дер", "тар", "тер")


@dataclass(slots=True, frozen=True)
class Beginnings:
    """Whole words and beginnings of words."""

    whole: frozenset[str]
    begun: tuple[str, ...]

    def hold(self, word: str) -> bool:
        """Whether `word` is one of them, or begins with one."""
        return word in self.whole or word.startswith(self.begun)


@dataclass(slots=True, frozen=True)
class PlaceSurroundings:
    """surroundings.toml, ready to be asked; words come in small letters, folded where the text was transliterated."""

    after: tuple[tuple[Rank, Beginnings], ...]
    before: tuple[tuple[Rank, Beginnings], ...]
    route: Beginnings
    joining: frozenset[str]
    place_prepositions: frozenset[str]

    after_known: dict[str, Rank] = field(default_factory=dict)
    before_known: dict[str, Rank] = field(default_factory=dict)

    def rank_after(self, word: str) -> Rank:
        """What `word` says of the name before it."""
        return self.after_known.get(word) or _learn(word, self.after, self.after_known)

    def rank_before(self, word: str) -> Rank:
        """What `word` says of the name after it."""
        return self.before_known.get(word) or _learn(word, self.before, self.before_known)


def _learn(word: str, ranks: tuple[tuple[Rank, Beginnings], ...], known: dict[str, Rank]) -> Rank:
    if len(known) >= _MEMORY:
        known.clear()
    rank = known[word] = next((rank for rank, words in ranks if words.hold(word)), Rank.NONE)
    return rank


def is_kazakh_plural(word: str) -> bool:
    """Whether `word` has a Kazakh plural ending somewhere after its stem (`облыстарында`)."""
    return any(word.find(ending, 3) > 0 for ending in _KAZAKH_PLURALS)


@cache
def place_surroundings(vocabulary: Vocabulary, *, folded: bool = False) -> PlaceSurroundings:
    """The surroundings of `vocabulary`; `folded` for texts in Latin or Arabic letters."""
    lists = vocabulary.surroundings
    written: Callable[[str], str] = fold if folded else str
    return PlaceSurroundings(
        after=(
            (Rank.OTHER, _beginnings(lists.other_after, written)),
            (Rank.OBLAST, _beginnings(lists.oblast_after, written)),
            (Rank.DISTRICT, _beginnings(lists.district_after, written)),
            (Rank.TOWN, _beginnings(lists.town_after, written)),
            (Rank.VILLAGE, _beginnings(lists.village_after, written)),
            (Rank.AREA, _beginnings(lists.area_after, written)),
        ),
        before=(
            (Rank.OTHER, whole_or_starred(lists.other_before, written)),
            (Rank.OBLAST, whole_or_starred(lists.oblast_before, written)),
            (Rank.DISTRICT, whole_or_starred(lists.district_before, written)),
            (Rank.TOWN, whole_or_starred(lists.town_before, written)),
            (Rank.VILLAGE, whole_or_starred(lists.village_before, written)),
        ),
        route=_beginnings(lists.route, written),
        joining=frozenset(map(written, lists.joining)),
        place_prepositions=frozenset(map(written, lists.place_prepositions)),
    )


def _beginnings(words: Iterable[str], written: Callable[[str], str]) -> Beginnings:
    return Beginnings(frozenset(), tuple(written(word) for word in words))


def whole_or_starred(words: Iterable[str], written: Callable[[str], str]) -> Beginnings:
    """The `words` of a list, `written` as those of the text; one with `*` at its end is the beginning of a word."""
    words = list(words)
    return Beginnings(
        frozenset(written(word) for word in words if not word.endswith("*")),
        tuple(written(word[:-1]) for word in words if word.endswith("*")),
    )
