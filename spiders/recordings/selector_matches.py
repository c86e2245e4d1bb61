"""Selector matches: which selectors of a newsroom file match something on the pages of its recordings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
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
    which `url` is one. It is no error where another selector under the key does the work."""

    table: str
    key: str
    css: tuple[str, ...]
    url: str
    everywhere: bool
    is_error: bool = True

    def __str__(self) -> str:
        where = f"any recorded page, such as {self.url}" if self.everywhere else self.url
        return f"{self.table}: {self.key} {' or '.join(map(repr, self.css))} matches nothing on {where}"

    def to_dict(self) -> dict[str, Any]:
        """The values for machines."""
        names = ("table", "key", "url", "everywhere", "is_error")
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
    """What the selectors of one newsroom fail to find on the pages of its recordings, by table and key.

    Selectors under one key are tried in order, for the layouts of several years. It is an error where none of a key's
    selectors matches on any page, and where none of those for headline, body or date of publication matches on a page,
    though they do on others. A selector that matches nowhere while another under its key does is told of all the same.
    Article selectors are judged on the pages in `articles` alone: those that give an article, or should.
    """
    judged = [page for page in pages if page.url in articles or not _is_article_page(page)]
    first_page: dict[NamedSelector, str] = {}
    alive: set[NamedSelector] = set()
    for page in judged:
        for selector, matched in page.matched.items():
            first_page.setdefault(selector, page.url)
            if matched:
                alive.add(selector)
    working = {_place(selector) for selector in alive}
    idle = sorted((selector for selector in first_page if selector not in alive), key=_place)
    dead: list[UnmatchedSelector] = []
    for (table, key), selectors in groupby(idle, key=_place):
        css = [selector.css for selector in selectors]
        url = first_page[NamedSelector(table, key, css[0])]
        if (table, key) in working:
            dead += [UnmatchedSelector(table, key, (each,), url, everywhere=True, is_error=False) for each in css]
        else:
            dead.append(UnmatchedSelector(table, key, tuple(css), url, everywhere=True))
    lacking = [
        UnmatchedSelector(ARTICLE, key, tuple(selector.css for selector in tried), page.url, everywhere=False)
        for page in judged
        for key in _NEEDED
        if (ARTICLE, key) in working
        and (tried := _under(page, key))
        and not any(page.matched[selector] for selector in tried)
    ]
    return [*dead, *dict.fromkeys(lacking)]


def _place(selector: NamedSelector) -> tuple[str, str]:
    return selector.table, selector.key


def _under(page: PageMatches, key: str) -> list[NamedSelector]:
    return [selector for selector in page.matched if _place(selector) == (ARTICLE, key)]


def _is_article_page(page: PageMatches) -> bool:
    return any(selector.table == ARTICLE for selector in page.matched)


def _selector(response: Response, newsroom: Newsroom | None, fetched_at: datetime) -> Selector:
    return Selector(root=open_page(response, newsroom, fetched_at, None).root, type="html")
