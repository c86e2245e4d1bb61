"""Writing every feed again with feedgen, as a program without a store would."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from feedgen.feed import FeedGenerator

from benchmarks.sample_articles import NEWSROOM, NOON
from feeds.atom import ATOM_FEED
from feeds.entry import Entry, entry_of
from feeds.facet import FacetNames, parse_facet
from feeds.feedgen_entry import feedgen_entry
from feeds.head import Head, head_of
from feeds.json_feed import JSON_FEED
from feeds.publish import FORMATS
from feeds.rss import RSS
from feeds.wording import load_wordings
from feeds.xml_format import XmlFormat
from newscrawler.article import Article
from newscrawler.config import Config
from newscrawler.facets import facet_paths
from newscrawler.vocabulary import Vocabulary

FacetsOf = Callable[[Article, Vocabulary], list[str]]
_LANGUAGES = ("kk", "ru")


def grid_paths(article: Article, vocabulary: Vocabulary) -> list[str]:
    """The facets of an article that are a language of their own, a region and a topic: no month, no newsroom."""
    return [path for path in facet_paths(article, vocabulary) if path.startswith(_LANGUAGES) and path.count("/") == 2]


@dataclass(slots=True, frozen=True)
class Timed:
    """How long something took, and how many files it wrote."""

    seconds: float
    files: int


def plain_feedgen(articles: Sequence[Article], vocabulary: Vocabulary) -> Timed:
    """Every feed written with feedgen, and with `json` where it has no format, as its documentation shows it."""
    feeds: dict[str, list[Article]] = {}
    for article in sorted(articles, key=lambda one: str(one.date_published), reverse=True):
        for path in grid_paths(article, vocabulary):
            feeds.setdefault(path, []).append(article)
    entries = Config().entries
    files = 0
    with tempfile.TemporaryDirectory(prefix="newscrawler-feedgen-") as folder:
        begin = time.perf_counter()
        for path, found in feeds.items():
            place = Path(folder, path)
            place.parent.mkdir(parents=True, exist_ok=True)
            feed = plain_feed(path, found[:entries])
            feed.rss_file(f"{place}.rss")
            feed.atom_file(f"{place}.atom")
            items = [_json_item(article) for article in found[:entries]]
            Path(f"{place}.json").write_text(json.dumps({"title": path, "items": items}), encoding="utf-8")
            files += 3
        return Timed(time.perf_counter() - begin, files)


def same_with_feedgen(articles: Sequence[Article], vocabulary: Vocabulary, facets_of: FacetsOf) -> Timed:
    """Every feed that ours would write of those facets, made whole with feedgen and the same extensions, and written as
    it is."""
    feeds: dict[str, list[Article]] = {}
    for article in sorted(articles, key=lambda one: (str(one.date_published), one.id), reverse=True):
        for path in facets_of(article, vocabulary):
            feeds.setdefault(path, []).append(article)
    names = FacetNames(vocabulary, {NEWSROOM.name: NEWSROOM}, load_wordings())
    config = Config(feed_authority="bench.test,2024")
    files = 0
    with tempfile.TemporaryDirectory(prefix="newscrawler-feedgen-") as folder:
        begin = time.perf_counter()
        for path, found in feeds.items():
            facet = parse_facet(path)
            shown = found if facet.month is not None else found[: config.entries]
            entries = [
                entry_of(article, newsroom=NEWSROOM, vocabulary=vocabulary, authority=config.feed_authority)
                for article in shown
            ]
            head = head_of(facet, names, config, max(entry.updated for entry in entries))
            place = Path(folder, path)
            place.parent.mkdir(parents=True, exist_ok=True)
            for form in (RSS, ATOM_FEED):
                Path(f"{place}.{form.name}").write_bytes(same_bytes(form, head, entries))
            fragments = [JSON_FEED.fragment(entry) for entry in entries]
            Path(f"{place}.json").write_bytes(JSON_FEED.envelope(head, FORMATS).around(fragments))
            files += 3
        return Timed(time.perf_counter() - begin, files)


def same_bytes(form: XmlFormat, head: Head, entries: Sequence[Entry]) -> bytes:
    """The feed that ours joins of fragments, made whole by feedgen."""
    feed = form.feed(head, [(one.name, one.media_type) for one in FORMATS if one.name != form.name])
    for entry in entries:
        feed.add_entry(feedgen_entry(entry), order="append")
    return form.document(feed)


def plain_feed(path: str, articles: Sequence[Article]) -> FeedGenerator:
    """A feed as the documentation of feedgen shows one."""
    feed = FeedGenerator()
    feed.id(f"https://bench.test/{path}")
    feed.title(path)
    feed.subtitle(path)
    feed.link(href="https://bench.test/", rel="alternate")
    feed.link(href=f"https://bench.test/{path}.atom", rel="self")
    for article in articles:
        entry = feed.add_entry(order="append")
        entry.id(article.id)
        entry.title(article.headline)
        entry.link(href=article.canonical_url)
        entry.published(article.date_published)
        entry.updated(article.date_published)
        entry.summary(article.description)
        entry.content(article.body_html, type="html")
        entry.author(name=article.authors[0])
        entry.category([{"term": tag.code} for tag in (*article.regions, *article.topics)])
    return feed


def _json_item(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "url": article.canonical_url,
        "title": article.headline,
        "content_html": article.body_html,
        "summary": article.description,
        "date_published": str(article.date_published),
    }


def sample_head(vocabulary: Vocabulary) -> Head:
    """What the feed of all Kazakh news says of itself."""
    names = FacetNames(vocabulary, {NEWSROOM.name: NEWSROOM}, load_wordings())
    return head_of(parse_facet("kk/all/all"), names, Config(), NOON)
