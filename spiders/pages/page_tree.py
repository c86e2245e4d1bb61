"""The tree of a page, built once, without comments, on elements that cost as little as lxml allows."""

from __future__ import annotations

from lxml import etree
from lxml.etree import _Element

# The table of ids, comments and instructions serve nobody here; `lxml.html` would make a class of every element.
_PARSER = etree.HTMLParser(encoding="utf-8", huge_tree=True, collect_ids=False, remove_comments=True, remove_pis=True)


# libxml2's xmlParserMaxDepth for huge trees; its HTML parser has no other.
DEEPEST = 2048


class NestedTooDeep(ValueError):
    """The elements of a page are nested deeper than `DEEPEST`: what follows is lost to the parser."""


def page_tree(html: bytes) -> _Element:
    """The root of the page in `html` (UTF-8); an empty `html` element where there is nothing.

    Raises LxmlError when nothing can be made of the bytes, NestedTooDeep where the tree would end before the page does.
    """
    if b"\0" in html:
        html = html.replace(b"\0", b"")
    root: _Element | None = etree.fromstring(html, _PARSER)
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in _PARSER.error_log):
        raise NestedTooDeep(f"more than {DEEPEST} elements inside each other")
    return root if root is not None else etree.Element("html")


def cut_out(element: _Element) -> None:
    """Takes the element out of its tree; the text that follows it stays. A root is left alone."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)
