"""Opening a store: the engine, its transactions, its schema."""

from __future__ import annotations

import json
import os
import pwd
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, insert, inspect, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, SQLAlchemyError
from sqlalchemy.pool import StaticPool

from newscrawler.errors import StoreError, StoreTooNew
from newscrawler.hidden_passwords import hide_passwords
from newscrawler.store.tables import SCHEMA_VERSION, counters

_BUSY_MILLISECONDS = 2000
KNOWN_VERSIONS = frozenset({"0001"})
_DRIVERS = {
    "sqlite": "sqlite",
    "sqlite+pysqlite": "sqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
DAMAGED_REMEDY = "Put a backup in its place: newscrawler store restore FILE"
# Beginnings of SQLite's names of its result codes (https://sqlite.org/rescode.html).
_SQLITE_REMEDIES = {
    ("SQLITE_CORRUPT", "SQLITE_NOTADB"): DAMAGED_REMEDY,
    ("SQLITE_BUSY", "SQLITE_LOCKED"): "Try again later: another process writes to it",
    ("SQLITE_FULL", "SQLITE_IOERR"): "Look at the disk",
}
_SQLITE_RIGHTS = ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")
_ADDRESSES = "Give a file name, sqlite:///PATH, or postgresql://USER@HOST/NAME"
_RIGHTS = "Give that user the right to write both, or run newscrawler as the user who has it"


class Store:
    """An open store. `read()` and `write()` give a connection inside a transaction; `write()` commits at its end.

    On SQLite a write begins IMMEDIATE: a transaction that reads first and writes later fails at once with
    SQLITE_BUSY_SNAPSHOT otherwise, however long it was ready to wait. With `unlocked` a file is read that SQLite does
    not lock, and a read in whose time it changes is an error.
    """

    def __init__(self, engine: Engine, url: str, *, unlocked: bool = False) -> None:
        self.engine = engine
        self.url = url
        self._unlocked = unlocked

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the store. Raises StoreError."""
        with self._unchanged(), self._errors(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection whose changes are kept together, or not at all. Raises StoreError."""
        with (
            self._errors(),
            self.engine.connect().execution_options(newscrawler_write=True) as connection,
            connection.begin(),
        ):
            yield connection

    @property
    def file(self) -> Path | None:
        """The SQLite file, None for another engine or a store in memory."""
        return _sqlite_file(self.engine.url)

    def close(self) -> None:
        """Gives back every connection."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _unchanged(self) -> Iterator[None]:
        before = self._state()
        try:
            yield
        except StoreError:
            # What looks damaged may be half of one state and half of another.
            if self._state() == before:
                raise
        if self._state() != before:
            raise StoreError(f"the store {self.url} changed while it was read", remedy="Try again")

    def _state(self) -> tuple[int, int] | None:
        if not self._unlocked or self.file is None:
            return None
        try:
            found = self.file.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except DatabaseError as cause:
            problem = str(cause.orig) if cause.orig is not None else str(cause)
            remedy = _remedy(cause.orig)
            raise StoreError(f"the store {self.url} failed: {problem}", remedy=remedy) from cause
        except SQLAlchemyError as cause:
            raise StoreError(f"the store {self.url} failed", cause=cause, remedy="Report this with the log") from cause


def open_store(url: str, *, create: bool = True) -> Store:
    """The store at the SQLAlchemy URL `url`, its schema brought up to date.

    With `create=False` a store that does not exist yet is an error, and an SQLite file that this user may read and not
    write is opened all the same, for reading. Raises StoreTooNew for a store that a newer version wrote, StoreError
    when it cannot be opened, may not be read or written (saying by whom), or is damaged.
    """
    address = store_address(url)
    file = _sqlite_file(address)
    read_only = file is not None and _is_there(file, create=create) and not _may_write(file)
    if file is not None and read_only:
        _check_may_read(file)
        if create:
            raise StoreError(f"{_user()} may not write the store {file} or its folder", remedy=_RIGHTS)
        store = _open_read_only(address, file)
    else:
        store = _open_to_write(address, file)
    try:
        _bring_up_to_date(store, read_only=read_only)
    except BaseException:
        store.close()
        raise
    return store


def store_address(url: str) -> URL:
    """The address of the store at `url`, with the driver it is opened with. Raises StoreError."""
    try:
        address = make_url(url)
    except (ArgumentError, ValueError) as cause:
        # The text is not shown: it may hold a password.
        raise StoreError("what is given is no usable store address", remedy=_ADDRESSES) from cause
    if address.drivername not in _DRIVERS:
        raise StoreError(f"an address of {address.drivername!r} is no usable store address", remedy=_ADDRESSES)
    return address.set(drivername=_DRIVERS[address.drivername])


def _shown(address: URL) -> str:
    return hide_passwords(address.set(drivername=address.get_backend_name()).render_as_string(hide_password=True))


def _sqlite_file(address: URL) -> Path | None:
    if address.get_backend_name() != "sqlite" or address.database in (None, "", ":memory:"):
        return None
    return Path(str(address.database))


def _open_to_write(address: URL, file: Path | None) -> Store:
    if file is not None:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as cause:
            raise StoreError(
                f"the store's folder {file.parent} cannot be made by {_user()}", cause=cause, remedy="Check its path"
            ) from cause
    in_memory = address.get_backend_name() == "sqlite" and file is None
    options: dict[str, Any] = {"poolclass": StaticPool} if in_memory else {}
    try:
        engine = create_engine(address, json_serializer=json_text, **options)
    except ImportError as cause:
        raise StoreError(
            "PostgreSQL needs its driver", cause=cause, remedy="Install it: pip install 'newscrawler[postgresql]'"
        ) from cause
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return Store(engine, _shown(address))


def json_text(value: Any) -> str:
    """`value` as JSON with letters as they are: a third of the size of Cyrillic texts with escapes. Where half a
    surrogate pair stands, which UTF-8 cannot hold, everything is escaped."""
    written = json.dumps(value, ensure_ascii=False)
    try:
        written.encode()
    except UnicodeEncodeError:
        return json.dumps(value)
    return written


def _open_read_only(address: URL, file: Path) -> Store:
    # Where no write-ahead log is, nobody has the store open, and `immutable` keeps SQLite from making one: it could
    # not, or it would be this user's and in the way of the one who writes (https://sqlite.org/wal.html#readonly).
    unlocked = not Path(f"{file}-wal").exists()
    mode = "mode=ro&immutable=1" if unlocked else "mode=ro"
    uri = f"file:{quote(os.path.abspath(file))}?{mode}"  # noqa: PTH100
    engine = create_engine(
        address, creator=lambda: sqlite3.connect(uri, uri=True, check_same_thread=False, isolation_level=None)
    )
    event.listen(engine, "begin", _begin_sqlite)
    return Store(engine, _shown(address), unlocked=unlocked)


def _is_there(file: Path, *, create: bool) -> bool:
    try:
        there = file.exists()
    except OSError as cause:
        raise StoreError(f"{_user()} may not look for the store {file}", cause=cause, remedy=_RIGHTS) from cause
    if not there and not create:
        raise StoreError(f"there is no store at {file}", remedy="Run 'newscrawler crawl' first")
    if file.is_dir():
        raise StoreError(f"the store {file} is a folder", remedy="Name a file in it")
    return there


def _may_write(file: Path) -> bool:
    return os.access(file, os.W_OK, effective_ids=True) and os.access(file.parent, os.W_OK, effective_ids=True)


def _check_may_read(file: Path) -> None:
    if not os.access(file, os.R_OK, effective_ids=True):
        raise StoreError(f"{_user()} may not read the store {file}", remedy="Give that user the right to read it")


def _user() -> str:
    number = os.geteuid()
    try:
        return f"the user {pwd.getpwuid(number).pw_name!r}"
    except KeyError:
        return f"the user number {number}"


def _remedy(cause: BaseException | None) -> str:
    if not isinstance(cause, sqlite3.Error):
        # psycopg gives a code (SQLSTATE) to what the server said, and none to a connection that did not come about.
        if getattr(cause, "sqlstate", None) is None:
            return "Start the server, or mend the address: host, port, user, password and name of the database"
        return "Try again later, or look at the server's log and the user's rights"
    # Errors of the module itself carry no name.
    name = getattr(cause, "sqlite_errorname", "")
    for beginnings, remedy in _SQLITE_REMEDIES.items():
        if name.startswith(beginnings):
            return remedy
    if name.startswith(_SQLITE_RIGHTS):
        return f"Give {_user()} the right to write the file and its folder, and look at the path"
    return "Try again later, or look at the disk"


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    write = connection.get_execution_options().get("newscrawler_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _bring_up_to_date(store: Store, *, read_only: bool) -> None:
    with store.read() as connection:
        has_version = inspect(connection).has_table("alembic_version")
        version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar() if has_version else None
    if version == SCHEMA_VERSION:
        return
    if version is not None and version not in KNOWN_VERSIONS:
        raise StoreTooNew(
            f"the store {store.url} has schema {version}, this version of newscrawler knows up to {SCHEMA_VERSION}",
            remedy="Install the newer newscrawler, or name another store",
        )
    if read_only:
        raise StoreError(
            f"the store {store.url} is of an older version, and {_user()} may not write it", remedy=_RIGHTS
        )
    from newscrawler.store.migrate import upgrade

    with store.write() as connection:
        upgrade(connection)
        if connection.execute(select(counters.c.value).where(counters.c.name == "change")).first() is None:
            connection.execute(insert(counters).values(name="change", value=0))
