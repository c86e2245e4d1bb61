"""Runs: one row a crawl of a newsroom, from its first request to its summary."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from newscrawler.store.tables import runs


@dataclass(slots=True, kw_only=True, frozen=True)
class Run:
    """A crawl of a newsroom; `finished` is None while it goes on and for ever when it was killed."""

    id: int
    newsroom: str
    mode: str
    started: datetime
    finished: datetime | None = None
    reason: str | None = None
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def ending(self) -> str:
        """Why it ended and how many sources and pages failed, in words."""
        if self.reason is None:
            return "not yet, or killed"
        failed = self.counts.get("sources_failed", 0) + self.counts.get("failed", 0)
        return f"{self.reason}, {failed} failed" if failed else self.reason


def begin_run(connection: Connection, newsroom: str, mode: str, now: datetime) -> int:
    """The number of a new run; `mode` is "live" or "saved"."""
    row = connection.execute(
        insert(runs).values(newsroom=newsroom, mode=mode, started=now, counts={}).returning(runs.c.id)
    )
    return int(row.scalar_one())


def finish_run(connection: Connection, run: int, now: datetime, reason: str, counts: dict[str, int]) -> None:
    """Closes the run with the reason it ended for and what it counted."""
    connection.execute(update(runs).where(runs.c.id == run).values(finished=now, reason=reason, counts=counts))


def last_runs(connection: Connection) -> dict[str, Run]:
    """The newest run of each newsroom that has been crawled."""
    newest = select(func.max(runs.c.id)).group_by(runs.c.newsroom)
    rows = connection.execute(select(runs).where(runs.c.id.in_(newest)).order_by(runs.c.newsroom))
    return {row.newsroom: Run(**row._mapping) for row in rows}


def last_successes(connection: Connection, reason: str) -> dict[str, datetime]:
    """When the last run of each newsroom finished that ended for `reason` and in which every source answered; newsrooms
    without one among their last 100 that ended so are not there."""
    found: dict[str, datetime] = {}
    for newsroom in connection.execute(select(runs.c.newsroom).distinct().order_by(runs.c.newsroom)).scalars():
        query = select(runs.c.finished, runs.c.counts).where(runs.c.newsroom == newsroom, runs.c.reason == reason)
        for row in connection.execute(query.order_by(runs.c.id.desc()).limit(100)):
            if not row.counts.get("sources_failed"):
                found[newsroom] = row.finished
                break
    return found
