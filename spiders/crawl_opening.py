"""Opening a crawl: configuration, store, vocabulary and saved pages, before Scrapy starts anything."""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path
from textwrap import shorten

from scrapy.crawler import Crawler

from newscrawler.config import Config, load_config
from newscrawler.crawl import Crawl
from newscrawler.dates import check_time_zones
from newscrawler.errors import ConfigError, UsageError
from newscrawler.newsroom import Newsroom
from newscrawler.store import open_store
from newscrawler.vocabulary import load_vocabulary
from spiders.fetching.saved_pages import SavedPages, open_saved_pages
from spiders.settings_overlays import live_settings, saved_settings

logger = logging.getLogger(__name__)

# So many of what an archive holds and a crawl cannot use are named; the summary tells how many there are.
_SHOWN = 3
# In characters, of the reason why a file was not used.
_LONGEST_REASON = 300


def open_crawl(
    crawler: Crawler,
    newsroom: Newsroom,
    config: Config | None,
    *,
    saved: str | None = None,
    limit: str | int | None = None,
    since: str | datetime | None = None,
    record: str | None = None,
) -> Crawl:
    """A crawl of `newsroom`, with the crawler's settings set for it.

    Raises NewscrawlerError: ConfigError without a contact address when the network is to be asked, UsageError for
    arguments that cannot be meant, ArchiveError for saved pages and StoreError for a store that cannot be opened.
    """
    config = config if config is not None else load_config()
    check_time_zones()
    if saved is None:
        check_contact(config)
    if saved is not None and record:
        raise UsageError("saved pages cannot be recorded again", remedy="Leave out saved or record")
    crawl = Crawl(
        config=config,
        newsroom=newsroom,
        store=open_store(config.store_url()),
        vocabulary=load_vocabulary([config.folder / "vocabulary"]),
        clock=config.clock,
        limit=_whole_number(limit),
        since=_day(since, newsroom),
    )
    try:
        if saved is not None:
            crawl.saved = open_saved_pages(Path(saved), newsroom)
            _report_unused(crawl.saved, crawl)
        overlay = live_settings(config, newsroom) if saved is None else saved_settings()
    except BaseException:
        crawl.store.close()
        raise
    crawler.settings.setdict(overlay, priority="cmdline")
    return crawl


def _report_unused(saved: SavedPages, crawl: Crawl) -> None:
    """Says what gave no page: how much, and why of the first few; what could not be read counts as failed."""
    crawl.counts["failed"] += len(saved.unreadable)
    unused = [*saved.unreadable, *saved.unplaced]
    if unused:
        shown = "; ".join(_in_short(f"{name}: {reason}") for name, reason in unused[:_SHOWN])
        more = f"; and {len(unused) - _SHOWN} more" if len(unused) > _SHOWN else ""
        logger.warning("%s: not used in %s: %s%s", crawl.newsroom.name, saved.path, shown, more)


def _in_short(told: str) -> str:
    """One line of what a library may have told in many."""
    return shorten(told, _LONGEST_REASON, placeholder=" ...")


def check_contact(config: Config) -> None:
    """Raises ConfigError where the network would be asked without a contact address."""
    if not config.contact:
        raise ConfigError(
            "no contact address is set, and newsrooms must be able to reach who crawls them",
            remedy="Set contact in newscrawler.toml to a mail or web address ('newscrawler init' writes the file)",
        )


def _whole_number(text: str | int | None) -> int | None:
    if text is None:
        return None
    try:
        number = int(text)
    except ValueError as cause:
        raise UsageError(f"limit is {text!r}, not a whole number") from cause
    if number < 1:
        raise UsageError(f"limit is {number}, not a positive number")
    return number


def _day(text: str | datetime | None, newsroom: Newsroom) -> datetime | None:
    if text is None or isinstance(text, datetime):
        return text
    try:
        day = datetime.fromisoformat(text)
    except ValueError as cause:
        raise UsageError(f"since is {text!r}, not a date", remedy="Write it like 2024-05-14") from cause
    return day if day.tzinfo is not None else day.replace(tzinfo=newsroom.zone)
