"""Blocks: the block elements of an article's `body_html`, each a paragraph of `body`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from html import escape

from lxml import etree, html

_BLOCKS = frozenset(
    {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "pre", "td", "th", "figcaption"}
)


def rewrite_blocks(body_html: str, rewrite: Callable[[str], str], drop: Iterable[str], body: Iterable[str]) -> str:
    """`body_html` with every text passed through `rewrite`, and without the first block that says each of `drop`.

    `rewrite` takes and gives one line of plain text; spaces at the ends of an element's text are kept as one. Where a
    paragraph to be dropped is no block of its own, the result is `body`, a paragraph an element.
    """
    if not body_html.strip():
        return ""
    root = _parse(body_html)
    for element in root.iter(etree.Element):
        element.text = _rewritten(element.text, rewrite)
        if element is not root:
            element.tail = _rewritten(element.tail, rewrite)
    owed = Counter(drop)
    for element in list(root.iter(*_BLOCKS)):
        text = rewrite("".join(element.itertext()))
        is_innermost = element is not root and next(element.iterdescendants(*_BLOCKS), None) is None
        if is_innermost and owed[text] > 0:
            owed[text] -= 1
            _remove(element, root)
    if any(owed.values()):
        return "".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in body)
    return "".join([escape(root.text or "", quote=False), *map(_serialised, root)])


def link_texts(body_html: str) -> set[str]:
    """The texts of those innermost blocks of `body_html` that are nothing but links, as they are written."""
    if "<a" not in body_html:
        return set()
    root = _parse(body_html)
    texts = {
        "".join(block.itertext()).strip(): "".join(text for link in block.iter("a") for text in link.itertext())
        for block in root.iter(*_BLOCKS)
        if block is not root and next(block.iterdescendants(*_BLOCKS), None) is None
    }
    return {text for text, linked in texts.items() if text and text == linked.strip()}


def _parse(body_html: str) -> html.HtmlElement:
    try:
        return html.fragment_fromstring(body_html, create_parent="div")
    except (etree.ParserError, ValueError):
        root: html.HtmlElement = html.Element("div")
        return root


def _serialised(element: html.HtmlElement) -> str:
    text: str = html.tostring(element, encoding="unicode")
    return text


def _rewritten(text: str | None, rewrite: Callable[[str], str]) -> str | None:
    if not text:
        return text
    inner = rewrite(text)
    if not inner:
        return " " if text.strip("\n\r\t") and not text.strip() else ("\n" if text.isspace() else "")
    return f"{' ' if text[0].isspace() else ''}{inner}{' ' if text[-1].isspace() else ''}"


def _remove(element: html.HtmlElement, root: html.HtmlElement) -> None:
    parent = element.getparent()
    element.drop_tree()
    while parent is not None and parent is not root and not len(parent) and not (parent.text or "").strip():
        emptied, parent = parent, parent.getparent()
        emptied.drop_tree()
