"""How much of a text another one holds: the metric of the article extraction benchmark (4-gram shingles of words).

Source: github.com/scrapinghub/article-extraction-benchmark, evaluate.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean

_WORD = re.compile(r"\w+")
_SIZE = 4


@dataclass(slots=True, frozen=True)
class Match:
    """Shingles that truth and prediction share, that only the prediction has, that only the truth has; and whether the
    two texts are the same, word for word."""

    shared: int
    extra: int
    missing: int
    exact: bool


@dataclass(slots=True, frozen=True)
class Score:
    """Means over pages, 0 to 1: `f1` is the harmonic mean of the means of precision and recall; `exact` is the share of
    pages whose text is the truth, word for word, and `empty` the number of those without any."""

    f1: float
    precision: float
    recall: float
    exact: float
    pages: int
    empty: int


def match(truth: str, predicted: str) -> Match:
    """What `predicted` has in common with `truth`."""
    wanted, found = _shingles(truth), _shingles(predicted)
    shared = (wanted & found).total()
    same = _WORD.findall(truth) == _WORD.findall(predicted)
    return Match(shared, found.total() - shared, wanted.total() - shared, same)


def score(matches: Sequence[Match]) -> Score:
    """The score over pages. A page without a prediction counts for recall and not for precision."""
    precision = _mean([part.shared / (part.shared + part.extra) for part in matches if part.shared + part.extra])
    recall = _mean([part.shared / (part.shared + part.missing) for part in matches if part.shared + part.missing])
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    empty = sum(not part.shared + part.extra for part in matches)
    return Score(f1, precision, recall, _mean([float(part.exact) for part in matches]), len(matches), empty)


def _mean(values: list[float]) -> float:
    return mean(values) if values else 0.0


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    places = range(max(1, len(words) - _SIZE + 1))
    return Counter(shingle for place in places if (shingle := tuple(words[place : place + _SIZE])))
