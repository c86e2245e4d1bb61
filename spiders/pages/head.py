"""Head: what a page says of itself in `meta`, `link` and `title`, wherever in the page they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin

from lxml.etree import _Element

from spiders.pages.visible_text import plain, text_of


@dataclass(slots=True)
class Head:
    """`properties` holds the contents of `meta`, as written, by its property or name in lower case; addresses are as
    written, except that `base` is absolute."""

    base: str
    title: str = ""
    properties: dict[str, list[str]] = field(default_factory=dict)
    canonical: str | None = None
    amp: str | None = None
    hreflang: list[tuple[str, str]] = field(default_factory=list)

    def first(self, *names: str) -> str | None:
        """The first content that is not empty, of the first of the properties `names` that has one."""
        return next(self._contents(names), None)

    def every(self, *names: str) -> list[str]:
        """All contents of the properties `names` that are not empty."""
        return list(self._contents(names))

    def _contents(self, names: Iterable[str]) -> Iterator[str]:
        for name in names:
            for written in self.properties.get(name, ()):
                if content := plain(written):
                    yield content


def read_head(root: _Element, url: str) -> Head:
    """The head of the page at `url`."""
    head = Head(base=url)
    for element in root.iter("meta", "link", "title", "base"):
        if element.tag == "meta":
            _read_meta(head, element)
        elif element.tag == "link":
            _read_link(head, element)
        elif element.tag == "title":
            # An svg may have a title too.
            head.title = head.title or text_of(element)
        elif head.base == url and element.get("href"):
            head.base = _joined(url, element.get("href", ""))
    return head


def _read_meta(head: Head, element: _Element) -> None:
    content = element.get("content")
    if not content:
        return
    called, named = element.get("property"), element.get("name")
    if called:
        head.properties.setdefault(called.strip().lower(), []).append(content)
    if named and named != called:
        head.properties.setdefault(named.strip().lower(), []).append(content)


def _read_link(head: Head, element: _Element) -> None:
    relations = (element.get("rel") or "").lower().split()
    href = (element.get("href") or "").strip()
    if not href:
        return
    if "canonical" in relations:
        head.canonical = head.canonical or href
    elif "amphtml" in relations:
        head.amp = head.amp or href
    elif "alternate" in relations and element.get("hreflang"):
        head.hreflang.append((plain(element.get("hreflang", "")), href))


def _joined(url: str, href: str) -> str:
    try:
        return urljoin(url, href.strip())
    except ValueError:
        return url
