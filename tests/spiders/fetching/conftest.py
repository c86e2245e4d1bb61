"""A newsroom and a crawl of it for the tests of fetching."""

from __future__ import annotations

import pytest

from newscrawler.config import Config
from newscrawler.crawl import Crawl
from newscrawler.newsroom import Newsroom
from newscrawler.store import Store
from newscrawler.vocabulary import Vocabulary
from tests.conftest import NOW


@pytest.fixture(scope="session")
def newsroom() -> Newsroom:
    """A newsroom whose articles are below /kk/news/ and /ru/news/."""
    return Newsroom(
        name="newsroom_test",
        title="Newsroom.test",
        site="https://newsroom.test/",
        hosts=("newsroom.test", "www.newsroom.test"),
        languages=("kk", "ru"),
        articles={"include": (r"^/(kk|ru)/news/\d",)},
    )


@pytest.fixture
def crawl(store: Store, newsroom: Newsroom, vocabulary: Vocabulary) -> Crawl:
    """The first run over the newsroom, at NOW, on each engine."""
    return Crawl(config=Config(), newsroom=newsroom, store=store, vocabulary=vocabulary, clock=lambda: NOW, run=1)
