"""The second opinion on a body: trafilatura's, asked only where our own reading is not sure of itself."""

from __future__ import annotations

import logging
import re

from lxml import etree
from lxml.etree import _Element

from spiders.pages.body_blocks import Block

_WORD = re.compile(r"\w+")
# How much of a block's words must stand in the other reading, in its order, for the block to be part of it.
_SHARED = 0.8


def text_by_trafilatura(root: _Element, url: str) -> str:
    """The body that trafilatura, set to precision, finds in the tree, or nothing. The tree stays as it is."""
    # Its import costs more than reading a page; most runs never need it.
    from trafilatura import extract

    logger = logging.getLogger("trafilatura")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        html = etree.tostring(root, encoding="unicode", method="html")
        text = extract(html, url=url, favor_precision=True, include_comments=False, include_tables=False)
    finally:
        logger.setLevel(level)
    return text or ""


def blocks_within(blocks: list[Block], text: str) -> list[Block]:
    """Those of `blocks` that `text` holds too, word for word or nearly so."""
    known = {tuple(words[place : place + 3]) for words in [_words(text)] for place in range(len(words))}
    kept: list[Block] = []
    for block in blocks:
        words = _words(block.text)
        triples = [tuple(words[place : place + 3]) for place in range(max(1, len(words) - 2))]
        if words and sum(triple in known for triple in triples) >= _SHARED * len(triples):
            kept.append(block)
    return kept


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
