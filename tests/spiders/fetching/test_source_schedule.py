from datetime import datetime, timedelta

import pytest

from newscrawler.newsroom import Newsroom
from newscrawler.pace import Pace
from newscrawler.store.sources import SourceState
from spiders.fetching.source_schedule import digest_of, may_ask, next_check
from tests.conftest import NOW

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PACE = Pace.of((), None, "6h", 100)


def state(**values: object) -> SourceState:
    return SourceState(newsroom="a", url="https://a.kz/rss", **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("due_at", "asked"),
    [
        (None, True),
        (NOW, True),
        (NOW + MINUTE, False),
        (NOW + 6 * HOUR, False),
        (NOW + 7 * HOUR, True),
        (NOW - DAY, True),
    ],
)
def test_a_source_is_asked_when_its_time_has_come(due_at: datetime | None, asked: bool) -> None:
    assert may_ask(state(next_check=due_at), PACE, NOW) is asked
    assert may_ask(state(next_check=due_at, due=True), PACE, NOW)


@pytest.mark.parametrize(
    ("brought", "news", "wait"),
    [
        (None, False, timedelta(0)),
        (NOW - DAY, True, timedelta(0)),
        (NOW - DAY, False, DAY / 10),
        (NOW - 900 * DAY, False, 6 * HOUR),
        (NOW + DAY, False, timedelta(0)),
    ],
)
def test_the_longer_it_is_quiet_the_later_it_is_asked(brought: datetime | None, news: bool, wait: timedelta) -> None:
    values = next_check(state(brought_news=brought), PACE, NOW, news=news)
    assert values["next_check"] == NOW + wait
    assert values["completed"] == NOW
    assert values["brought_news"] == (NOW if news or brought is None or brought > NOW else brought)


def test_other_sources_or_address_patterns_are_another_definition(newsroom: Newsroom) -> None:
    other = newsroom.model_copy(update={"hosts": ("newsroom.test",)})
    slower = newsroom.model_copy(update={"delay": 9.0})
    assert digest_of(newsroom) == digest_of(slower) != digest_of(other)
