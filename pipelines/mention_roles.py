"""Roles: what a place is to the sentence that names it: a scene, a birthplace, the end of a journey, the state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from itertools import accumulate, pairwise, takewhile
from operator import or_
from typing import Final

from newscrawler.cyrillic import fold
from newscrawler.vocabulary import Vocabulary
from pipelines.surroundings import Beginnings, whole_or_starred


class Role(StrEnum):
    """What a place is to its sentence.

    ORIGIN is where someone or something comes from, PASSING a birthplace, a distance, a comparison or the end of a
    journey, RESIDENCE the home of a person, TRIAL the seat of a court, STATE the government that sits there.
    ELSEWHERE is no place of ours: a namesake abroad, or a dateline.
    """

    SCENE = "scene"
    ORIGIN = "origin"
    PASSING = "passing"
    RESIDENCE = "residence"
    TRIAL = "trial"
    STATE = "state"
    ELSEWHERE = "elsewhere"


class Sense:
    """What a word near a name may tell of its role: bits that are put together."""

    DISTANCE: Final = 1
    COMPARING: Final = 1 << 1
    PASSING_BEFORE: Final = 1 << 2
    PASSING_AFTER: Final = 1 << 3
    TROUPE: Final = 1 << 4
    VEHICLE: Final = 1 << 5
    RESIDENT: Final = 1 << 6
    TRIAL: Final = 1 << 7
    STATE_BEFORE: Final = 1 << 8
    STATE_AFTER: Final = 1 << 9
    ADJECTIVE_OTHER: Final = 1 << 10
    ABROAD: Final = 1 << 11
    TRAVELLING: Final = 1 << 12


@dataclass(slots=True, frozen=True)
class Standing:
    """A name among the words of its text: from `first` to before `after`, the word of its rank included.

    `from_there`: its own ending says that something comes from there; `within`: that something there is meant;
    `bare`: it is a name in the nominative, without a word of rank; `city`: one of republican rank.
    """

    first: int
    after: int
    from_there: bool
    bare: bool
    adjective: bool
    city: bool
    within: bool


_MEMORY = 100_000
_BREAKS = frozenset(',.;:!?…\n()«»“”„"–—')
_FROM, _WAYS_ON = frozenset({"из", "из-под", "от", "с", "до"}), (["в"], ["во"], ["до"], ["на"])
_PLACE_PREPOSITIONS = frozenset({"в", "во", "под", "на", "с"})
_AND = frozenset({"и", "мен", "пен", "бен", "және", "-", "–", "—", "с", "со"})
_KAZAKH_GENITIVES = ("ның", "нің", "дың", "дің", "тың", "тің", "нин", "дин", "тин")
_KAZAKH_DATIVES = ("ға", "ге", "қа", "ке", "га", "ка", "сына", "сіне", "сина", "сине", "дейін")
_SINGULAR_ADJECTIVES = ("ий", "ый", "ого", "ому", "ом", "им", "ым", "ая", "ой", "ую")
_PREPOSITIONALS = ("е", "и")
_PLURAL_ADJECTIVES = ("ие", "ые", "их", "ых", "ими", "ыми")
_JOINTS = frozenset({",", "и", "или", "мен", "пен", "бен", "және", "в", "из"})
_LONGEST_JOINT = 2
_SHARED = frozenset({Role.PASSING, Role.ORIGIN, Role.RESIDENCE})
_BEFORE, _AFTER, _CLOSE, _WAY = 4, 3, 2, 2
_VEHICLE_REACH = 5


@dataclass(slots=True, frozen=True)
class RoleWords:
    """The words that tell a place's role, each known by all that it may tell; learned word by word."""

    lists: tuple[tuple[int, Beginnings], ...]
    known: dict[str, int] = field(default_factory=dict)

    def senses(self, word: str) -> int:
        """All that `word`, in small letters, may tell of a name near it: the bits of Sense."""
        found = self.known.get(word)
        return self._learn(word) if found is None else found

    def _learn(self, word: str) -> int:
        if len(self.known) >= _MEMORY:
            self.known.clear()
        found = 0
        for sense, words in self.lists:
            if words.hold(word):
                found |= sense
        self.known[word] = found
        return found


