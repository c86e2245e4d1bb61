"""Upserts: inserts that may become updates, which each engine has under a name of its own."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from sqlalchemy import Connection, Table


def upsert(connection: Connection, table: Table) -> Any:
    """An insert into `table` that can be told what to do `on_conflict_do_update`, in the dialect of `connection`: one
    of SQLite or PostgreSQL."""
    # Imported where it is spoken: a run over SQLite would spend a twentieth of its time on PostgreSQL's.
    return import_module(f"sqlalchemy.dialects.{connection.dialect.name}").insert(table)
