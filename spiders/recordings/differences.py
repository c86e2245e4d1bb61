"""Differences: field by field, between what is expected of a recording and what came out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from spiders.recordings.expectation import Expectation, ExpectedArticle


class Kind(StrEnum):
    """How an article, or a source, differs."""

    CHANGED = "changed"
    MISSING = "missing"
    UNEXPECTED = "unexpected"
    SOURCE = "source"


@dataclass(slots=True, frozen=True)
class FieldDifference:
    """A field with another value than expected; None where it is absent."""

    name: str
    expected: Any
    got: Any


@dataclass(slots=True, kw_only=True)
class Difference:
    """What differs at the address `url`: an article, or what a source named. `note` is why an article is missing, or
    the headline of an unexpected one."""

    kind: Kind
    url: str
    note: str = ""
    fields: list[FieldDifference] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """The values for machines."""
        fields = [{"field": found.name, "expected": found.expected, "got": found.got} for found in self.fields]
        return {"kind": self.kind.value, "url": self.url, "note": self.note, "fields": fields}


def differences(expected: Expectation, got: Expectation, why_missing: Callable[[str], str]) -> list[Difference]:
    """What of `got` is not as expected: sources first, then articles by address.

    `why_missing` says of an address why its page gave no article.
    """
    found = [
        Difference(
            kind=Kind.SOURCE,
            url=url,
            fields=[FieldDifference("articles named", expected.sources.get(url), got.sources.get(url))],
        )
        for url in sorted(expected.sources.keys() | got.sources.keys())
        if expected.sources.get(url) != got.sources.get(url)
    ]
    wanted, given = _by_address(expected), _by_address(got)
    for url in sorted(wanted.keys() | given.keys()):
        if url not in given:
            found.append(Difference(kind=Kind.MISSING, url=url, note=why_missing(url)))
        elif url not in wanted:
            found.append(Difference(kind=Kind.UNEXPECTED, url=url, note=given[url]["headline"]))
        elif fields := _fields(wanted[url], given[url]):
            found.append(Difference(kind=Kind.CHANGED, url=url, fields=fields))
    return found


def _by_address(expectation: Expectation) -> dict[str, ExpectedArticle]:
    return {article["url"]: article for article in expectation.articles}


def _fields(expected: ExpectedArticle, got: ExpectedArticle) -> list[FieldDifference]:
    names = [*got, *(name for name in expected if name not in got)]
    return [
        FieldDifference(name, expected.get(name), got.get(name))
        for name in names
        if expected.get(name) != got.get(name)
    ]
