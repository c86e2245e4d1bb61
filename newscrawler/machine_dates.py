"""Dates that a program wrote: ISO 8601 and RFC 3339, RFC 822 and 2822 as in feeds, unix time."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from newscrawler.calendar_days import calendar_day, clock_time

_ISO = re.compile(
    r"""(?P<year>\d{4})(?:-(?P<month>\d{1,2})-(?P<day>\d{1,2})|(?P<compact>\d{4}))
    (?:(?:[Tt\u0422\u0442]|,?\s+)
       (?P<hour>\d{1,2})(?P<colon>:?)(?P<minute>\d{2})(?:(?P=colon)(?P<second>\d{2})(?:[.,]\d+)?)?
       \s*(?P<offset>[Zz]|UTC|GMT|[+\u2212-]\d{1,2}(?::?\d{2})?)?(?:\[[\w/+-]+\])?)?
    \\?""",
    re.VERBOSE | re.ASCII,
)
_RFC_822 = re.compile(
    r"""(?:[a-z]{3,9},?\s*)?(?P<day>\d{1,2})\s+(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\s+
    (?P<year>\d{4}|\d{2})\s+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?
    (?:\s*(?:gmt|utc)?(?P<offset>[+-]\d{2}:?\d{2})|\s+(?P<zone>[a-z]{1,5}))?(?:\s*\([^()]*\))?""",
    re.VERBOSE | re.ASCII | re.IGNORECASE,
)
_RFC_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
# RFC 822 section 5.1; the letters of the armed forces are left out, RFC 2822 section 4.3 found them used both ways.
_RFC_ZONES = {"ut": "Z", "utc": "Z", "gmt": "Z", "z": "Z", "est": "-05", "edt": "-04", "cst": "-06", "cdt": "-05"}
_RFC_ZONES |= {"mst": "-07", "mdt": "-06", "pst": "-08", "pdt": "-07"}
_UNIX = re.compile(r"\d{10}(?:\d{3})?", re.ASCII)
# The moments that 32 signed bits can tell: a longer phone number or counter is no time.
_LAST_UNIX_SECOND = 2**31 - 1


def parse_iso(text: str, zone: ZoneInfo) -> datetime | date | None:
    """The moment or day that a machine-readable field states, or None.

    Reads ISO 8601 dates and date-times (basic and extended, with what content management systems make of them: a space
    or a comma for the T, no seconds, parts of one digit, `+0300`, a backslash left at the end), unix time in 10 digits
    (seconds) or 13 (milliseconds), and the RFC 822 and RFC 2822 dates of feeds, whose weekday is not checked and whose
    years of two digits are read as RFC 2822 section 4.3 says.

    An offset in the text is kept; a time without one is `zone`'s; unix time is told in `zone`; `-00:00` is UTC (RFC
    3339 section 4.3). Fractions of a second are dropped. A day without a time is a `date`. Impossible values, unknown
    zone names and years before 1990 are None.
    """
    text = text.strip()
    found = _ISO.fullmatch(text)
    if found is None:
        return _parse_unix(text, zone) if text.isdecimal() else _parse_rfc822(text, zone)
    year, month, day, compact, hour, colon, minute, second, offset = found.groups()
    if compact is not None:
        month, day = compact[:2], compact[2:]
    stated = calendar_day(int(year), int(month), int(day))
    if hour is None:
        return stated
    if not colon and (compact is None or len(hour) < 2):
        return None
    return clock_time(stated, (int(hour), int(minute), int(second or 0)), read_offset(offset) if offset else zone)


def _parse_rfc822(text: str, zone: ZoneInfo) -> datetime | None:
    found = _RFC_822.fullmatch(text)
    if found is None:
        return None
    day, month, year, hour, minute, second, offset, name = found.groups()
    full_year = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 50 else 1900)
    clock: tzinfo | None = zone
    if name is not None:
        offset = _RFC_ZONES.get(name.lower(), "")
    if offset is not None:
        clock = read_offset(offset)
    stated = calendar_day(full_year, _RFC_MONTHS.index(month.lower()) + 1, int(day))
    return clock_time(stated, (int(hour), int(minute), int(second or 0)), clock)


def read_offset(text: str) -> tzinfo | None:
    """The fixed offset that `Z`, `UTC`, `GMT`, `+05:00`, `+0500` or `+5` states.

    None for anything else, and for an offset that no place on earth has.
    """
    if text in ("Z", "z", "UTC", "GMT"):
        return UTC
    sign, digits = text[:1], text[1:].replace(":", "")
    if sign not in ("+", "-", "\u2212") or not digits.isdecimal() or len(digits) == 3:
        return None
    hours, minutes = int(digits[:2]), int(digits[2:] or 0)
    # From UTC-12 to UTC+14, in quarters of an hour: what the time zone database holds for our years.
    if hours * 60 + minutes > (14 if sign == "+" else 12) * 60 or minutes not in (0, 15, 30, 45):
        return None
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(offset if sign == "+" else -offset) if offset else UTC


def _parse_unix(text: str, zone: ZoneInfo) -> datetime | None:
    if _UNIX.fullmatch(text) is None:
        return None
    seconds = int(text[:10])
    # Ten digits begin in 2001; an earlier moment would start with a zero, as codes do.
    return datetime.fromtimestamp(seconds, zone) if 10**9 <= seconds <= _LAST_UNIX_SECOND else None
