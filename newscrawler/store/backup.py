"""Backup: a store copied while it is written, and put back when no run is at work."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from shlex import quote as shell_quote
from urllib.parse import quote

from sqlalchemy import URL, create_engine, delete, text, update

from newscrawler.errors import StoreError, StoreTooNew, UsageError
from newscrawler.new_file import NewFile
from newscrawler.store.engine import DAMAGED_REMEDY, KNOWN_VERSIONS, Store, open_store, store_address
from newscrawler.store.locks import StoreLock, lock_names
from newscrawler.store.soundness import damage_of_file, driver_of, schema_version_of
from newscrawler.store.tables import SCHEMA_VERSION, facets, publications

PUBLISH_LOCK = "publish"

_PAGES_AT_ONCE = 1000
_BESIDE = ("-wal", "-shm", "-journal")


def back_up(
    store: Store,
    target: Path,
    *,
    tell: Callable[[int], None] = lambda _pages: None,
    pages_at_once: int = _PAGES_AT_ONCE,
) -> int:
    """Writes the store, as it is at this moment, to the file `target`; its size in bytes.

    Crawls and publications go on meanwhile. What stood at `target` is replaced when the copy is whole, on the disk and
    found sound. `tell` hears how many more of its pages are copied. Raises UsageError for a place that
    cannot hold a backup and for an engine with a tool of its own, StoreError for a store that is damaged.
    """
    file = _file_of(store.engine.url, f"pg_dump --format=custom --file={shell_quote(str(target))}")
    place = target.resolve()
    if place in {Path(f"{file}{suffix}") for suffix in ("", *_BESIDE)}:
        raise UsageError(f"{target} is the store itself", remedy="Name another file")
    with _new_file(target) as new, closing(sqlite3.connect(new.path)) as copy:
        with store.read() as connection:
            # The first read fixes the moment; later writes of others are not seen, and the copy need not begin anew.
            connection.execute(text("SELECT count(*) FROM alembic_version"))
            _copy(driver_of(connection), copy, target, pages_at_once, tell)
        _check(copy, store.url)
    return target.stat().st_size


def pages_of(store: Store) -> int:
    """Of how many pages an SQLite store is; 0 for another engine."""
    with store.read() as connection:
        if connection.dialect.name != "sqlite":
            return 0
        return int(driver_of(connection).execute("PRAGMA page_count").fetchone()[0])


def restore(url: str, backup: Path, *, newsrooms: Iterable[str], now: datetime) -> Path | None:
    """Puts the file `backup` in the place of the SQLite store at `url`; the path under which the one that was there is
    kept beside it, None where there was none.

    Every feed is due then. Raises Locked while a crawl (of `newsrooms`, or any that left a lock's file) or publication
    is at work, StoreError where another process has the store open, UsageError for a file that is no backup,
    StoreError for one that is damaged, StoreTooNew for one of a newer version; then the store is as it was.
    """
    address = store_address(url)
    file = _file_of(address, "pg_restore --clean --if-exists")
    unopened = Store(create_engine(address), url)
    with ExitStack() as held, _new_file(file) as new:
        _write_checked_copy(backup, new.path)
        for name in sorted({PUBLISH_LOCK, *newsrooms, *lock_names(file)}):
            held.enter_context(StoreLock(unopened, name, now))
        kept = _put_aside(file, now) if file.exists() else None
    with open_store(url, create=False) as store, store.write() as connection:
        connection.execute(update(facets).values(published_change=0))
        # What stands in the output folder is another store's: all is checked, and what is no feed of this one goes.
        connection.execute(delete(publications))
    return kept


def _file_of(address: URL, postgresql_tool: str) -> Path:
    if address.get_backend_name() == "postgresql":
        url = address.set(drivername="postgresql").render_as_string(hide_password=True)
        raise UsageError(
            "a store in PostgreSQL is copied by PostgreSQL's own tools",
            remedy=f"Use: {postgresql_tool} {shell_quote(url)}",
        )
    if address.database in (None, "", ":memory:"):
        raise UsageError("a store in memory is nowhere to copy from or to", remedy="Name a file with --store")
    return Path(str(address.database)).resolve()


@contextmanager
def _new_file(target: Path) -> Iterator[NewFile]:
    try:
        if target.is_dir():
            raise IsADirectoryError(f"{target} is a folder")
        new = NewFile(target.resolve())
    except OSError as cause:
        raise UsageError(f"cannot write {target}", cause=cause, remedy="Check its folder") from cause
    try:
        with new:
            yield new
    except OSError as cause:
        raise StoreError(f"cannot write {target}", cause=cause, remedy="Mend or free the disk") from cause


def _write_checked_copy(backup: Path, place: Path) -> None:
    if not backup.is_file():
        raise UsageError(f"there is no file {backup}", remedy="Give one that 'newscrawler store backup' wrote")
    # A log beside it belongs to it.
    with closing(_read_only(backup, with_log=True)) as source, closing(sqlite3.connect(place)) as copy:
        _check(source, str(backup))
        version = schema_version_of(source)
        if version is None:
            raise UsageError(f"{backup} is no backup of a store", remedy="Name a file that 'store backup' wrote")
        if version not in KNOWN_VERSIONS:
            raise StoreTooNew(
                f"{backup} has schema {version}, this version of newscrawler knows up to {SCHEMA_VERSION}",
                remedy="Install the newer newscrawler",
            )
        _copy(source, copy, place, _PAGES_AT_ONCE, lambda _pages: None)
        _check(copy, str(backup))


def _read_only(file: Path, *, with_log: bool) -> sqlite3.Connection:
    # `immutable` keeps SQLite from making a log, and from taking one that is there for rubbish.
    mode = "mode=ro" if with_log and Path(f"{file}-wal").exists() else "mode=ro&immutable=1"
    return sqlite3.connect(f"file:{quote(str(file.resolve()))}?{mode}", uri=True)


def _copy(
    source: sqlite3.Connection,
    copy: sqlite3.Connection,
    target: Path,
    pages_at_once: int,
    tell: Callable[[int], None],
) -> None:
    copied = 0

    def progress(_status: int, left: int, pages: int) -> None:
        nonlocal copied
        tell(pages - left - copied)
        copied = pages - left

    try:
        source.backup(copy, pages=pages_at_once, progress=progress)
        # One file is all there is of it, wherever it is taken.
        copy.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as cause:
        raise StoreError(f"cannot write {target}", cause=cause, remedy="Look at the disk, and try again") from cause


def _check(copy: sqlite3.Connection, name: str) -> None:
    damage = damage_of_file(copy)
    if damage is not None:
        raise StoreError(f"{name} is damaged: {damage}", remedy=f"{DAMAGED_REMEDY}, with one that is sound")


def _put_aside(file: Path, now: datetime) -> Path:
    """Keeps the store at `file` under another name too, with its log, which is no other store's."""
    _close_log(file)
    kept = file.with_name(f"{file.name}.before-restore-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    if kept.exists():
        raise StoreError(f"{kept} is there already", remedy="Move it away, or try again in a second")
    try:
        os.link(file, kept)
    except OSError:
        shutil.copy2(file, kept)
    for suffix in _BESIDE:
        beside = Path(f"{file}{suffix}")
        if beside.exists():
            beside.rename(f"{kept}{suffix}")
    return kept


def _close_log(file: Path) -> None:
    """Brings what the log holds into the store, which SQLite does only for the last who has it open. One that is no
    database is left alone: its log is kept with it."""
    with closing(_read_only(file, with_log=False)) as connection:
        try:
            connection.execute("PRAGMA schema_version")
        except sqlite3.DatabaseError:
            return
    with closing(sqlite3.connect(file, timeout=0)) as connection:
        try:
            connection.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError as cause:
            if getattr(cause, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
                raise StoreError(
                    "another process has the store open", remedy="End whatever reads or writes it, and try again"
                ) from cause
        except sqlite3.DatabaseError:
            return
