"""Judged words: what a single word says for and against each language of its script."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from struct import Struct
from typing import NamedTuple

from newscrawler.language_profiles import profiles_in
from newscrawler.letter_sequences import sequences
from newscrawler.normalising import mend_look_alikes

APOSTROPHES = "'’ʻʼ‘`"
_ONE_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))

# Natural logarithms, as the chances of letters are: of a listed word among all words of a text, ...
_COMMON_WORD = -4.5
_LISTED_WORD = -7.0
# ... of what a fitting ending adds for each of its letters, ...
_ENDING_LETTER = 0.4
_LONGEST_ENDING = 6
# ... of a letter in a language that is not known here, ...
_UNKNOWN_LETTER = -3.2
_UNKNOWN_LIKELY = -1.5
# ... and of what a single word can say against a language at most.
_WORD_LIMIT = 6.0
_MISSING_LETTER = 9.0

_NAME_WEIGHT = 0.25

# Parts of a whole, for objections that are packed into one number.
_PRECISION = 1000
_WORDS_REMEMBERED = 200_000
_SEQUENCES_REMEMBERED = 100_000


class JudgedWord(NamedTuple):
    """A word: its script (ISO 15924), how much it counts (names little), and the objections to each language in it."""

    script: str
    weight: float
    objections: int


@lru_cache(_WORDS_REMEMBERED)
def judged(written: str) -> JudgedWord:
    """The word `written`, of letters and apostrophes, judged by the languages that are known in its script."""
    script = _script_of_letter(written[0])
    profiles = profiles_in(script)
    if not profiles:
        return JudgedWord(script, 1.0, 0)
    listed = _listed(script)
    word = mend_look_alikes(written).lower().replace("i̇", "i").translate(_ONE_APOSTROPHE)
    bare = word.rstrip("'")
    chances: list[float] = list(map(sum, zip(*[_chances(script, part) for part in sequences(word)], strict=True)))
    for at, chance in listed.words.get(bare, ()):
        chances[at] = max(chances[at], chance)
    fitting = set()
    for length in range(min(_LONGEST_ENDING, len(bare) - 2), 0, -1):
        for at in listed.endings.get(bare[-length:], ()):
            if at not in fitting:
                fitting.add(at)
                chances[at] += _ENDING_LETTER * length
    chances.append(_UNKNOWN_LETTER * (len(word) + 1))
    best = max(chances)
    objections = [min(best - chance, _WORD_LIMIT) for chance in chances]
    for letter in word:
        for at in listed.missing.get(letter, ()):
            objections[at] = _MISSING_LETTER
    weight = _NAME_WEIGHT if written[0].isupper() and bare not in listed.common else 1.0
    return JudgedWord(script, weight, _packed([weight * each for each in objections]))


def objections_to(words: Iterable[JudgedWord], script: str) -> list[float]:
    """What those of `words` that are in `script` have against each of its profiles, and last against a language that is
    not known; 0 or more each, in natural logarithms."""
    added = sum([word.objections for word in words if word.script == script])
    fields = _fields(len(profiles_in(script)) + 1)
    return [objection / _PRECISION for objection in fields.unpack(added.to_bytes(fields.size, "little"))]


@cache
def likely_before(script: str) -> tuple[float, ...]:
    """How likely each profile of `script`, and last a language that is not known, is before anything is read."""
    return (*(profile.likely for profile in profiles_in(script)), _UNKNOWN_LIKELY)


@dataclass(slots=True)
class _Listed:
    """The lists of all profiles of a script: by word, ending or letter the places of the profiles that have it."""

    words: dict[str, list[tuple[int, float]]] = field(default_factory=lambda: defaultdict(list))
    common: set[str] = field(default_factory=set)
    endings: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    missing: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))


@cache
def _listed(script: str) -> _Listed:
    listed = _Listed()
    for at, profile in enumerate(profiles_in(script)):
        listed.common |= profile.common
        for word in profile.common | profile.words:
            listed.words[word].append((at, _COMMON_WORD if word in profile.common else _LISTED_WORD))
        for ending in profile.endings:
            listed.endings[ending].append(at)
        for letter in profile.missing:
            listed.missing[letter].append(at)
    return listed


@lru_cache(_SEQUENCES_REMEMBERED)
def _chances(script: str, sequence: str) -> tuple[float, ...]:
    return tuple(profile.sequences.log_probability(sequence) for profile in profiles_in(script))


def _packed(objections: list[float]) -> int:
    """`objections` in one number, since nothing is added up faster than numbers are."""
    return int.from_bytes(_fields(len(objections)).pack(*[round(each * _PRECISION) for each in objections]), "little")


@cache
def _fields(count: int) -> Struct:
    return Struct(f"<{count}Q")


def _script_of_letter(letter: str) -> str:
    code = ord(letter)
    if 0x400 <= code <= 0x52F:
        return "Cyrl"
    if code < 0x2C0 or 0x1E00 <= code < 0x1F00:
        return "Latn"
    if 0x600 <= code <= 0x77F or 0xFB50 <= code <= 0xFDFF or 0xFE70 <= code <= 0xFEFC:
        return "Arab"
    return "Zyyy"
