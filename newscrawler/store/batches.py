"""Batches: long lists of values in several queries, as databases bound how many parameters one may have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

_Value = TypeVar("_Value")
# SQLite takes 999 in its older builds, and some queries name each value twice.
_AT_ONCE = 400


def in_batches(values: Iterable[_Value]) -> Iterator[Sequence[_Value]]:
    """`values` in their order, each once, so many at a time as a query may name."""
    wanted = list(dict.fromkeys(values))
    for start in range(0, len(wanted), _AT_ONCE):
        yield wanted[start : start + _AT_ONCE]
