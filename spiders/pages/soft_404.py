"""Soft 404s: pages that answer 200 and say that there is no such page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spiders.pages.page import Page

# An article about errors is longer than the text of an error page.
_MOST_WORDS = 60
_TITLE_PARTS = re.compile(r"[|•·]|(?<=\s)[-–—:](?=\s)")
_ENDS = (".", "!", "?", "…", ",", ":", ";")


def is_soft_404(page: Page, paragraphs: Sequence[str]) -> bool:
    """Whether a page with the text `paragraphs` says that there is no such page: the text is short, and a part of the
    page's title, or the beginning of a paragraph, is one of the phrases for error pages in page_words.toml."""
    if sum(len(paragraph.split()) for paragraph in paragraphs) > _MOST_WORDS:
        return False
    return any(_says_so(page, text) for text in (*_TITLE_PARTS.split(page.head.title), *paragraphs))


def _says_so(page: Page, text: str) -> bool:
    found = page.words.error_headline.match(text)
    if found is None:
        return False
    # "404 pupils" is no error.
    rest = text[found.end() :].lstrip()
    return not rest or rest.startswith(_ENDS)
