"""Opening a store: the engine, its transactions, its schema."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, Engine, create_engine, event, insert, inspect, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import StaticPool

from newscrawler.errors import StoreError, StoreTooNew
from newscrawler.store.tables import SCHEMA_VERSION, counters

_BUSY_MILLISECONDS = 2000
_KNOWN_VERSIONS = frozenset({"0001"})


class Store:
    """An open store. `read()` and `write()` give a connection inside a transaction; `write()` commits at its end.

    On SQLite a write begins IMMEDIATE: a transaction that reads first and writes later fails at once with
    SQLITE_BUSY_SNAPSHOT otherwise, however long it was ready to wait.
    """

    def __init__(self, engine: Engine, url: str) -> None:
        self.engine = engine
        self.url = url

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the store. Raises StoreError."""
        with _as_store_errors(self.url), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection whose changes are kept together, or not at all. Raises StoreError."""
        with (
            _as_store_errors(self.url),
            self.engine.connect().execution_options(newscrawler_write=True) as connection,
            connection.begin(),
        ):
            yield connection

    @property
    def file(self) -> Path | None:
        """The SQLite file, None for another engine or a store in memory."""
        database = self.engine.url.database
        if self.engine.dialect.name != "sqlite" or not database or database == ":memory:":
            return None
        return Path(database)

    def close(self) -> None:
        """Gives back every connection."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_store(url: str, *, create: bool = True) -> Store:
    """The store at the SQLAlchemy URL `url`, its schema brought up to date.

    With `create=False` a store that does not exist yet is an error. Raises StoreTooNew for a store that a newer version
    wrote, StoreError when it cannot be opened or is damaged.
    """
    try:
        parsed = make_url(url)
        if parsed.drivername in ("postgresql", "postgres"):
            parsed = parsed.set(drivername="postgresql+psycopg")
        shown = parsed.render_as_string(hide_password=True)
        options: dict[str, Any] = {}
        if parsed.get_backend_name() == "sqlite":
            if parsed.database in (None, "", ":memory:"):
                options = {"poolclass": StaticPool}
            elif not Path(str(parsed.database)).exists():
                if not create:
                    raise StoreError(f"there is no store at {parsed.database}", remedy="Run 'newscrawler crawl' first")
                Path(str(parsed.database)).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(parsed, **options)
    except (ArgumentError, NoSuchModuleError, ImportError) as cause:
        raise StoreError(
            f"{url.partition('@')[0] if '@' not in url else 'the store'} is no usable store address",
            cause=cause,
            remedy="Give a file name, sqlite:///PATH, or postgresql://USER@HOST/NAME "
            "with newscrawler[postgresql] installed",
        ) from cause
    except OSError as cause:
        raise StoreError(
            "the store's folder cannot be made", cause=cause, remedy="Check its path and rights"
        ) from cause
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    store = Store(engine, shown)
    try:
        _bring_up_to_date(store)
    except BaseException:
        store.close()
        raise
    return store


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


@contextmanager
def _as_store_errors(url: str) -> Iterator[None]:
    try:
        yield
    except DatabaseError as cause:
        problem = str(cause.orig) if cause.orig is not None else str(cause)
        remedy = "Try again later, or look at the disk and the store's rights"
        if "malformed" in problem or "not a database" in problem:
            remedy = "Put a backup in its place"
        raise StoreError(f"the store {url} failed: {problem}", remedy=remedy) from cause
    except SQLAlchemyError as cause:
        raise StoreError(f"the store {url} failed", cause=cause, remedy="Report this with the log") from cause


def _bring_up_to_date(store: Store) -> None:
    with store.read() as connection:
        has_version = inspect(connection).has_table("alembic_version")
        version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar() if has_version else None
    if version == SCHEMA_VERSION:
        return
    if version is not None and version not in _KNOWN_VERSIONS:
        raise StoreTooNew(
            f"the store {store.url} has schema {version}, this version of newscrawler knows up to {SCHEMA_VERSION}",
            remedy="Install the newer newscrawler, or name another store",
        )
    from newscrawler.store.migrate import upgrade

    with store.write() as connection:
        upgrade(connection)
        if connection.execute(select(counters.c.value).where(counters.c.name == "change")).first() is None:
            connection.execute(insert(counters).values(name="change", value=0))
