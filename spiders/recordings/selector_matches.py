"""Selector matches: which selectors of a newsroom file match something on the pages of its recordings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from parsel import Selector
from scrapy.http import Response

from newscrawler.newsroom import Newsroom, Selectors, Source
from spiders.discovery.listing import listed_html
from spiders.pages.page import open_page

ARTICLE = "selectors"
# Without these an article is read by guessing, or not at all.
_NEEDED = ("headline", "body", "date_published")


@dataclass(slots=True, frozen=True, order=True)
class NamedSelector:
    """A selector of a newsroom file: the table it stands in (ARTICLE, or `source URL`), its key there, and itself."""

    table: str
    key: str
    css: str


@dataclass(slots=True, frozen=True)
class PageMatches:
    """The page at `url`, and for each selector that was tried on it whether it matched."""

    url: str
    matched: Mapping[NamedSelector, bool]


@dataclass(slots=True, frozen=True)
class UnmatchedSelector:
    """Selectors under one key of a table that match nothing: on the page `url`, or with `everywhere` on any page, of
    which `url` is one."""

    table: str
    key: str
    css: tuple[str, ...]
    url: str
    everywhere: bool

    def __str__(self) -> str:
        where = f"any recorded page, such as {self.url}" if self.everywhere else self.url
        return f"{self.table}: {self.key} {' or '.join(map(repr, self.css))} matches nothing on {where}"

    def to_dict(self) -> dict[str, Any]:
        """The values for machines."""
        names = ("table", "key", "url", "everywhere")
        return {**{name: getattr(self, name) for name in names}, "css": list(self.css)}


def article_matches(response: Response, newsroom: Newsroom, fetched_at: datetime) -> PageMatches:
    """The newsroom's article selectors on an article's page: those of `remove` on the whole of it, the others on what
    these leave. Raises LxmlError or ValueError for what cannot be parsed."""
    matched: dict[NamedSelector, bool] = {}
    if newsroom.selectors.remove:
        whole = _selector(response, None, fetched_at)
        for css in newsroom.selectors.remove:
            matched[NamedSelector(ARTICLE, "remove", css)] = bool(whole.css(css))
    rest = _selector(response, newsroom, fetched_at)
    for key in Selectors.model_fields:
        if key != "remove":
            for css in getattr(newsroom.selectors, key):
                matched[NamedSelector(ARTICLE, key, css)] = bool(rest.css(css))
    return PageMatches(response.url, matched)


def listing_matches(response: Response, source: Source, newsroom: Newsroom) -> PageMatches:
    """The selectors of a list on one of its pages; those that look inside an entry only where there are entries.

    Raises PageError where the answer is no list at all.
    """
    table = f"source {source.url}"
    page = listed_html(response, source, newsroom)
    matched: dict[NamedSelector, bool] = {}
    if page is None:
        return PageMatches(response.url, matched)
    entries = page.css(source.item) if source.item else page.css("a[href]")
    if source.item:
        matched[NamedSelector(table, "item", source.item)] = bool(entries)
    inside = {"link": source.link if source.item else None, "date": source.date, "title": source.title}
    around = {"day_heading": source.day_heading, "next_page": source.next_page}
    for keys, within in ((inside, entries), (around, page)):
        for key, css in keys.items():
            if css is not None and within:
                matched[NamedSelector(table, key, css)] = bool(within.css(css))
    return PageMatches(response.url, matched)


def unmatched_selectors(pages: Iterable[PageMatches], articles: Collection[str]) -> list[UnmatchedSelector]:
    """What the selectors of one newsroom fail to find on the pages of its recordings.

    Every selector that matches nothing on any of them is one; so are the selectors for headline, body and date of
    publication where none of them matches on a page. Article selectors are judged on the pages in `articles` alone:
    those that give an article, or should.
    """
    judged = [page for page in pages if page.url in articles or not _is_article_page(page)]
    first_page: dict[NamedSelector, str] = {}
    alive: set[NamedSelector] = set()
    for page in judged:
        for selector, matched in page.matched.items():
            first_page.setdefault(selector, page.url)
            if matched:
                alive.add(selector)
    dead = [
        UnmatchedSelector(selector.table, selector.key, (selector.css,), url, everywhere=True)
        for selector, url in first_page.items()
        if selector not in alive
    ]
    needed = [key for key in _NEEDED if any((found.table, found.key) == (ARTICLE, key) for found in alive)]
    lacking = [
        UnmatchedSelector(ARTICLE, key, tuple(selector.css for selector in tried), page.url, everywhere=False)
        for page in judged
        for key in needed
        if (tried := _under(page, key)) and not any(page.matched[selector] for selector in tried)
    ]
    return [*sorted(dead, key=lambda found: (found.table, found.key, found.css)), *dict.fromkeys(lacking)]


def _under(page: PageMatches, key: str) -> list[NamedSelector]:
    return [selector for selector in page.matched if (selector.table, selector.key) == (ARTICLE, key)]


def _is_article_page(page: PageMatches) -> bool:
    return any(selector.table == ARTICLE for selector in page.matched)


def _selector(response: Response, newsroom: Newsroom | None, fetched_at: datetime) -> Selector:
    return Selector(root=open_page(response, newsroom, fetched_at, None).root, type="html")
