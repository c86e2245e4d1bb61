"""Sitemaps: indexes, URL sets and Google News sitemaps (sitemaps.org 0.9, sitemap-news 0.9)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial

from lxml import etree
from scrapy.http import Response

from newscrawler.address import Discovered
from newscrawler.article import DatePrecision
from newscrawler.dates import at_noon, parse_iso
from newscrawler.errors import PageError
from newscrawler.newsroom import Newsroom
from newscrawler.urls import absolute
from spiders.discovery.found import Found, each_once
from spiders.discovery.xml_document import XmlDocument, child_texts, local_name

_ENTRIES = frozenset({"url", "sitemap"})
_EARLIEST_YEAR = 1990


def read_sitemap(response: Response, newsroom: Newsroom, now: datetime) -> Found:
    """The articles or the further documents that a sitemap names.

    A lastmod before 1990 or more than a day after `now` is disregarded. Raises PageError when it is no sitemap, and
    when it names nothing but by entities of its own, which are not read.
    """
    document = XmlDocument(response, newsroom.name, _ENTRIES)
    kind = document.root
    if kind not in ("urlset", "sitemapindex"):
        raise PageError(f"no sitemap: its root is <{kind}>", url=response.url, newsroom=newsroom.name)
    found = Found()
    keep = _keep_child if kind == "sitemapindex" else _keep_article
    document.read(partial(keep, found, response.url, newsroom, now))
    found.whole = document.whole
    if document.declares_entities and found.entries and not (found.articles or found.children):
        raise PageError(
            "it names its addresses by entities, which are not read", url=response.url, newsroom=newsroom.name
        )
    found.articles = each_once(found.articles)
    return found


def _keep_child(found: Found, base: str, newsroom: Newsroom, now: datetime, entry: etree._Element) -> None:
    found.entries += 1
    texts = child_texts(entry)
    child = absolute(base, texts.get("loc", ""))
    if child is not None and newsroom.is_own(child):
        found.children.append((child, texts.get("lastmod")))


def _keep_article(found: Found, base: str, newsroom: Newsroom, now: datetime, entry: etree._Element) -> None:
    found.entries += 1
    texts = child_texts(entry)
    url = newsroom.article_address(base, texts.get("loc", ""))
    if url is not None:
        found.articles.append(_article(url, entry, texts, newsroom, now))


def _article(url: str, entry: etree._Element, texts: dict[str, str], newsroom: Newsroom, now: datetime) -> Discovered:
    news = next((child_texts(child) for child in entry if local_name(child) == "news"), {})
    published = _within(parse_iso(news.get("publication_date", ""), newsroom.zone), now)
    precision = None
    if published is not None:
        precision = DatePrecision.MINUTE if isinstance(published, datetime) else DatePrecision.DAY
    modified = _within(parse_iso(texts.get("lastmod", ""), newsroom.zone), now)
    return Discovered(
        url=url,
        headline=news.get("title"),
        date_published=_moment(published, newsroom),
        date_precision=precision,
        date_modified=_moment(modified, newsroom),
    )


def _within(found: date | None, now: datetime) -> date | None:
    if found is None or found.year < _EARLIEST_YEAR:
        return None
    day = found.date() if isinstance(found, datetime) else found
    return found if day <= (now + timedelta(days=1)).date() else None


def _moment(found: date | None, newsroom: Newsroom) -> datetime | None:
    if found is None or isinstance(found, datetime):
        return found
    return at_noon(found, newsroom.zone)
