"""ObservedSpider: a newsroom's spider that keeps to a recording's size and takes down what it saw."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Generator, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, ClassVar, Self, cast

from lxml.etree import LxmlError
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawler.address import Address, Discovered
from newscrawler.article import Article
from newscrawler.crawl import Crawl
from newscrawler.errors import NotSaved, PageError
from newscrawler.newsroom import Newsroom, SourceKind
from newscrawler.newsroom_files import read_newsroom
from newscrawler.store.addresses import Recorded
from spiders.fetching.frontier import Frontier
from spiders.fetching.saved_pages import SavedPages
from spiders.fetching.saved_warc import WarcRecorder
from spiders.fetching.unknown_address import UnknownAddresses
from spiders.newsroom_spider import NewsroomSpider
from spiders.recordings.selector_matches import PageMatches, article_matches, listing_matches
from spiders.source_walk import SourceWalker, Walk

# Pages of one list, and sitemaps of one index, that a recording holds: enough to see that the way goes on.
_LIST_PAGES = 2
_SITEMAPS = 2


@dataclass(slots=True)
class Observations:
    """What a crawl saw: how its selectors matched, which addresses its sources named, why some could not be read, what
    the archive lacked, and when the last page was fetched."""

    matches: list[PageMatches] = field(default_factory=list)
    named: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    failed: dict[str, str] = field(default_factory=dict)
    not_saved: set[str] = field(default_factory=set)
    last_fetched: datetime | None = None

    @property
    def sources(self) -> dict[str, int | str]:
        """For each source how many article addresses it named, or why it could not be read."""
        counted: dict[str, int | str] = {url: len(addresses) for url, addresses in self.named.items()}
        return dict(sorted((counted | self.failed).items()))


class ObservedSpider(NewsroomSpider):
    """Asks for a few pages of each list and a few sitemaps of each index, one page after another when they are saved.

    With `record_to` every answer is written to that new WARC file, those of saved pages too.
    """

    record_to: ClassVar[Path | None] = None
    observed: Observations

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """The spider with its crawl opened. Raises NewscrawlerError."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.observed = Observations()
        spider.frontier = ObservedFrontier(spider.crawl, spider.observed)
        spider.sources = SourceWalker(spider.crawl, spider.frontier, conditional=False)
        if cls.record_to is not None:
            spider.recorder = WarcRecorder(cls.record_to)
            spider.unknown = UnknownAddresses(crawler, spider.crawl, recorded=True)
        if spider.crawl.saved is not None:
            # Which of two like articles leads their story must not hang on which page is read first.
            crawler.settings.set("CONCURRENT_REQUESTS", 1, priority="cmdline")
        return spider

    def parse_page(self, response: Response, address: Address) -> AsyncIterator[Article]:
        """The article on a page."""
        moment = self._note_moment(response)
        # What cannot be parsed is no article's page, which the spider says itself.
        with suppress(LxmlError, ValueError):
            self.observed.matches.append(article_matches(response, self.newsroom, moment))
        return super().parse_page(response, address)

    def page_failed(self, failure: Any) -> None:
        """Keeps what became of an address whose page could not be fetched."""
        self._note_failure(failure)
        super().page_failed(failure)

    def parse_source(self, response: Response, walk: Walk) -> Iterator[Request]:
        """Keeps the addresses that a source gives; requests for its next page or some of its children."""
        self._note_moment(response)
        if walk.source.kind is SourceKind.LISTING:
            self._note_listing(response, walk)
        with closing(cast("Generator[Request]", super().parse_source(response, walk))) as requests:
            yield from islice(requests, _SITEMAPS)

    def source_failed(self, failure: Any) -> None:
        """Keeps that a source could not be fetched."""
        self._note_failure(failure)
        super().source_failed(failure)

    def _note_listing(self, response: Response, walk: Walk) -> None:
        # An answer that is no list is a source that failed, which the spider says itself.
        with suppress(PageError):
            self.observed.matches.append(listing_matches(response, walk.source, self.newsroom))

    def _note_failure(self, failure: Any) -> None:
        if isinstance(failure.value, NotSaved):
            self.observed.not_saved.add(failure.request.url)

    def _note_moment(self, response: Response) -> datetime:
        moment: datetime = response.meta["fetched_at"]
        if self.observed.last_fetched is None or moment > self.observed.last_fetched:
            self.observed.last_fetched = moment
        return moment


class ObservedFrontier(Frontier):
    """A frontier that takes down what the sources name, and hands out pages from all over an archive."""

    def __init__(self, crawl: Crawl, observed: Observations) -> None:
        super().__init__(crawl)
        self._observed = observed
        self._limit = crawl.limit

    def record(self, found: Sequence[Discovered], source_url: str, **source_values: Any) -> Recorded:
        """Keeps the addresses that a source gave."""
        self._observed.named[source_url].update(item.url for item in found)
        return super().record(found, source_url, **source_values)

    def source_failed(self, url: str, outcome: str, *, owed: bool = True) -> None:
        """Notes that a source could not be read."""
        self._observed.failed[url] = outcome
        super().source_failed(url, outcome, owed=owed)

    def _offer_saved_pages(self, saved: SavedPages) -> list[int]:
        """As many pages as the crawl may fetch, from all over the archive: its beginning may be of one section."""
        offered = super()._offer_saved_pages(saved)
        most = min(self._limit or len(offered), len(offered))
        return [offered[place * len(offered) // most] for place in range(most)]


def observed_spider_class(path: Path, record_to: Path | None = None) -> type[ObservedSpider]:
    """The observed spider of the newsroom in the file at `path`. Raises NewsroomError."""
    newsroom = _bounded(read_newsroom(path))
    values = {"name": newsroom.name, "newsroom": newsroom, "record_to": record_to}
    return type(f"Observed_{newsroom.name}", (ObservedSpider,), values)


def _bounded(newsroom: Newsroom) -> Newsroom:
    sources = [
        source.model_copy(update={"max_pages": min(source.max_pages, _LIST_PAGES)}) for source in newsroom.sources
    ]
    return newsroom.model_copy(update={"sources": tuple(sources)})
