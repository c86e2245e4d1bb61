"""The canonical address of a page and its alternates; a page that says it is the home page or a list is no article."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from newscrawler.article import Alternate
from newscrawler.errors import NotAnArticle
from newscrawler.urls import canonical_address
from spiders.pages.page import Page

_FORM = re.compile(r"amp|print|comments|[0-9]{1,2}|page/[0-9]{1,2}")
_MOST_ALTERNATES = 100
_HOST_PREFIXES = ("www.", "m.", "amp.", "mobile.")


def read_canonical(page: Page) -> tuple[str, str]:
    """The page's canonical address and the evidence for it.

    rel=canonical, then og:url, where they lead to an article address on the newsroom's hosts; else the page's own.
    Raises NotAnArticle when rel=canonical leads to the home page, to a list or to an address that the newsroom's file
    knows is no article, and when nothing leads to an article address at all.
    """
    claimed = _own(page, page.head.canonical)
    if claimed is not None:
        if not _may_be_article(page, claimed):
            raise NotAnArticle(
                "its canonical address is no article's",
                remedy=f"See where it leads: {claimed}",
                url=page.url,
                newsroom=page.name,
            )
        return _written(page, claimed), "canonical"
    shared = _own(page, page.head.first("og:url"))
    if shared is not None and _may_be_article(page, shared):
        return _written(page, shared), "og"
    if not _may_be_article(page, page.url):
        raise NotAnArticle("its address is not an article's", url=page.url, newsroom=page.name)
    return _written(page, page.url), "address"


def read_alternates(page: Page, canonical_url: str) -> list[Alternate]:
    """The page's other languages and scripts (`hreflang` as written) and its AMP page; no front pages, not itself."""
    alternates: list[Alternate] = []
    seen = {canonical_url}
    # x-default repeats one of the others, mostly.
    links = page.head.hreflang[:_MOST_ALTERNATES]
    for hreflang, href in sorted(links, key=lambda link: link[0].lower() == "x-default"):
        url = page.absolute(href)
        if url is None or _is_home(url) or _written(page, url) in seen:
            continue
        seen.add(_written(page, url))
        alternates.append(Alternate(url=url, hreflang=hreflang))
    amp = page.absolute(page.head.amp) if page.head.amp else None
    if amp is not None and amp not in seen and not _is_home(amp):
        alternates.append(Alternate(url=amp, kind="amp"))
    return alternates


def _own(page: Page, link: str | None) -> str | None:
    """`link` made absolute, where it is on the newsroom's hosts (or the page's own, www and mobile being the same)."""
    url = page.absolute(link) if link else None
    if url is None:
        return None
    if page.newsroom is not None:
        return url if page.newsroom.is_own(url) else None
    return url if _bare_host(url) == _bare_host(page.url) else None


def _bare_host(url: str) -> str:
    host = urlsplit(url).hostname or ""
    for prefix in _HOST_PREFIXES:
        host = host.removeprefix(prefix)
    return host


def _is_home(url: str) -> bool:
    """Whether the address is a site's front page, or that of one of its languages."""
    parts = urlsplit(url)
    path = parts.path.strip("/")
    short = not path or (len(path) <= 3 and path.isalpha())
    return not parts.query and (short or path.lower() in ("index.html", "index.php", "home"))


def _may_be_article(page: Page, url: str) -> bool:
    if _is_home(url) and not (_is_home(page.url) and page.newsroom is None):
        return False
    if page.newsroom is not None:
        return page.newsroom.is_article_address(page.newsroom.canonical(url))
    # A canonical address that is a folder of the page's own is the list the page belongs to, unless the rest names
    # another form of the same article.
    own, other = urlsplit(page.url).path.rstrip("/"), urlsplit(url).path.rstrip("/")
    if not own.startswith(other + "/") or urlsplit(url).query:
        return True
    return _FORM.fullmatch(own.removeprefix(other + "/")) is not None


def _written(page: Page, url: str) -> str:
    try:
        if page.newsroom is not None:
            return page.newsroom.canonical(url)
        return canonical_address(url)
    except ValueError:
        return url
