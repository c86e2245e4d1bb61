"""The headline: what the page's heading and its structured data agree on, without the site's suffix."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

from lxml.etree import _Element

from spiders.pages.microdata import words_of
from spiders.pages.page import Page
from spiders.pages.structured_data import is_article, text_values
from spiders.pages.visible_text import short_text_of, text_of

_DIVIDERS = "|—–:·•»/-"
_SUFFIX = re.compile(rf"\s*[{_DIVIDERS}]\s+|\s+[{_DIVIDERS}]\s*|\s*\|\s*")
_DIVIDER = re.compile(f"[{_DIVIDERS}]")
_WORD = re.compile(r"\w+")
# What a page may claim and show as its headline; more is not meant.
_MOST = 20
_MOST_LESSER = 200
# In characters: what is longer is no headline.
_LONGEST = 500
# Old templates set headlines in these.
_HEADING_LIKE = ("div", "td", "th", "dt", "dd", "li", "center", "span", "p", "strong", "b", "font")
# How much of the shorter of two headlines must stand in the other for the two to be one.
_ALIKE = 0.6


@dataclass(slots=True)
class Headline:
    """The headline, the element that shows it on the page where there is one, and an alternative if given."""

    text: str
    source: str
    element: _Element | None
    alternative: str | None = None


def read_headline(page: Page) -> Headline | None:
    """The page's headline, or None where nothing on the page can be one.

    In order: the newsroom's selector; JSON-LD, microdata and headings where two of these agree; the only `h1`; JSON-LD,
    microdata, og:title alone; a `title` whose words stand in a heading. What a list or feed knows comes last.
    """
    for source, matches in page.selected("headline"):
        for match in matches:
            text = match if isinstance(match, str) else text_of(match)
            if text:
                return Headline(text, source, None if isinstance(match, str) else match)
    names = page.site_names
    given = (claim for claim in _claims(page) if len(claim[0]) <= _LONGEST)
    claims = [(without_site(text, names), source) for text, source in islice(given, _MOST)]
    claims = [(text, source) for text, source in claims if text and text.casefold() not in names]
    headings = [(text, element) for text, element in _headings(page) if text.casefold() not in names]
    found = _agreed(claims, headings) or _alone(page, claims, headings, names)
    if found is not None:
        found.alternative = _alternative(page, found.text)
    return found


def alike(one: str, other: str) -> bool:
    """Whether two headlines are the same, but for what was cut off, appended or put differently."""
    words, others = set(_WORD.findall(one.casefold())), set(_WORD.findall(other.casefold()))
    smaller = min(len(words), len(others))
    return smaller > 0 and len(words & others) / smaller >= _ALIKE and smaller * 3 >= max(len(words), len(others))


def without_site(text: str, names: frozenset[str]) -> str:
    """`text` without what the site appends or puts before: ` | SITE`, ` - SITE`, `SITE: `."""
    if _DIVIDER.search(text) is None:
        return text
    for _ in range(3):
        cut = next(
            (match for match in reversed(list(_SUFFIX.finditer(text))) if _names_site(text[match.end() :], names)), None
        )
        if cut is None or not text[: cut.start()].strip():
            break
        text = text[: cut.start()].strip()
    first = _SUFFIX.search(text)
    if first is not None and text[: first.start()].casefold() in names and text[first.end() :].strip():
        return text[first.end() :].strip()
    return text


def _names_site(tail: str, names: frozenset[str]) -> bool:
    folded = tail.strip().casefold()
    return folded in names or any(len(name) > 3 and folded.startswith(name) and len(folded) < 60 for name in names)


def _claims(page: Page) -> Iterator[tuple[str, str]]:
    for value in page.articles:
        if is_article(value):
            for text in text_values(value.get("headline") or value.get("name")):
                yield text, "json-ld"
    for name in ("headline", "name"):
        for element in page.microdata.article.elements(name):
            yield words_of(element), "microdata"
    for title in page.head.every("og:title", "twitter:title"):
        yield title, "og"


def _headings(page: Page) -> list[tuple[str, _Element]]:
    headings = list(islice(page.root.iter("h1"), _MOST))
    marked = page.microdata.article.elements("headline")[:_MOST]
    headings += [found for found in marked if found.tag in ("h2", "h3", "div", "span")]
    texts = ((short_text_of(found, _LONGEST), found) for found in headings)
    return [(text, found) for text, found in texts if text and not _leads_home(page, found)]


def _leads_home(page: Page, heading: _Element) -> bool:
    """Whether the heading is the site's logo: a link to the front page."""
    link = next(heading.iter("a"), None)
    if link is None:
        link = next((step for step in heading.iterancestors() if step.tag == "a"), None)
    url = page.absolute(link.get("href") or "") if link is not None and link.get("href") else None
    return url is not None and urlsplit(url).path in ("", "/") and not urlsplit(url).query


def _agreed(claims: list[tuple[str, str]], headings: list[tuple[str, _Element]]) -> Headline | None:
    """The first claim that a heading agrees with, in the words of the heading: they are what the reader sees."""
    for claim, source in claims:
        equal = [pair for pair in headings if pair[0].casefold() == claim.casefold()]
        for text, element in equal or [pair for pair in headings if alike(claim, pair[0])]:
            return Headline(text, source if equal else "h1", element)
    return None


def _alone(
    page: Page, claims: list[tuple[str, str]], headings: list[tuple[str, _Element]], names: frozenset[str]
) -> Headline | None:
    if len(headings) == 1 and len(_WORD.findall(headings[0][0])) > 1:
        return Headline(headings[0][0], "h1", headings[0][1])
    title = without_site(page.head.title, names) if len(page.head.title) <= _LONGEST else ""
    lesser = [
        (text, element)
        for element in islice(page.root.iter("h2", "h3"), _MOST_LESSER)
        if (text := short_text_of(element, _LONGEST))
    ]
    for claim, source in [*claims, (title, "title")]:
        shown = next((pair for pair in lesser if pair[0].casefold() == claim.casefold()), None)
        if shown is not None or source != "title":
            return Headline(claim, source, shown[1] if shown else None)
    for text, element in headings:
        if title and alike(title, text):
            return Headline(text, "h1", element)
    for element in page.root.iter(*_HEADING_LIKE) if title else ():
        if title.startswith((element.text or "").strip()) and short_text_of(element, len(title)) == title:
            return Headline(title, "title", element)
    known = page.known.headline if page.known is not None else None
    return Headline(known, "discovery", None) if known else None


def _alternative(page: Page, headline: str) -> str | None:
    for value in page.articles:
        for text in text_values(value.get("alternativeHeadline")):
            if text.casefold() != headline.casefold():
                return text
    return None
