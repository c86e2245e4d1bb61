"""WeekOfRuns: a newsroom's week as cron sees it. Crawl and publish, again and again under a moving clock."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from unittest.mock import patch
from urllib.parse import urlsplit

from feeds.publish import publish
from newscrawler.address import AddressState
from newscrawler.article import Article
from newscrawler.commands.crawl_summary import status_of_crawl
from newscrawler.commands.output import Output
from newscrawler.config import Config, config_of
from newscrawler.crawl import crawl_of
from newscrawler.errors import ExitStatus
from newscrawler.newsroom_files import read_newsroom
from newscrawler.store import Store, open_store
from newscrawler.store.addresses import with_state
from newscrawler.store.articles import iterate_articles
from newscrawler.store.holding import held_pages
from newscrawler.vocabulary import load_vocabulary
from spiders.crawl_process import CrawlProcess, StartedCrawl
from spiders.loader import spider_class
from tests.cron.expected_store import ExpectedStore
from tests.cron.newsroom_life import LIST, MENDED, SITEMAP, NewsroomLife, Story, may_be_left_alone, moments
from tests.cron.public_folder import faults_of_feeds
from tests.cron.watched_site import RunRequests, WatchedSite
from tests.end_to_end.redesign import MENDED as MENDED_SELECTORS
from tests.end_to_end.small_site import HOST, NAME, SmallNewsroom, source

_PARAGRAPHS = 4


@dataclass(slots=True, frozen=True, kw_only=True)
class Run:
    """One run: when it was, what it asked, its exit status, how many pages are held after it, how many files its
    publication wrote, and how long both took. `faults` are what was found wrong after it, in words."""

    at: datetime
    requests: RunRequests
    status: int
    held: int
    written: int
    crawl_seconds: float
    publish_seconds: float
    faults: tuple[str, ...]

    @property
    def has_news(self) -> bool:
        """Whether the site said anything that it had not said before."""
        return any(one.status != 304 for one in self.requests.asked if one not in self.requests.robots)


class WeekOfRuns:
    """Runs over the week of a newsroom's life in the folder `folder`, as `newscrawler run` makes them: the spider, its
    middlewares, scheduler, ledger, pipelines, guard, store and publication over loopback HTTP.

    Of a real run are left out: the process of each (one makes all, and reads the vocabulary once), the command line and
    the report that it keeps, names that are looked up, TLS, and the delay between two requests. The clock stands still
    during a run.

    After each run everything is compared with `ExpectedStore` and the public folder; `runs` are those done so far.
    """

    def __init__(self, folder: Path, *, done: Callable[[Run], None] = lambda _: None) -> None:
        self.runs: list[Run] = []
        self.life = NewsroomLife()
        self.expected = ExpectedStore(self.life)
        self._folder, self._done = folder, done
        self._vocabulary = load_vocabulary()

    def run(self, number: int, output: Output) -> None:
        """Makes so many runs, equally far apart. It uses this process's one run of Scrapy."""
        with WatchedSite(self.life) as site:
            self._site = site
            self._small = SmallNewsroom(self._folder, site)
            self._define()
            ahead = iter(moments(number))
            first = next(ahead)
            process = CrawlProcess(self._config(first))
            # A process of its own would read the words of the vocabulary once; so does this one.
            with patch("spiders.crawl_opening.load_vocabulary", return_value=self._vocabulary):
                self._start(process, first, ahead)
                process.run(output)

    @property
    def store_url(self) -> str:
        """Where the runs keep what they find."""
        return f"sqlite:///{self._folder / 'newscrawler.db'}"

    @property
    def public(self) -> Path:
        """Where the feeds are."""
        return self._folder / "public"

    def _define(self, *more: str) -> None:
        entries = source("listing", LIST, item="div.entry", next_page="a.next")
        self._small.define(entries, source("sitemap", SITEMAP), *more)

    def _config(self, at: datetime) -> Config:
        values = {
            "contact": "crawler@example.org",
            "allow_addresses": (self._site.address,),
            "resolve": {HOST: self._site.address},
            "delay_scale": 0.0,
            "store": self.store_url,
            "public": self.public,
            "now": at,
        }
        return config_of(values, self._folder, "week of runs")

    def _start(self, process: CrawlProcess, at: datetime, ahead: Iterator[datetime]) -> None:
        if at >= MENDED:
            self._define(MENDED_SELECTORS)
        self._site.show(at)
        file = self._folder / "newsrooms" / f"{NAME}.toml"
        then = partial(self._ended, process, at, ahead, time.perf_counter())
        process.start(NAME, partial(spider_class, file), {}, config=self._config(at), then=then)

    def _ended(
        self, process: CrawlProcess, at: datetime, ahead: Iterator[datetime], began: float, started: StartedCrawl
    ) -> None:
        crawled = time.perf_counter()
        if started.crawler is None or started.failed:
            raise AssertionError(f"the run at {at} came to nothing: {started.summary.problem}")
        crawl = crawl_of(started.crawler)
        status = status_of_crawl(dict(crawl.counts), crawl.reason)
        # A thousand crawls are too many to be kept, as a process keeps the few that it is for.
        started.crawler = None
        requests = self._site.taken_requests()
        with open_store(self.store_url) as store:
            config, newsroom = self._config(at), read_newsroom(self._folder / "newsrooms" / f"{NAME}.toml")
            written = publish(store, config, self._vocabulary, {NAME: newsroom}, now=at).written
            published = time.perf_counter()
            faults = [*self.expected.after(at, requests), *self._faults_of_store(store)]
        if written or not self.runs:
            faults += faults_of_feeds(self.public, self.expected.articles, self.life.stories)
        if not may_be_left_alone(at):
            faults += self._faults_of_ending(status, crawl.problem, requests, written)
        run = Run(
            at=at,
            requests=requests,
            status=status,
            held=len(self.expected.held),
            written=written,
            crawl_seconds=crawled - began,
            publish_seconds=published - crawled,
            faults=tuple(faults),
        )
        self.runs.append(run)
        self._done(run)
        follows = next(ahead, None)
        if follows is not None:
            self._start(process, follows, ahead)

    def _faults_of_store(self, store: Store) -> Iterator[str]:
        with store.read() as connection:
            articles = list(iterate_articles(connection))
            held = Counter(_path(page.url) for page in held_pages(connection))
            pending = {_path(row.url) for row in with_state(connection, [AddressState.PENDING])}
        stored = Counter(_path(article.canonical_url) for article in articles)
        yield from (f"{path} is stored {number} times" for path, number in stored.items() if number > 1)
        yield from (f"{path} should be stored" for path in self.expected.articles.keys() - stored.keys())
        yield from (f"{path} should not be stored" for path in stored.keys() - self.expected.articles.keys())
        for article in articles:
            path = _path(article.canonical_url)
            if path in self.expected.articles:
                yield from _faults_of_article(article, self.life.stories[path], self.expected.articles[path])
        yield from (f"{path} is held {number} times" for path, number in held.items() if number > 1)
        yield from (f"{path} should be held" for path in self.expected.held.keys() - held.keys())
        yield from (f"{path} should not be held" for path in held.keys() - self.expected.held.keys())
        yield from (f"{path} is not owed" for path in self.expected.owed - pending)

    def _faults_of_ending(self, status: int, problem: str | None, requests: RunRequests, written: int) -> Iterator[str]:
        named = [one for one in requests.asked if not (one.made_up or one in requests.robots)]
        is_well = all(one.status in (200, 304, 410) for one in named)
        if self.expected.waiting and status != ExitStatus.OWED:
            yield f"pages are held, and the status is {status}"
        if is_well and not self.expected.held and not self.expected.owed and status != ExitStatus.DONE:
            yield f"nothing is owed, and the status is {status}: {problem}"
        if written > 1 and all(one.status == 304 for one in requests.asked):
            yield f"nothing is new, and {written} files were written"


def _faults_of_article(article: Article, story: Story, headline: str) -> Iterator[str]:
    if article.headline != headline:
        yield f"{story.path} says {article.headline!r} and should say {headline!r}"
    if article.date_published != story.published:
        yield f"{story.path} is dated {article.date_published} and was published {story.published}"
    if len(article.body) != _PARAGRAPHS:
        yield f"{story.path} has {len(article.body)} paragraphs"


def _path(url: str) -> str:
    return urlsplit(url).path
