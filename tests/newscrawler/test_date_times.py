from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from newscrawler.date_days import find_days
from newscrawler.date_times import find_time, read_time, stated_zone
from newscrawler.date_tokens import Time, Tokens, tokenize
from newscrawler.date_words import fold_line, load_date_words

NOW = datetime(2024, 5, 15, 16, 40, tzinfo=ZoneInfo("Asia/Almaty"))


def tokens_of(text: str) -> Tokens:
    return tokenize(fold_line(text), load_date_words())


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("12.05.2024", None),
        ("12.05.2024 15:30", (15, 30, 0)),
        ("15:30:59 | 12 мамыр", (15, 30, 59)),
        ("12 мая 2024 года в 15.30", (15, 30, 0)),
        ("9.05, 12 мая 2024", (9, 5, 0)),
        ("12 мая 2024 в 15 ч. 30 мин.", (15, 30, 0)),
        ("12 мая 2024 в 15 часов", (15, 0, 0)),
        ("12.05.2024 | Астана | 21:00", (21, 0, 0)),
        ("12.05.2024 15:30, 12 мая 15:30", (15, 30, 0)),
        ("12 мая 2024, 15 комментариев", None),
        ("12.05.2024, кешкі сағат 7:30", (19, 30, 0)),
        ("12.05.2024 12:05 AM", (0, 5, 0)),
        ("12.05.2024 12:05 PM", (12, 5, 0)),
        ("12.05.2024 15:30 PM", (15, 30, 0)),
        ("12.05.2024 0:30 AM", (0, 30, 0)),
    ],
)
def test_the_time_beside_a_day(text: str, time: Time | None) -> None:
    tokens = tokens_of(text)
    days = find_days(tokens, NOW)
    assert days
    found = find_time(tokens, days)
    assert found is not None
    assert found.time == time


@pytest.mark.parametrize(
    "text",
    [
        "12.05.2024 25:10",
        "12.05.2024 24:00",
        "12.05.2024 15:61",
        "12.05.2024, 25.10",
        "12.05.2024 10:00 / 12:45",
        "12.05.2024 10:00-12:00",
        "12.05.2024 матч 21:00",
        "12.05.2024 11:30 ночи",
        "12.05.2024 3:05 дня",
        "12.05.2024 15:30 EST",
        "12.05.2024 0:30 PM",
        "12.05.2024 15:30 AM",
        "12.05.2024 25:30 PM",
    ],
)
def test_a_time_that_is_impossible_or_not_clearly_of_the_day_is_refused(text: str) -> None:
    tokens = tokens_of(text)
    days = find_days(tokens, NOW)
    assert days
    assert find_time(tokens, days) is None


def test_both_halves_of_the_day_are_unclear() -> None:
    tokens = tokens_of("таңғы 7:30 pm")
    assert read_time(tokens, tokens.shape.index("T")) is None


def test_the_stated_zone_wins() -> None:
    almaty = ZoneInfo("Asia/Almaty")
    assert stated_zone(tokens_of("15:30"), almaty) is almaty
    assert stated_zone(tokens_of("15:30 GMT +6"), almaty) == timezone(timedelta(hours=6))
    assert stated_zone(tokens_of("15:30 UTC"), almaty) is UTC
    assert str(stated_zone(tokens_of("15:30 мск"), almaty)) == "Europe/Moscow"
    assert stated_zone(tokens_of("15:30 GMT+6 (мск)"), almaty) is None
    assert stated_zone(tokens_of("15:30 GMT+16"), almaty) is None
