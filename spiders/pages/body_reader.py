"""BodyReader: the blocks of an article out of the elements that hold them."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import islice, takewhile

from lxml.etree import _Element

from spiders.pages.body_blocks import Block, BlockWalk
from spiders.pages.body_ends import as_stated, without_copy, without_last_subheads, without_rest
from spiders.pages.boilerplate import BoilerplateRule
from spiders.pages.headline import Headline
from spiders.pages.lead import Lead
from spiders.pages.page import Page
from spiders.pages.prose import ClutterRule, Prose
from spiders.pages.shortcodes import without_shortcodes
from spiders.pages.structured_data import text_values
from spiders.pages.tree_order import stands_before
from spiders.pages.visible_text import short_text_of, text_of

_TITLES = ("h2", "h3", "h4", "h5")
_MAY_BE_APART = frozenset({"div", "span", "td", "article", "section", "li"})
_INLINE_TEXT = frozenset({"a", "b", "strong", "em", "i", "u", "mark", "abbr", "cite", "q", "sup", "sub"})
_PARAGRAPHS = frozenset({"p", "li", "blockquote", "h2", "h3", "h4", "td", "dd"})
_DIGIT = re.compile(r"\d")
# In characters: lines under pictures, and teasers with their headlines, are shorter.
_LONGEST_CAPTION = 220
_LONGEST_CARD = 400
_LONGEST_DATE = 45
# Headline, lead and dates on top of a body are no more than that.
_MOST_ABOVE = 8


class BodyReader:
    """Reads blocks from elements of one page, without what is none of its article."""

    def __init__(self, page: Page, headline: Headline, clutter: ClutterRule, prose: Prose) -> None:
        self._page = page
        self._headline = headline
        self._clutter = clutter
        self._prose = prose
        self._boilerplate = BoilerplateRule(page)
        self._shortcodes = tuple(page.words.shortcodes.names)
        self._around_heading = set(headline.element.iterancestors()) if headline.element is not None else set()

    def blocks(self, elements: list[_Element]) -> list[Block]:
        """The blocks in `elements`, without those before the headline and in parts that are marked as clutter."""
        blocks = [self._without_shortcodes(block) for block in BlockWalk(self.is_dropped).walk(elements)]
        blocks = [block for block in blocks if block.text]
        heading = self._headline.element
        if heading is None:
            return blocks
        return blocks[bisect_left(blocks, True, key=lambda block: not self._is_above(block, heading)) :]

    def cleaned(self, blocks: list[Block], lead: Lead | None) -> list[Block]:
        """`blocks` without boilerplate, headline and lead on top, and what JSON-LD does not have at either end; unless
        nothing else remains."""
        kept = self._boilerplate.without_boilerplate(without_rest(blocks, self._page.words))
        repeated = {self._headline.text.casefold()} | ({lead.text.casefold()} if lead is not None else set())
        above = takewhile(
            lambda block: block.text.casefold() in repeated or self._is_date(block.text), islice(kept, _MOST_ABOVE)
        )
        rest = kept[len(list(above)) :]
        stated = (text for value in self._page.articles for text in text_values(value.get("articleBody")))
        rest = without_last_subheads(as_stated(without_copy(rest), stated))
        return rest or [block for block in kept if block.text.casefold() == self._headline.text.casefold()][:1]

    def is_dropped(self, element: _Element) -> bool:
        """Whether the element is none of the article: marked as clutter, a picture with its caption, a teaser."""
        tag = element.tag
        if tag in _INLINE_TEXT or element in self._around_heading:
            return False
        if self._clutter.marks(element):
            if tag in ("span", "font") and _is_within_paragraph(element):
                return False
            return self._prose.mass.get(element, 0) * 2 < self._prose.total
        if tag not in _MAY_BE_APART or len(element) == 0:
            return False
        return self._is_captioned(element) or self._is_card(element)

    def _is_card(self, element: _Element) -> bool:
        """Whether the element shows another article: a heading that is a link, and a few words."""
        if element.tag in ("span", "td") or self._prose.mass.get(element, 0) > _LONGEST_CARD:
            return False
        is_titled = any(_is_link(title) for title in element.iter(*_TITLES))
        return is_titled and short_text_of(element, _LONGEST_CARD) is not None

    def _is_captioned(self, element: _Element) -> bool:
        """Whether the element is a picture with a line under it."""
        if next(element.iter("p"), None) is not None or next(element.iter("img"), None) is None:
            return False
        return short_text_of(element, _LONGEST_CAPTION) is not None

    def _is_date(self, text: str) -> bool:
        if len(text) > _LONGEST_DATE or not _DIGIT.search(text):
            return False
        return self._page.read_date(text) is not None

    @staticmethod
    def _is_above(block: Block, heading: _Element) -> bool:
        return block.element is heading or stands_before(block.element, heading)

    def _without_shortcodes(self, block: Block) -> Block:
        if "[" not in block.text:
            return block
        runs = without_shortcodes(block.runs, self._shortcodes)
        return Block(block.kind, runs, block.element, block.group, block.ordered)


def _is_link(title: _Element) -> bool:
    """Whether a link stands in the title or around it."""
    if any(link.get("href") is not None for link in title.iter("a")):
        return True
    return any(link.get("href") is not None for link in title.iterancestors("a"))


def _is_within_paragraph(element: _Element) -> bool:
    """Whether an inline element is part of a sentence: its words belong there, whatever its class says."""
    parent = element.getparent()
    while parent is not None and parent.tag in ("span", "font", *_INLINE_TEXT):
        parent = parent.getparent()
    if parent is None or parent.tag not in _PARAGRAPHS:
        return False
    return len(text_of(parent)) > 2 * len(text_of(element))
