from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from newscrawler.date_line import read_date_line
from newscrawler.date_tokens import tokenize
from newscrawler.date_words import fold_line, load_date_words

ALMATY = ZoneInfo("Asia/Almaty")
NOW = datetime(2024, 5, 15, 16, 40, tzinfo=ALMATY)


def read(text: str) -> datetime | date | None:
    return read_date_line(tokenize(fold_line(text), load_date_words()), NOW, ALMATY)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Жаңартылды: 14.05.2024. Жарияланды: 12.05.2024", 12),
        ("12.05.2024 (обновлено 14.05.2024)", 12),
        ("12.05.2024 обновлено: 14.05.2024", 12),
        ("12.05.2024 опубликовано, обновлено 14.05.2024", 12),
        ("14 мамыр 2024 жаңартылды, 12 мамыр 2024 жарияланды", 12),
        ("12 мая 2024 (обновлено 14 мая 2024) | Опубликовано:", 12),
        ("12.05.2024 опубликовано | 14.05.2024 обновлено", 12),
        ("Приказ № 4 от 03.05.2024. Опубликовано: 12.05.2024", 12),
        ("Опубликовано: 12.05.2024. Срок: 03.05.2024", 12),
        ("Жаңартылды: 14.05.2024", 14),
        ("Updated: May 14, 2024. Published: May 12, 2024", 12),
    ],
)
def test_the_label_decides_between_two_dates(text: str, day: int) -> None:
    assert read(text) == date(2024, 5, day)


@pytest.mark.parametrize(
    "text",
    [
        "12.05.2024, 14.05.2024",
        "Обновлено 14.05.2024 | 12.05.2024 опубликовано",
        "Опубликовано 12.05.2024 14.05.2024 обновлено",
        "Опубликовано: 12.05.2024, 14.05.2024",
        "Опубликовано: 31.04.2024, обновлено: 14.05.2024",
        "Опубликовано в 15:30, обновлено 14.05.2024",
        "Опубликовано",
    ],
)
def test_a_labelled_date_that_is_not_clear_is_not_replaced_by_another(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Туған күні: 12.05.1994",
        "Указ Президента от 12.05.2024",
        "12 мамыр 2024 дейін",
        "Срок: 20 мая 2024",
        "род. 1 мая 1999",
        "12 мамыр 2000 күні туған",
    ],
)
def test_the_date_of_something_else_is_none(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Қоғам • 12 мамыр", date(2024, 5, 12)),
        ("Астана. 12 мая. СЛУЖБА НОВОСТЕЙ", date(2024, 5, 12)),
        ("Политика | Сегодня", date(2024, 5, 15)),
        ("12 мамыр күні, 1204 қаралым", date(2024, 5, 12)),
        ("5 пікір 12 мамыр", date(2024, 5, 12)),
        ("12 мамыр | 12 мамыр 2024 жыл", date(2024, 5, 12)),
        ("12 мамыр | 2023", None),
        ("Суд, 12 мая 2024 года, Алматы, репортаж", date(2024, 5, 12)),
        ("12 мамыр көшесі", None),
        ("парад 9 мая", None),
        ("Сегодня: прогноз погоды", None),
        ("40 лет назад город стал столицей", None),
        ("12 мая, в городе прошла выставка цветов", None),
        ("12 мая 2024 года в городе впервые за много лет прошла самая большая выставка цветов", None),
    ],
)
def test_a_date_line_is_told_from_prose(text: str, expected: date | None) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Жұма, 10 мамыр", date(2024, 5, 10)),
        ("Сенбі, 10 мамыр", None),
        ("Вторник, вчера", date(2024, 5, 14)),
        ("Среда, вчера", None),
        ("Сенбі, 10 мамыр 2024", date(2024, 5, 10)),
    ],
)
def test_a_weekday_refutes_a_day_whose_year_is_inferred(text: str, expected: date | None) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("16:45", datetime(2024, 5, 15, 16, 45, tzinfo=ALMATY)),
        ("Жарияланды: 09:05 | 120 қаралым", datetime(2024, 5, 15, 9, 5, tzinfo=ALMATY)),
        ("Ср 00:00", datetime(2024, 5, 15, tzinfo=ALMATY)),
        ("13:00 мск", datetime(2024, 5, 15, 13, tzinfo=ZoneInfo("Europe/Moscow"))),
        ("16:46", None),
        ("Вт 09:05", None),
        ("25:00", None),
        ("09:05 12", None),
        ("2:11204 қаралым", None),
        ("09:05 спорт", None),
        ("09:05 GMT+16", None),
    ],
)
def test_a_time_alone_is_todays_when_it_has_come(text: str, expected: datetime | None) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("только что | Политика", NOW),
        ("5 минут назад, 15 мая", datetime(2024, 5, 15, 16, 35, tzinfo=ALMATY)),
        ("5 минут назад, 14 мая", None),
        ("5 минут назад, 10 минут назад", None),
        ("5 минут назад 14:05", None),
    ],
)
def test_moments_agree_with_what_stands_beside_them(text: str, expected: datetime | None) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Society • 12 травня 2024, 15:30", datetime(2024, 5, 12, 15, 30, tzinfo=ALMATY)),
        ("15:30, 12 yanvar 2024", datetime(2024, 1, 12, 15, 30, tzinfo=ALMATY)),
        ("12 травня 2024 | 7 comments", date(2024, 5, 12)),
        ("12 травня 2024 15:30 (мск)", datetime(2024, 5, 12, 15, 30, tzinfo=ZoneInfo("Europe/Moscow"))),
        ("12 травня", None),
        ("Issue 5 | 12 травня 2024", None),
        ("15:30 Society | 12 травня 2024", None),
    ],
)
def test_the_fallback_reads_one_clear_part(text: str, expected: datetime | date | None) -> None:
    assert read(text) == expected
