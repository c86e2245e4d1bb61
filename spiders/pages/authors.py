"""The people who wrote an article; agencies, sites, photographers and labels are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml.etree import _Element

from spiders.pages.article_area import ArticleArea
from spiders.pages.markup_names import is_named
from spiders.pages.microdata import words_of
from spiders.pages.page import Page
from spiders.pages.person_name import is_person_name
from spiders.pages.structured_data import text_values
from spiders.pages.visible_text import short_text_of, text_of

_META = ("article:author", "author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "byl")
_ADDRESS = re.compile(r"https?:|www\.|@|\.(?:com|kz|ru|net|org)\b", re.IGNORECASE)
_LONGEST_LINE = 160


def read_authors(page: Page, area: ArticleArea) -> tuple[list[str], str | None]:
    """The names of the article's authors, each once, and the evidence that gave them.

    In order: the newsroom's selector, JSON-LD, microdata, `meta`, a byline on the page. The first that names a person
    wins.
    """
    names = page.site_names
    for source, texts in _evidence(page, area):
        found: list[str] = []
        for name in (name for text in texts for name in _people_in(page, text, names, source)):
            # The same byline stands in inner and outer elements, there with more words after it.
            if not any(name == other or name.startswith(other + " ") for other in found):
                found.append(name)
        if found:
            return found, source
    return [], None


def _people_in(page: Page, text: str, site_names: frozenset[str], source: str) -> Iterator[str]:
    """The persons that a byline names; label words before them are left out, and who only took the pictures."""
    if len(text) > _LONGEST_LINE or _ADDRESS.search(text):
        return
    words = page.words
    whole = words.author_label.match(text)
    rest = text[whole.end() :] if whole else text
    for part in words.joined_by.split(rest):
        if words.photo_label.match(part):
            continue
        label = words.author_label.match(part)
        name = (part[label.end() :] if label and label.end() < len(part) else part).strip(' .:–—-«»"()')
        if _names_site(name, site_names) or words.not_people.search(name):
            continue
        if is_person_name(name, words.people.particles, single=source.startswith("selector")):
            yield name


def _names_site(name: str, site_names: frozenset[str]) -> bool:
    folded = name.casefold()
    return folded in site_names or any(word in site_names for word in folded.split() if len(word) > 2)


def _evidence(page: Page, area: ArticleArea) -> Iterator[tuple[str, list[str]]]:
    yield from page.selected_texts("authors")
    yield (
        "json-ld",
        [text for value in page.articles for text in _json_authors(value.get("author") or value.get("creator"))],
    )
    yield "microdata", list(_microdata_authors(page))
    yield "meta", page.head.every(*_META)
    yield "text", list(_bylines(page, area))


def _json_authors(value: Any) -> Iterator[str]:
    for member in value if isinstance(value, list) else [value]:
        if isinstance(member, dict) and "Organization" in str(member.get("@type", "")):
            continue
        yield from text_values(member)


def _microdata_authors(page: Page) -> Iterator[str]:
    for element in page.microdata.article.elements("author") + page.microdata.article.elements("creator"):
        if "Organization" in (element.get("itemtype") or ""):
            continue
        names = page.microdata.nested(element).elements("name")
        if names:
            yield from (words_of(name) for name in names)
        elif element.tag != "a" or not element.get("content"):
            yield element.get("content") or text_of(element)


def _bylines(page: Page, area: ArticleArea) -> Iterator[str]:
    """Texts around the body that are named as bylines, or begin with a label such as `Автор:`."""
    holders: list[_Element] = []
    for element in area.around():
        is_byline = area.is_named("byline", element) or element.get("rel") == "author"
        if not is_byline and not _begins_with_label(page, element):
            continue
        if any(step.tag in ("figure", "figcaption") or is_named("caption", step) for step in _up(element)):
            continue
        holders.append(element)
    around = {step for holder in holders for step in holder.iterancestors()}
    for holder in holders:
        # A name stands in the innermost element that is named for it, a label before it may stand outside.
        if holder not in around:
            yield short_text_of(holder, _LONGEST_LINE, between=" | ") or ""
    for holder in holders:
        if holder in around:
            yield short_text_of(holder, _LONGEST_LINE, between=" | ") or ""


def _begins_with_label(page: Page, element: _Element) -> bool:
    text = (element.text or "").lstrip()
    match = page.words.author_label.match(text) if text else None
    return match is not None and (":" in match.group() or match.end() == len(text))


def _up(element: _Element) -> Iterator[_Element]:
    """The element and three around it: further up, names speak of the whole article."""
    current: _Element | None = element
    for _ in range(4):
        if current is None:
            return
        yield current
        current = current.getparent()
