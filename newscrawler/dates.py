"""The date of a page, as its newsroom writes it: Kazakh and Russian in any of their scripts, English, in digits."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from newscrawler.date_line import read_date_line
from newscrawler.date_tokens import tokenize
from newscrawler.date_words import DateWords, fold_line, load_date_words
from newscrawler.errors import ProjectError
from newscrawler.machine_dates import parse_iso

__all__ = ["ALMATY", "at_noon", "check_time_zones", "parse_date", "parse_iso"]

ALMATY = ZoneInfo("Asia/Almaty")
"""The time of most of Kazakhstan: +06:00 until 2024-02-29, +05:00 from 2024-03-01."""

_LONGEST_DATE_LINE = 300
"""Characters. A longer text is prose, and a date in it is one the news is about."""


def parse_date(
    text: str, now: datetime, zone: ZoneInfo = ALMATY, words: DateWords | None = None
) -> datetime | date | None:
    """The moment or the day of publication that a date line states, or None.

    `text` is plain text in any script and case, with white space of any kind; `now` (aware, else ValueError) is when
    the page was fetched; `words` are the shipped ones unless others are given (see `load_date_words`).

    Read are dates in words and digits (day before month, always), the forms that `parse_iso` reads, and days relative
    to `now`. The answer is an aware datetime where the text states a time: with the offset in the
    text, else in `zone`, the first of two where the clock was set back. It is a `date` where no time stands, and for
    "2 days ago". A day without a year is the latest such day not after `now` + 1 day. A time alone is today's, and
    None when that lies more than five minutes ahead. Of several dates the one labelled as published is taken, else one
    without a label, else that of the update. Weekdays, counters and a few unknown words around a date do no harm; a
    weekday that contradicts a date without its year makes it unclear.

    None is the answer for a text without a date, with an impossible one (31 April, 25:10, before 1990), with more than
    one (ranges, lists, two times), with a part of one (a month, a year) and with the date of something else (a birth,
    a law, a deadline).
    """
    if now.tzinfo is None:
        raise ValueError("now must carry an offset")
    text = text.strip()
    if len(text) > _LONGEST_DATE_LINE:
        text = " ".join(text.split())
        if len(text) > _LONGEST_DATE_LINE:
            return None
    stated = _parse_machine_date(text, now, zone)
    if stated is not None:
        return stated
    tokens = tokenize(fold_line(text), words or load_date_words())
    return read_date_line(tokens, now.astimezone(zone).replace(microsecond=0), zone)


def at_noon(day: date, zone: ZoneInfo) -> datetime:
    """12:00 on `day` in `zone`: the time under which an article is published whose newsroom states only the day."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=zone)


def check_time_zones() -> None:
    """Raises ProjectError, saying what to do, when the time zone data of this machine does not know the change of 2024.

    Asia/Almaty is +05:00 on 2024-05-12 since tz data 2024a; older data shifts every article since then by an hour.
    """
    try:
        offset = datetime(2024, 5, 12, tzinfo=ZoneInfo("Asia/Almaty")).utcoffset()
    except ZoneInfoNotFoundError as cause:
        raise ProjectError(
            "there is no time zone Asia/Almaty", cause=cause, remedy="Install the Python package tzdata"
        ) from cause
    if offset != timedelta(hours=5):
        raise ProjectError(
            "the time zone data is older than 2024a: Asia/Almaty is not +05:00 in May 2024",
            remedy="Update the system's tzdata, or set the environment variable PYTHONTZPATH to an empty string "
            "and install the Python package tzdata",
        )


def _parse_machine_date(text: str, now: datetime, zone: ZoneInfo) -> datetime | date | None:
    if text.isdecimal():
        # Of bare numbers only unix time is believed: eight digits may be anything, and a time that has not come yet is
        # a phone number or a counter.
        moment = parse_iso(text, zone)
        return moment if isinstance(moment, datetime) and moment <= now + timedelta(days=1) else None
    return parse_iso(text, zone) if text.isascii() or text[:4].isdecimal() else None
