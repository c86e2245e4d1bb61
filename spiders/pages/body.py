"""The body of an article: its paragraphs in order, nothing of what stands around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from lxml.etree import _Element

from spiders.pages.body_blocks import Block
from spiders.pages.body_fallback import blocks_within, text_by_trafilatura
from spiders.pages.body_reader import BodyReader
from spiders.pages.body_region import Region, find_region
from spiders.pages.headline import Headline
from spiders.pages.lead import Lead, take_lead
from spiders.pages.page import Page
from spiders.pages.prose import ClutterRule, Prose, find_prose
from spiders.pages.tree_order import common_element

_SENTENCE_END = re.compile(r"[.!?…»\"”:]\s*$")
# In characters: a line between headline and body that is shorter is a label.
_LEAST_FRONT = 80
# In elements: a lead without any sentence long enough to be prose is smaller.
_LARGEST_LEAD = 20
# With less than this share of the page's prose, and a body of fewer characters, our own reading is a guess.
_SURE_SHARE = 0.4
_SURE_LENGTH = 500


@dataclass(slots=True)
class Body:
    """The blocks of a body, the lead that stands before them, and the elements the blocks were found in.

    `source` says how it was found, `confidence` (0 to 1) how much of the page's prose it is.
    """

    blocks: list[Block]
    lead: Lead | None
    elements: list[_Element]
    source: str
    confidence: float


def read_body(page: Page, headline: Headline) -> Body:
    """The page's body; without blocks where the page has none. A sidebar never stands in for an empty body."""
    clutter = ClutterRule()
    prose = find_prose(page.root, clutter, headline.element)
    region, source = find_region(page, headline, prose)
    if region is None:
        return Body([], None, [], source, 0.0)
    reader = BodyReader(page, headline, clutter, prose)
    blocks = reader.blocks(region.elements)
    front = reader.blocks(
        [element for element in region.front if _may_hold_lead(element, prose) and not reader.is_dropped(element)]
    )
    lead = take_lead(page, headline, front, blocks)
    front = [block for block in front if _is_paragraph(block)]
    blocks = reader.cleaned(front + blocks, lead)
    if source == "text" and blocks and not _is_sure(region, headline, blocks):
        seconded = _seconded(page, reader, lead)
        if seconded:
            return Body(seconded, lead, region.elements, "trafilatura", region.share)
    return Body(blocks, lead, region.elements, source, region.share)


def _is_paragraph(block: Block) -> bool:
    """Whether a line between headline and body is part of the body: in other elements than `p` it tells of pictures."""
    return block.element.tag == "p" and len(block.text) >= _LEAST_FRONT and bool(_SENTENCE_END.search(block.text))


def _may_hold_lead(element: _Element, prose: Prose) -> bool:
    """Whether the element holds sentences or is small: menus and galleries stand below headlines too."""
    return prose.mass.get(element, 0) > 0 or next(islice(element.iter(), _LARGEST_LEAD, None), None) is None


def _is_sure(region: Region, headline: Headline, blocks: list[Block]) -> bool:
    """Whether the body holds enough of the page's prose, or is long enough and close enough to the headline."""
    if region.share >= _SURE_SHARE:
        return True
    if headline.element is None or sum(len(block.text) for block in blocks) < _SURE_LENGTH:
        return False
    return common_element(headline.element, region.elements[0]) is not None


def _seconded(page: Page, reader: BodyReader, lead: Lead | None) -> list[Block]:
    """The blocks of the whole page that the second opinion takes for the body."""
    text = text_by_trafilatura(page.root, page.url)
    everywhere = reader.blocks(list(page.root.iter("body")))
    return reader.cleaned(blocks_within(everywhere, text), lead) if text else []
