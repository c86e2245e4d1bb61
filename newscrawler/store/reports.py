"""Reports: what each call of `run` and `crawl` came to, kept for the person who looks later."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from newscrawler.store.tables import reports

KEPT_FOR = timedelta(days=30)
"""At a run every ten minutes this is 4,320 reports, of about half a kilobyte a newsroom."""


def keep_report(
    connection: Connection, command: str, started: datetime, status: int, document: Mapping[str, Any]
) -> None:
    """Keeps the report of a call of `command` (16 letters at most), and forgets those started KEPT_FOR before it."""
    forget_reports(connection, started - KEPT_FOR)
    values = {"command": command, "started": started, "status": status, "document": dict(document)}
    connection.execute(insert(reports).values(**values))


def last_reports(connection: Connection, number: int) -> list[dict[str, Any]]:
    """The documents of the last reports, the newest first."""
    query = select(reports.c.document).order_by(reports.c.id.desc()).limit(number)
    return [dict(document) for document in connection.execute(query).scalars()]


def count_reports(connection: Connection, before: datetime) -> int:
    """How many reports there are of calls started before a moment."""
    return connection.execute(select(func.count()).where(reports.c.started < before)).scalar_one()


def forget_reports(connection: Connection, before: datetime) -> int:
    """Forgets the reports of calls started before a moment; how many there were."""
    return connection.execute(delete(reports).where(reports.c.started < before)).rowcount
