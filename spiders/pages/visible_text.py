"""The text of an element as a reader sees it: one line, plain characters, nothing from scripts."""

from __future__ import annotations

import re
import sys
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
    return _text(element, between, sys.maxsize) or ""


def short_text_of(element: _Element, longest: int, between: str = " ") -> str | None:
    """What `text_of` gives where it has at most `longest` characters, else None, at no more cost than that.

    None is the answer too for what is made up of more elements than a text of that length ever is.
    """
    most = _FEW_PARTS + longest // _CHARACTERS_A_PART
    if len(element) > 0 and next(islice(element.iter(), most, None), None) is not None:
        return None
    text = _text(element, between, _SLACK + 4 * longest)
    return text if text is not None and len(text) <= longest else None


def _text(element: _Element, between: str, most: int) -> str | None:
    """The visible text of `element`, or None where there are more than `most` characters with their indentation."""
    if element.tag in HIDDEN_TAGS:
        return ""
    text = element.text or ""
    if len(element) == 0:
        return plain(text)
    parts = [text]
    left = _gather(element, parts, between, 0, most - len(text))
    return plain("".join(parts)) if left >= 0 else None


def _gather(element: _Element, parts: list[str], between: str, depth: int, left: int) -> int:
    """Adds the texts in `element` to `parts`, as long as they have no more than `left` characters; gives what is left,
    less than nothing where they have more."""
    for child in element:
        tag = child.tag
        if tag == "br":
            parts.append(between)
        elif isinstance(tag, str) and tag not in HIDDEN_TAGS:
            apart = tag in BLOCK_TAGS
            if apart:
                parts.append(between)
            if depth > _DEEPEST:
                deep = "".join(str(piece) for piece in child.itertext())
                parts.append(deep)
                left -= len(deep)
            else:
                text = child.text
                if text:
                    parts.append(text)
                    left -= len(text)
                if len(child):
                    left = _gather(child, parts, between, depth + 1, left)
            if apart:
                parts.append(between)
        text = child.tail
        if text:
            parts.append(text)
            left -= len(text)
        if left < 0:
            break
    return left
