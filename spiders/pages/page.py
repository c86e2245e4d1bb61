"""Page: one fetched page with all the evidence in it, parsed once and shared by the readers of its fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from itertools import islice
from typing import cast
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from lxml.etree import XPath, _Element
from parsel.csstranslator import HTMLTranslator
from scrapy.http import Response

from newscrawler.address import Discovered
from newscrawler.dates import parse_date
from newscrawler.newsroom import Newsroom
from newscrawler.urls import absolute
from spiders.pages.charset import in_utf8
from spiders.pages.head import Head, read_head
from spiders.pages.microdata import Microdata, words_of
from spiders.pages.page_tree import cut_out, page_tree
from spiders.pages.page_words import PageWords, page_words
from spiders.pages.structured_data import JsonObject, is_article, is_web_page, json_ld_objects, text_values
from spiders.pages.visible_text import plain

DEFAULT_ZONE = "Asia/Almaty"
# In letters: longer parts of a host name are the site's own name rather than `com`, `kz`, `news`.
_LONGEST_DOMAIN = 4
# A page of an article has a few thousand elements.
_MOST_HELD = 20_000


@dataclass(slots=True, kw_only=True)
class Page:
    """A page and its evidence.

    `name` is the newsroom's, or the host where the newsroom is unknown. `articles` are the JSON-LD articles that the
    page is about, then its WebPage objects. `site_names` is what the site calls itself, in folded case: in its pages,
    its newsroom file and its host name. `sources` collects, field by field, which evidence won. `elements` are
    those of the tree, up to a number: while they are held, lxml need not make them anew for every reader.
    """

    url: str
    root: _Element
    elements: list[_Element]
    newsroom: Newsroom | None
    name: str
    zone: ZoneInfo
    fetched_at: datetime
    known: Discovered | None
    head: Head
    json_ld: list[JsonObject]
    articles: list[JsonObject]
    microdata: Microdata
    words: PageWords
    site_names: frozenset[str] = frozenset()
    sources: dict[str, str] = field(default_factory=dict)

    def selected(self, field_name: str) -> Iterator[tuple[str, list[_Element | str]]]:
        """What the newsroom's selectors for a field match: `selector CSS`, and elements, or texts where the selector
        ends in `::text` or `::attr(...)`. Selectors that match nothing are passed over."""
        if self.newsroom is not None:
            for selector in getattr(self.newsroom.selectors, field_name):
                found = _matches(selector, self.root)
                if found:
                    yield f"selector {selector}", found

    def selected_texts(self, field_name: str) -> Iterator[tuple[str, list[str]]]:
        """The texts of what `selected` gives, without empty ones."""
        for source, matches in self.selected(field_name):
            texts = [plain(match) if isinstance(match, str) else words_of(match) for match in matches]
            if any(texts):
                yield source, [text for text in texts if text]

    def read_date(self, text: str) -> datetime | date | None:
        """The moment or day that a date line of the page states, see `newscrawler.dates.parse_date`."""
        if self.newsroom is not None:
            return self.newsroom.read_date(text, self.fetched_at)
        return parse_date(text, self.fetched_at, self.zone)

    def absolute(self, link: str) -> str | None:
        """`link` as an absolute web address, or None."""
        return absolute(self.head.base, link)


def open_page(response: Response, newsroom: Newsroom | None, fetched_at: datetime, known: Discovered | None) -> Page:
    """The page in `response`, without what the newsroom's `remove` selectors match.

    Raises LxmlError or ValueError for what is no page, NestedTooDeep (a ValueError) for one that is read in part only.
    """
    root = page_tree(in_utf8(response))
    if newsroom is not None:
        for selector in newsroom.selectors.remove:
            for element in _matches(selector, root):
                if not isinstance(element, str):
                    cut_out(element)
    elements = list(islice(root.iter(), _MOST_HELD))
    head = read_head(root, response.url)
    objects = json_ld_objects(root)
    page = Page(
        url=response.url,
        root=root,
        elements=elements,
        newsroom=newsroom,
        name=newsroom.name if newsroom is not None else (urlsplit(response.url).hostname or response.url),
        zone=newsroom.zone if newsroom is not None else ZoneInfo(DEFAULT_ZONE),
        fetched_at=fetched_at,
        known=known,
        head=head,
        json_ld=objects,
        articles=_articles(objects, head),
        microdata=Microdata(root, f"{head.title} {head.first('og:title') or ''}"),
        words=page_words(),
    )
    page.site_names = _site_names(page)
    return page


def _site_names(page: Page) -> frozenset[str]:
    host = (urlsplit(page.url).hostname or "").removeprefix("www.")
    names = {host, *(label for label in host.split(".") if len(label) > _LONGEST_DOMAIN)}
    names.update(page.head.every("og:site_name", "application-name", "twitter:site"))
    for value in page.json_ld:
        names.update(text_values(value.get("publisher")))
    for element in page.microdata.article.elements("publisher"):
        names.update(words_of(name) for name in page.microdata.nested(element).elements("name"))
    if page.newsroom is not None:
        names.update({page.newsroom.title, *page.newsroom.wording.site_names, *page.newsroom.hosts})
    return frozenset(name.casefold().lstrip("@") for name in names if name)


def _articles(objects: list[JsonObject], head: Head) -> list[JsonObject]:
    """The articles that the page is about, then its WebPage objects. A list of teasers is marked up as articles too."""
    articles = [value for value in objects if is_article(value)]
    if len(articles) > 1:
        titles = " ".join([head.title, head.first("og:title") or ""]).casefold()
        articles = [
            value for value in articles if any(_in(titles, text) for text in text_values(value.get("headline")))
        ]
    return articles + [value for value in objects if is_web_page(value)]


def _in(titles: str, headline: str) -> bool:
    return headline.casefold() in titles


def _matches(selector: str, root: _Element) -> list[_Element | str]:
    return cast("list[_Element | str]", _compiled(selector)(root))


@lru_cache(maxsize=1024)
def _compiled(selector: str) -> XPath:
    return XPath(HTMLTranslator().css_to_xpath(selector))
