"""Tests of `feeds.site.levels`: few and many are told apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.site.levels import Levels


@pytest.mark.parametrize(
    ("numbers", "ranges"),
    [
        ([], []),
        ([0, 0], []),
        ([1], [(2, 1, 1)]),
        ([1, 2], [(1, 1, 1), (3, 2, 2)]),
        ([0, 160], [(1, 1, 10), (2, 11, 40), (3, 41, 90), (4, 91, 160)]),
    ],
)
def test_what_the_levels_hold(numbers: list[int], ranges: list[tuple[int, int, int]]) -> None:
    assert Levels(numbers).ranges() == ranges


@given(st.lists(st.integers(min_value=0, max_value=10**6)))
def test_levels_rise_with_numbers(numbers: list[int]) -> None:
    levels = Levels(numbers)
    found = [levels.of(number) for number in sorted(numbers)]
    assert found == sorted(found)
    assert all((level == 0) == (number == 0) for level, number in zip(found, sorted(numbers), strict=True))
    for level, least, most in levels.ranges():
        assert levels.of(least) == levels.of(most) == level
    assert levels.of(10**7) == max(found, default=0)
