"""Tests of `feeds.rss_texts`: titles and dates as strict readers want them."""

from __future__ import annotations

import locale
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from feeds.rss_texts import rfc822_date, write_plain


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Баға 5 < 6 & 7 > 3", "Баға 5 &#x3C; 6 &#x26; 7 &gt; 3"),
        ("&amp;", "&#x26;amp;"),
        ("<&<", "&#x3C;&#x26;&#x3C;"),
        ("Тыныш", "Тыныш"),
    ],
)
def test_titles_have_numeric_references(title: str, written: str) -> None:
    element = etree.Element("title")
    element.text = "what was there"
    write_plain(element, title)
    assert etree.tostring(element, encoding="unicode") == f"<title>{written}</title>"


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]), max_size=40))
def test_readers_get_the_title_back(title: str) -> None:
    element = etree.Element("title")
    write_plain(element, title)
    written = etree.tostring(element, encoding="utf-8")
    assert b"&amp;" not in written
    assert b"&lt;" not in written
    assert (etree.fromstring(written).text or "") == title


@given(st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2100, 1, 1)), st.integers(-12, 14))  # noqa: DTZ001
def test_dates_are_read_back(moment: datetime, hours: int) -> None:
    aware = moment.replace(microsecond=0, tzinfo=timezone(timedelta(hours=hours)))
    assert parsedate_to_datetime(rfc822_date(aware)) == aware


def test_dates_are_english_and_leave_the_locale_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(locale, "setlocale")
    assert rfc822_date(datetime(2024, 5, 14, 18, 0, tzinfo=timezone(timedelta(hours=5)))) == (
        "Tue, 14 May 2024 18:00:00 +0500"
    )
    assert rfc822_date(datetime(2024, 1, 1, tzinfo=UTC)) == "Mon, 01 Jan 2024 00:00:00 +0000"
