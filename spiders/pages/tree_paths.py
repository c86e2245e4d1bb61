"""XPath expressions, compiled once, whose answers have a type."""

from __future__ import annotations

from typing import cast

from lxml.etree import XPath, _Element, _ElementUnicodeResult


class ElementPath:
    """An expression that finds elements."""

    def __init__(self, expression: str) -> None:
        self._path = XPath(expression)

    def __call__(self, element: _Element) -> list[_Element]:
        return cast("list[_Element]", self._path(element))


class TextPath:
    """An expression that finds texts or attributes; each knows its parent."""

    def __init__(self, expression: str) -> None:
        self._path = XPath(expression)

    def __call__(self, element: _Element) -> list[_ElementUnicodeResult]:
        return cast("list[_ElementUnicodeResult]", self._path(element))


class Condition:
    """An expression that is true of an element or not."""

    def __init__(self, expression: str) -> None:
        self._path = XPath(f"boolean({expression})")

    def __call__(self, element: _Element) -> bool:
        return cast("bool", self._path(element))
