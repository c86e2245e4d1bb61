"""Reading feeds and sitemaps of a site of which no address pattern is known yet."""

from __future__ import annotations

import logging
import re
from datetime import datetime
from urllib.parse import urlsplit

from scrapy.http import Response

from newscrawler.errors import NewscrawlerError, PageError
from newscrawler.newsroom import SourceKind
from spiders.discovery.feed import read_feed
from spiders.discovery.sitemap import read_sitemap
from spiders.drafting.findings import Findings, FoundSource
from spiders.drafting.signs import load_signs
from spiders.drafting.site_pages import SitePages

logger = logging.getLogger(__name__)

_WORD = re.compile(r"[a-z]+")
_NUMBER = re.compile(r"\d+")
# An index of more documents than a year has weeks, or a document near the protocol's 50,000 entries, tells of all that
# the site ever wrote.
_MANY_DOCUMENTS = 60
_MANY_ENTRIES = 5_000


def name_feeds(findings: Findings, named: list[str], most: int) -> None:
    """Takes in at most `most` feeds that saved pages name and that cannot be asked for; the rest is not tried."""
    known = {source.url for source in findings.sources}
    named = [url for url in dict.fromkeys(named) if url not in known]
    findings.sources += [
        FoundSource(kind=SourceKind.FEED, url=url, note="named by the pages; it was not among the saved ones")
        for url in named[:most]
    ]
    findings.not_tried += named[most:]


async def read_feeds(pages: SitePages, findings: Findings, named: list[str], most: int) -> None:
    """Asks for at most `most` feeds: those that pages name, else those in the usual places."""
    named = list(dict.fromkeys(named))
    usual = [] if named else [f"{_root(findings.site.home)}{path}" for path in load_signs().feeds.places]
    for url in [*named, *usual][:most]:
        try:
            response = await pages.get(url)
            note_feed(findings, response, "named by the pages" if named else "found in a usual place")
        except NewscrawlerError as error:
            logger.info("%s", error)
            continue
        if not named:
            return
    findings.not_tried += named[most:]


def note_feed(findings: Findings, response: Response, note: str) -> None:
    """Takes in what a feed names. Raises PageError when it is none, or names no page of this site."""
    read = read_feed(response, findings.site.newsroom())
    if not read.articles:
        raise PageError("the feed names no page of this site", url=response.url)
    findings.sources.append(FoundSource(kind=SourceKind.FEED, url=response.url, entries=len(read.articles), note=note))
    for item in read.articles:
        findings.sure.setdefault(item.url, item)


async def read_sitemaps(pages: SitePages, findings: Findings, named: list[str], most: int) -> None:
    """Asks for at most `most` sitemaps: those that robots.txt names, else those in the usual places; of an index the
    newest document of each kind."""
    usual = [f"{_root(findings.site.home)}{path}" for path in load_signs().sitemaps.places]
    waiting = list(dict.fromkeys(named)) or usual
    roots, kinds = dict.fromkeys(waiting), set[str]()
    asked = 0
    while waiting and asked < most and pages.left:
        url = waiting.pop(0)
        asked += 1
        try:
            response = await pages.get(url)
            below = note_sitemap(findings, response)
        except NewscrawlerError as error:
            logger.info("%s", error)
            continue
        kinds.add(_kind(url))
        waiting = [kept for kept in waiting if kept not in usual or named]
        new = [child for child in below if child not in roots and _kind(child) not in kinds]
        # An index alone tells nothing of addresses, so what it names comes first.
        waiting = new + [kept for kept in waiting if kept not in new]
    if named:
        findings.not_tried += [url for url in waiting if url in roots and url not in findings.named_by_index]


def note_sitemap(findings: Findings, response: Response) -> list[str]:
    """Takes in what a sitemap names; of each kind of documents that it names the most promising, these in the order of
    their promise. Raises PageError."""
    now: datetime = response.meta["fetched_at"]
    read = read_sitemap(response, findings.site.newsroom(), now)
    for item in read.articles:
        findings.site.meet(item.url)
        # Only a news sitemap says more of an entry than when it changed.
        is_news = item.headline is not None or item.date_published is not None
        (findings.sure if is_news else findings.doubtful).setdefault(item.url, item)
    is_archive = len(read.children) > _MANY_DOCUMENTS or len(read.articles) > _MANY_ENTRIES
    # The newest articles of an index that is too much to read are a source of their own.
    findings.named_by_index |= {url for url, _ in read.children if not (is_archive and _is_newest(url))}
    if read.articles or read.children:
        note = f"an index of {len(read.children)} documents" if read.children else ""
        findings.sources.append(
            FoundSource(
                kind=SourceKind.SITEMAP,
                url=response.url,
                entries=len(read.articles) if read.articles else None,
                note=note,
                is_archive=is_archive,
            )
        )
    wanted = [(url, lastmod or "") for url, lastmod in read.children if not _is_other(url)]
    wanted.sort(key=lambda child: child[1], reverse=True)
    wanted.sort(key=lambda child: not _is_newest(child[0]))
    first_of_kind: dict[str, str] = {}
    for url, _ in wanted:
        first_of_kind.setdefault(_kind(url), url)
    return list(first_of_kind.values())


def _kind(url: str) -> str:
    """What sitemaps of one kind share: the address without its numbers."""
    return _NUMBER.sub("", urlsplit(url).path)


def _is_newest(url: str) -> bool:
    return bool(set(_WORD.findall(urlsplit(url).path.rpartition("/")[2].lower())) & set(load_signs().sitemaps.newest))


def _is_other(url: str) -> bool:
    return bool(set(_WORD.findall(urlsplit(url).path.rpartition("/")[2].lower())) & set(load_signs().sitemaps.others))


def _root(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
