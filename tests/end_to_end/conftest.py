"""The fixture newsroom on loopback, and folders that commands work in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from newscrawler.article import Article
from newscrawler.project import project_folder
from newscrawler.store import open_store
from newscrawler.store.articles import iterate_articles
from tests.end_to_end.compared_runs import ComparedRuns
from tests.end_to_end.forked_commands import ForkedCommands
from tests.end_to_end.small_site import SmallSite
from tests.newsroom.server import NewsroomServer


@pytest.fixture
def newsroom_server() -> Iterator[NewsroomServer]:
    """The fixture newsroom on its first day."""
    with NewsroomServer(day=1) as server:
        yield server


@pytest.fixture(scope="session")
def forked() -> Iterator[ForkedCommands]:
    """Commands in forks of one interpreter."""
    with ForkedCommands() as commands:
        yield commands


@pytest.fixture(scope="session")
def runs(tmp_path_factory: pytest.TempPathFactory, forked: ForkedCommands) -> Iterator[ComparedRuns]:
    """Runs over two newsrooms, and what they end with when nothing interrupts them."""
    with SmallSite() as site:
        yield ComparedRuns(tmp_path_factory.mktemp("runs"), site, forked)


@pytest.fixture
def stored() -> Callable[[Path], list[Article]]:
    """Reads the articles of the store in a folder."""

    def read(folder: Path) -> list[Article]:
        with (
            open_store(f"sqlite:///{folder / 'newscrawler.db'}", create=False) as store,
            store.read() as connection,
        ):
            return list(iterate_articles(connection))

    return read


@pytest.fixture(scope="session")
def examples() -> Path:
    """The saved pages that the project ships."""
    return project_folder() / "examples" / "newsroom.test"
