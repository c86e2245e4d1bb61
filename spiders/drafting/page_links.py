"""The links of a page, and what each looks like: a headline, a step through the site, a language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element
from scrapy.http import HtmlResponse, Response

from spiders.drafting.site import Site
from spiders.pages.visible_text import text_of

# Parts of a page whose links lead to sections, and those that show other articles on every page alike.
_FURNITURE = frozenset({"nav", "header", "footer"})
_ASIDE = frozenset({"aside"})
# In characters and words: shorter texts of links name sections, tags and pages.
_LEAST_HEADLINE = 20
_LEAST_WORDS = 3


@dataclass(slots=True, frozen=True, eq=False)
class PageLink:
    """A link to a page of the same site: the canonical address it leads to, its text and its element."""

    url: str
    text: str
    element: _Element
    in_furniture: bool
    in_aside: bool

    @property
    def is_headline(self) -> bool:
        """Whether its text may be an article's headline."""
        return len(self.text) >= _LEAST_HEADLINE and len(self.text.split()) >= _LEAST_WORDS and not self.in_furniture


def page_links(response: Response, site: Site) -> list[PageLink]:
    """The links of an HTML page that lead to pages of `site`, in its order; none where the answer is no HTML."""
    if not isinstance(response, HtmlResponse):
        return []
    own = site.canonical(response.url, response.url)
    links = []
    for anchor in response.css("a[href]"):
        element: _Element = anchor.root
        url = site.canonical(response.url, anchor.attrib["href"])
        if url is None or url == own:
            continue
        around = {step.tag for step in _around(element)}
        links.append(PageLink(url, text_of(element), element, bool(around & _FURNITURE), bool(around & _ASIDE)))
    return links


def headline_links(links: list[PageLink]) -> dict[str, PageLink]:
    """The first link with a headline's text for each address, in the page's order."""
    found: dict[str, PageLink] = {}
    for link in links:
        if link.is_headline:
            found.setdefault(link.url, link)
    return found


def _around(element: _Element) -> Iterator[_Element]:
    yield element
    yield from element.iterancestors()
