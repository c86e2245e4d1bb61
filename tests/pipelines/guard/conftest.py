"""Runs of a newsroom through the guard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from newscrawler.address import AddressState, Discovered, Outcome
from newscrawler.article import Article
from newscrawler.config import Config
from newscrawler.crawl import Crawl
from newscrawler.newsroom import Newsroom
from newscrawler.store import Store, open_store
from newscrawler.store.addresses import record, settle, take
from newscrawler.store.holding import ask_again
from newscrawler.store.neighbours import StoreNeighbours
from newscrawler.store.runs import begin_run, finish_run
from newscrawler.vocabulary import Vocabulary
from pipelines.dedupe import dedupe
from pipelines.guard import Guard
from pipelines.step import StepContext
from tests.conftest import NOW
from tests.pipelines.guard.runs import Run


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store; what it says on each engine is tested with `newscrawler.store.holding`."""
    with open_store(f"sqlite:///{tmp_path / 'store.db'}") as opened:
        yield opened


@pytest.fixture
def newsroom() -> Newsroom:
    return Newsroom(
        name="newsroom_test",
        title="Newsroom.test",
        site="https://newsroom.test/",
        hosts=("newsroom.test",),
        languages=("kk",),
    )


@pytest.fixture
def run(store: Store, vocabulary: Vocabulary, newsroom: Newsroom) -> Run:
    """Runs a crawl that read these articles and found nothing on the pages `refused`; with `killed` it has no end."""

    def crawl_through(
        found: Iterable[Article], *, newsroom: Newsroom = newsroom, killed: bool = False, hours: float = 0, **more: Any
    ) -> Crawl:
        refused: Iterable[str] = more.pop("refused", ())

        def clock() -> datetime:
            return NOW + timedelta(hours=hours)

        crawl = Crawl(config=Config(), newsroom=newsroom, store=store, vocabulary=vocabulary, clock=clock, **more)
        with store.write() as connection:
            crawl.run = begin_run(connection, newsroom.name, "live", clock())
            ask_again(connection, newsroom.name, newsroom.digest)
        guard = Guard(crawl)
        for url in refused:
            with store.write() as connection:
                record(connection, newsroom.name, [Discovered(url=url)], run=crawl.run, source_url="s", now=NOW)
                address = take(connection, newsroom.name, run=crawl.run, now=clock(), max_tries=5)
                assert address is not None
                outcome = Outcome(state=AddressState.REJECTED, reason="the article is empty", recheck=True)
                settle(connection, address, outcome, now=clock(), fetched=clock(), max_tries=5)
        for article in found:
            urls = [Discovered(url=url) for url in article.addresses or [article.url]]
            with store.write() as connection:
                record(connection, newsroom.name, urls, run=crawl.run, source_url="s", now=NOW)
            context = StepContext(
                vocabulary=vocabulary, now=clock(), newsroom=newsroom, neighbours=StoreNeighbours(store)
            )
            guard.keep(dedupe(article, context))
        if not killed:
            guard.close()
            with store.write() as connection:
                finish_run(connection, crawl.run, clock(), "finished", dict(crawl.counts))
        return crawl

    return crawl_through
