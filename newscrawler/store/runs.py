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