@cache
def role_words(vocabulary: Vocabulary, *, folded: bool = False) -> RoleWords:
    """The role words of `vocabulary`; `folded` for texts in Latin or Arabic letters."""
    written: Callable[[str], str] = fold if folded else str
    lists = vocabulary.surroundings
    return RoleWords(
        (
            (Sense.DISTANCE, whole_or_starred(lists.distances, written)),
            (Sense.COMPARING, whole_or_starred(lists.comparing, written)),
            (Sense.PASSING_BEFORE, whole_or_starred(lists.passing_before, written)),
            (Sense.PASSING_AFTER, whole_or_starred(lists.passing_after, written)),
            (Sense.TROUPE, whole_or_starred(lists.troupes, written)),
            (Sense.VEHICLE, whole_or_starred(lists.vehicles, written)),
            (Sense.TRAVELLING, whole_or_starred(lists.travelling, written)),
            (Sense.RESIDENT, whole_or_starred(lists.residents, written)),
            (Sense.TRIAL, whole_or_starred(lists.trial, written)),
            (Sense.STATE_BEFORE, whole_or_starred(lists.state_before, written)),
            (Sense.STATE_AFTER, whole_or_starred(lists.state_after, written)),
            (Sense.ADJECTIVE_OTHER, whole_or_starred(lists.adjective_other, written)),
            (Sense.ABROAD, whole_or_starred(_single_stems(vocabulary.scopes.world), written)),
        )
    )


def _single_stems(stems: Iterable[str]) -> Iterator[str]:
    """The stems of one word, in the writing of lists that mark beginnings instead of whole words."""
    return (stem[:-1] if stem.endswith("=") else f"{stem}*" for stem in stems if " " not in stem)


