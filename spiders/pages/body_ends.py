"""Where a body really begins and ends, and that it is there once."""

from __future__ import annotations

from collections.abc import Iterable

from spiders.pages.body_blocks import Block
from spiders.pages.page_words import PageWords
from spiders.pages.visible_text import plain

# A paragraph of so many characters does not come twice by chance.
_LEAST_REPEATED = 80
# How much of a body must stand in JSON-LD's articleBody, or above a heading for other things, to believe either.
_AGREED = 0.8
_MOST_OF_IT = 0.5
# In characters: the beginning of a paragraph by which it is found again.
_BEGINNING = 60


def without_last_subheads(blocks: list[Block]) -> list[Block]:
    """`blocks` without the subheads at their end: what stood under them has been dropped."""
    end = len(blocks)
    while end and blocks[end - 1].kind in ("h2", "h3"):
        end -= 1
    return blocks[:end]


def without_copy(blocks: list[Block]) -> list[Block]:
    """The fuller half of the blocks where a page holds its body twice, for two kinds of screen; else all of them."""
    first: dict[str, int] = {}
    again = [place for place, block in enumerate(blocks) if first.setdefault(block.text, place) != place]
    sizes = [len(block.text) for block in blocks]
    if sum(sizes[place] for place in again if sizes[place] >= _LEAST_REPEATED) * 3 <= sum(sizes):
        return blocks
    start = next(place for place in again if sizes[place] >= _LEAST_REPEATED)
    return blocks[:start] if sum(sizes[:start]) >= sum(sizes[start:]) else blocks[start:]


def without_rest(blocks: list[Block], words: PageWords) -> list[Block]:
    """The blocks above the first line that heads what is none of the article (`Comments`, `About the author`), unless
    that would be the smaller part."""
    total = sum(len(block.text) for block in blocks)
    above = 0
    for place, block in enumerate(blocks):
        if above >= total * _MOST_OF_IT and words.ends_article(block.text):
            return blocks[:place]
        above += len(block.text)
    return blocks


def as_stated(blocks: list[Block], stated: Iterable[str]) -> list[Block]:
    """`blocks` from the first to the last of them that stand in one of the `stated` texts, where nearly all of them do.

    A text that is short of the page's, or another one, changes nothing.
    """
    for text in stated:
        known = [plain(block.text)[:_BEGINNING] in text for block in blocks]
        sizes = [len(block.text) for block in blocks]
        if any(known) and sum(size for size, is_known in zip(sizes, known, strict=True) if is_known) >= _AGREED * sum(
            sizes
        ):
            return blocks[known.index(True) : len(known) - known[::-1].index(True)]
    return blocks
