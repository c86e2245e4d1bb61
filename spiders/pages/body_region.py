"""Which elements of a page hold the article's body, and what stands between the headline and them."""

from __future__ import annotations

from dataclasses import dataclass

from lxml.etree import _Element

from spiders.pages.headline import Headline
from spiders.pages.markup_names import is_named
from spiders.pages.page import Page
from spiders.pages.prose import Prose
from spiders.pages.tree_order import elements_between, outermost, stands_before
from spiders.pages.visible_text import BLOCK_TAGS, short_text_of

# What the name and the place of an element say for it, as factors of its score.
_NAMED_BODY = 1.5
_ARTICLE_TAG = 1.15
_BEFORE_HEADING = 0.3
# In characters: above a body, something shorter is a lead, a date or a label.
_LEAST_ABOVE = 60
_LONGEST_NOTICE = 300
# In steps outwards from the body, and from the headline.
_HIGHEST = 4
_NEAR = 4
_PARAGRAPH_TAGS = frozenset({"p", "ul", "ol", "blockquote", "pre", "table"})


@dataclass(slots=True)
class Region:
    """`elements` hold the body, in the order of the page; `front` stands between the heading and them. `share` is how
    much of the page's prose they hold, 0 to 1."""

    elements: list[_Element]
    front: list[_Element]
    share: float


def find_region(page: Page, headline: Headline, prose: Prose) -> tuple[Region | None, str]:
    """The region of the body and how it was found; None where there is none.

    In order: the newsroom's selector; microdata's articleBody; where the prose is. An element that is named or marked
    as a body and is empty says that the article is: then other prose on the page is not taken for it.
    """
    for source, matches in page.selected("body"):
        elements = [match for match in matches if not isinstance(match, str)]
        if elements:
            return _marked_region(elements, headline, prose), source
    found = _densest(prose, headline.element)
    if found is not None and headline.element is not None and _is_empty_beside(page, headline.element, found):
        return None, "markup"
    marked = [element for element in page.microdata.article.elements("articleBody") if element.tag != "meta"]
    if marked:
        region = _marked_region(marked, headline, prose)
        # An empty mark says that the article is empty, unless its text stands beside the mark, in the same item.
        if found is None or region.share * 2 >= found.share or not _is_within(found, page.microdata.article.element):
            return region, "microdata"
    return found, "text"


def _is_empty_beside(page: Page, heading: _Element, region: Region) -> bool:
    """Whether an element near the headline is named as a body, and empty, and the region lies elsewhere."""
    inside = {region.elements[0], *region.elements[0].iterancestors()}
    for around in list(heading.iterancestors())[:_NEAR]:
        if around in inside or around.tag in ("body", "html"):
            return False
        for element in around.iter("div", "section"):
            text = short_text_of(element, _LONGEST_NOTICE) if is_named("body", element) else None
            if text is not None and (not text or page.words.is_notice(text)):
                return True
    return False


def _is_within(region: Region, item: _Element | None) -> bool:
    return item is not None and any(step is item for step in [region.elements[0], *region.elements[0].iterancestors()])


def _marked_region(elements: list[_Element], headline: Headline, prose: Prose) -> Region:
    return _region_of(list(outermost(elements)), headline.element, prose)


def _region_of(elements: list[_Element], heading: _Element | None, prose: Prose) -> Region:
    mass = sum(prose.mass.get(element, 0) for element in elements)
    front = list(elements_between(heading, elements[0])) if heading is not None else []
    return Region(elements, front, mass / prose.total if prose.total else 0.0)


def _densest(prose: Prose, heading: _Element | None) -> Region | None:
    """The region that holds the most prose for its size, and its like beside it."""
    best = _best(prose, heading)
    return _region_of(_with_siblings(best, prose, heading), heading, prose) if best is not None else None


def _best(prose: Prose, heading: _Element | None) -> _Element | None:
    best, best_score = None, 0.0
    for element, score in prose.scores.items():
        if element.tag in ("html", "body") and len(prose.scores) > 2:
            score *= 0.5
        if _is_named_body(element):
            score *= _NAMED_BODY
        elif element.tag in ("article", "main"):
            score *= _ARTICLE_TAG
        if score > best_score and heading is not None and stands_before(element, heading):
            score *= _BEFORE_HEADING
        if score > best_score:
            best, best_score = element, score
    return best


def _is_named_body(element: _Element) -> bool:
    return "articleBody" in (element.get("itemprop") or "").split() or is_named("body", element)


def _with_siblings(best: _Element, prose: Prose, heading: _Element | None) -> list[_Element]:
    """`best` and, on the nearest level where there are such, its like beside it: a body split over containers."""
    outer = best
    for _ in range(_HIGHEST):
        parent = outer.getparent()
        if parent is None or parent.tag in ("html", "body") or (heading is not None and _holds(outer, heading)):
            break
        if prose.mass.get(parent, 0) > prose.mass.get(best, 0):
            parts = _parts(parent, outer, prose, heading)
            if len(parts) > 1:
                return [best if part is outer else part for part in parts]
        outer = parent
    return [best]


def _parts(parent: _Element, beside: _Element, prose: Prose, heading: _Element | None) -> list[_Element]:
    """The children of `parent` that are like `beside`, and it, in order; none that stands before the heading."""
    around_heading = {heading, *heading.iterancestors()} if heading is not None else set()
    parts: list[_Element] = []
    least = _LEAST_ABOVE
    for child in parent:
        if child in around_heading:
            parts.clear()
        elif child is beside:
            parts.append(child)
            least = 1
        elif prose.mass.get(child, 0) >= least and _is_like(child, beside):
            parts.append(child)
    return parts


def _holds(element: _Element, other: _Element) -> bool:
    return any(ancestor is element for ancestor in other.iterancestors())


def _is_like(child: _Element, beside: _Element) -> bool:
    if child.tag in _PARAGRAPH_TAGS:
        return True
    return child.tag == beside.tag and child.tag in BLOCK_TAGS and _are_alike(child.get("class"), beside.get("class"))


def _are_alike(one: str | None, other: str | None) -> bool:
    """Whether two classes are the same, but for the last of several words: `part first`, `part last`."""
    names, others = (one or "").split(), (other or "").split()
    return names == others or (len(names) == len(others) > 1 and names[:-1] == others[:-1])
