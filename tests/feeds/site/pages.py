"""Pages to test: facets of the test vocabulary, and reading a page back."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from lxml import html

from feeds.facet import FacetNames, parse_facet
from feeds.site.neighbours import Neighbours
from feeds.wording import load_wordings
from tests.feeds.articles import NEWSROOMS, VOCABULARY

NAMES = FacetNames(VOCABULARY, NEWSROOMS, load_wordings())
PATHS = [
    *(
        f"{language}/{region}/{topic}"
        for language in ("all", "kk", "ru")
        for region in ("all", "astana", "turkistan")
        for topic in ("all", "economy", "sport")
    ),
    "kk/atlantis/all",
    "kk/national/all",
    "kk/world/sport",
    "kk/world/all",
    "newsrooms/bulaq_kz/kk",
    "newsrooms/bulaq_kz/all",
    "newsrooms/kaynar_kz/kk",
]
LOADING = "//script[@src] | //img | //iframe | //object | //embed | //video | //audio | //form | //base"


def neighbours(paths: Iterable[str] = PATHS) -> Neighbours:
    return Neighbours(map(parse_facet, paths), NAMES.regions, NAMES.topics)


def parsed(page: bytes) -> html.HtmlElement:
    assert page.startswith(b"<!DOCTYPE html>\n<html ")
    return html.document_fromstring(page.decode())


def hrefs(tree: html.HtmlElement, xpath: str) -> list[str]:
    return [str(href) for href in tree.xpath(f"{xpath}/@href")]


def assert_asks_nobody(tree: html.HtmlElement) -> None:
    """Nothing in the page is loaded from elsewhere, and nothing but our own script runs."""
    assert tree.xpath(LOADING) == []
    assert [name for name in tree.xpath("//@*") if name.attrname.startswith("on") or name.attrname == "style"] == []
    for link in tree.xpath("//link[@rel!='alternate']/@href"):
        assert not urlsplit(link).netloc
    assert all(urlsplit(link).scheme in ("", "http", "https") for link in tree.xpath("//a/@href"))
    for style in tree.xpath("//style/text()"):
        assert "url(" not in style
        assert "@import" not in style
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy[0].startswith("default-src 'none'; ")
    assert "unsafe" not in policy[0]
