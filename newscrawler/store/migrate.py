"""Migrations: brings a store of any released version to the present schema."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from newscrawler.store.tables import SCHEMA_VERSION


def upgrade(connection: Connection) -> None:
    """Runs the migrations that are missing, inside the transaction of `connection`."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    settings.set_main_option("path_separator", "os")
    settings.attributes["connection"] = connection
    command.upgrade(settings, SCHEMA_VERSION)
