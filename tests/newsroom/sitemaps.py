"""robots.txt and the sitemaps: an index of monthly children, a gzip child, a nested index, a Google News sitemap."""

import gzip
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from .article import NAME, SITE, Version
from .clock import CLOCK
from .edition import HIDDEN, ONLY_IN_AJAX, ONLY_IN_FEED, Edition
from .page import content

INDEX: Final = "/sitemap.xml"
MONTHLY: Final = "/sitemaps/2024-05.xml"
MISSING_CHILD: Final = "/sitemaps/2024-04.xml"
ARCHIVE: Final = "/sitemaps/archive-2018-2021.xml.gz"
NESTED: Final = "/sitemaps/qazaq-scripts.xml"
SCRIPT_CHILDREN: Final = {"/sitemaps/lat.xml": "Latn", "/sitemaps/arab.xml": "Arab"}
NEWS: Final = "/news-sitemap.xml"
ROBOTS: Final = f"""User-agent: *
Crawl-delay: 1
Disallow: /search
Disallow: /amp/

Sitemap: {SITE}{INDEX}
Sitemap: {SITE}{NEWS}
"""

# The two lies of the news sitemap.
WRONG_LANGUAGE: Final = ("parliament-law", "ru")
YEAR_ONE: Final = ("kostanay-court", "kk")

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_XMLNS: Final = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_NEWS_XMLNS: Final = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
_NEWS_AGE: Final = timedelta(days=2)
_DELETED_AT: Final = CLOCK[2].replace(hour=8, minute=15)


def sitemaps(edition: Edition) -> dict[str, bytes]:
    """Every sitemap of the snapshot by its path; the archive is gzip."""
    children: dict[str, list[tuple[str, datetime]]] = {
        MONTHLY: monthly_entries(edition),
        ARCHIVE: [_entry(version) for version in edition.newest("kk", "ru") if version.published.year <= 2021],
    }
    for path, script in SCRIPT_CHILDREN.items():
        children[path] = [_entry(version) for version in edition.articles if version.script == script]
    files = {path: _urlset(entries) for path, entries in children.items()}
    files[ARCHIVE] = gzip.compress(files[ARCHIVE], mtime=0)
    newest = {path: max(lastmod for _, lastmod in entries) for path, entries in children.items()}
    files[NESTED] = _index([(path, newest[path]) for path in SCRIPT_CHILDREN])
    files[NEWS] = _news(edition)
    files[INDEX] = _index(
        [
            (MONTHLY, newest[MONTHLY]),
            (MISSING_CHILD, CLOCK[1].replace(month=4, day=30)),
            (NESTED, max(newest[path] for path in SCRIPT_CHILDREN)),
            (ARCHIVE, newest[ARCHIVE]),
            (NEWS, max(version.lastmod for version in _recent(edition))),
        ]
    )
    return files


def monthly_entries(edition: Edition) -> list[tuple[str, datetime]]:
    """Address and lastmod of 2024's articles; a deleted one stays, with the time of its deletion."""
    without = ONLY_IN_FEED | ONLY_IN_AJAX
    listed = [version for version in edition.newest("kk", "ru", without=without) if version.published.year == 2024]
    return [_entry(version) for version in listed] + [(version.url, _DELETED_AT) for version in edition.gone]


def _entry(version: Version) -> tuple[str, datetime]:
    return version.url, version.lastmod


def _recent(edition: Edition) -> list[Version]:
    since = edition.now - _NEWS_AGE
    return [version for version in edition.newest("kk", "ru", without=HIDDEN) if version.published > since]


def _urlset(entries: Sequence[tuple[str, datetime]]) -> bytes:
    rows = [f"<url><loc>{url}</loc><lastmod>{lastmod.isoformat()}</lastmod></url>" for url, lastmod in entries]
    return _document(f"urlset {_XMLNS}", rows)


def _index(children: Sequence[tuple[str, datetime]]) -> bytes:
    rows = [
        f"<sitemap><loc>{SITE}{path}</loc><lastmod>{lastmod.isoformat()}</lastmod></sitemap>"
        for path, lastmod in children
    ]
    return _document(f"sitemapindex {_XMLNS}", rows)


def _news(edition: Edition) -> bytes:
    return _document(f"urlset {_XMLNS} {_NEWS_XMLNS}", (_news_row(version) for version in _recent(edition)))


def _news_row(version: Version) -> str:
    key = (version.story, version.language)
    language = "kk" if key == WRONG_LANGUAGE else version.language
    lastmod = "0001-01-01T00:00:00+00:00" if key == YEAR_ONE else version.lastmod.isoformat()
    return (
        f"<url><loc>{version.url}</loc><lastmod>{lastmod}</lastmod><news:news>"
        f"<news:publication><news:name>{NAME}</news:name><news:language>{language}</news:language></news:publication>"
        f"<news:publication_date>{version.published.isoformat()}</news:publication_date>"
        f"<news:title>{content(version.headline)}</news:title></news:news></url>"
    )


def _document(root: str, rows: Iterable[str]) -> bytes:
    name = root.split()[0]
    return (_HEAD + f"<{root}>\n" + "\n".join(rows) + f"\n</{name}>\n").encode()
