"""Pace: how often a newsroom's sources are asked, when its articles are looked at again, and how much a run may ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import AfterValidator

from newscrawler.article import Article, DatePrecision
from newscrawler.durations import parse_duration

# A source that has been quiet for a day is asked every two and a half hours: what it then brings comes at most a tenth
# later than its readers had to wait for it anyway.
_SHARE_OF_QUIET = 10
# A day without a time is dated at its noon.
_HALF_A_DAY = timedelta(hours=12)


def _checked(text: str) -> str:
    parse_duration(text)
    return text


Duration = Annotated[str, AfterValidator(_checked)]
"""A span of time as TOML has it, see `parse_duration`."""


def told_at(article: Article) -> datetime:
    """When the article was news: when it was published, as exactly as that is known, and else first seen."""
    seen = article.first_seen or article.fetched_at
    if article.date_published is None:
        return seen
    if article.date_precision is DatePrecision.DAY:
        return min(article.date_published + _HALF_A_DAY, seen)
    return article.date_published


@dataclass(slots=True, kw_only=True, frozen=True)
class Pace:
    """The operator's decisions of `Config`, with those of a newsroom's file over them.

    `revisit` are the ages at which an article is looked at again, ascending; `max_requests` is the most requests of a
    run over the newsroom.
    """

    revisit: tuple[timedelta, ...] = ()
    min_interval: timedelta = timedelta(0)
    max_interval: timedelta = timedelta(0)
    max_requests: int = 5000

    @classmethod
    def of(
        cls, revisit: Sequence[Duration], min_interval: Duration | None, max_interval: Duration, max_requests: int
    ) -> Pace:
        """The pace that such texts, as files have them, state."""
        return cls(
            revisit=tuple(sorted({parse_duration(step) for step in revisit})),
            min_interval=parse_duration(min_interval) if min_interval is not None else timedelta(0),
            max_interval=parse_duration(max_interval),
            max_requests=max_requests,
        )

    def next_revisit(self, article: Article, now: datetime) -> datetime | None:
        """When the article, which is looked at now, is looked at again; None where it is too old for that."""
        told = told_at(article)
        return next((told + age for age in self.revisit if told + age > now), None)

    def interval(self, quiet: timedelta) -> timedelta:
        """How long a source is left alone that has brought nothing new for the time `quiet`: a tenth of it, within the
        bounds; where those contradict each other the lower one holds."""
        return max(self.min_interval, min(self.max_interval, quiet / _SHARE_OF_QUIET))
