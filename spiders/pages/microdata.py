"""Microdata of a page: the properties of its article, those of nested items kept apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml.etree import _Element

from spiders.pages.tree_paths import TextPath
from spiders.pages.visible_text import plain, text_of

# The attributes and not their elements: XPath takes the square of their number to make sure that each comes once.
_PROPERTIES = TextPath("//@itemprop")
_ARTICLE_TYPE = re.compile(r"schema\.org/\w*(?:Article|Posting)\b")
# A page of an article has a few dozen.
_MOST_PROPERTIES = 5_000
_URL_ATTRIBUTES = {"a": "href", "link": "href", "img": "src", "source": "src", "area": "href"}


@dataclass(slots=True)
class Item:
    """One microdata item: the elements that carry each of its properties, in the order of the page."""

    element: _Element | None = None
    properties: dict[str, list[_Element]] = field(default_factory=dict)

    def elements(self, name: str) -> list[_Element]:
        """The elements that carry the property `name`."""
        return self.properties.get(name, [])


class Microdata:
    """The microdata items of the page under `root`; `article` is its Article (an empty item where there is none).

    Properties outside any item count as the article's where the page marks no article: many a template forgets
    `itemscope`.
    """

    def __init__(self, root: _Element, titles: str = "") -> None:
        self._items: dict[_Element | None, Item] = {}
        self._scopes: dict[_Element | None, _Element | None] = {}
        for names in _PROPERTIES(root)[:_MOST_PROPERTIES]:
            element = names.getparent()
            if element is None:
                continue
            item = self._item(self._scope(element))
            for name in names.split():
                item.properties.setdefault(name, []).append(element)
        self.article = self._article(titles.casefold())

    def nested(self, element: _Element) -> Item:
        """The item that `element` itself is; an empty one where it is none."""
        return self._items.get(element) or Item(element)

    def of_type(self, name: str) -> list[_Element]:
        """The elements of the items whose type is called `name`, in the order of the page."""
        return [
            scope
            for scope in self._items
            if scope is not None and (scope.get("itemtype") or "").rstrip("/").endswith(f"/{name}")
        ]

    def _item(self, scope: _Element | None) -> Item:
        return self._items.setdefault(scope, Item(scope))

    def _scope(self, element: _Element) -> _Element | None:
        """The nearest item around the element."""
        parent = element.getparent()
        if parent in self._scopes:
            return self._scopes[parent]
        path: list[_Element] = []
        scope: _Element | None = None
        for ancestor in element.iterancestors():
            if ancestor in self._scopes:
                scope = self._scopes[ancestor]
                break
            path.append(ancestor)
            # Templates that forget `itemscope` still write `itemtype`.
            if ancestor.get("itemscope") is not None or ancestor.get("itemtype") is not None:
                scope = ancestor
                break
        self._scopes.update(dict.fromkeys(path, scope))
        return scope

    def _article(self, titles: str) -> Item:
        marked = [
            item
            for scope, item in self._items.items()
            if scope is not None and _ARTICLE_TYPE.search(scope.get("itemtype") or "")
        ]
        if len(marked) > 1:
            # A list of teasers is marked up as articles too.
            named = [item for item in marked if any(_is_in(titles, element) for element in item.elements("headline"))]
            return next((item for item in named if item.elements("articleBody")), named[0] if named else Item())
        if marked:
            return marked[0]
        loose = self._items.get(None, Item())
        return loose if loose.elements("articleBody") or loose.elements("headline") else Item()


def address_of(element: _Element) -> str:
    """The address that a property gives: its `content`, where it leads or what it shows, else its visible text."""
    for attribute in ("content", _URL_ATTRIBUTES.get(str(element.tag))):
        value = element.get(attribute) if attribute else None
        if value is not None:
            return plain(value)
    return text_of(element)


def words_of(element: _Element) -> str:
    """The words, number or date that a property gives: its `content` or `datetime`, else its visible text. A link gives
    its words too, and not where it leads."""
    for attribute in ("content", "datetime"):
        value = element.get(attribute)
        if value is not None:
            return plain(value)
    return text_of(element)


def _is_in(titles: str, element: _Element) -> bool:
    headline = words_of(element).casefold()
    return bool(headline) and headline in titles
