"""Letter sequences: how likely a letter is after two others, learnt from a list of words."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from itertools import chain

_ENDING_COUNTS = 3
"""So many words stand behind every ending that is listed."""

_ALPHABET = 80
_NEVER_SEEN = 0.02
_TRUST_IN_PAIRS = 0.3
_TRUST_IN_LETTERS = 1.0


class LetterSequences:
    """The letters of a language, as they follow each other in `words`, in `beginnings` and in `endings` of words."""

    def __init__(self, words: Iterable[str], beginnings: Iterable[str], endings: Iterable[str]) -> None:
        counted = Counter(chain.from_iterable(map(sequences, words)))
        counted.update(chain.from_iterable(sequences(beginning)[:-1] for beginning in beginnings))
        for sequence in chain.from_iterable(sequences(ending)[2:] for ending in endings):
            counted[sequence] += _ENDING_COUNTS
        self._threes = counted
        self._twos: Counter[str] = Counter()
        self._ones: Counter[str] = Counter()
        self._after_two: Counter[str] = Counter()
        self._after_one: Counter[str] = Counter()
        for sequence, count in counted.items():
            self._twos[sequence[1:]] += count
            self._ones[sequence[2]] += count
            self._after_two[sequence[:2]] += count
            self._after_one[sequence[1]] += count
        self._kinds_after_two = Counter(sequence[:2] for sequence in self._threes)
        self._kinds_after_one = Counter(pair[0] for pair in self._twos)
        self._all = self._ones.total()

    def log_probability(self, sequence: str) -> float:
        """The natural logarithm of the chance that the third letter of `sequence` follows the first two.

        A space stands for the beginning or the end of a word. Longer sequences lean on shorter ones where they were
        seen seldom (Witten and Bell 1991).
        """
        chance = (self._ones[sequence[2]] + _NEVER_SEEN) / (self._all + _NEVER_SEEN * _ALPHABET)
        pair, before = sequence[1:], sequence[:2]
        doubt = _TRUST_IN_PAIRS * self._kinds_after_one[pair[0]] + 1
        chance = (self._twos[pair] + doubt * chance) / (self._after_one[pair[0]] + doubt)
        doubt = _TRUST_IN_LETTERS * self._kinds_after_two[before] + 1
        chance = (self._threes[sequence] + doubt * chance) / (self._after_two[before] + doubt)
        return math.log(chance)


def sequences(word: str) -> list[str]:
    """The sequences of three in `word`, two spaces before it and one behind it."""
    spaced = f"  {word} "
    return [spaced[at : at + 3] for at in range(len(word) + 1)]
