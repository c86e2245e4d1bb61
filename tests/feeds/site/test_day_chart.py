"""Tests of `feeds.site.day_chart`: bars that tell the truth."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from feeds.site.day_chart import DAYS, day_chart

LAST = date(2024, 5, 14)


def bars(numbers: dict[date, int]) -> list[html.HtmlElement]:
    chart = html.fragment_fromstring(str(day_chart(numbers, LAST, height=80, said="said")))
    assert (chart.get("role"), chart.get("aria-label")) == ("img", "said")
    return list(chart.iter("rect"))


def test_the_newest_day_stands_at_the_right_and_the_most_fills_the_height() -> None:
    found = bars({LAST: 10, LAST - timedelta(days=1): 5, LAST - timedelta(days=DAYS): 99})
    assert len(found) == DAYS
    assert [one.get("height") for one in found[-3:]] == ["0", "40", "80"]
    assert [one.findtext("title") for one in found[-2:]] == ["2024-05-13: 5", "2024-05-14: 10"]
    assert found[0].get("x") == "0"


@given(st.dictionaries(st.integers(0, DAYS - 1), st.integers(0, 10**6)))
def test_bars_stay_in_the_chart_and_what_is_there_is_seen(numbers: dict[int, int]) -> None:
    found = bars({LAST - timedelta(days=back): number for back, number in numbers.items()})
    for back, bar in enumerate(reversed(found)):
        height = int(bar.get("height", ""))
        assert int(bar.get("y", "")) + height == 80
        assert (height > 0) == (numbers.get(back, 0) > 0)
        assert height <= 80
