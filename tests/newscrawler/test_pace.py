from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.article import DatePrecision
from newscrawler.config import Config, load_config
from newscrawler.errors import ConfigError
from newscrawler.newsroom import Newsroom
from newscrawler.pace import Pace, told_at
from tests.conftest import NOW, an_article

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PLAN = Pace.of(("3d", "1h", "6h", "1d"), "10m", "6h", 100)


def a_newsroom(**values: object) -> Newsroom:
    known = {"title": "A", "site": "https://a.kz/", "hosts": ["a.kz"], "languages": ["kk"]}
    return Newsroom.model_validate({"name": "a", **known, **values})


@pytest.mark.parametrize(
    ("age", "looked_at_again"),
    [
        (timedelta(0), HOUR),
        (59 * MINUTE, HOUR),
        (HOUR, 6 * HOUR),
        (5 * HOUR, 6 * HOUR),
        (6 * HOUR, DAY),
        (DAY - MINUTE, DAY),
        (DAY, 3 * DAY),
        (3 * DAY - MINUTE, 3 * DAY),
        (3 * DAY, None),
        (900 * DAY, None),
    ],
)
def test_an_article_is_looked_at_again_while_it_is_young(age: timedelta, looked_at_again: timedelta | None) -> None:
    due = PLAN.next_revisit(an_article(date_published=NOW - age), NOW)
    assert (due and due - (NOW - age)) == looked_at_again


def test_an_article_is_news_from_its_minute_or_day_on_or_from_first_sight() -> None:
    seen, minute, day = NOW - HOUR, DatePrecision.MINUTE, DatePrecision.DAY
    assert told_at(an_article(date_published=NOW - DAY, date_precision=minute, first_seen=seen)) == NOW - DAY
    assert told_at(an_article(date_published=NOW - DAY, date_precision=day, first_seen=seen)) == NOW - DAY / 2
    assert told_at(an_article(date_published=NOW - 2 * HOUR, date_precision=day, first_seen=seen)) == seen
    assert told_at(an_article(date_published=None, first_seen=seen)) == seen
    assert told_at(an_article(date_published=None)) == NOW


def test_without_ages_no_article_is_looked_at_again() -> None:
    assert Pace.of((), None, "6h", 1).next_revisit(an_article(), NOW) is None


@given(st.timedeltas(timedelta(0), timedelta(days=4000)))
def test_a_quiet_source_is_asked_less_often_within_the_bounds(quiet: timedelta) -> None:
    assert 10 * MINUTE <= PLAN.interval(quiet) <= PLAN.interval(2 * quiet) <= 6 * HOUR
    if 100 * MINUTE <= quiet <= 60 * HOUR:
        assert PLAN.interval(quiet) == quiet / 10


def test_without_a_lower_bound_what_brings_news_is_asked_by_every_run() -> None:
    assert Pace.of((), None, "6h", 1).interval(timedelta(0)) == timedelta(0)


def test_the_lower_bound_holds_where_bounds_contradict_each_other() -> None:
    assert Pace.of((), "2h", "1h", 1).interval(DAY) == 2 * HOUR


def test_a_newsroom_file_goes_before_the_configuration() -> None:
    config = Config(revisit=("2h",), max_interval="1h", max_requests=9)
    assert config.pace(a_newsroom()) == Pace.of(("2h",), None, "1h", 9)
    own = a_newsroom(revisit=[], min_interval="5m", max_requests=3)
    assert config.pace(own) == Pace.of((), "5m", "1h", 3)


def test_what_is_no_duration_is_said_with_an_example() -> None:
    with pytest.raises(ConfigError, match="NEWSCRAWLER_REVISIT: 1: 'soon' is no duration such as"):
        load_config(environment={"NEWSCRAWLER_REVISIT": "1h,soon"})
    assert load_config(environment={"NEWSCRAWLER_REVISIT": ""}).revisit == ()
