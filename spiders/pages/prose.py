"""Prose: where on a page there are whole sentences, and how many, outside the parts that hold no article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.etree import _Element

from spiders.pages.markup_names import is_named
from spiders.pages.tree_paths import Condition, TextPath
from spiders.pages.visible_text import BLOCK_TAGS, HIDDEN_TAGS

# In characters: a text node this long is a sentence rather than a button.
_SHORTEST = 25
_TEXTS = TextPath(f"//body//text()[string-length() > {_SHORTEST}]")
# No article has as many; a hostile page may.
_MOST_TEXTS = 5_000
_HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NEVER_BODY_TAGS = frozenset({"footer", "nav", "form", "figcaption", "button", "label", "header"})
# An aside between paragraphs, without links, is a quotation pulled out of the text, or a word on the facts.
_STANDS_APART = Condition("descendant::a or descendant::li or descendant::h2 or descendant::h3 or not(../p)")
# What a paragraph counts for the elements around it, from its parent outwards.
_WEIGHTS = (1.0, 0.6, 0.3, 0.15)


@dataclass(slots=True)
class Prose:
    """`paragraphs` are the block elements that hold sentences, with their number of characters, links not counted;
    `mass` sums these up for every element around them, `clutter` are paragraphs in the parts that hold no article."""

    paragraphs: list[tuple[_Element, int]] = field(default_factory=list)
    mass: dict[_Element, int] = field(default_factory=dict)
    scores: dict[_Element, float] = field(default_factory=dict)
    total: int = 0


class ClutterRule:
    """Tells the parts of a page that never belong to an article by tag, class and id."""

    def __init__(self) -> None:
        self._known: dict[_Element, bool] = {}

    def marks(self, element: _Element) -> bool:
        """Whether the element itself is marked as clutter."""
        known = self._known.get(element)
        if known is None:
            known = self._known[element] = self._is_marked(element)
        return known

    def _is_marked(self, element: _Element) -> bool:
        if element.tag in _NEVER_BODY_TAGS or (element.tag == "aside" and _STANDS_APART(element)):
            return True
        if is_named("others", element) or is_named("clutter", element):
            return True
        return element.get("hidden") is not None or "display:none" in (element.get("style") or "").replace(" ", "")


def find_prose(root: _Element, clutter: ClutterRule, heading: _Element | None) -> Prose:
    """The prose of the page. Elements marked as clutter are passed over, unless they hold the `heading` or most of the
    page's prose: then the mark means something else."""
    found = _paragraphs(root)
    everything = dict(found)
    for ancestor, chars, _ in _summed(found):
        everything[ancestor] = everything.get(ancestor, 0) + chars
    total = sum(chars for _, chars in found)
    spared = set(heading.iterancestors()) if heading is not None else set()
    verdicts: dict[_Element, bool] = {}

    def is_out(element: _Element) -> bool:
        """Whether the element or one around it is clutter."""
        path: list[_Element] = []
        current: _Element | None = element
        while current is not None and current not in verdicts:
            path.append(current)
            current = current.getparent()
        verdict = verdicts[current] if current is not None else False
        for step in reversed(path):
            verdict = verdict or (clutter.marks(step) and step not in spared and everything.get(step, 0) * 2 < total)
            verdicts[step] = verdict
        return verdict

    kept = [(element, chars) for element, chars in found if not is_out(element)]
    prose = Prose(paragraphs=kept, mass=dict(kept), total=sum(chars for _, chars in kept))
    for ancestor, chars, distance in _summed(kept):
        prose.mass[ancestor] = prose.mass.get(ancestor, 0) + chars
        if distance < len(_WEIGHTS):
            prose.scores[ancestor] = prose.scores.get(ancestor, 0.0) + chars * _WEIGHTS[distance]
    return prose


def _summed(paragraphs: list[tuple[_Element, int]]) -> Iterator[tuple[_Element, int, int]]:
    """For each parent of paragraphs, itself and all elements around it, with the characters it gives them and how far
    out they are."""
    parents: dict[_Element, int] = {}
    for element, chars in paragraphs:
        parent = element.getparent()
        if parent is not None:
            parents[parent] = parents.get(parent, 0) + chars
    for parent, chars in parents.items():
        yield parent, chars, 0
        for distance, ancestor in enumerate(parent.iterancestors(), 1):
            yield ancestor, chars, distance


def _paragraphs(root: _Element) -> list[tuple[_Element, int]]:
    """Block elements with sentences of their own, in the order of the page, and how many characters these have."""
    sizes: dict[_Element, int] = {}
    blocks: dict[_Element, _Element | None] = {}
    for text in _TEXTS(root)[:_MOST_TEXTS]:
        holder = text.getparent()
        element = holder.getparent() if holder is not None and text.is_tail else holder
        block = _block_around(element, blocks) if element is not None else None
        if block is not None and (size := len(text.strip())) > _SHORTEST:
            sizes[block] = sizes.get(block, 0) + size
    return list(sizes.items())


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
