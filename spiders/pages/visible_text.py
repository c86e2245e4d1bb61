"""The text of an element as a reader sees it: one line, plain characters, nothing from scripts."""

from __future__ import annotations

import re

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


def plain(text: str) -> str:
    """`text` on one line: white space collapsed and trimmed, control and zero-width characters removed."""
    text = " ".join(text.split())
    return text if text.isprintable() else " ".join(_NOT_TEXT.sub("", text).split())


def paragraph_text(text: str) -> str:
    """`text` as `plain` gives it, but with the no-break spaces that a typographer set (`12 km`)."""
    if "\u00a0" not in text and "\u202f" not in text:
        return plain(text)
    return _SPACES_BUT_NO_BREAK.sub(" ", _NOT_TEXT.sub("", text)).strip()


def text_of(element: _Element, between: str = " ") -> str:
    """The visible text of `element` on one line; `between` parts its blocks and lines, where it has several."""
    if len(element) == 0:
        return plain(element.text or "") if element.tag not in HIDDEN_TAGS else ""
    parts: list[str] = []
    _gather(element, parts, between, 0)
    return plain("".join(parts))


def short_text_of(element: _Element, longest: int, between: str = " ") -> str | None:
    """What `text_of` gives where it has at most `longest` characters, else None, at no more cost than that."""
    length = 0
    for text in element.itertext():
        length += len(text)
        # Indentation and scripts count here and not in the end.
        if length > _SLACK + 4 * longest:
            return None
    text = text_of(element, between)
    return text if len(text) <= longest else None


def _gather(element: _Element, parts: list[str], between: str, depth: int) -> None:
    tag = element.tag
    if not isinstance(tag, str) or tag in HIDDEN_TAGS:
        return
    if depth > _DEEPEST:
        parts.extend(str(text) for text in element.itertext())
        return
    if tag == "br":
        parts.append(between)
        return
    apart = tag in BLOCK_TAGS
    if apart:
        parts.append(between)
    if element.text:
        parts.append(element.text)
    for child in element:
        _gather(child, parts, between, depth + 1)
        if child.tail:
            parts.append(child.tail)
    if apart:
        parts.append(between)
