"""Page outline: the elements of a page, where in them the body was found, and what of it was left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lxml.etree import _Element
from scrapy.http import Response

from newscrawler.newsroom import Newsroom
from spiders.pages.body import Body, read_body
from spiders.pages.headline import Headline, read_headline
from spiders.pages.markup_names import is_named
from spiders.pages.page import open_page
from spiders.pages.prose import ClutterRule
from spiders.pages.visible_text import BLOCK_TAGS, HIDDEN_TAGS, text_of

# In characters: what has less text is a button or a label.
_SHORTEST = 25
_LONGEST_NAME = 60
# Where no body was found, elements with this share of the page's text are opened.
_LARGE = 0.3
_UNKNOWN = "none of the article, by its words, links or place"


@dataclass(slots=True, frozen=True)
class OutlineElement:
    """An element: how deep it stands in the outline, its tag#id.class, how many characters of text it has, whether the
    body is in it or of it, and what is known of it."""

    depth: int
    name: str
    characters: int
    is_of_body: bool
    note: str

    def to_dict(self) -> dict[str, Any]:
        """The values for machines."""
        names = ("depth", "name", "characters", "is_of_body", "note")
        return {name: getattr(self, name) for name in names}


def outline(response: Response, newsroom: Newsroom | None, fetched_at: datetime) -> list[OutlineElement]:
    """The elements of a page with more than a label's text, in its order: the way to headline and body is opened, with
    what stands beside it, and the body to its paragraphs. What `remove` selectors cut out is not there.

    Raises LxmlError or ValueError for what is no page.
    """
    page = open_page(response, newsroom, fetched_at, None)
    headline = read_headline(page)
    body = read_body(page, headline) if headline is not None else None
    top = next(page.root.iter("body"), page.root)
    return list(_Outline(top, headline, body).elements())


@dataclass(slots=True)
class _Outline:
    top: _Element
    headline: Headline | None
    body: Body | None
    _clutter: ClutterRule = field(default_factory=ClutterRule)
    _kept: set[_Element] = field(default_factory=set)
    _found_in: list[_Element] = field(default_factory=list)
    _way: set[_Element] = field(default_factory=set)
    _opened: set[_Element] = field(default_factory=set)

    def elements(self) -> Iterator[OutlineElement]:
        """The elements that are shown, in the order of the page."""
        if self.body is not None:
            self._kept = {block.element for block in self.body.blocks}
            self._found_in = self.body.elements
        self._way = _around([*self._kept, *self._found_in])
        heading = self.headline.element if self.headline is not None else None
        self._opened = self._way | _around([heading] if heading is not None else [])
        total = len(text_of(self.top))
        waiting = [(self.top, 0, False)]
        while waiting:
            element, depth, inside = waiting.pop()
            characters = len(text_of(element))
            yield self._described(element, depth, characters, inside)
            inside = inside or element in self._found_in
            if element in self._opened or (not self._found_in and characters >= _LARGE * total):
                children = [child for child in element if self._is_shown(child)]
                waiting += [(child, depth + 1, inside) for child in reversed(children)]

    def _is_shown(self, element: _Element) -> bool:
        if not isinstance(element.tag, str) or element.tag in HIDDEN_TAGS:
            return False
        if element in self._opened or element in self._kept or self._is_heading(element):
            return True
        return element.tag in BLOCK_TAGS and len(text_of(element)) >= _SHORTEST

    def _described(self, element: _Element, depth: int, characters: int, inside: bool) -> OutlineElement:
        is_of_body = element in self._way or element in self._kept or element in self._found_in
        note = self._note(element, inside, is_of_body)
        return OutlineElement(depth, _name(element), characters, is_of_body, note)

    def _note(self, element: _Element, inside: bool, is_of_body: bool) -> str:
        if self._is_heading(element) and self.headline is not None:
            return f"the headline, by {self.headline.source}"
        if self.body is not None and element in self._found_in:
            return f"the body, by {self.body.source}, {self.body.confidence:.0%} of the page's prose"
        lead = self.body.lead if self.body is not None else None
        if lead is not None and not is_of_body and text_of(element) == lead.text:
            return f"the lead, by {lead.source}"
        if is_of_body or element in self._opened:
            return ""
        why = self._why_dropped(element)
        return f"left out: {why}" if inside else why if why != _UNKNOWN else ""

    def _why_dropped(self, element: _Element) -> str:
        if element.tag in ("figure", "figcaption") or is_named("caption", element):
            return "a picture and its caption"
        if self._clutter.marks(element):
            return "clutter, by its tag, class or id"
        return _UNKNOWN

    def _is_heading(self, element: _Element) -> bool:
        return self.headline is not None and element is self.headline.element


def _around(elements: list[_Element]) -> set[_Element]:
    """All elements around the given ones."""
    return {ancestor for element in elements for ancestor in element.iterancestors()}


def _name(element: _Element) -> str:
    identity = f"#{element.get('id')}" if element.get("id") else ""
    classes = "".join(f".{name}" for name in (element.get("class") or "").split())
    name = f"{element.tag}{identity}{classes}"
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
