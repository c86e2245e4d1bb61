"""ArticleArea: the part of a page around headline and body, where dates, bylines and pictures of the article stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.etree import _Element

from spiders.pages.markup_names import is_named
from spiders.pages.tree_order import common_element
from spiders.pages.visible_text import HIDDEN_TAGS

_OTHER_TAGS = HIDDEN_TAGS | {"aside", "nav", "footer", "form"}
_DEEPEST = 100


@dataclass(slots=True)
class ArticleArea:
    """`root` holds headline and body; it is None where the page shows no headline.

    `before` are the elements before the first paragraph of the body, `after` those after it, in the order of the page,
    without the body's own and without the parts that show other articles or comments.
    """

    root: _Element | None
    before: list[_Element] = field(default_factory=list)
    after: list[_Element] = field(default_factory=list)

    def around(self) -> Iterator[_Element]:
        """All elements around the body, in the order of the page."""
        yield from self.before
        yield from self.after


def find_area(heading: _Element | None, paragraphs: list[_Element]) -> ArticleArea:
    """The area of the article whose headline is `heading` and whose body consists of `paragraphs`."""
    root = _root(heading, paragraphs[0] if paragraphs else None)
    area = ArticleArea(root)
    if root is None:
        return area
    _Walk(area, set(paragraphs)).visit(root, 0)
    return area


def _root(heading: _Element | None, paragraph: _Element | None) -> _Element | None:
    """The smallest element with both; where that would be the page, the element around the headline."""
    if heading is None:
        return None
    common = common_element(heading, paragraph) if paragraph is not None else None
    parent = heading.getparent()
    if common is None and parent is not None and parent.tag not in ("body", "html"):
        return parent
    return common


class _Walk:
    def __init__(self, area: ArticleArea, body: set[_Element]) -> None:
        self._area = area
        self._body = body
        self._collected = area.before

    def visit(self, element: _Element, depth: int) -> None:
        for child in element:
            if not isinstance(child.tag, str) or child.tag in _OTHER_TAGS or depth > _DEEPEST:
                continue
            if child in self._body:
                self._collected = self._area.after
                continue
            if is_named("others", child):
                continue
            self._collected.append(child)
            self.visit(child, depth + 1)
