"""Whether a page holds an article or names many."""

from __future__ import annotations

from urllib.parse import urlsplit

from newscrawler.article import Article
from newscrawler.errors import PageError
from spiders.drafting.findings import SeenPage
from spiders.drafting.page_links import headline_links
from spiders.drafting.site import Site
from spiders.pages import read_article

# In characters: what a short article has at least.
_LEAST_TEXT = 200
_OWN_HEADLINES = ("json-ld", "microdata", "og")


def holds_article(page: SeenPage, site: Site) -> bool:
    """Whether a page, of which nothing but its content is known, holds one article: it says so, or it can be read as
    one and has more text than headlines of others."""
    response, article = page.response, _read(page, site)
    if article is None:
        return False
    if article.canonical_url != site.canonical(response.url, response.url) and not article.date_published:
        return False
    text = sum(map(len, article.body))
    if claims_article(page) or article.sources.get("headline") in ("json-ld", "microdata"):
        return text > 0
    headlines = sum(len(link.text) for link in headline_links(page.links).values())
    return text >= _LEAST_TEXT and text > 2 * headlines


def claims_article(page: SeenPage) -> bool:
    """Whether a page says of itself that it is an article."""
    return page.response.css('meta[property="og:type"]').attrib.get("content", "") == "article"


def text_length(page: SeenPage, site: Site) -> int:
    """How many characters of text a page has when it is read as an article; 0 where that cannot be, and where
    nothing but its largest line says what it is about, as on lists."""
    article = _read(page, site)
    if article is None or article.sources.get("headline") not in _OWN_HEADLINES:
        return 0
    return sum(map(len, article.body))


def _read(page: SeenPage, site: Site) -> Article | None:
    if urlsplit(page.response.url).path in ("", "/"):
        return None
    try:
        return read_article(page.response, site.newsroom(), page.fetched_at)
    except PageError:
        return None
