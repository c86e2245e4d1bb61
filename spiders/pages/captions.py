"""The text under a picture, parted into what it says of the picture and whom it credits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from lxml.etree import _Element

from spiders.pages.markup_names import is_named
from spiders.pages.page import Page
from spiders.pages.page_words import page_words
from spiders.pages.shortcodes import caption_texts
from spiders.pages.tree_paths import Condition
from spiders.pages.visible_text import plain, short_text_of, text_of

_HOLDS_MORE = Condition("descendant::p or descendant::h1 or descendant::h2 or descendant::time or descendant::img[2]")
# In characters, and in steps outwards from the picture.
_LONGEST = 500
_LONGEST_FIGURE = 2_000
_WORDS = re.compile(r"[^\W\d_]{2}\W+[^\W\d_]{2}")
_NEAR = 4
_MOST_TEXTS = 100
# A credit ends with its sentence; an initial is no end.
_CREDIT_END = re.compile(r"(?:(?<=[^\W\d_]{3})|(?<=[»”\")]))\.\s+(?=\S)|\n\s*|(?<=\s)[|]\s+")


@dataclass(slots=True)
class Caption:
    """What a picture's text says; either may be missing."""

    caption: str | None = None
    credit: str | None = None


def caption_of(page: Page, image: _Element) -> Caption:
    """Caption and credit of the picture that `image` shows, from the elements close around it."""
    holder, text = _text_near(image)
    if holder is None:
        return split_caption(text, page)
    marked = next((child for child in holder.iter("*") if is_named("credit", child) and text_of(child)), None)
    if marked is None or marked is holder:
        return split_caption(text, page)
    named = text_of(marked)
    credit = split_caption(named, page).credit or _trimmed(named)
    rest = split_caption(text.replace(named, " "), page)
    return Caption(rest.caption, credit or rest.credit)


def split_caption(text: str, page: Page) -> Caption:
    """`text` parted at its credit label (`Фото: NAME`), which is dropped; the newsroom's own labels count too."""
    own = page.newsroom.wording.credit_labels if page.newsroom is not None else ()
    match = _credit_pattern(own).search(text) if _may_credit(text.casefold(), own) else None
    if match is None:
        return Caption(caption=plain(text).strip() or None)
    rest = text[match.end() :]
    end = _CREDIT_END.search(rest)
    credit, after = (rest[: end.start()], rest[end.end() :]) if end else (rest, "")
    credit = _dropped_pattern().sub("", credit.strip())
    before = text[: match.start()].strip(" (/|—–-·•[")
    caption = plain(f"{before} {after}")
    return Caption(caption or None, _trimmed(credit) or None)


def _trimmed(credit: str) -> str:
    """The credit without what closes it: its own brackets and quotation marks stay."""
    credit = plain(credit).strip(" .,;:/|—–-·•")
    return credit.removesuffix(")").strip() if credit.endswith(")") and "(" not in credit else credit


def _may_credit(folded: str, own: tuple[str, ...]) -> bool:
    """Whether the first word of any credit label stands in the text: most texts need no more of a search."""
    return any(beginning in folded for beginning in _label_beginnings(own))


@lru_cache(maxsize=64)
def _label_beginnings(own: tuple[str, ...]) -> tuple[str, ...]:
    labels = [*page_words().labels.photo, *(label.rstrip(" :") for label in own)]
    return ("©", *{label.split()[0].casefold() for label in labels if label})


@lru_cache(maxsize=64)
def _credit_pattern(own: tuple[str, ...]) -> re.Pattern[str]:
    words = page_words()
    labels = _alternation([*words.labels.photo, *(label.rstrip(" :") for label in own)])
    openers = _alternation(words.credit.openers)
    begins = r"(?:(?<=^)|(?<=[\s.,;(/|—–·•\[-]))"
    return re.compile(
        rf"{begins}(?:(?:{labels})\s*[:：–—-]+\s*|(?:{labels})\s+(?=(?:{openers})(?!\w)|@)|©\s*)", re.IGNORECASE
    )


@lru_cache(maxsize=1)
def _dropped_pattern() -> re.Pattern[str]:
    return re.compile(rf"^(?:{_alternation(page_words().credit.dropped)})(?!\w)\s*", re.IGNORECASE)


def _alternation(listed: list[str]) -> str:
    ordered = sorted(listed, key=len, reverse=True)
    return "|".join(r"\s+".join(re.escape(word) for word in phrase.split()) for phrase in ordered)


def _has_text(element: _Element) -> bool:
    return any(not text.isspace() for text in islice(element.itertext(), _MOST_TEXTS))


def _text_near(image: _Element) -> tuple[_Element | None, str]:
    """The picture's `figcaption`, or the nearest element around it that has any text, without prose; and that text."""
    current: _Element = image
    for _ in range(_NEAR):
        parent = current.getparent()
        if parent is None or parent.tag in ("body", "article", "main", "html"):
            break
        if parent.tag == "figure":
            return parent, short_text_of(parent, _LONGEST_FIGURE) or ""
        text = short_text_of(parent, _LONGEST_FIGURE) if _has_text(parent) else ""
        if text is None:
            break
        if text:
            inner = caption_texts(text)
            if inner:
                return None, inner[0]
            is_caption = len(text) <= _LONGEST and parent.tag not in ("p", "td", "li") and _WORDS.search(text)
            return (parent, text) if is_caption and not _HOLDS_MORE(parent) else (None, "")
        current = parent
    return None, ""
