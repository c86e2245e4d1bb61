"""Levels: how strongly a number is coloured among others."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

_FINEST = 4


# The levels in use, by how many are needed: few numbers are told apart without making the least of them look like much.
_USED = {0: (), 1: (2,), 2: (1, 3), 3: (1, 2, 4), 4: (1, 2, 3, 4)}


class Levels:
    """Sorts numbers into at most four levels, from 1 for few to 4 for many, and 0 for none.

    The bounds grow with the square, since a few capitals have most of the news and would leave all others at level 1.
    """

    def __init__(self, numbers: Iterable[int]) -> None:
        most = max(numbers, default=0)
        self._bounds = sorted({-(-most * step * step // _FINEST**2) for step in range(1, _FINEST + 1)} - {0})
        self._levels = _USED[len(self._bounds)]

    def of(self, number: int) -> int:
        """The level of a number; one that is greater than all given has the level of the greatest."""
        if number <= 0 or not self._bounds:
            return 0
        return self._levels[min(bisect_left(self._bounds, number), len(self._bounds) - 1)]

    def ranges(self) -> list[tuple[int, int, int]]:
        """Every level in use but 0, with the least and the greatest number that it holds."""
        least = [1, *(bound + 1 for bound in self._bounds)]
        return list(zip(self._levels, least, self._bounds, strict=False))