class RoleReader:
    """Tells the roles of the names in one text, whose words come in small letters and punctuation among them."""

    def __init__(self, words: list[str], known: RoleWords, *, russian: bool) -> None:
        self._words = words
        self._known = known
        self._russian = russian

    def roles(self, names: Sequence[Standing]) -> list[Role]:
        """The roles of `names`, which come in the order of the text."""
        roles = [self._role(name) for name in names]
        for at, (start, end) in enumerate(pairwise(names)):
            if self._is_way(start, end) and Role.ELSEWHERE not in roles[at : at + 2]:
                roles[at] = roles[at + 1] = Role.PASSING if self._is_travelled(start, end) else Role.SCENE
        pairs = list(pairwise(range(len(names))))
        for told, other in [*pairs, *((second, first) for first, second in reversed(pairs))]:
            joined = self._are_joined(names[min(told, other)], names[max(told, other)])
            if roles[told] in _SHARED and roles[other] is Role.SCENE and joined:
                roles[other] = roles[told]
        return roles

    def _are_joined(self, one: Standing, other: Standing) -> bool:
        between = self._words[one.after : other.first]
        return 0 < len(between) <= _LONGEST_JOINT and all(word in _JOINTS for word in between)

    def _word(self, at: int) -> str:
        return self._words[at] if 0 <= at < len(self._words) else ""

    def _is(self, at: int, sense: int) -> bool:
        return bool(self._known.senses(self._word(at)) & sense)

    def _before(self, name: Standing, reach: int) -> list[str]:
        """The words before `name`, the nearest first, to where the clause begins."""
        return _to_break(self._words[max(name.first - reach, 0) : name.first][::-1])

    def _after(self, name: Standing, reach: int) -> list[str]:
        return _to_break(self._words[name.after : name.after + reach])

    def _role(self, name: Standing) -> Role:
        if self._is_dateline(name):
            return Role.ELSEWHERE
        near = self._words[max(name.first - _BEFORE, 0) : name.first] + self._words[name.after : name.after + _AFTER]
        if not (name.from_there or any(map(self._known.senses, near)) or not _FROM.isdisjoint(near)):
            return Role.SCENE
        if self._is_abroad(name):
            return Role.ELSEWHERE
        words_before = self._before(name, _BEFORE)
        before = self._told(words_before, _BEFORE)
        after = self._told(self._after(name, _AFTER), _AFTER)
        comes_from = name.from_there or not _FROM.isdisjoint(words_before[:_CLOSE])
        if self._is_in_passing(name, before, after, comes_from=comes_from):
            return Role.PASSING
        if self._is_state(name, before, after):
            return Role.STATE
        if (before[1] | after[1]) & Sense.RESIDENT:
            return Role.RESIDENCE
        if comes_from:
            return Role.ORIGIN
        names_court = name.adjective or not self._russian
        if (before[_CLOSE] | (after[1] if names_court else 0)) & Sense.TRIAL:
            return Role.TRIAL
        return Role.SCENE

    def _told(self, words: list[str], reach: int) -> list[int]:
        """What the nearest word, the two nearest and so on tell together, by how many they are."""
        told = list(accumulate(map(self._known.senses, words), or_, initial=0))
        return told + told[-1:] * (reach - len(words))

    def _is_in_passing(self, name: Standing, before: list[int], after: list[int], *, comes_from: bool) -> bool:
        if before[-1] & Sense.PASSING_BEFORE or after[-1] & Sense.PASSING_AFTER:
            return True
        if (name.bare or name.adjective) and after[-1] & Sense.TROUPE:
            return True
        if comes_from and (before[-1] | after[-1]) & Sense.DISTANCE:
            return True
        return self._is(name.first - 1 - (self._word(name.first - 1) in _PLACE_PREPOSITIONS), Sense.COMPARING)

    def _is_state(self, name: Standing, before: list[int], after: list[int]) -> bool:
        if before[1] & Sense.STATE_BEFORE:
            return True
        if name.bare and (after[-1] & Sense.STATE_AFTER or after[1] & Sense.ABROAD):
            return True
        return not name.within and (
            (self._word(name.after) in _AND and self._is(name.after + 1, Sense.ABROAD))
            or (self._word(name.first - 1) in _AND and self._is(name.first - 2, Sense.ABROAD))
        )

    def _is_way(self, start: Standing, end: Standing) -> bool:
        between = self._words[start.after : end.first]
        if self._russian:
            return self._word(start.first - 1) in _FROM and between[:1] in _WAYS_ON and len(between) <= _WAY
        return not between and start.from_there and self._word(end.after - 1).endswith(_KAZAKH_DATIVES)

    def _is_travelled(self, start: Standing, end: Standing) -> bool:
        if self._russian:
            return bool(self._told(self._before(start, _VEHICLE_REACH), _VEHICLE_REACH)[-1] & Sense.VEHICLE)
        return bool(self._told(self._after(end, _AFTER), _AFTER)[-1] & Sense.TRAVELLING)

    def _is_dateline(self, name: Standing) -> bool:
        if self._word(name.first - 1) != "\n" or not name.bare:
            return False
        following = self._word(name.after)
        return following in (".", "/", "(") or (following == "," and self._word(name.after + 1).isdigit())

    def _is_abroad(self, name: Standing) -> bool:
        if name.city:
            return False
        if self._russian:
            return self._is_abroad_in_russian(name)
        before = [] if name.within else self._before(name, _CLOSE)
        return any(word.endswith(_KAZAKH_GENITIVES) and self._known.senses(word) & Sense.ABROAD for word in before)

    def _is_abroad_in_russian(self, name: Standing) -> bool:
        for word in self._before(name, _CLOSE):
            if word.endswith(_SINGULAR_ADJECTIVES) and self._known.senses(word) & Sense.ABROAD:
                return not name.adjective
        at = name.after + (self._word(name.after) in (",", "("))
        word = self._word(at)
        if word == "в" and name.bare and self._word(at + 1).endswith(_PREPOSITIONALS):
            return self._is(at + 1, Sense.ABROAD)
        if not self._is(at, Sense.ABROAD) or word.endswith(_PLURAL_ADJECTIVES):
            return False
        return not word.endswith(_SINGULAR_ADJECTIVES) or self._word(at + 1).startswith(("област", "кра", "район"))


def _to_break(words: Sequence[str]) -> list[str]:
    if _BREAKS.isdisjoint(words):
        return list(words)
    return list(takewhile(lambda word: word not in _BREAKS, words))
