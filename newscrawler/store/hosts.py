"""Hosts: what is kept of each between runs: its robots.txt, and how long it is to be left alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from newscrawler.store.tables import hosts
from newscrawler.store.upserts import upsert


@dataclass(slots=True, kw_only=True, frozen=True)
class RobotsRecord:
    """What asking for the robots.txt at the address `root` gave; `status` None when nothing came back, `fetched` None
    when the answer must not be used again."""

    root: str
    status: int | None
    text: str
    fetched: datetime | None


@dataclass(slots=True, kw_only=True, frozen=True)
class HostRest:
    """The host with its robots.txt at `root` refused `faults` requests, with no answer in between that says otherwise,
    the last one with `reason`; `refuses_pages` where one of them was for an article's page and not for a list. Nothing
    is to be asked of it before `until`, where that is given."""

    root: str
    faults: int = 0
    refuses_pages: bool = False
    until: datetime | None = None
    reason: str | None = None


def read_robots(connection: Connection, root: str) -> RobotsRecord | None:
    """The record kept for `root`; None as well for a host of which robots.txt was never asked."""
    row = connection.execute(select(hosts).where(hosts.c.root == root)).first()
    if row is None or (row.robots_status is None and row.robots_text is None):
        return None
    return RobotsRecord(root=root, status=row.robots_status, text=row.robots_text or "", fetched=row.robots_fetched)


def keep_robots(connection: Connection, record: RobotsRecord) -> None:
    """Keeps `record` in place of the one before."""
    values = {"robots_status": record.status, "robots_text": record.text, "robots_fetched": record.fetched}
    _keep(connection, record.root, values)


def read_rest(connection: Connection, root: str) -> HostRest:
    """What is kept for `root`; no faults where nothing is."""
    row = connection.execute(select(hosts).where(hosts.c.root == root)).first()
    return HostRest(root=root) if row is None else _rest(row)


def keep_rest(connection: Connection, rest: HostRest) -> None:
    """Keeps `rest` in place of the one before."""
    values = {
        "faults": rest.faults,
        "refuses_pages": rest.refuses_pages,
        "rests_until": rest.until,
        "rests_for": rest.reason,
    }
    _keep(connection, rest.root, values)


def resting_hosts(connection: Connection, now: datetime) -> list[HostRest]:
    """The hosts of which nothing is to be asked at the moment `now`, by address."""
    query = select(hosts).where(hosts.c.rests_until > now).order_by(hosts.c.root)
    return [_rest(row) for row in connection.execute(query)]


def _rest(row: Row[Any]) -> HostRest:
    return HostRest(
        root=row.root,
        faults=row.faults,
        refuses_pages=row.refuses_pages,
        until=row.rests_until,
        reason=row.rests_for,
    )


def _keep(connection: Connection, root: str, values: dict[str, Any]) -> None:
    row = upsert(connection, hosts).values(root=root, **values)
    connection.execute(row.on_conflict_do_update(index_elements=["root"], set_=values))
