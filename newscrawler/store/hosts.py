"""Hosts: the robots.txt of each, kept between runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from newscrawler.store.tables import hosts


@dataclass(slots=True, kw_only=True, frozen=True)
class RobotsRecord:
    """What asking for the robots.txt at the address `root` gave; `status` None when nothing came back, `fetched` None
    when the answer must not be used again."""

    root: str
    status: int | None
    text: str
    fetched: datetime | None


def read_robots(connection: Connection, root: str) -> RobotsRecord | None:
    """The record kept for `root`."""
    row = connection.execute(select(hosts).where(hosts.c.root == root)).first()
    if row is None:
        return None
    return RobotsRecord(root=root, status=row.robots_status, text=row.robots_text or "", fetched=row.robots_fetched)


def keep_robots(connection: Connection, record: RobotsRecord) -> None:
    """Keeps `record` in place of the one before."""
    values = {"robots_status": record.status, "robots_text": record.text, "robots_fetched": record.fetched}
    insert: Any = postgresql_insert if connection.dialect.name == "postgresql" else sqlite_insert
    row = insert(hosts).values(root=record.root, **values)
    connection.execute(row.on_conflict_do_update(index_elements=["root"], set_=values))
