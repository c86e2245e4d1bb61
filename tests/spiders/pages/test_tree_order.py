from __future__ import annotations

import lxml.html
import pytest
from lxml.etree import _Element

from spiders.pages.page_tree import page_tree
from spiders.pages.tree_order import common_element, elements_between, outermost, stands_before

ROOT = lxml.html.document_fromstring(
    "<body><div id=a><h1 id=h>x</h1><p id=b>x</p></div><p id=c>x</p>"
    "<div id=d><p id=e>x</p><!-- x --><div id=f><p id=g>x</p></div></div></body>"
)


def _element(name: str) -> _Element:
    return next(element for element in ROOT.iter("*") if element.get("id") == name)


@pytest.mark.parametrize(
    ("one", "other", "between"),
    [
        ("h", "g", "bce"),
        ("h", "f", "bce"),
        ("h", "d", "bc"),
        ("h", "c", "b"),
        ("h", "b", ""),
        ("h", "a", ""),
        ("h", "h", ""),
    ],
)
def test_elements_between(one: str, other: str, between: str) -> None:
    found = elements_between(_element(one), _element(other))
    assert "".join(element.get("id", "") for element in found) == between


@pytest.mark.parametrize(
    ("one", "other", "before"),
    [("h", "b", True), ("a", "g", True), ("b", "h", False), ("a", "h", False), ("h", "a", False), ("g", "h", False)],
)
def test_stands_before(one: str, other: str, before: bool) -> None:
    assert stands_before(_element(one), _element(other)) is before


def test_the_smallest_element_with_both() -> None:
    assert common_element(_element("h"), _element("b")) is _element("a")
    assert common_element(_element("e"), _element("g")) is _element("d")
    assert common_element(_element("h"), _element("g")) is None


def test_the_outermost_of_some_elements() -> None:
    assert [element.get("id") for element in outermost([_element(name) for name in "gdhcgf"])] == ["d", "h", "c"]


def test_elements_deeper_than_python_may_call() -> None:
    root = page_tree(("<h1>x</h1>" + "<div>" * 1900 + "<b>x</b><p>y</p>").encode())
    heading, paragraph = next(root.iter("h1")), next(root.iter("p"))
    assert [element.tag for element in elements_between(heading, paragraph)] == ["b"]
    assert [element.tag for element in outermost(root.iter("p", "b"))] == ["b", "p"]
