"""Pruning: what the store may forget, so that no article is lost, doubled or shown anew (docs/operating.md)."""

from __future__ import annotations

import shutil
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from sqlite3 import Error as SQLiteError

from sqlalchemy import ColumnElement, Connection, delete, func, select

from newscrawler.errors import Locked, StoreError
from newscrawler.facets import is_archive
from newscrawler.store.batches import in_batches
from newscrawler.store.engine import Store
from newscrawler.store.facets import all_facets, newest_in_facets
from newscrawler.store.locks import StoreLock, lock_names
from newscrawler.store.reports import count_reports, forget_reports
from newscrawler.store.runs import count_old_runs, forget_old_runs
from newscrawler.store.tables import articles, entries, revisions
from newscrawler.store.text_hashes import count_older, forget_older


@dataclass(slots=True, kw_only=True, frozen=True)
class Pruned:
    """How many rows of each kind went, or would go: `text_hashes` of articles too old to be compared with new ones,
    `entries` made for feeds that show them no more, `revisions` that later ones replaced, `runs`, `reports`."""

    text_hashes: int
    entries: int
    revisions: int
    runs: int
    reports: int


def prune(
    store: Store, *, keep: timedelta, now: datetime, in_a_feed: int, success: str, dry_run: bool = False
) -> Pruned:
    """Forgets what is older than `keep` and needed by nothing; with `dry_run` only counts it.

    Never touched are articles, their last revision and their addresses: an address that was forgotten would be fetched
    and published again as soon as a list names it. `in_a_feed` is how many entries a feed holds, `success` the reason
    of a run's end whose last one stays of each newsroom. A few rows at a time, so that a crawl gets its turn.
    """
    before = now - keep
    with store.read() as connection:
        stale_entries = _stale_entries(connection, before, in_a_feed)
        superseded = _superseded(connection, before)
        old_hashes = count_older(connection, now)
        old_runs = count_old_runs(connection, before, success)
        old_reports = count_reports(connection, before)
    pruned = Pruned(
        text_hashes=old_hashes,
        entries=len(stale_entries),
        revisions=sum(superseded.values()),
        runs=old_runs,
        reports=old_reports,
    )
    if dry_run:
        return pruned
    for ids in in_batches(stale_entries):
        with store.write() as connection:
            connection.execute(delete(entries).where(entries.c.article_id.in_(ids)))
    for ids in in_batches(list(superseded)):
        with store.write() as connection:
            own = revisions.c.article_id.in_(ids)
            connection.execute(delete(revisions).where(own, _is_superseded(before)))
    with store.write() as connection:
        forget_older(connection, now)
        forget_old_runs(connection, before, success)
        forget_reports(connection, before)
    return pruned


def shrink(store: Store, now: datetime) -> int | None:
    """Makes an SQLite file as small as what it holds; by how many bytes, None where it could not be.

    That is so while a run is at work, which would be held up, where the disk has no room for the file a second time,
    and for PostgreSQL, whose server does it by itself.
    """
    if store.file is None:
        return None
    file = store.file.resolve()
    before = file.stat().st_size
    if free_space(file.parent) < before:
        return None
    with ExitStack() as held:
        try:
            for name in lock_names(file):
                held.enter_context(StoreLock(store, name, now))
        except Locked:
            return None
        with closing(store.engine.raw_connection()) as connection:
            try:
                connection.cursor().execute("VACUUM")
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            except SQLiteError as cause:
                raise StoreError(
                    f"the store {store.url} could not be made smaller", cause=cause, remedy="Try again later"
                ) from cause
    return before - file.stat().st_size


def free_space(folder: Path) -> int:
    """How many bytes this user can write in the folder."""
    return shutil.disk_usage(folder).free


def _stale_entries(connection: Connection, before: datetime, in_a_feed: int) -> list[str]:
    """Articles published before a moment whose entry stands in no feed but those of past months, which it is made for
    again should one of them change."""
    shown: set[str] = set()
    feeds = [path for path in all_facets(connection) if not is_archive(path)]
    for newest in newest_in_facets(connection, feeds, in_a_feed).values():
        shown.update(newest)
    query = (
        select(entries.c.article_id)
        .join(articles, articles.c.id == entries.c.article_id)
        .where(func.coalesce(articles.c.date_published, articles.c.first_seen) < before, entries.c.problem.is_(None))
        .order_by(entries.c.article_id)
    )
    return [article_id for article_id in connection.execute(query).scalars() if article_id not in shown]


def _superseded(connection: Connection, before: datetime) -> dict[str, int]:
    query = select(revisions.c.article_id, func.count().label("number")).where(_is_superseded(before))
    return {row.article_id: row.number for row in connection.execute(query.group_by(revisions.c.article_id))}


def _is_superseded(before: datetime) -> ColumnElement[bool]:
    current = select(articles.c.revision).where(articles.c.id == revisions.c.article_id).scalar_subquery()
    return (revisions.c.stored < before) & (revisions.c.revision < current)
