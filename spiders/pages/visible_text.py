"""The text of an element as a reader sees it: one line, plain characters, nothing from scripts."""

from __future__ import annotations

import re
from itertools import islice

from lxml.etree import _Element

HIDDEN_TAGS = frozenset({"script", "style", "noscript", "template", "svg", "iframe", "object", "textarea", "select"})
BLOCK_TAGS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "div"}
)
BLOCK_TAGS |= {"dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "html", "li", "main"}
BLOCK_TAGS |= {"h1", "h2", "h3", "h4", "h5", "h6", "nav", "ol", "p", "pre", "section", "summary", "ul"}
BLOCK_TAGS |= {"table", "tbody", "td", "tfoot", "th", "thead", "tr"}

# Whatever is not text: controls, soft hyphens, zero-width and direction marks, the place of a lost object. The joiners
# U+200C and U+200D stay: the Arabic script needs them.
_NOT_TEXT = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffc]+"
)
# A no-break space that stands alone was meant (`12 km`), one among other spaces was not.
_SPACES_BUT_NO_BREAK = re.compile(r"\s{2,}|[^\S\u00a0\u202f]")
# libxml2 nests deeper than Python may call itself.
_DEEPEST = 120
_SLACK = 4_000
_FEW_PARTS = 30
_CHARACTERS_A_PART = 8


def plain(text: str) -> str:
    """`text` on one line: white space collapsed and trimmed, control and zero-width characters removed."""
    # A space is the only white space that is printable.
    if text.isprintable() and "  " not in text:
        return text.strip()
    text = " ".join(text.split())
    return text if text.isprintable() else " ".join(_NOT_TEXT.sub("", text).split())


def paragraph_text(text: str) -> str:
    """`text` as `plain` gives it, but with the no-break spaces that a typographer set (`12 km`)."""
    if "\u00a0" not in text and "\u202f" not in text:
        return plain(text)
    return _SPACES_BUT_NO_BREAK.sub(" ", _NOT_TEXT.sub("", text)).strip()


def text_of(element: _Element, between: str = " ") -> str:
    """The visible text of `element` on one line; `between` stands around the blocks and lines in it."""
    if element.tag in HIDDEN_TAGS:
        return ""
    if len(element) == 0:
        return plain(element.text or "")
    parts = [element.text or ""]
    _gather(element, parts, between, 0)
    return plain("".join(parts))


def short_text_of(element: _Element, longest: int, between: str = " ") -> str | None:
    """What `text_of` gives where it has at most `longest` characters, else None, at no more cost than that.

    None is the answer too for what is made up of more elements than a text of that length ever is.
    """
    if len(element) == 0:
        text = text_of(element)
        return text if len(text) <= longest else None
    if next(islice(element.iter(), _FEW_PARTS + longest // _CHARACTERS_A_PART, None), None) is not None:
        return None
    length = 0
    for piece in element.itertext():
        length += len(piece)
        # Indentation and scripts count here and not in the end.
        if length > _SLACK + 4 * longest:
            return None
    text = text_of(element, between)
    return text if len(text) <= longest else None


def _gather(element: _Element, parts: list[str], between: str, depth: int) -> None:
    for child in element:
        tag = child.tag
        if tag == "br":
            parts.append(between)
        elif isinstance(tag, str) and tag not in HIDDEN_TAGS:
            apart = tag in BLOCK_TAGS
            if apart:
                parts.append(between)
            if depth > _DEEPEST:
                parts.extend(str(text) for text in child.itertext())
            else:
                text = child.text
                if text:
                    parts.append(text)
                if len(child):
                    _gather(child, parts, between, depth + 1)
            if apart:
                parts.append(between)
        text = child.tail
        if text:
            parts.append(text)
