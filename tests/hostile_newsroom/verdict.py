"""Verdict: what a crawler kept, held against what the newsroom wrote."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from urllib.parse import urlsplit

from tests.hostile_newsroom.articles import Written

_INVISIBLE = ("Cc", "Cf", "Co", "Cn")


@dataclass(slots=True, frozen=True)
class Kept:
    """A record that a crawler kept."""

    url: str
    headline: str
    paragraphs: Sequence[str]


@dataclass(slots=True)
class Verdict:
    """Paths of what is wrong: articles that are missing, kept more than once, or kept with another text; records that
    are no article; and those with control or invisible characters."""

    missing: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    corrupt: list[str] = field(default_factory=list)
    junk: list[str] = field(default_factory=list)
    dirty: list[str] = field(default_factory=list)

    def items(self) -> list[tuple[str, str]]:
        """Each path with which something is wrong, and what."""
        return [(path, each.name) for each in fields(self) for path in getattr(self, each.name)]


def judge(kept: Iterable[Kept], articles: Sequence[Written]) -> Verdict:
    """What is wrong with the records that were `kept` of `articles`.

    A record is of the article whose path its address has, whatever else stands in the address; else it is of the one
    whose text it holds, once more or in its place; else it is junk.
    """
    verdict = Verdict()
    truth = {article.path: article for article in articles}
    by_headline = {article.headline: article.path for article in articles}
    counted: Counter[str] = Counter()
    for record in kept:
        path = urlsplit(record.url).path.partition(";")[0]
        if any(map(_is_dirty, (record.headline, *record.paragraphs))):
            verdict.dirty.append(path)
        if path not in truth:
            if record.headline not in by_headline:
                verdict.junk.append(path)
                continue
            path = by_headline[record.headline]
        counted[path] += 1
        article = truth[path]
        if (_plain(record.headline), _plain(" ".join(record.paragraphs))) != (
            article.headline,
            " ".join(article.paragraphs),
        ):
            verdict.corrupt.append(path)
    verdict.missing = [path for path in truth if not counted[path]]
    verdict.doubled = [path for path in truth if counted[path] > 1]
    return verdict


def _is_dirty(text: str) -> bool:
    return any(unicodedata.category(letter) in _INVISIBLE for letter in text if letter not in "\n\t")


def _plain(text: str) -> str:
    """`text` without what is dirt, and is counted as such."""
    return " ".join("".join(letter for letter in text if letter in "\n\t" or not _is_dirty(letter)).split())
