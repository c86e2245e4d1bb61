"""Publishing a store and reading back what was written, for tests of feeds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import feedparser

from feeds.atom import ATOM_FEED
from feeds.publish import Publication, publish
from feeds.rss import RSS
from newscrawler.config import Config
from newscrawler.newsroom import Newsroom
from newscrawler.store import Store
from tests.feeds.articles import NEWSROOMS, NOON, VOCABULARY

NOW = NOON + timedelta(days=2)
RSS_AND_ATOM = ("rss", "atom")
FORMS = ("rss", "atom", "json")
XML_FORMATS = (RSS, ATOM_FEED)


def run(
    store: Store, config: Config, *, every: bool = False, newsrooms: Mapping[str, Newsroom] = NEWSROOMS
) -> Publication:
    return publish(store, config, VOCABULARY, newsrooms, every=every, now=NOW)


def read(config: Config, facet: str, suffix: str = "atom") -> Any:
    found = feedparser.parse((config.public / f"{facet}.{suffix}").read_bytes())
    assert not found.bozo, found.bozo_exception
    return found


def files(config: Config) -> dict[str, tuple[bytes, int]]:
    return {
        str(path.relative_to(config.public)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(config.public.rglob("*"))
        if path.is_file()
    }


def contents(config: Config) -> dict[str, bytes]:
    return {name: content for name, (content, _) in files(config).items()}
