"""Replay: a recording's pages through spider and pipelines, offline, with the recording's clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from newscrawler.address import AddressState
from newscrawler.article import Article
from newscrawler.config import Config
from newscrawler.crawl import FINISHED, crawl_of
from newscrawler.newsroom import Newsroom
from newscrawler.store import open_store
from newscrawler.store.addresses import with_state
from newscrawler.store.articles import iterate_articles
from spiders.crawl_process import CrawlProcess, StartedCrawl
from spiders.recordings.expectation import Expectation, expected_articles
from spiders.recordings.observed_spider import observed_spider_class
from spiders.recordings.selector_matches import PageMatches


@dataclass(slots=True, kw_only=True)
class Replayed:
    """What a replay gave, in the form of an expectation; `matches` are those of its selectors, page by page."""

    newsroom: Newsroom
    got: Expectation
    matches: list[PageMatches]
    reasons: Mapping[str, str] = field(default_factory=dict)

    def why_missing(self, url: str) -> str:
        """Why there is no article at the address `url`."""
        try:
            address = self.newsroom.canonical(url)
        except ValueError:
            return "this is no web address"
        if address in self.reasons:
            return self.reasons[address]
        if not self.newsroom.is_article_address(address):
            return "by [articles] this is no article's address"
        return "the recording has no page of this address"


@dataclass(slots=True, kw_only=True)
class Replay:
    """A replay that a process runs, or has run."""

    started: StartedCrawl
    config: Config
    recorded_at: datetime

    @property
    def problem(self) -> str | None:
        """Why it came to no end that says something of the recording; None where it did."""
        summary = self.started.summary
        if self.started.failed or summary.counts.get("bugs"):
            return summary.problem or "a bug"
        return None if summary.reason == FINISHED else summary.problem or summary.reason

    def result(self) -> Replayed:
        """What came of it. Raises StoreError; `problem` must be None."""
        newsroom, observed = crawl_of(self.started.crawler).newsroom, self.started.spider.observed
        with open_store(self.config.store_url(), create=False) as store, store.read() as connection:
            articles = list(iterate_articles(connection, newsroom.name))
            rows = with_state(connection, AddressState, newsroom.name)
        got = Expectation(
            newsroom=newsroom.name,
            recorded_at=self.recorded_at,
            sources=observed.sources,
            not_saved=sorted(observed.not_saved),
            articles=expected_articles(articles),
        )
        reasons = {row.url: _reason(row, {article.id: article for article in articles}) for row in rows}
        return Replayed(newsroom=newsroom, got=got, matches=observed.matches, reasons=reasons)


def throwaway(config: Config, store: Path, now: datetime | None = None) -> Config:
    """`config` with the SQLite file `store` in place of the operator's store, and the clock stopped at `now`."""
    return config.model_copy(update={"store": f"sqlite:///{store}", "now": now or config.now})


def start_replay(
    process: CrawlProcess,
    config: Config,
    label: str,
    newsroom_file: Path,
    pages: Path,
    recorded_at: datetime,
    store: Path,
) -> Replay:
    """Starts to replay the WARC file `pages` as the newsroom in `newsroom_file` reads it now, at the moment
    `recorded_at`, into a new store in the file `store`."""
    own = throwaway(config, store, recorded_at)
    started = process.start(label, partial(observed_spider_class, newsroom_file), {"saved": str(pages)}, config=own)
    return Replay(started=started, config=own, recorded_at=recorded_at)


def _reason(row: Any, articles: Mapping[str, Article]) -> str:
    if row.state == AddressState.DONE:
        article = articles.get(row.article_id)
        return f"its page gave the article {article.canonical_url}" if article is not None else "its article went"
    return f"{row.state}: {row.reason}" if row.reason else str(row.state)
