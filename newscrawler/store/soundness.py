"""Soundness: whether what the engine keeps is whole, and of which version its schema is."""

from __future__ import annotations

import sqlite3
from typing import cast

from sqlalchemy import Connection, func, select

from newscrawler.store.tables import metadata

_MOST_NAMED = 3


def damage_of(connection: Connection) -> str | None:
    """What is damaged in the store, None where nothing is found.

    SQLite looks at every page (https://sqlite.org/pragma.html#pragma_quick_check). PostgreSQL keeps watch over its own
    files; of every table one row is read. Raises what the engine raises where it cannot read at all.
    """
    if connection.dialect.name == "sqlite":
        return damage_of_file(driver_of(connection))
    for table in metadata.sorted_tables:
        connection.execute(select(func.count()).select_from(select(table).limit(1).subquery())).scalar()
    return None


def driver_of(connection: Connection) -> sqlite3.Connection:
    """The connection of the sqlite3 module beneath one to an SQLite store."""
    return cast("sqlite3.Connection", connection.connection.driver_connection)


def damage_of_file(connection: sqlite3.Connection) -> str | None:
    """What is damaged in an SQLite file, None where nothing is found."""
    try:
        told = [str(row[0]) for row in connection.execute(f"PRAGMA quick_check({_MOST_NAMED})")]
    except sqlite3.DatabaseError as error:
        return str(error)
    return None if told == ["ok"] else "; ".join(" ".join(line.split()) for line in told)


def schema_version_of(connection: sqlite3.Connection) -> str | None:
    """The version of the store's schema in an SQLite file, None where it holds no store."""
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError:
        return None
    return None if row is None else str(row[0])
