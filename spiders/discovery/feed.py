"""Feeds: RSS (0.9x, 1.0, 2.0) and Atom (0.3, 1.0) as sources of article addresses."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from html import unescape

from lxml import etree
from scrapy.http import Response

from newscrawler.address import Discovered
from newscrawler.article import DatePrecision
from newscrawler.dates import parse_iso
from newscrawler.errors import PageError
from newscrawler.newsroom import Newsroom
from spiders.discovery.found import Found, each_once
from spiders.discovery.xml_document import XmlDocument, child_texts, local_name

_ENTRIES = frozenset({"item", "entry"})
_FEED = frozenset({"rss", "rdf", "feed", "channel"})


def read_feed(response: Response, newsroom: Newsroom) -> Found:
    """The articles of a feed in its order, with headline, date of publication and, in Atom, of change.

    An item without a usable link is passed over. Raises PageError when the answer is no feed.
    """
    document = XmlDocument(response, newsroom.name, _ENTRIES)
    if document.root not in _FEED:
        raise PageError(f"no feed: its root is <{document.root}>", url=response.url, newsroom=newsroom.name)
    found = Found()
    document.read(partial(_keep, found, response.url, newsroom))
    found.whole = document.whole
    found.articles = each_once(found.articles)
    return found


def _keep(found: Found, base: str, newsroom: Newsroom, entry: etree._Element) -> None:
    found.entries += 1
    url = _article_address(entry, base, newsroom)
    if url is None:
        return
    texts = child_texts(entry)
    published = _moment(texts, newsroom, "pubdate", "published", "issued", "date", "created")
    found.articles.append(
        Discovered(
            url=url,
            headline=_plain(texts.get("title", "")) or None,
            date_published=published,
            date_precision=DatePrecision.MINUTE if published else None,
            date_modified=_moment(texts, newsroom, "updated", "modified"),
        )
    )


def _article_address(entry: etree._Element, base: str, newsroom: Newsroom) -> str | None:
    candidates: list[str] = []
    for child in entry:
        name = local_name(child)
        if name == "link" and child.get("href") and child.get("rel", "alternate") == "alternate":
            candidates.insert(0, child.get("href", ""))
        elif name in ("link", "guid", "id") and (child.text or "").strip():
            candidates.append((child.text or "").strip())
    for candidate in candidates:
        url = newsroom.article_address(base, candidate) if not candidate.startswith("tag:") else None
        if url is not None:
            return url
    return None


def _moment(texts: dict[str, str], newsroom: Newsroom, *names: str) -> datetime | None:
    for name in names:
        moment = parse_iso(texts[name], newsroom.zone) if name in texts else None
        if isinstance(moment, datetime):
            return moment
    return None


def _plain(title: str) -> str:
    """A title's text; some feeds escape it twice."""
    once = unescape(title)
    return " ".join((unescape(once) if "&" in once and ";" in once else once).split())
