"""Day chart: a number a day as bars."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from feeds.site.templating import render

DAYS = 30
_BAR, _GAP = 8, 2


@dataclass(slots=True, kw_only=True, frozen=True)
class Bar:
    """A day, in the chart's own units; `said` tells it in words."""

    x: int
    y: int
    width: int
    height: int
    said: str


def day_chart(numbers: Mapping[date, int], last: date, *, height: int, said: str) -> Markup:
    """The DAYS days up to `last` as an inline SVG, `said` for those who do not see it. The greatest number fills the
    height; no other that is above 0 is too small to be seen."""
    days = [last - timedelta(days=back) for back in reversed(range(DAYS))]
    most = max((numbers.get(day, 0) for day in days), default=0)
    bars = []
    for place, day in enumerate(days):
        number = numbers.get(day, 0)
        tall = max(2, round(number / most * height)) if number else 0
        said_of_day = f"{day.isoformat()}: {number}"
        bars.append(Bar(x=place * (_BAR + _GAP), y=height - tall, width=_BAR, height=tall, said=said_of_day))
    width = DAYS * (_BAR + _GAP) - _GAP
    return Markup(render("chart.svg", width=width, height=height, bars=bars, said=said).strip())  # noqa: S704 (ours)
