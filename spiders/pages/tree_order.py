"""The order of elements in a page: what stands between two of them, which of two stands first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml.etree import _Element


def elements_between(heading: _Element, element: _Element) -> Iterator[_Element]:
    """The outermost elements that stand after `heading` and before `element`; none where one holds the other."""
    inside = {element, *element.iterancestors()}
    if element is heading or any(step is element for step in heading.iterancestors()):
        return
    current = heading
    while current not in inside:
        for sibling in current.itersiblings():
            if sibling in inside:
                yield from _before(sibling, element, inside)
                return
            if isinstance(sibling.tag, str):
                yield sibling
        parent = current.getparent()
        if parent is None or parent in inside:
            return
        current = parent


def stands_before(one: _Element, other: _Element) -> bool:
    """Whether `one` ends before `other` begins in the page."""
    path = [one, *one.iterancestors()]
    steps = {element: place for place, element in enumerate(path)}
    below = other
    for ancestor in [other, *other.iterancestors()]:
        place = steps.get(ancestor)
        if place is not None:
            if place == 0 or ancestor is other:
                return False
            return ancestor.index(path[place - 1]) < ancestor.index(below)
        below = ancestor
    return False


def _before(branch: _Element, element: _Element, inside: set[_Element]) -> Iterator[_Element]:
    """The outermost elements in `branch` that stand before `element`; `inside` are all those around it."""
    # A page may nest deeper than Python may call itself.
    while branch is not element:
        for child in branch:
            if child in inside:
                branch = child
                break
            if isinstance(child.tag, str):
                yield child
        else:
            return


def common_element(one: _Element, other: _Element) -> _Element | None:
    """The smallest element that holds both, unless that is the whole page."""
    around = {other, *other.iterancestors()}
    common = next((step for step in [one, *one.iterancestors()] if step in around), None)
    return common if common is not None and common.tag not in ("body", "html") else None


def outermost(elements: Iterable[_Element]) -> Iterator[_Element]:
    """Those of `elements` that stand in none of the others, each once, in their order."""
    given = dict.fromkeys(elements)
    inside: dict[_Element, bool] = {}
    for element in given:
        path: list[_Element] = []
        around = element.getparent()
        while around is not None and around not in given and around not in inside:
            path.append(around)
            around = around.getparent()
        is_inside = around is not None and (around in given or inside[around])
        inside.update(dict.fromkeys(path, is_inside))
        if not is_inside:
            yield element
