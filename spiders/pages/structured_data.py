"""JSON-LD of a page: every object in it, read tolerantly, in the order of the page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from lxml.etree import _Element

from spiders.pages.visible_text import plain

JsonObject = dict[str, Any]

_ARTICLE_TYPE = re.compile(r"(?:Article|Posting|Report)$")
_PAGE_TYPE = re.compile(r"Page$")
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})')
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_MARKS_AROUND = re.compile(r"^(?:<!--|//\s*<!\[CDATA\[|/\*.*?\*/|<!\[CDATA\[)+|(?:-->|//\s*\]\]>|\]\]>)$")
_DATE = re.compile(r'"(datePublished|dateModified)"\s*:\s*"([^"]*)')
_ARTICLE_IN_TEXT = re.compile(r'"@type"\s*+:\s*+\[?\s*+"([A-Za-z]*(?:Article|Posting))"')
_DECODER = json.JSONDecoder(strict=False)
_PARTS = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement")
# A page of this project's size limit never holds more; a hostile one may.
_MOST_OBJECTS = 2_000


def json_ld_objects(root: _Element) -> list[JsonObject]:
    """All JSON-LD objects of the page, those inside `@graph` and lists too, outer before inner.

    Wrong escapes, raw control characters, comment marks, trailing commas and several values in one script are put up
    with; of a script that is broken beyond that, the dates of its article are still given.
    """
    objects: list[JsonObject] = []
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        for value in _values(script.text or ""):
            for found in _objects_in(value):
                objects.append(found)
                if len(objects) >= _MOST_OBJECTS:
                    return objects
    return objects


def is_article(value: JsonObject) -> bool:
    """Whether the object is a schema.org Article, NewsArticle, BlogPosting, or another kind of them."""
    return any(_ARTICLE_TYPE.search(kind) for kind in _types(value))


def is_web_page(value: JsonObject) -> bool:
    """Whether the object is a schema.org WebPage or another kind of it."""
    return any(_PAGE_TYPE.search(kind) for kind in _types(value))


def breadcrumbs(objects: list[JsonObject]) -> list[str]:
    """The names in the first BreadcrumbList, in order."""
    for value in objects:
        if "BreadcrumbList" in _types(value):
            steps = value.get("itemListElement")
            names = [_crumb(step) for step in steps if isinstance(step, dict)] if isinstance(steps, list) else []
            return [name for name in names if name]
    return []


def text_values(value: Any, key: str = "name") -> Iterator[str]:
    """The plain texts in a JSON-LD value: a string, an object's `key`, or those of a list's members."""
    members = value if isinstance(value, list) else [value]
    for member in members:
        text = member.get(key) if isinstance(member, dict) else member
        if isinstance(text, str) and (text := json_text(text)):
            yield text


def json_text(text: str) -> str:
    """A JSON-LD string as plain text: entities, even escaped twice, and tags are resolved."""
    for _ in range(2):
        if "&" not in text:
            break
        text = unescape(text)
    return plain(re.sub(r"</?[A-Za-z][^<>]{0,300}>", " ", text) if "<" in text else text)


def _types(value: JsonObject) -> list[str]:
    kinds = value.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return [kind.rpartition("/")[2] for kind in listed if isinstance(kind, str)]


def _crumb(step: JsonObject) -> str:
    name = step.get("name")
    item = step.get("item")
    if not isinstance(name, str) and isinstance(item, dict):
        name = item.get("name")
    return json_text(name) if isinstance(name, str) else ""


def _objects_in(value: Any) -> Iterator[JsonObject]:
    waiting = [value]
    while waiting:
        current = waiting.pop()
        if isinstance(current, list):
            waiting.extend(reversed(current))
        elif isinstance(current, dict):
            yield current
            waiting.extend(current[part] for part in reversed(_PARTS) if isinstance(current.get(part), (list, dict)))


def _values(script: str) -> Iterator[Any]:
    text = script.strip()
    if not text.startswith(("{", "[")):
        text = _MARKS_AROUND.sub("", text).strip()
    if not text:
        return
    for attempt in (text, _TRAILING_COMMA.sub("", _BAD_ESCAPE.sub("", text))):
        found = _decode_all(attempt)
        if found is not None:
            yield from found
            return
    kind = _ARTICLE_IN_TEXT.search(text)
    if kind:
        yield {"@type": kind.group(1)} | dict(reversed(_DATE.findall(text)))


def _decode_all(text: str) -> list[Any] | None:
    found: list[Any] = []
    place = 0
    try:
        while place < len(text):
            value, end = _DECODER.raw_decode(text, place)
            found.append(value)
            place = end
            while place < len(text) and text[place] in " \t\r\n;,":
                place += 1
    except (ValueError, RecursionError):
        return found or None
    return found
