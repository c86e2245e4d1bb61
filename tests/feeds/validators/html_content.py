"""What every format asks of the HTML in its entries: nothing active, and no relative address."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import html

_ACTIVE = {"script", "style", "iframe", "object", "embed", "form", "input", "svg", "math", "link", "meta", "base"}
_ADDRESSES = ("href", "src", "cite", "poster", "action", "data", "srcset")


def html_problems(content: str) -> Iterator[str]:
    """What is wrong with a piece of HTML in an entry."""
    if not content.strip():
        return
    for element in html.fragment_fromstring(content, create_parent="div").iter():
        if not isinstance(element.tag, str):
            yield "a comment or an instruction in HTML"
            continue
        if element.tag in _ACTIVE:
            yield f"<{element.tag}> in HTML"
        for name, value in element.attrib.items():
            if str(name).startswith("on") or name == "style":
                yield f"the attribute {name} in HTML"
            if name in _ADDRESSES and not is_absolute(str(value)):
                yield f"the address {value!r} in HTML"


def is_absolute(address: str) -> bool:
    """Whether the address is an absolute URI of the web, in the letters that RFC 3986 allows."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https")
        and bool(parts.netloc)
        and address.isascii()
        and not set(address) & set(' <>"\\^`{|}')
    )
