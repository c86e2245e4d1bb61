"""ArticleArea: the part of a page around headline and body, where dates, bylines and pictures of the article stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.etree import _Element

from spiders.pages.markup_names import Kind, kinds_of_element
from spiders.pages.tree_order import common_element
from spiders.pages.visible_text import HIDDEN_TAGS

_OTHER_TAGS = HIDDEN_TAGS | {"aside", "nav", "footer", "form"}
_LINES = frozenset({"p", "span", "time", "small", "em", "i", "b", "strong", "address", "br"})
_DEEPEST = 100


@dataclass(slots=True)
class ArticleArea:
    """`root` holds headline and body; it is None where the page shows no headline. `first` is the body's beginning.

    `before` are the elements before the first paragraph of the body, `after` those after it, in the order of the page,
    without the body's own and without the parts that show other articles, comments or the site's name and the date of
    today. The first `above` of `before` stand above the headline. `kinds` has those elements whose class or id says
    what they are.
    """

    root: _Element | None
    first: _Element | None = None
    before: list[_Element] = field(default_factory=list)
    after: list[_Element] = field(default_factory=list)
    above: int = 0
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
    if root is None or heading is None:
        return area
    body = set(paragraphs)
    around_heading = {heading, *heading.iterancestors()}
    collected = area.before
    is_above = True
    waiting = [iter(root) if root.tag != "body" else _beside(heading, paragraphs[-1:])]
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
            if child is heading:
                area.above = len(collected)
                is_above = False
            elif is_above and child not in around_heading and ("site_head" in kinds or _is_head_of_site(child, root)):
                continue
            if kinds:
                area.kinds[child] = kinds
            collected.append(child)
            if len(child) > 0 and len(waiting) < _DEEPEST:
                waiting.append(iter(child))
    return area


def _is_head_of_site(element: _Element, root: _Element) -> bool:
    """Whether a `header` is none of the article's own."""
    if element.tag != "header":
        return False
    parent = element.getparent()
    return root.tag != "article" and (parent is None or parent.tag != "article")


def _beside(heading: _Element, last: list[_Element]) -> Iterator[_Element]:
    """Of a page without an element around its article: what holds the headline, and the elements after it, to the
    `last` of the body and the lines that follow it."""
    outermost = heading
    for step in heading.iterancestors():
        if step.tag == "body":
            break
        outermost = step
    yield outermost
    inside = {step for element in last for step in (element, *element.iterancestors())}
    ended = outermost in inside
    for sibling in outermost.itersiblings():
        if ended and sibling.tag not in _LINES:
            return
        yield sibling
        ended = ended or sibling in inside


def _root(heading: _Element | None, paragraph: _Element | None) -> _Element | None:
    """The smallest element with both; it may be the whole page."""
    if heading is None:
        return None
    common = common_element(heading, paragraph) if paragraph is not None else None
    if common is not None:
        return common
    return next(heading.iterancestors("body"), heading.getparent())
