"""`newscrawler crawl`: crawls newsrooms into the store."""

from __future__ import annotations

import signal
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.live import Live
from rich.text import Text
from scrapy.crawler import Crawler, CrawlerProcess
from scrapy.settings import Settings
from scrapy.utils.reactor import install_reactor

from newscrawler.commands.crawl_summary import COUNTED, CrawlSummary, show_summaries, status_of_all, status_of_crawl
from newscrawler.commands.invocation import Invocation, verb
from newscrawler.commands.output import Output
from newscrawler.config import Config
from newscrawler.crawl import Crawl, crawl_of
from newscrawler.errors import ConfigError, ExitStatus, NewscrawlerError, UsageError
from newscrawler.newsroom import newsroom_path
from spiders.crawl_opening import check_contact
from spiders.loader import spider_class

_SIGNAL_STATUS = {signal.SIGINT: ExitStatus.INTERRUPTED, signal.SIGTERM: ExitStatus.TERMINATED}


@verb
def crawl(
    invocation: Invocation,
    newsrooms: Annotated[
        list[str] | None, typer.Argument(metavar="NEWSROOM|FILE.toml", help="Default: the enabled ones.")
    ] = None,
    saved: Annotated[Path | None, typer.Option(metavar="PATH", help="Read saved pages, send no request.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="Fetch at most N pages a newsroom.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Leave out what is known to be older.")] = None,
    record: Annotated[
        Path | None, typer.Option(metavar="FILE.warc.gz", help="Write every answer to a new WARC.")
    ] = None,
) -> int:
    """Crawl newsrooms into the store, without publishing.

    **Examples**

    - `newscrawler crawl` : every enabled newsroom
    - `newscrawler crawl newsroom_kz --limit 20` : a first look
    - `newscrawler crawl newsroom_test --saved examples/newsroom.test` : from saved pages
    - `newscrawler crawl ./my.toml --since 2024-05-01` : a newsroom file of your own
    """
    arguments = {"saved": saved and str(saved), "limit": limit, "since": since, "record": record and str(record)}
    crawled = crawl_newsrooms(invocation.config, invocation.output, newsrooms or [], arguments)
    show_summaries(invocation.output, crawled.summaries)
    invocation.output.result({"newsrooms": [summary.to_dict() for summary in crawled.summaries]})
    return crawled.status


@dataclass(slots=True)
class Crawled:
    """What crawling several newsrooms came to."""

    summaries: list[CrawlSummary] = field(default_factory=list)
    interrupted: int | None = None

    @property
    def status(self) -> int:
        """The exit status."""
        return self.interrupted if self.interrupted is not None else status_of_all(self.summaries)


def crawl_newsrooms(config: Config, output: Output, names: Sequence[str], arguments: dict[str, Any]) -> Crawled:
    """Crawls the newsrooms (those enabled, where `names` is empty) side by side in this process, which can do so once.

    A newsroom that cannot be crawled is a summary with its problem, which is said as a message; the others go on.
    Raises UsageError or ConfigError when none can be meant or none may be crawled.
    """
    chosen = _chosen(config, names)
    if arguments.get("saved") is None:
        check_contact(config)
    if arguments.get("record") and len(chosen) > 1:
        raise UsageError("--record writes the crawl of one newsroom", remedy="Name one newsroom")
    settings = _settings(config)
    # Here and not by the first crawl: one that fails before it gets so far must not take the others with it.
    install_reactor(settings["TWISTED_REACTOR"])
    process = _Process(settings)
    started = [_start(process, path, arguments) for path in chosen]
    with _progress(output, started):
        process.start(install_signal_handlers=True)
    for summary, crawler in started:
        if summary.problem is not None:
            output.message(f"newscrawler: {summary.newsroom}: {summary.problem}")
        elif crawler is not None:
            _sum_up(summary, crawl_of(crawler))
    return Crawled([summary for summary, _ in started], process.received)


def _chosen(config: Config, names: Sequence[str]) -> list[Path]:
    known = config.newsroom_files()
    wanted = names or config.newsrooms
    if not wanted:
        raise ConfigError(
            "no newsroom is enabled",
            remedy=f"Name some in newscrawler.toml or on the command line (there are: {', '.join(known)})",
        )
    paths = [newsroom_path(name, known) for name in wanted]
    return list({path.resolve(): path for path in paths}.values())


def _start(process: _Process, path: Path, arguments: dict[str, Any]) -> tuple[CrawlSummary, Crawler | None]:
    summary = CrawlSummary(newsroom=path.stem)
    try:
        crawler = process.create_crawler(spider_class(path))
    except NewscrawlerError as error:
        _fail(summary, error)
        return summary, None
    process.crawl(crawler, **arguments).addErrback(_Failure(summary))
    return summary, crawler


def _sum_up(summary: CrawlSummary, crawl: Crawl) -> None:
    summary.counts, summary.reason = dict(crawl.counts), crawl.reason
    summary.problem = crawl.problem
    summary.status = status_of_crawl(summary.counts, summary.reason)


def _settings(config: Config) -> Settings:
    settings = Settings()
    settings.setmodule("newscrawler.settings", priority="project")
    settings.set("NEWSCRAWLER", config, priority="cmdline")
    settings.set("NEWSCRAWLER_ALLOW_ADDRESSES", list(config.allow_addresses), priority="cmdline")
    settings.set("LOG_INSTALL_ROOT_HANDLER", False, priority="cmdline")
    return settings


class _Process(CrawlerProcess):
    """Remembers the first signal that asked it to stop."""

    received: int | None = None

    def _signal_shutdown(self, signum: int, _: Any) -> None:
        self.received = self.received or _SIGNAL_STATUS.get(signal.Signals(signum), ExitStatus.TERMINATED)
        super()._signal_shutdown(signum, _)


class _Failure:
    """Takes down why a crawl did not start."""

    def __init__(self, summary: CrawlSummary) -> None:
        self._summary = summary

    def __call__(self, failure: Any) -> None:
        _fail(self._summary, failure.value)


def _fail(summary: CrawlSummary, error: BaseException) -> None:
    if isinstance(error, NewscrawlerError):
        summary.problem, summary.status = str(error), error.exit_status
    else:
        summary.problem, summary.status = f"{type(error).__name__}: {error}", ExitStatus.BUG


def _progress(output: Output, started: list[tuple[CrawlSummary, Crawler | None]]) -> AbstractContextManager[Any]:
    if not output.on_terminal:
        return nullcontext()

    def lines() -> Text:
        text = Text()
        for summary, crawler in started:
            spider = crawler.spider if crawler is not None else None
            counts = getattr(getattr(spider, "crawl", None), "counts", {})
            done = ", ".join(f"{name.replace('_', ' ')} {counts[name]}" for name in COUNTED if counts.get(name))
            text.append(f"{summary.newsroom}: {done or 'starting'}\n")
        return text

    return Live(get_renderable=lines, refresh_per_second=4, transient=True)
