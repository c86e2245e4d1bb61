"""Addresses, and frontiers over them in runs that follow each other, for the tests of `spiders.fetching.frontier`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from newscrawler.address import Address, AddressState, Discovered
from newscrawler.article import Article, mint_article_id
from newscrawler.crawl import Crawl
from newscrawler.store.addresses import mark_done, with_state
from newscrawler.store.articles import iterate_articles, save_article
from newscrawler.store.sources import SourceState, source_state
from spiders.fetching.frontier import Frontier
from spiders.fetching.saved_html import SavedHtml
from spiders.fetching.saved_pages import SavedPages
from tests.conftest import NOW, an_article

SITE = "https://newsroom.test/kk/news/"
LISTING = "https://newsroom.test/kk/news/"
INDEX = "https://newsroom.test/sitemap.xml"
CHILD = "https://newsroom.test/sitemap-1.xml"


def found(*numbers: int, **values: Any) -> list[Discovered]:
    return [Discovered(url=f"{SITE}{number}", **values) for number in numbers]


def archive(crawl: Crawl, *paths: str) -> SavedPages:
    saved = SavedPages(path=Path("archive"), newsroom=crawl.newsroom)
    for path in paths:
        saved.add("HTML", SavedHtml(f"https://newsroom.test{path}", NOW, Path("page.html")))
    return saved


def next_run(crawl: Crawl, **values: Any) -> Frontier:
    crawl.run += 1
    for name, value in values.items():
        setattr(crawl, name, value)
    return Frontier(crawl)


def handed_out(frontier: Frontier) -> list[str]:
    return [address.url for address in all_of(frontier)]


def all_of(frontier: Frontier) -> list[Address]:
    """What is handed out when each page is done before the next is asked for."""
    handed_out: list[Address] = []
    while (address := frontier.next_address_when_idle()) is not None:
        handed_out.append(address)
    return handed_out


def states(crawl: Crawl) -> dict[str, tuple[str, int, str | None]]:
    with crawl.store.read() as connection:
        rows = with_state(connection, AddressState)
    return {row.url: (row.state, row.tries, row.reason) for row in rows}


def take(frontier: Frontier) -> Address:
    address = frontier.next_address_when_idle()
    assert address is not None
    return address


def keep_article(crawl: Crawl, url: str) -> Article:
    article = an_article(id=mint_article_id("newsroom_test", url), url=url, canonical_url=url)
    with crawl.store.write() as connection:
        save_article(connection, article, facets_of=lambda _: ["kk/all/all"], hashes=[], now=NOW)
        mark_done(connection, "newsroom_test", [url], article.id, run=crawl.run, now=NOW)
    return article


def live(crawl: Crawl) -> list[str]:
    with crawl.store.read() as connection:
        return [article.id for article in iterate_articles(connection)]


def state_of(crawl: Crawl, url: str) -> SourceState:
    with crawl.store.read() as connection:
        return source_state(connection, "newsroom_test", url)
