"""Crawl: one run over one newsroom, and what its parts in different rooms share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from newscrawler.config import Config
from newscrawler.newsroom import Newsroom
from newscrawler.store import Store
from newscrawler.vocabulary import Vocabulary

FINISHED, LOCKED, STORE_FAILED = "finished", "locked", "store failed"


@dataclass(slots=True, kw_only=True)
class Crawl:
    """What a crawl works with, and what it counts.

    `run` is the number of its row in the store, 0 until the lock is taken. `clock` gives the present moment in UTC.
    `counts` has the keys new, changed, unchanged, rejected, missing, gone and failed for pages, older and not_saved for
    saved pages that were left alone, sources and sources_failed, and bugs for what nobody expected.
    `reason` is why it ended: FINISHED when nothing was left to do, LOCKED, STORE_FAILED, or what Scrapy says.
    """

    config: Config
    newsroom: Newsroom
    store: Store
    vocabulary: Vocabulary
    clock: Callable[[], datetime]
    saved: Any = None
    limit: int | None = None
    since: datetime | None = None
    run: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    reason: str = "not started"
    problem: str | None = None

    @property
    def mode(self) -> str:
        """ "saved" when the pages come from an archive, "live" when from the network."""
        return "live" if self.saved is None else "saved"


def crawl_of(crawler: Any) -> Crawl:
    """The crawl that the spider of a Scrapy `crawler` opened; what Scrapy's components of every room build on."""
    crawl: Crawl = crawler.spider.crawl
    return crawl
