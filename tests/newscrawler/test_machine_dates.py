from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import format_datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawler.machine_dates import parse_iso, read_offset

ALMATY = ZoneInfo("Asia/Almaty")
MOMENTS = st.datetimes(
    datetime(1990, 1, 2),  # noqa: DTZ001
    datetime(2099, 12, 30),  # noqa: DTZ001
    timezones=st.builds(lambda quarters: timezone(timedelta(minutes=15 * quarters)), st.integers(-48, 56)),
).map(lambda moment: moment.replace(microsecond=0))


@settings(deadline=None)
@given(MOMENTS)
def test_what_python_writes_is_read_back_with_its_offset(moment: datetime) -> None:
    found = parse_iso(moment.isoformat(), ALMATY)
    assert found == moment
    assert isinstance(found, datetime)
    assert found.utcoffset() == moment.utcoffset()


@settings(deadline=None)
@given(MOMENTS)
def test_what_mail_programs_write_is_read_back_with_its_offset(moment: datetime) -> None:
    found = parse_iso(format_datetime(moment), ALMATY)
    assert found == moment
    assert isinstance(found, datetime)
    assert found.utcoffset() == moment.utcoffset()


@settings(deadline=None)
@given(st.integers(10**9, 2**31 - 1))
def test_unix_time_in_seconds_and_milliseconds(seconds: int) -> None:
    moment = datetime.fromtimestamp(seconds, ALMATY)
    assert parse_iso(str(seconds), ALMATY) == moment
    assert parse_iso(f"{seconds}999", ALMATY) == moment


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_read_or_is_none(text: str) -> None:
    found = parse_iso(text, ALMATY)
    assert found is None or isinstance(found, date)
    assert not isinstance(found, datetime) or found.tzinfo is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2018-09-12\\", "2018-09-12"),
        ("  2018-09-12\n", "2018-09-12"),
        ("2018-9-2", "2018-09-02"),
        ("20180912", "2018-09-12"),
        ("2018-09-12T15:06Z", "2018-09-12T15:06:00+00:00"),
        ("2018-09-12T15:06:00+0300", "2018-09-12T15:06:00+03:00"),
        ("2018-09-12T15:06:00+03", "2018-09-12T15:06:00+03:00"),
        ("2018-09-12T15:06:00\u22120300", "2018-09-12T15:06:00-03:00"),
        ("2018-09-12T15:06:00.999999+05:45", "2018-09-12T15:06:00+05:45"),
        ("2018-09-12Т15:06", "2018-09-12T15:06:00+06:00"),
        ("2018-09-12, 9:06", "2018-09-12T09:06:00+06:00"),
        ("2018-09-12 15:06:07 UTC", "2018-09-12T15:06:07+00:00"),
        ("2018-09-12T15:06:07-00:00", "2018-09-12T15:06:07+00:00"),
        ("2018-09-12T15:06:07+05:00[Asia/Almaty]", "2018-09-12T15:06:07+05:00"),
        ("20180912T150607Z", "2018-09-12T15:06:07+00:00"),
        ("2024-03-01T00:00", "2024-03-01T00:00:00+05:00"),
        ("2024-02-29T22:59:59", "2024-02-29T22:59:59+06:00"),
        ("Wed, 12 Sep 2018 15:06:07 GMT", "2018-09-12T15:06:07+00:00"),
        ("Wed, 12 Sep 2018 15:06:07 PDT", "2018-09-12T15:06:07-07:00"),
        ("Wed, 12 Sep 2018 15:06:07 +0600 (ALMT)", "2018-09-12T15:06:07+06:00"),
        ("Wed, 12 Sep 2018 15:06:07 GMT+0600", "2018-09-12T15:06:07+06:00"),
        ("Mon, 12 Sep 2018 15:06:07 +0600", "2018-09-12T15:06:07+06:00"),
        ("12 sep 18 15:06", "2018-09-12T15:06:00+06:00"),
        ("12 Sep 98 15:06 +0000", "1998-09-12T15:06:00+00:00"),
    ],
)
def test_forms_of_pages_and_feeds(text: str, expected: str) -> None:
    found = parse_iso(text, ALMATY)
    assert found is not None
    assert found.isoformat() == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2018",
        "2018-09",
        "2018-13-12",
        "2018-02-30T10:00:00Z",
        "2018-09-12T24:00:00Z",
        "2018-09-12T10:00:00+25:00",
        "2018-09-12T10:00:00+05:20",
        "2018-09-12T10:00:00 05:00",
        "2018-09-12T1000",
        "20180912 123",
        "2018-09-12T10:00:00Z and more",
        "0000-00-00 00:00:00",
        "0001-01-01T00:00:00",
        "1970-01-01T00:00:00Z",
        "20189912",
        "3000000000",
        "0123456789",
        "171551000",
        "17155100000",
        "Wed, 31 Sep 2018 15:06:07 GMT",
        "Wed, 12 Sep 2018 25:06:07 GMT",
        "Wed, 12 Sep 2018 15:06:07 QQQ",
        "Wed, 12 Foo 2018 15:06:07 GMT",
        "12 қыркүйек 2018",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_iso(text, ALMATY) is None


@pytest.mark.parametrize("text", ["", "5", "+", "+555", "+99", "-13:00", "+14:15", "+05:07", "Almaty"])
def test_offsets_that_no_place_has_are_none(text: str) -> None:
    assert read_offset(text) is None


def test_offsets() -> None:
    assert read_offset("Z") is UTC
    assert read_offset("+0000") is UTC
    assert read_offset("+6") == timezone(timedelta(hours=6))
    assert read_offset("-03:30") == timezone(-timedelta(hours=3, minutes=30))
