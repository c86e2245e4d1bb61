"""The section a newsroom filed an article under, and its keywords."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml.etree import _Element

from spiders.pages.article_area import ArticleArea
from spiders.pages.microdata import words_of
from spiders.pages.page import Page
from spiders.pages.structured_data import breadcrumbs, text_values
from spiders.pages.tree_paths import ElementPath
from spiders.pages.visible_text import short_text_of, text_of

_CRUMB_HOLDERS = ("nav", "ol", "ul", "div", "section", "p", "span", "table")
_CRUMBS = ElementPath(
    "descendant::a | descendant::span[not(descendant::a or ancestor::a)] | descendant::li[not(descendant::a)]"
)
_LONGEST_SECTION = 60
_MOST_CRUMBS = 10
_MOST_KEYWORDS = 30
_LONGEST_KEYWORD = 60


def read_section(page: Page, area: ArticleArea, headline: str) -> tuple[str | None, str | None]:
    """The name of the section as the page writes it, and the evidence; `News`, `Home` and the site's name are none."""
    barred = page.words.generic_sections | page.site_names | {headline.casefold()}
    for text, source in _sections(page, area):
        name = text.strip(" /|»>•·:")
        if name and len(name) <= _LONGEST_SECTION and name.casefold() not in barred:
            return name, source
    return None, None


def read_keywords(page: Page, area: ArticleArea) -> tuple[list[str], str | None]:
    """The keywords of the article in the page's order, each once, and the evidence."""
    for texts, source in _keyword_lists(page, area):
        found: dict[str, str] = {}
        for text in texts:
            for keyword in re.split(r"[,;،]\s*|\n", text):
                keyword = keyword.strip(' #."')
                if keyword and len(keyword) <= _LONGEST_KEYWORD:
                    found.setdefault(keyword.casefold(), keyword)
        if found:
            return list(found.values())[:_MOST_KEYWORDS], source
    return [], None


def _sections(page: Page, area: ArticleArea) -> Iterator[tuple[str, str]]:
    for source, texts in page.selected_texts("section"):
        yield texts[0], source
    for value in page.articles:
        for text in text_values(value.get("articleSection")):
            yield text, "json-ld"
    for element in page.microdata.article.elements("articleSection"):
        yield words_of(element), "microdata"
    for text in page.head.every("article:section", "og:section"):
        yield text, "og"
    for text in reversed(breadcrumbs(page.json_ld)):
        yield text, "json-ld"
    for holder in islice(_breadcrumbs(page, area), 1):
        for crumb in reversed(_CRUMBS(holder)[-_MOST_CRUMBS:]):
            yield short_text_of(crumb, _LONGEST_SECTION) or "", "breadcrumb"
    for element in area.before:
        if area.is_named("section", element):
            yield short_text_of(element, _LONGEST_SECTION) or "", "text"


def _breadcrumbs(page: Page, area: ArticleArea) -> Iterator[_Element]:
    """Elements that hold breadcrumbs, above the end of the body's first paragraph."""
    for element in page.root.iter(*_CRUMB_HOLDERS):
        if element is area.first:
            break
        if "readcrumb" in element.get("class", "") or "readcrumb" in element.get("id", ""):
            yield element
    yield from page.microdata.of_type("BreadcrumbList")


def _keyword_lists(page: Page, area: ArticleArea) -> Iterator[tuple[list[str], str]]:
    for source, texts in page.selected_texts("keywords"):
        yield texts, source
    yield [text for value in page.articles for text in text_values(value.get("keywords"))], "json-ld"
    yield [words_of(element) for element in page.microdata.article.elements("keywords")], "microdata"
    yield page.head.every("article:tag", "og:article:tag"), "og"
    yield page.head.every("news_keywords"), "meta"
    yield page.head.every("keywords"), "meta"
    yield [text_of(element) for element in area.around() if element.get("rel") == "tag"], "text"
