"""ArticleArea: the part of a page around headline and body, where dates, bylines and pictures of the article stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.etree import _Element

from spiders.pages.markup_names import Kind, kinds_of_element
from spiders.pages.tree_order import common_element
from spiders.pages.visible_text import HIDDEN_TAGS

_OTHER_TAGS = HIDDEN_TAGS | {"aside", "nav", "footer", "form"}
_DEEPEST = 100


@dataclass(slots=True)
class ArticleArea:
    """`root` holds headline and body; it is None where the page shows no headline. `first` is the body's beginning.

    `before` are the elements before the first paragraph of the body, `after` those after it, in the order of the page,
    without the body's own and without the parts that show other articles or comments. `kinds` has those of them whose
    class or id says what they are.
    """

    root: _Element | None
    first: _Element | None = None
    before: list[_Element] = field(default_factory=list)
    after: list[_Element] = field(default_factory=list)
    kinds: dict[_Element, frozenset[Kind]] = field(default_factory=dict)

    def around(self) -> Iterator[_Element]:
        """All elements around the body, in the order of the page."""
        yield from self.before
        yield from self.after

    def is_named(self, kind: Kind, element: _Element) -> bool:
        """Whether class or id of one of the elements around the body names it as one of `kind`."""
        return kind in self.kinds.get(element, ())


def find_area(heading: _Element | None, paragraphs: list[_Element]) -> ArticleArea:
    """The area of the article whose headline is `heading` and whose body consists of `paragraphs`."""
    first = paragraphs[0] if paragraphs else None
    root = _root(heading, first)
    area = ArticleArea(root, first)
    if root is None:
        return area
    body = set(paragraphs)
    collected = area.before
    waiting = [iter(root)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
        elif child in body:
            collected = area.after
        elif child.tag not in _OTHER_TAGS:
            kinds = kinds_of_element(child)
            if "others" in kinds:
                continue
            if kinds:
                area.kinds[child] = kinds
            collected.append(child)
            if len(child) > 0 and len(waiting) < _DEEPEST:
                waiting.append(iter(child))
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
