"""Tests of `newscrawler.store.history`: what is usual for a newsroom, and for how long it was silent."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.article import DatePrecision, Image, Relation
from newscrawler.store import Store
from newscrawler.store.history import (
    FOLLOWING,
    REFUSED,
    Fading,
    Look,
    Profile,
    Silence,
    fading_fields,
    keep_profile,
    let_through_since,
    look_of,
    read_history,
    refused_since_articles,
    silence_of,
)
from tests.conftest import NOW, an_article

NAME = "newsroom_test"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def looks(number: int, **values: object) -> list[Look]:
    return [look_of(an_article(n, **values)) for n in range(number)]


def kept(store: Store, number: int, *, refused: int = 0, run: int = 1, hours: float = 0, **more: bool) -> None:
    profile = Profile.of(looks(number), refused=refused)
    with store.write() as connection:
        keep_profile(connection, NAME, profile, run=run, now=NOW + hours * HOUR, **more)


def test_a_look_says_what_there_is_and_tells_articles_apart() -> None:
    look = look_of(an_article(1, authors=["А. Автор"], images=[Image(url="https://a/b.jpg")], description=None))
    assert look.fields == {"headline", "date", "body", "author", "image"}
    assert (look.length, look.size, look.language, look.following) == (43, 6, "kk", False)
    assert look.date == "2024-05-14T13:00+00:00"
    assert look_of(an_article(1, relation=Relation.SAME_TEXT)).following
    assert len({shown.headline for shown in looks(3)}) == len({shown.text for shown in looks(3)}) == 3
    empty = look_of(an_article(1, body=[], date_published=None))
    assert (empty.text, empty.date, empty.size) == ("", None, 0)


def test_a_day_of_late_is_shared_by_chance_and_one_long_ago_is_not() -> None:
    day = {"date_precision": DatePrecision.DAY}
    assert look_of(an_article(1, **day)).date is None
    assert look_of(an_article(1, date_published=NOW - 5 * DAY, **day)).date == "2024-05-09"


def test_a_history_is_what_the_last_runs_have_in_common(store: Store) -> None:
    kept(store, 3, refused=1)
    kept(store, 2, run=2)
    kept(store, 0, refused=4, run=3)
    kept(store, 0, refused=5, run=4)
    with store.read() as connection:
        history = read_history(connection, NAME)
        assert (history.articles, history.counts[REFUSED], history.languages["kk"]) == (5, 1, 5)
        assert refused_since_articles(connection, NAME) == 9
        assert [let_through_since(connection, NAME, run) for run in (0, 1, 2)] == [5, 2, 0]
        assert read_history(connection, "another").articles == 0


def test_a_history_goes_back_two_hundred_articles_and_no_further_than_its_new_beginning(store: Store) -> None:
    for run in range(5):
        kept(store, 90, run=run)
    with store.read() as connection:
        assert read_history(connection, NAME).articles == 270
    kept(store, 4, run=6, restarts=True)
    kept(store, 3, run=7)
    with store.read() as connection:
        assert read_history(connection, NAME).articles == 7


def test_two_hundred_runs_are_kept(store: Store) -> None:
    for run in range(203):
        kept(store, 1, run=run)
    with store.read() as connection:
        assert let_through_since(connection, NAME, -1) == 200
        assert let_through_since(connection, NAME, 2) == 200


@given(st.integers(0, 9), st.integers(0, 9))
def test_profiles_add_up_and_come_back_from_json(newer: int, older: int) -> None:
    whole = Profile.of([*looks(older, relation=Relation.NEAR_TEXT), *looks(newer)], refused=2)
    added = Profile.of(looks(newer))
    added.add(Profile.of(looks(older, relation=Relation.NEAR_TEXT), refused=2))
    assert Profile.from_dict(added.to_dict()) == added == Profile.from_dict(whole.to_dict())
    assert added.counts[FOLLOWING] == older


def test_no_silence_is_seen_where_there_is_little_to_go_by_or_where_it_is_usual(store: Store) -> None:
    for n in range(10):
        kept(store, 1, hours=n)
    with store.read() as connection:
        assert silence_of(connection, NAME, NOW + 90 * DAY) is None
    kept(store, 1, hours=10)
    with store.read() as connection:
        assert silence_of(connection, NAME, NOW + 10 * HOUR + 2 * DAY) is None
        told = silence_of(connection, NAME, NOW + 11 * HOUR + 2 * DAY)
    assert told == Silence(since=NOW + 10 * HOUR, longest=HOUR)
    # A holiday of four days was seen: twelve are no alarm, and a run that refuses pages is no article.
    kept(store, 1, hours=10 + 96)
    kept(store, 0, refused=3, hours=10 + 97)
    with store.read() as connection:
        assert silence_of(connection, NAME, NOW + 106 * HOUR + 12 * DAY) is None
        assert silence_of(connection, NAME, NOW + 107 * HOUR + 12 * DAY) is not None


@pytest.mark.parametrize(("latest", "told"), [(9, False), (10, True)])
def test_a_field_that_is_missing_all_at_once_is_named(store: Store, latest: int, told: bool) -> None:
    with store.write() as connection:
        before, after = Profile.of(looks(30, authors=["А"])), Profile.of(looks(latest))
        keep_profile(connection, NAME, before, run=1, now=NOW)
        keep_profile(connection, NAME, after, run=2, now=NOW)
        found = fading_fields(connection)
    fading = Fading(newsroom=NAME, field="author", having=0, of=10, having_before=30, of_before=30)
    assert found == ([fading] if told else [])
