"""Locks: one crawl of a newsroom and one publication at a time; a killed holder's lock is free at once."""

from __future__ import annotations

import json
import os
import socket
import zlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from glob import escape
from pathlib import Path
from typing import Any, Self

from filelock import FileLock, Timeout
from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from newscrawler.errors import Locked, StoreError
from newscrawler.store.engine import Store

_ADVISORY_SPACE = 0x4E57


class StoreLock:
    """The lock called `name` of one store, held until `release`.

    With SQLite it is a locked file beside the store, with PostgreSQL an advisory lock of a session; both go with the
    process. A store in memory has no lock: nobody else sees it.
    """

    def __init__(self, store: Store, name: str, now: datetime) -> None:
        """Takes the lock. Raises Locked, saying who holds it since when, and StoreError."""
        self.name = name
        self._file: FileLock | None = None
        self._holder: Path | None = None
        self._connection: Connection | None = None
        since = now.isoformat(timespec="seconds")
        if store.engine.dialect.name == "postgresql":
            self._take_advisory(store, since)
        elif store.file is not None:
            self._take_file(store.file.resolve(), since)

    def release(self) -> None:
        """Gives the lock back; a second call does nothing."""
        if self._connection is not None:
            # Ending the session frees the lock too, but only some time after this process has gone on.
            with suppress(SQLAlchemyError):
                self._connection.execute(text("SELECT pg_advisory_unlock_all()"))
            self._connection.invalidate()
            self._connection.close()
            self._connection = None
        if self._file is not None:
            if self._holder is not None:
                with suppress(OSError):
                    self._holder.unlink(missing_ok=True)
            self._file.release()
            self._file = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def _take_file(self, store: Path, since: str) -> None:
        lock = FileLock(f"{store}.{self.name}.lock", timeout=0)
        holder = Path(f"{store}.{self.name}.holder")
        try:
            lock.acquire()
        except Timeout as cause:
            raise self._locked(_read_holder(holder)) from cause
        except OSError as cause:
            raise StoreError(
                f"the lock {lock.lock_file} cannot be made", cause=cause, remedy="Check its folder"
            ) from cause
        self._file, self._holder = lock, holder
        with suppress(OSError):
            holder.write_text(json.dumps({"process": os.getpid(), "host": socket.gethostname(), "since": since}))

    def _take_advisory(self, store: Store, since: str) -> None:
        connection = store.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        key = {"space": _ADVISORY_SPACE, "key": zlib.crc32(self.name.encode()) - 2**31}
        try:
            if connection.execute(text("SELECT pg_try_advisory_lock(:space, :key)"), key).scalar():
                label = f"newscrawler pid {os.getpid()} since {since}"[:63]
                connection.execute(text("SELECT set_config('application_name', :label, false)"), {"label": label})
                self._connection = connection
                return
            query = (
                "SELECT application_name FROM pg_stat_activity JOIN pg_locks USING (pid) "
                "WHERE locktype = 'advisory' AND granted AND classid = :space AND objid = :key"
            )
            unsigned = {"space": key["space"], "key": key["key"] % 2**32}
            holder = connection.execute(text(query), unsigned).scalar()
            raise self._locked({"label": holder} if holder else {})
        except BaseException:
            connection.close()
            raise

    def _locked(self, holder: dict[str, Any]) -> Locked:
        if "label" in holder:
            who = f" ({holder['label']})"
        elif holder:
            who = f" (process {holder.get('process')} on {holder.get('host')}, since {holder.get('since')})"
        else:
            who = ""
        return Locked(
            f"another run holds the lock {self.name!r}{who}", remedy="It is left alone; nothing was done here"
        )


def lock_names(file: Path) -> list[str]:
    """The names of the locks that have ever been taken of the SQLite store at `file`, held or not; sorted."""
    beginning, end = f"{file.name}.", ".lock"
    return sorted(path.name[len(beginning) : -len(end)] for path in file.parent.glob(f"{escape(beginning)}*{end}"))


@dataclass(slots=True, kw_only=True, frozen=True)
class LockHolder:
    """What the process that took the lock `name` last wrote down, and did not take back: it holds the lock, or it was
    killed."""

    name: str
    process: int
    host: str
    since: datetime | None


def lock_holders(file: Path) -> list[LockHolder]:
    """Who holds, or was killed with, a lock of the SQLite store at `file`, by the lock's name. No lock is touched."""
    found = []
    for name in lock_names(file):
        holder = _read_holder(Path(f"{file}.{name}.holder"))
        if isinstance(holder.get("process"), int):
            since = holder.get("since")
            try:
                moment = datetime.fromisoformat(str(since))
            except ValueError:
                moment = None
            found.append(LockHolder(name=name, process=holder["process"], host=str(holder.get("host")), since=moment))
    return found


def _read_holder(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
