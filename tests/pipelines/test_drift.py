"""Tests of `pipelines.drift`: a changed site is noticed, and a usual day is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.article import DatePrecision, Relation
from newscrawler.store.history import Look, Profile, look_of
from pipelines.drift import Refused, faults_of, shared_of
from tests.conftest import NOW, an_article

WORDS = "Қалада бүгін жаңа мектеп ашылды, оған екі мың бала барады."


def looks(number: int, first: int = 0, **values: object) -> list[Look]:
    """Articles of a kk newsroom, one an hour, each about a thousand characters long, but for `values`."""
    return [
        look_of(
            an_article(
                n,
                **{
                    "body": [f"{n}. {WORDS}"] * 16,
                    "authors": ["А. Автор"],
                    "date_published": NOW - timedelta(hours=n),
                    "date_precision": DatePrecision.MINUTE,
                    **values,
                },
            )
        )
        for n in range(first, first + number)
    ]


def history(*parts: Sequence[Look], refused: int = 0) -> Profile:
    told = [look for part in parts for look in part]
    return Profile.of(told, refused=refused, shared=shared_of(told))


def told(found: Sequence[Look], before: Profile, refused: Refused | None = None) -> list[tuple[str, int, int]]:
    return [(fault.field, fault.bad, fault.of) for fault in faults_of(found, before, refused or Refused())]


USUAL = history(looks(60))


def test_a_usual_run_has_no_fault() -> None:
    assert told(looks(8, first=100), USUAL) == []
    assert told([], USUAL) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"body": []}, "body"),
        ({"body": ["Қысқа."]}, "body"),
        ({"body": [WORDS * 200]}, "body"),
        ({"date_published": None}, "date"),
        ({"date_published": NOW}, "date"),
        ({"date_published": NOW - timedelta(days=300), "date_precision": DatePrecision.DAY}, "date"),
        ({"headline": "Жаңалықтар порталы"}, "headline"),
        ({"language": "ru"}, "language"),
        ({"relation": Relation.NEAR_TEXT}, "body"),
    ],
)
def test_a_run_that_looks_otherwise_is_noticed_and_its_first_page_named(changes: dict[str, object], field: str) -> None:
    run = looks(6, first=100, **changes)
    found = faults_of(run, USUAL)
    assert field in [fault.field for fault in found]
    assert all((fault.url, fault.bad, fault.of, fault.of_before) == (run[0].url, 6, 6, 60) for fault in found)
    # Half of them is enough, fewer may be the articles.
    assert field in [name for name, _, _ in told([*looks(3, first=200), *run[:3]], USUAL)]
    assert told([*looks(6, first=200), *run[:3]], USUAL) == []


def test_one_text_for_all_is_noticed_and_a_fault_in_words_says_what_and_since_when() -> None:
    run = [replace(look, text="cookies") for look in looks(3, first=100)]
    assert [str(fault) for fault in faults_of(run, USUAL)] == ["body: 3 of 3 with one text, before 0 of 60"]


def test_one_article_is_enough_for_what_never_was_and_for_nothing_else() -> None:
    assert told(looks(1, first=100, body=[]), USUAL) == [("body", 1, 1)]
    assert told(looks(1, first=100, date_published=None), USUAL) == [("date", 1, 1)]
    for usual in ({"language": "ru"}, {"relation": Relation.SAME_TEXT}, {"headline": "Бір"}):
        assert told(looks(2, first=100, **usual), USUAL) == []


def test_what_is_usual_for_a_newsroom_is_no_fault() -> None:
    assert told(looks(3, first=100, date_published=None), history(looks(60, date_published=None))) == []
    shorts = history(looks(40), looks(20, first=50, body=[]))
    assert told(looks(2, first=100, body=[]), shorts) == []
    both = history(looks(30), looks(30, first=50, language="ru"))
    assert told(looks(9, first=100, language="ru"), both) == []
    assert told(looks(9, first=100, language="en"), both) == [("language", 9, 9)]
    at_midnight = history(looks(20), looks(40, first=50, date_published=NOW))
    assert told(looks(5, first=100, date_published=NOW), at_midnight) == []


def test_a_short_history_says_nothing() -> None:
    assert told(looks(9, first=100, body=[], date_published=None), history(looks(19))) == []
    assert told(looks(1, first=100, body=[]), history(looks(20))) == [("body", 1, 1)]


def test_days_of_late_without_a_time_may_be_the_same() -> None:
    days = history(looks(60, date_precision=DatePrecision.DAY))
    assert told(looks(9, first=100, date_published=NOW, date_precision=DatePrecision.DAY), days) == []


def test_what_runs_of_one_article_share_with_those_before_is_noticed() -> None:
    (own,) = looks(1, first=100, headline="Жаңалықтар порталы")
    shared = (own.headline, "a", None)
    before = replace(USUAL, recent=[shared, shared, ("x", "b", None)])
    assert told([own], before) == [("headline", 1, 1)]
    assert told([own], replace(before, recent=[shared, ("x", "b", None), ("y", "c", None)])) == []


def test_pages_that_are_no_article_are_noticed_from_the_third_on() -> None:
    assert told([], USUAL, Refused(number=2, url="https://a/")) == []
    (fault,) = faults_of([], USUAL, Refused(number=3, url="https://a/"))
    assert (fault.field, fault.bad, fault.of, fault.url) == ("page", 3, 3, "https://a/")
    assert told(looks(3, first=100), USUAL, Refused(number=3, url="https://a/", articles=4)) == []
    assert told([], history(looks(60), refused=90), Refused(number=4, url="https://a/")) == []


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_a_run_of_any_size_is_judged_by_its_share(bad: int, good: int) -> None:
    (one,), (other,) = looks(1, body=[]), looks(1, first=1)
    run = [one] * min(bad, 30) + [other] * min(good, 30)
    run = [replace(look, headline=str(n), text=str(n), date=None) for n, look in enumerate(run)]
    fields = [fault.field for fault in faults_of(run, USUAL, Refused(number=bad, url="https://a/", articles=good))]
    assert ("page" in fields) == (bad >= 3 and bad >= good)
    assert ("body" in fields) == (0 < min(bad, 30) >= min(good, 30))


def test_articles_share_what_half_of_them_and_three_or_more_have() -> None:
    assert shared_of(looks(9)) == Counter()
    assert shared_of(looks(2, headline="Бір")) == Counter()
    assert shared_of([*looks(3, headline="Бір"), *looks(3, first=9)]) == Counter({"same headline": 3})
    assert shared_of([*looks(3, headline="Бір"), *looks(4, first=9)]) == Counter()
