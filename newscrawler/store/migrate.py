"""Migrations: brings a store of any released version to the present schema."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from newscrawler.store.tables import SCHEMA_VERSION


def upgrade(connection: Connection, to: str = SCHEMA_VERSION) -> None:
    """Runs the migrations that are missing up to the version `to`, inside the transaction of `connection`."""
    settings = _settings()
    settings.attributes["connection"] = connection
    command.upgrade(settings, to)


def released_versions() -> list[str]:
    """Every version that a migration leads to, oldest first: what a store may be of."""
    return [script.revision for script in ScriptDirectory.from_config(_settings()).walk_revisions()][::-1]


def _settings() -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    settings.set_main_option("path_separator", "os")
    return settings
