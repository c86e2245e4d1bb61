"""Tests of `spiders.source_walk`: a source that has nothing new is told from one that is a list no more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, TextResponse, XmlResponse

from newscrawler.config import Config
from newscrawler.crawl import Crawl
from newscrawler.newsroom import ArticleAddresses, Newsroom, Source, SourceKind
from newscrawler.store import open_store
from newscrawler.store.attention import needs_attention
from newscrawler.store.runs import begin_run
from newscrawler.vocabulary import Vocabulary
from spiders.fetching.frontier import Frontier
from spiders.source_walk import SourceWalker, Walk
from tests.conftest import NOW

FEED, LIST = "https://newsroom.test/rss", "https://newsroom.test/"
ITEM = "<item><link>https://newsroom.test/kk/news/1</link></item>"
ENTRY = '<div class="entry"><a href="/kk/news/2">Бір</a></div>'


@pytest.fixture
def crawl(tmp_path: Path, vocabulary: Vocabulary) -> Iterator[Crawl]:
    """A crawl of a newsroom with a list and a feed."""
    newsroom = Newsroom(
        name="newsroom_test",
        title="Newsroom.test",
        site=LIST,
        hosts=("newsroom.test",),
        languages=("kk",),
        sources=(
            Source(kind=SourceKind.LISTING, url=LIST, item="div.entry"),
            Source(kind=SourceKind.FEED, url=FEED),
        ),
        articles=ArticleAddresses(include=("^/kk/news/",)),
    )
    with open_store(f"sqlite:///{tmp_path / 'store.db'}") as store:
        yield Crawl(config=Config(), newsroom=newsroom, store=store, vocabulary=vocabulary, clock=lambda: NOW)


def walked(crawl: Crawl, url: str, content: str) -> dict[str, int]:
    """What a run counts in which the source answers so."""
    crawl.counts.clear()
    with crawl.store.write() as connection:
        crawl.run = begin_run(connection, crawl.newsroom.name, "live", NOW)
    frontier = Frontier(crawl)
    source = next(source for source in crawl.newsroom.sources if source.url == url)
    walk = Walk(source=source, url=url, completed_run=frontier.source_state(url).completed_run)
    kind: type[TextResponse] = XmlResponse if source.kind is SourceKind.FEED else HtmlResponse
    response = kind(url, body=content.encode(), encoding="utf-8", request=Request(url, meta={"fetched_at": NOW}))
    list(SourceWalker(crawl, frontier, conditional=True).answered(response, walk, print, print))
    return {name: number for name, number in crawl.counts.items() if number}


@pytest.mark.parametrize(
    ("url", "full", "empty"),
    [
        (FEED, f"<rss><channel>{ITEM}</channel></rss>", "<rss><channel/></rss>"),
        (LIST, f"<html><body>{ENTRY}</body></html>", "<html><body><p>Жаңа сайт</p></body></html>"),
    ],
)
def test_a_source_that_gave_entries_and_gives_none_has_lost_its_container(
    crawl: Crawl, url: str, full: str, empty: str
) -> None:
    assert walked(crawl, url, full) == {"sources": 1}
    assert walked(crawl, url, full) == {"sources": 1}
    assert walked(crawl, url, empty) == {"sources": 1, "sources_failed": 1, "containers_gone": 1}
    with crawl.store.read() as connection:
        (item,) = needs_attention(connection)
    assert (item.what, item.url, item.note) == ("container gone", url, "the list has no entries")


def test_a_feed_that_never_had_an_entry_may_be_empty(crawl: Crawl) -> None:
    for _ in range(2):
        assert walked(crawl, FEED, "<rss><channel/></rss>") == {"sources": 1}
