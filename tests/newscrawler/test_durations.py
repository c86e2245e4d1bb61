"""Durations as people write them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.durations import parse_duration, shown_duration


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90s", 90), ("8m", 480), ("2h", 7200), ("14d", 1_209_600), ("1h30m", 5400), ("1h 30m", 5400), (" 8 M ", 480)],
)
def test_a_number_and_its_unit(text: str, seconds: int) -> None:
    assert parse_duration(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "text", ["", "8", "m", "0s", "-8m", "8x", "8m8m", "30m1h", "1.5h", "8 m x", "٨m", "9" * 30 + "d"]
)
def test_anything_else_is_refused_with_what_is_wanted(text: str) -> None:
    with pytest.raises(ValueError, match="such as 90s, 8m or 1h30m"):
        parse_duration(text)


@given(st.text(max_size=12))
def test_no_text_breaks_it(text: str) -> None:
    try:
        found = parse_duration(text)
    except ValueError:
        return
    assert found > timedelta(0)


@given(st.integers(1, 10_000_000))
def test_what_is_shown_is_read_back(seconds: int) -> None:
    assert parse_duration(shown_duration(timedelta(seconds=seconds))) == timedelta(seconds=seconds)


def test_parts_of_a_second_and_less_are_shown_too() -> None:
    shown = [shown_duration(timedelta(seconds=one)) for one in (-5, 0, 0.4, 0.6, 61, 86_400)]
    assert shown == ["0s", "0s", "0s", "1s", "1m1s", "1d"]
