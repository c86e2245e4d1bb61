"""The newsroom's clock: the time of each snapshot and the date texts its pages print."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import format_datetime
from typing import Final

_CHANGE_OF_2024 = datetime(2024, 2, 29, 18, tzinfo=UTC)
_BEFORE_2024 = timezone(timedelta(hours=6))
_SINCE_2024 = timezone(timedelta(hours=5))

CLOCK: Final[Mapping[int, datetime]] = {
    1: datetime(2024, 5, 14, 18, tzinfo=_SINCE_2024),
    2: datetime(2024, 5, 15, 18, tzinfo=_SINCE_2024),
}
MONTHS: Final[Mapping[str, tuple[str, ...]]] = {
    "kk": (
        *("қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым"),
        *("шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан"),
    ),
    "ru": (
        *("января", "февраля", "марта", "апреля", "мая", "июня"),
        *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
    ),
}
_TODAY = {"kk": "Бүгін", "ru": "Сегодня"}
_YESTERDAY = {"kk": "Кеше", "ru": "Вчера"}


def almaty(moment: datetime) -> datetime:
    """The moment in the time of Almaty, without zoneinfo: system zone data older than 2024 would be an hour off."""
    return moment.astimezone(_SINCE_2024 if moment >= _CHANGE_OF_2024 else _BEFORE_2024)


def day_text(day: date, language: str) -> str:
    """`12 мамыр 2024`, `12 мая 2024`."""
    return f"{day.day} {MONTHS[language][day.month - 1]} {day.year}"


def minute_text(moment: datetime, language: str) -> str:
    """`12 мамыр 2024, 15:30`."""
    return f"{day_text(moment.date(), language)}, {moment:%H:%M}"


def listed_minute(moment: datetime, now: datetime, language: str) -> str:
    """`Бүгін, 14:05`, `Кеше, 18:20` or `12 мамыр 2024, 15:30`, as seen at `now`."""
    nearby = _nearby_day(moment, now, language)
    return f"{nearby}, {moment:%H:%M}" if nearby else minute_text(moment, language)


def day_heading(moment: datetime, now: datetime, language: str) -> str:
    """`Сегодня`, `Вчера`, `12 мая`; with the year only where it is not this year."""
    nearby = _nearby_day(moment, now, language)
    if nearby:
        return nearby
    text = day_text(moment.date(), language)
    return text.removesuffix(f" {moment.year}") if moment.year == now.year else text


def http_date(moment: datetime) -> str:
    """`Tue, 14 May 2024 13:00:00 GMT`."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def _nearby_day(moment: datetime, now: datetime, language: str) -> str | None:
    if moment.date() == now.date():
        return _TODAY[language]
    if moment.date() == now.date() - timedelta(days=1):
        return _YESTERDAY[language]
    return None
