"""Differences between expectations, field by field."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from spiders.recordings.differences import Difference, FieldDifference, Kind, differences
from spiders.recordings.expectation import Expectation

FIRST, SECOND, THIRD = (f"https://small.test/{number}" for number in (1, 2, 3))


def expectation(*articles: dict[str, Any], sources: dict[str, int | str] | None = None) -> Expectation:
    moment = datetime.fromisoformat("2024-05-14T18:00:00+05:00")
    return Expectation(newsroom="small", recorded_at=moment, sources=sources or {}, articles=list(articles))


def found(expected: Expectation, got: Expectation) -> list[Difference]:
    return differences(expected, got, lambda url: f"why {url[-1]}")


def test_equal_expectations_do_not_differ() -> None:
    article = {"url": FIRST, "headline": "Көпір", "body": ["Бір", "Екі"]}
    assert found(expectation(article, sources={FIRST: 3}), expectation(dict(article), sources={FIRST: 3})) == []


def test_fields_that_changed_came_or_went_are_named_with_both_values() -> None:
    before = {"url": FIRST, "headline": "Көпір", "authors": ["Айнұр"], "body": ["Бір"]}
    after = {"url": FIRST, "headline": "Көпір ашылды", "section": "Қоғам", "body": ["Бір"]}
    (difference,) = found(expectation(before), expectation(after))
    assert (difference.kind, difference.url) == (Kind.CHANGED, FIRST)
    assert difference.fields == [
        FieldDifference("headline", "Көпір", "Көпір ашылды"),
        FieldDifference("section", None, "Қоғам"),
        FieldDifference("authors", ["Айнұр"], None),
    ]
    assert difference.to_dict()["fields"][0] == {"field": "headline", "expected": "Көпір", "got": "Көпір ашылды"}


def test_missing_articles_say_why_and_unexpected_ones_what_they_are() -> None:
    one, two, three = ({"url": url, "headline": url[-1]} for url in (FIRST, SECOND, THIRD))
    assert found(expectation(one, two), expectation(two, three)) == [
        Difference(kind=Kind.MISSING, url=FIRST, note="why 1"),
        Difference(kind=Kind.UNEXPECTED, url=THIRD, note="3"),
    ]


def test_sources_that_name_fewer_articles_or_fail_come_first() -> None:
    expected = expectation({"url": FIRST, "headline": "1"}, sources={SECOND: 12, THIRD: 3})
    got = expectation(sources={SECOND: "the list has no entries", FIRST: 2})
    assert [(difference.kind, difference.url) for difference in found(expected, got)] == [
        (Kind.SOURCE, FIRST),
        (Kind.SOURCE, SECOND),
        (Kind.SOURCE, THIRD),
        (Kind.MISSING, FIRST),
    ]
    assert found(expected, got)[1].fields == [FieldDifference("articles named", 12, "the list has no entries")]
