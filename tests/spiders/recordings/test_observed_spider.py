"""What an observed crawl takes down, and how it keeps to the size of a recording."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from newscrawler.address import Discovered
from newscrawler.config import Config
from newscrawler.crawl import Crawl
from newscrawler.newsroom import Newsroom
from newscrawler.store import open_store
from newscrawler.vocabulary import Vocabulary
from spiders.fetching.saved_html import SavedHtml
from spiders.fetching.saved_pages import SavedPages
from spiders.recordings.observed_spider import Observations, ObservedFrontier, observed_spider_class
from tests.conftest import NOW

LIST = "https://small.test/list"
HEAD = 'title = "Шағын"\nsite = "https://small.test/"\nhosts = "small.test"\nlanguages = "kk"\n'
SOURCES = "".join(f'[[sources]]\nkind = "listing"\nurl = "{LIST}"\nmax_pages = {pages}\n' for pages in (1, 50))


@pytest.fixture
def crawl() -> Iterator[Crawl]:
    newsroom = Newsroom.model_validate(
        {
            "name": "small",
            "title": "Шағын",
            "site": "https://small.test/",
            "hosts": "small.test",
            "languages": "kk",
            "articles": {"include": "^/a/"},
        }
    )
    with open_store("sqlite:///:memory:") as store:
        words = Vocabulary(regions=(), topics=())
        yield Crawl(config=Config(), newsroom=newsroom, store=store, vocabulary=words, clock=lambda: NOW, run=1)


def handed_out(crawl: Crawl, limit: int | None) -> list[str]:
    crawl.saved = SavedPages(path=Path("archive"), newsroom=crawl.newsroom)
    crawl.limit = limit
    for number in range(10):
        crawl.saved.add("HTML", SavedHtml(f"https://small.test/a/{number}", NOW, Path("page.html")))
    frontier = ObservedFrontier(crawl, Observations())
    urls: list[str] = []
    while (address := frontier.next_address()) is not None:
        urls.append(address.url)
    return [url.rpartition("/")[2] for url in urls]


@pytest.mark.parametrize(
    ("limit", "numbers"), [(1, "9"), (3, "369"), (10, "0123456789"), (20, "0123456789"), (None, "0123456789")]
)
def test_saved_pages_are_taken_from_all_over_the_archive(crawl: Crawl, limit: int | None, numbers: str) -> None:
    assert handed_out(crawl, limit) == list(numbers)


def test_sources_are_counted_over_their_documents(crawl: Crawl) -> None:
    observed = Observations()
    frontier = ObservedFrontier(crawl, observed)
    for numbers in ((1, 2), (2, 3)):
        frontier.record([Discovered(url=f"https://small.test/a/{number}") for number in numbers], LIST)
    frontier.record([], "https://small.test/rss")
    frontier.source_failed("https://small.test/sitemap.xml", "status 404")
    assert observed.sources == {
        LIST: 3,
        "https://small.test/rss": 0,
        "https://small.test/sitemap.xml": "status 404",
    }


def test_a_recording_holds_two_pages_of_a_list_at_most(tmp_path: Path) -> None:
    file = tmp_path / "small.toml"
    file.write_text(HEAD + SOURCES, encoding="utf-8")
    spider = observed_spider_class(file)
    assert [source.max_pages for source in spider.newsroom.sources] == [1, 2]
    assert (spider.name, spider.record_to) == ("small", None)
