"""Prose: where on a page there are whole sentences, and how many, outside the parts that hold no article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from lxml.etree import _Element

from spiders.pages.markup_names import Kind, kinds_of_element
from spiders.pages.visible_text import BLOCK_TAGS, HIDDEN_TAGS

# In characters: a text node this long is a sentence rather than a button.
_SHORTEST = 25
# No article has as many; a hostile page may.
_MOST_TEXTS = 5_000
_HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NEVER_BODY_TAGS = frozenset({"footer", "nav", "form", "figcaption", "button", "label", "header"})
# An aside between paragraphs, without links, is a quotation pulled out of the text, or a word on the facts.
_APART: frozenset[Kind] = frozenset({"others", "clutter"})
_LEADS_AWAY = ("a", "li", "h2", "h3")
# What a paragraph counts for the elements around it, from its parent outwards.
_WEIGHTS = (1.0, 0.6, 0.3, 0.15)


@dataclass(slots=True)
class Prose:
    """`paragraphs` are the block elements that hold sentences, with their number of characters, links not counted;
    `mass` sums these up for every element around them, `scores` weighs them by how close around, `total` is all."""

    paragraphs: list[tuple[_Element, int]] = field(default_factory=list)
    mass: dict[_Element, int] = field(default_factory=dict)
    scores: dict[_Element, float] = field(default_factory=dict)
    total: int = 0


class ClutterRule:
    """Tells the parts of a page that never belong to an article by tag, class and id."""

    def __init__(self) -> None:
        self._known: dict[_Element, bool] = {}
        self._has_paragraphs: dict[_Element, bool] = {}

    def marks(self, element: _Element) -> bool:
        """Whether the element itself is marked as clutter."""
        known = self._known.get(element)
        if known is None:
            known = self._known[element] = self._is_marked(element)
        return known

    def _is_marked(self, element: _Element) -> bool:
        tag = element.tag
        if tag in _NEVER_BODY_TAGS or (tag == "aside" and self._stands_apart(element)):
            return True
        attributes = element.keys()
        # Most paragraphs have none at all.
        if not attributes:
            return False
        if not _APART.isdisjoint(kinds_of_element(element)):
            return True
        if "style" in attributes and "display:none" in (element.get("style") or "").replace(" ", ""):
            return True
        return "hidden" in attributes

    def _stands_apart(self, aside: _Element) -> bool:
        parent = aside.getparent()
        if parent is None or next(aside.iter(*_LEADS_AWAY), None) is not None:
            return True
        if parent not in self._has_paragraphs:
            self._has_paragraphs[parent] = parent.find("p") is not None
        return not self._has_paragraphs[parent]


def find_prose(root: _Element, clutter: ClutterRule, heading: _Element | None) -> Prose:
    """The prose of the page. Elements marked as clutter are passed over, unless they hold the `heading` or most of the
    page's prose: then the mark means something else."""
    found = _paragraphs(root)
    around = _Surroundings(found)
    everything = around.summed(found)
    half = sum(found.values()) / 2
    spared = set(heading.iterancestors()) if heading is not None else set()
    out: set[_Element] = set()
    for element in around.outer_first():
        if around.parents[element] in out or (
            clutter.marks(element) and element not in spared and everything[element] < half
        ):
            out.add(element)
    kept = {element: chars for element, chars in found.items() if element not in out}
    mass = around.summed(kept) if len(kept) < len(found) else everything
    prose = Prose(paragraphs=list(kept.items()), mass=mass, total=sum(kept.values()))
    for element, chars in kept.items():
        holder = around.parents[element]
        for weight in _WEIGHTS:
            if holder is None:
                break
            prose.scores[holder] = prose.scores.get(holder, 0.0) + chars * weight
            holder = around.parents[holder]
    return prose


class _Surroundings:
    """Some elements and all those around them, each of these once, however many it holds; `parents` has them all."""

    def __init__(self, elements: Iterable[_Element]) -> None:
        self.parents: dict[_Element, _Element | None] = {}
        self._paths: list[list[_Element]] = []
        for element in elements:
            path: list[_Element] = []
            current: _Element | None = element
            while current is not None and current not in self.parents:
                parent = current.getparent()
                self.parents[current] = parent
                path.append(current)
                current = parent
            self._paths.append(path)

    def outer_first(self) -> Iterator[_Element]:
        """All the elements, each after the one around it."""
        for path in self._paths:
            yield from reversed(path)

    def summed(self, sizes: dict[_Element, int]) -> dict[_Element, int]:
        """What all the elements hold together of `sizes`, themselves and what is in them."""
        sums = dict.fromkeys(self.parents, 0)
        sums.update(sizes)
        for path in reversed(self._paths):
            for element in path:
                parent = self.parents[element]
                if parent is not None:
                    sums[parent] += sums[element]
        return sums


def _paragraphs(root: _Element) -> dict[_Element, int]:
    """Block elements with sentences of their own, and how many characters these have."""
    sizes: dict[_Element, int] = {}
    blocks: dict[_Element, _Element | None] = {}
    for holder, text in islice(_long_texts(root), _MOST_TEXTS):
        tag = holder.tag
        if tag in BLOCK_TAGS:
            block = holder if tag not in _HEADING_TAGS else None
        else:
            block = blocks[holder] if holder in blocks else _block_around(holder, blocks)
        if block is not None and (size := len(text.strip())) > _SHORTEST:
            sizes[block] = sizes.get(block, 0) + size
    return sizes


def _long_texts(root: _Element) -> Iterator[tuple[_Element, str]]:
    """The texts in the bodies of the page that may be sentences, and the element that shows each."""
    for body in root.iter("body"):
        for element in body.iter():
            text = element.text
            if text is not None and len(text) > _SHORTEST and not text.isspace():
                yield element, text
            text = element.tail
            if text is not None and len(text) > _SHORTEST and not text.isspace():
                holder = element.getparent()
                if holder is not None:
                    yield holder, text


def _block_around(element: _Element, known: dict[_Element, _Element | None]) -> _Element | None:
    """The block that shows the text in `element`; None where it is no prose: a script's, a link's, a heading's."""
    path: list[_Element] = []
    current: _Element | None = element
    block: _Element | None = None
    while current is not None:
        if current in known:
            block = known[current]
            break
        path.append(current)
        if current.tag in BLOCK_TAGS:
            block = current if current.tag not in _HEADING_TAGS else None
            break
        if current.tag == "a" or current.tag in HIDDEN_TAGS:
            break
        current = current.getparent()
    known.update(dict.fromkeys(path, block))
    return block
