"""Readers agree with the articles, and so with each other, in every format they read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC
from pathlib import Path

import pytest

from feeds.entry import entry_of
from newscrawler.article import Article
from tests.feeds.articles import VOCABULARY
from tests.feeds.published import AUTHORITY, Published
from tests.feeds.readers.installed_readers import feedsmith_reads, rss_parser_reads, sfeed_reads
from tests.feeds.readers.python_readers import atoma_reads, fastfeedparser_reads, feedparser_reads, reader_reads
from tests.feeds.readers.told import Told

Reads = Callable[[Path, Iterable[str]], Mapping[str, list[Told]]]
READERS: Mapping[str, tuple[Reads, tuple[str, ...]]] = {
    "feedparser": (feedparser_reads, ("rss", "atom")),
    "fastfeedparser": (fastfeedparser_reads, ("rss", "atom", "json")),
    "atoma": (atoma_reads, ("rss", "atom", "json")),
    "reader": (reader_reads, ("rss", "atom", "json")),
    "sfeed": (sfeed_reads, ("rss", "atom")),
    "rss-parser": (rss_parser_reads, ("rss", "atom")),
    "feedsmith": (feedsmith_reads, ("rss", "atom", "json")),
}


_LIKE_HTML = re.compile(r"</\w+>|&#?\w+;")
_ACTIVE = re.compile(r"<script|\son\w+\s*=", re.IGNORECASE)


def expected(article: Article) -> Told:
    """What a reader should tell of an article."""
    entry = entry_of(article, newsroom=None, vocabulary=VOCABULARY, authority=AUTHORITY)
    return Told(entry.id, entry.title, entry.link, entry.published.astimezone(UTC))


@pytest.mark.parametrize("name", READERS)
def test_every_feed_of_the_newsroom_is_read_as_it_was_written(newsroom_feeds: Published, name: str) -> None:
    reads, suffixes = READERS[name]
    # reader takes ten times as long as the others, in its database, and reads with feedparser: a language will do.
    facets = [facet for facet in newsroom_feeds.facets if name != "reader" or facet.startswith("kk/")]
    read = reads(newsroom_feeds.folder, [f"{facet}.{suffix}" for facet in facets for suffix in suffixes])
    assert len(read) == len(facets) * len(suffixes) > 150
    for facet in facets:
        articles = [expected(article) for article in newsroom_feeds.listed(facet)]
        for suffix in suffixes:
            assert read[f"{facet}.{suffix}"] == articles, f"{facet}.{suffix}"


@pytest.mark.parametrize("name", READERS)
def test_hostile_articles_are_read_as_they_were_written(hostile_feeds: Published, name: str) -> None:
    reads, suffixes = READERS[name]
    names = [f"kk/all/all.{suffix}" for suffix in suffixes]
    read = reads(hostile_feeds.folder, names)
    articles = [expected(article) for article in hostile_feeds.listed("kk/all/all")]
    assert len(articles) == len(hostile_feeds.articles)
    for one in names:
        guesses = name in ("feedparser", "reader") and one.endswith(".rss")
        shown = (
            [_guessed(told, right) for told, right in zip(read[one], articles, strict=True)] if guesses else read[one]
        )
        assert shown == articles, one


def _guessed(told: Told, right: Told) -> Told:
    """RSS does not say whether titles are HTML. feedparser takes one for it that has tags or entities, written out: it
    shows what is left of it without what is active."""
    if told.title == right.title or not _LIKE_HTML.search(right.title):
        return told
    assert not _ACTIVE.search(told.title)
    return told._replace(title=right.title)
