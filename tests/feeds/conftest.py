"""Fixtures of the feeds room: a real store and a configuration in a folder of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from newscrawler.config import Config
from newscrawler.store import Store, open_store
from tests.feeds.published import Published, publish_hostile, publish_newsroom


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'store' / 'news.db'}") as opened:
        yield opened


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(
        base_url="https://news.example/",
        title="Жаңалық",
        feed_authority="news.example,2024",
        public=tmp_path / "public",
    )


@pytest.fixture(scope="session")
def newsroom_feeds(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The feeds of the fixture newsroom."""
    return publish_newsroom(tmp_path_factory.mktemp("newsroom_feeds"))


@pytest.fixture(scope="session")
def hostile_feeds(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The feeds of articles that mean harm or are odd."""
    return publish_hostile(tmp_path_factory.mktemp("hostile_feeds"))
