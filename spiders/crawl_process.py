"""CrawlProcess: crawls side by side in this process, a summary of each, and the signal that ended them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic
from typing import Any

from rich.live import Live
from rich.text import Text
from scrapy.crawler import Crawler
from scrapy.settings import get_settings_priority
from scrapy.utils.reactor import install_reactor

from newscrawler.commands.crawl_summary import COUNTED, CrawlSummary, status_of_crawl
from newscrawler.commands.output import Output
from newscrawler.config import Config
from newscrawler.crawl import TIME_UP, crawl_of
from newscrawler.errors import ExitStatus, NewscrawlerError
from spiders.newsroom_spider import NewsroomSpider
from spiders.scrapy_process import ScrapyProcess, project_settings


@dataclass(slots=True, kw_only=True, eq=False)
class StartedCrawl:
    """A crawl of a process: its summary, Scrapy's crawler where there is one, and whether it `failed` instead of
    coming to an end that it sums up itself; why is the summary's problem."""

    summary: CrawlSummary
    crawler: Crawler | None = None
    failed: bool = False
    began: float = field(default_factory=monotonic)

    @property
    def spider(self) -> Any:
        """The crawl's spider; None where it could not be made."""
        return self.crawler.spider if self.crawler is not None else None


class CrawlProcess:
    """The crawls of this process, which can run once.

    `started` are its crawls in their order, `interrupted` the exit status of the signal that asked it to stop.
    """

    def __init__(self, config: Config) -> None:
        """`config` holds for every crawl that is not started with another."""
        settings = project_settings(config)
        # Here and not by the first crawl: one that fails before it gets so far must not take the others with it.
        install_reactor(settings["TWISTED_REACTOR"])
        self._process = ScrapyProcess(settings)
        self.started: list[StartedCrawl] = []

    @property
    def interrupted(self) -> int | None:
        """The exit status that the first signal asks for, None where there was none."""
        return self._process.received

    def start(
        self,
        label: str,
        spider: Callable[[], type[NewsroomSpider]],
        arguments: Mapping[str, Any],
        *,
        config: Config | None = None,
        then: Callable[[StartedCrawl], None] | None = None,
    ) -> StartedCrawl:
        """Starts a crawl with the class that `spider` gives and the spider's `arguments`, under the name `label`.

        `then` is called when it has ended, however it did, and may start others. A NewscrawlerError of `spider` or of
        the spider itself is the summary's problem; nothing is raised.
        """
        started = StartedCrawl(summary=CrawlSummary(newsroom=label))
        self.started.append(started)
        try:
            crawler = self._process.create_crawler(spider())
        except NewscrawlerError as error:
            _fail(started, error)
            return started
        if config is not None:
            # `crawl` lays the process's settings over the crawler's once more.
            crawler.settings.set("NEWSCRAWLER", config, priority=get_settings_priority("cmdline") + 1)
        started.crawler = crawler
        crawling = self._process.crawl(crawler, **arguments)
        crawling.addErrback(_Failure(started))
        crawling.addCallback(_Ending(started))
        if then is not None:
            crawling.addCallback(_Following(then, started))
        return started

    def run(self, output: Output, max_time: timedelta | None = None) -> None:
        """Runs what was started to its end, with a line of progress a crawl on a terminal, and sums it up.

        What goes on after `max_time` is ended then, for the reason TIME_UP; what is left is due in the next run.
        """
        if max_time is not None:
            self._process.close_after(max_time.total_seconds(), TIME_UP)
        with self._progress(output):
            self._process.start(install_signal_handlers=True)
        for started in self.started:
            if not started.failed and started.spider is not None:
                _sum_up(started)

    def _progress(self, output: Output) -> AbstractContextManager[Any]:
        if not output.on_terminal:
            return nullcontext()

        def lines() -> Text:
            text = Text()
            for started in self.started:
                counts = getattr(getattr(started.spider, "crawl", None), "counts", {})
                done = ", ".join(f"{name.replace('_', ' ')} {counts[name]}" for name in COUNTED if counts.get(name))
                text.append(f"{started.summary.newsroom}: {done or 'starting'}\n")
            return text

        return Live(get_renderable=lines, refresh_per_second=4, transient=True)


def _sum_up(started: StartedCrawl) -> None:
    summary, crawl = started.summary, crawl_of(started.crawler)
    summary.counts, summary.reason = dict(crawl.counts), crawl.reason
    summary.problem = crawl.problem
    summary.status = status_of_crawl(summary.counts, summary.reason)
    if crawl.newsroom.expected_broken and summary.status in (ExitStatus.OWED, ExitStatus.NOTHING_DONE):
        summary.status = ExitStatus.DONE


class _Failure:
    """Takes down why a crawl did not start."""

    def __init__(self, started: StartedCrawl) -> None:
        self._started = started

    def __call__(self, failure: Any) -> None:
        _fail(self._started, failure.value)


class _Ending:
    """Takes down how long a crawl took."""

    def __init__(self, started: StartedCrawl) -> None:
        self._started = started

    def __call__(self, result: Any) -> Any:
        self._started.summary.seconds = monotonic() - self._started.began
        return result


class _Following:
    """Calls what follows a crawl; what fails there is the crawl's problem."""

    def __init__(self, then: Callable[[StartedCrawl], None], started: StartedCrawl) -> None:
        self._then = then
        self._started = started

    def __call__(self, _: Any) -> None:
        try:
            self._then(self._started)
        except NewscrawlerError as error:
            _fail(self._started, error)


def _fail(started: StartedCrawl, error: BaseException) -> None:
    started.failed = True
    if isinstance(error, NewscrawlerError):
        started.summary.problem, started.summary.status = str(error), error.exit_status
    else:
        started.summary.problem, started.summary.status = f"{type(error).__name__}: {error}", ExitStatus.BUG
