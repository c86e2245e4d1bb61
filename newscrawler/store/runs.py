"""Runs: one row a crawl of a newsroom, from its first request to its summary."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, select, update

from newscrawler.crawl_outcome import outcome_words
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
        """Why it ended, how many sources and pages failed, and what else a person should know, in words."""
        if self.reason is None:
            return "not yet, or killed"
        failed = self.counts.get("sources_failed", 0) + self.counts.get("failed", 0)
        told = [self.reason, *([f"{failed} failed"] if failed else []), *outcome_words(self.counts, self.reason)]
        return ", ".join(told)


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
    return {newsroom: row.finished for newsroom, row in _last_successes(connection, reason).items()}


def count_old_runs(connection: Connection, before: datetime, success: str) -> int:
    """How many runs `forget_old_runs` would forget."""
    query = select(func.count()).select_from(runs).where(*_old(connection, before, success))
    return connection.execute(query).scalar_one()


def forget_old_runs(connection: Connection, before: datetime, success: str) -> int:
    """Forgets the runs started before a moment; how many there were.

    Of each newsroom the last run stays, and the last that ended for the reason `success` with every source answered.
    So the greatest number stays too: SQLite would give it again, and addresses say by it which run they are of.
    """
    return connection.execute(delete(runs).where(*_old(connection, before, success))).rowcount


def _old(connection: Connection, before: datetime, success: str) -> tuple[ColumnElement[bool], ...]:
    kept = [run.id for run in last_runs(connection).values()]
    kept += [row.id for row in _last_successes(connection, success).values()]
    return runs.c.started < before, runs.c.id.not_in(kept)


def _last_successes(connection: Connection, reason: str) -> dict[str, Row[Any]]:
    found: dict[str, Row[Any]] = {}
    for newsroom in connection.execute(select(runs.c.newsroom).distinct().order_by(runs.c.newsroom)).scalars():
        query = select(runs).where(runs.c.newsroom == newsroom, runs.c.reason == reason)
        for row in connection.execute(query.order_by(runs.c.id.desc()).limit(100)):
            if not row.counts.get("sources_failed"):
                found[newsroom] = row
                break
    return found
