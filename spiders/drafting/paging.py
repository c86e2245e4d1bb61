"""How a list goes on: the link to its next page, the number in its address, or the button that loads more."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scrapy.http import Response, TextResponse

from newscrawler.urls import absolute
from spiders.drafting.selectors import own_selectors
from spiders.drafting.signs import load_signs
from spiders.drafting.site import Site
from spiders.pages.visible_text import text_of

_NUMBER = re.compile(r"\d+")
_PAGE = re.compile(r"(?:[?&](?:page|p|pg|paged|start|offset|PAGEN_\d)=|/page[/-]?)\d+/?", re.IGNORECASE)
# JSON answers nest their HTML no deeper than this.
_DEEPEST = 3


@dataclass(slots=True, frozen=True)
class Paging:
    """`next_page` a selector, or `page_url` with `{page}` and the number of its first page; else no way is known."""

    next_page: str | None = None
    page_url: str | None = None
    first_page: int = 1


def without_page_number(url: str) -> str:
    """`url` without what says which page of a list it is: the same for all pages of one list."""
    return _PAGE.sub("", url)


def find_paging(response: TextResponse, site: Site) -> Paging:
    """How the list in `response` goes on: by a link that says it is the next page's, else by the numbers of links to
    the pages after it."""
    for selector in ('link[rel="next"]', 'a[rel="next"]', *_next_selectors(response)):
        matched = response.css(selector)
        href = matched.attrib.get("href") if matched else None
        url = absolute(response.url, href) if href else None
        if url is not None and url != response.url and site.owns(url):
            return Paging(next_page=selector)
    return _by_numbers(response, site)


def _next_selectors(response: TextResponse) -> Iterator[str]:
    texts = {text.casefold() for text in load_signs().lists.next}
    for anchor in response.css("a[href]"):
        text = text_of(anchor.root)
        label = anchor.attrib.get("aria-label") or anchor.attrib.get("title") or ""
        classes = (anchor.attrib.get("class") or "").lower().split()
        if text.casefold() in texts or label.casefold() in texts or "next" in classes:
            # The first and only match, as that is what is followed.
            yield from (
                f"a{selector}" if selector.startswith((".", "[", "#")) else selector
                for selector in own_selectors(anchor.root)
                if len(response.css(selector)) == 1
            )


def _by_numbers(response: TextResponse, site: Site) -> Paging:
    own = without_page_number(response.url)
    for anchor in response.css("a[href]"):
        if anchor.xpath("normalize-space()").get("") != "2":
            continue
        url = absolute(response.url, anchor.attrib["href"])
        if url is None or not site.owns(url):
            continue
        found = _PAGE.search(url)
        if found is not None and without_page_number(url).rstrip("/") == own.rstrip("/") and "2" in found.group():
            marked = found.group().replace("2", "{page}", 1)
            return Paging(page_url=f"{url[: found.start()]}{marked}{url[found.end() :]}")
    return Paging()


def more_addresses(response: TextResponse, site: Site) -> list[str]:
    """The addresses that buttons on the page load more entries from."""
    found: dict[str, None] = {}
    for attribute in load_signs().lists.more:
        for element in response.css(f"[{attribute}]"):
            url = absolute(response.url, element.attrib[attribute])
            if url is not None and site.owns(url) and _NUMBER.search(url.partition("?")[2] or url.rpartition("/")[2]):
                found[url] = None
    return list(found)


def numbered(url: str) -> Paging:
    """The paging of a list of which `url` is a page: the number named as a page's counts them, else the last."""
    named = _PAGE.search(url)
    last = list(_NUMBER.finditer(url, 0, named.end() if named else len(url)))[-1]
    return Paging(page_url=f"{url[: last.start()]}{{page}}{url[last.end() :]}", first_page=int(last.group()))


def html_in_json(response: Response) -> tuple[str, str] | None:
    """The field (`a.b` for a field in a field) of a JSON answer that holds HTML with links, and that HTML; or None."""
    try:
        document = json.loads(response.body)
    except (ValueError, RecursionError):
        return None
    return next(_html_fields(document, "", 0), None)


def _html_fields(value: Any, path: str, depth: int) -> Iterator[tuple[str, str]]:
    if isinstance(value, str) and "<a" in value and path:
        yield path, value
    elif isinstance(value, dict) and depth < _DEEPEST:
        for name, member in value.items():
            if "." not in name:
                yield from _html_fields(member, f"{path}.{name}" if path else name, depth + 1)
