"""Crawl: one run over one newsroom, and what its parts in different rooms share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from newscrawler.address import Visit
from newscrawler.config import Config
from newscrawler.crawl_outcome import FINISHED
from newscrawler.newsroom import Newsroom
from newscrawler.pace import Pace
from newscrawler.store import Store
from newscrawler.vocabulary import Vocabulary

__all__ = ["FINISHED", "LOCKED", "STORE_FAILED", "TIME_UP", "Crawl", "crawl_of"]

LOCKED, STORE_FAILED, TIME_UP = "locked", "store failed", "the time was up"


@dataclass(slots=True, kw_only=True)
class Crawl:
    """What a crawl works with, and what it counts.

    `run` is the number of its row in the store, 0 until the lock is taken. `clock` gives the present moment in UTC.
    `counts` has the keys new, changed, unchanged, rejected, missing, gone and failed for pages, older and not_saved for
    saved pages that were left alone, sources and sources_failed, requests for what was sent over the network, owed for
    what is left to the next run because a host is to be left alone or the budget of requests is used up, bugs for what
    nobody expected, containers_gone for lists without an entry, and held, held_back, silent and works_again for what
    the guard of step 900 notices. `visits` says how the live pages answered that are on their way to the store, by the
    address that was asked. `reason` is why it ended: FINISHED when nothing was left to do, LOCKED, STORE_FAILED,
    TIME_UP, or what Scrapy says.
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
    visits: dict[str, Visit] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    reason: str = "not started"
    problem: str | None = None

    @property
    def pace(self) -> Pace:
        """How often the newsroom is asked."""
        return self.config.pace(self.newsroom)

    @property
    def mode(self) -> str:
        """ "saved" when the pages come from an archive, "live" when from the network."""
        return "live" if self.saved is None else "saved"


def crawl_of(crawler: Any) -> Crawl:
    """The crawl that the spider of a Scrapy `crawler` opened; what Scrapy's components of every room build on."""
    crawl: Crawl = crawler.spider.crawl
    return crawl
