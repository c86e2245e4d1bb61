from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from newscrawler.date_days import StatedDay, find_days
from newscrawler.date_tokens import tokenize
from newscrawler.date_words import fold_line, load_date_words

NOW = datetime(2024, 5, 15, 16, 40, tzinfo=ZoneInfo("Asia/Almaty"))


def days_of(text: str) -> list[StatedDay] | None:
    return find_days(tokenize(fold_line(text), load_date_words()), NOW)


def test_a_day_with_its_year_comes_before_one_without() -> None:
    found = days_of("12 мамыр, 12.05.2024")
    assert found == [
        StatedDay(day=date(2024, 5, 12), start=3, end=4),
        StatedDay(day=date(2024, 5, 12), start=0, end=2, inferred=True),
    ]


def test_every_day_of_a_line_is_found() -> None:
    found = days_of("12.05.2024 | 3 сәуір 2023 | Мамыр 1 | кеше")
    assert found is not None
    assert [day.day for day in found] == [date(2024, 5, 12), date(2023, 4, 3), date(2024, 5, 1), date(2024, 5, 14)]


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("5 минут бұрын", timedelta(minutes=5)),
        ("2 сағ. 5 мин. бұрын", timedelta(hours=2, minutes=5)),
        ("жарты сағат бұрын", timedelta(minutes=30)),
        ("час назад", timedelta(hours=1)),
        ("1 день 2 часа назад", timedelta(days=1, hours=2)),
    ],
)
def test_hours_and_minutes_ago_are_a_moment(text: str, before: timedelta) -> None:
    found = days_of(text)
    assert found is not None
    assert [day.moment for day in found] == [NOW - before]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2 күн бұрын", date(2024, 5, 13)),
        ("үш апта бұрын", date(2024, 4, 24)),
        ("1 год 2 месяца назад", date(2023, 3, 15)),
    ],
)
def test_days_and_longer_ago_are_a_day(text: str, day: date) -> None:
    assert days_of(text) == [StatedDay(day=day, start=0, end=days_of(text)[0].end, inferred=True, relative=True)]  # type: ignore[index]


@pytest.mark.parametrize(
    "text",
    [
        "12-14 мая",
        "12 және 13 мамыр",
        "Мамыр 12, 13",
        "№5 мамыр",
        "5 мамыр 7",
        "2024 12 мамыр 2023",
        "31.04.2024",
        "31 сәуір",
        "12 мая 1945",
        "12 мая 20124",
        "12 мая | 2023",
        "12.05, 15:30 | 2023",
        "100 жыл бұрын",
        "99999 дней назад",
        "1 ай 2 сағат бұрын",
        "2.05.24 релиз",
        "2023 жыл 12 мамыр 2024",
        "2023 жыл мамыр 12 2024",
        "3452020 ж. 4 тамыз",
        "Просмотров: 15 минуту назад",
        "7 нояб. 202118+",
        "10.05.2024 – 12.05.2024345",
    ],
)
def test_impossible_and_unclear_days_are_refused(text: str) -> None:
    assert days_of(text) is None


@pytest.mark.parametrize("text", ["12.05", "мамыр 2024", "2024", "2-3 сағат бұрын", "12.05 релиз 15:30"])
def test_parts_of_a_date_are_no_day(text: str) -> None:
    assert days_of(text) == []
