"""`newscrawler crawl`: crawls newsrooms into the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from newscrawler.commands.crawl_summary import CrawlSummary, show_summaries, status_of_all
from newscrawler.commands.invocation import Invocation, verb
from newscrawler.commands.max_time import MaxTime
from newscrawler.commands.output import Output
from newscrawler.commands.run_report import kept_report
from newscrawler.config import Config
from newscrawler.errors import ConfigError, UsageError
from newscrawler.newsroom_files import newsroom_path
from spiders.crawl_opening import check_contact
from spiders.crawl_process import CrawlProcess
from spiders.loader import spider_class


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
    max_time: MaxTime = None,
) -> int:
    """Crawl newsrooms into the store, without publishing.

    **Examples**

    - `newscrawler crawl` : every enabled newsroom
    - `newscrawler crawl newsroom_kz --limit 20` : a first look
    - `newscrawler crawl newsroom_test --saved examples/newsroom.test` : from saved pages
    - `newscrawler crawl newsroom_kz --max-time 30m` : a first crawl in parts, each going on where the last one ended
    - `newscrawler crawl ./my.toml --since 2024-05-01` : a newsroom file of your own
    """
    arguments = {"saved": saved and str(saved), "limit": limit, "since": since, "record": record and str(record)}
    with kept_report(invocation.config, "crawl") as report:
        crawled = crawl_newsrooms(invocation.config, invocation.output, newsrooms or [], arguments, max_time)
        report.newsrooms, report.status = crawled.summaries, crawled.status
        show_summaries(invocation.output, crawled.summaries)
        invocation.output.result(report.to_dict())
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


def crawl_newsrooms(
    config: Config, output: Output, names: Sequence[str], arguments: dict[str, Any], max_time: timedelta | None = None
) -> Crawled:
    """Crawls the newsrooms (those enabled, where `names` is empty) side by side in this process, which can do so once,
    for `max_time` at most.

    A newsroom that cannot be crawled is a summary with its problem, which is said as a message; the others go on.
    Raises UsageError or ConfigError when none can be meant or none may be crawled.
    """
    chosen = _chosen(config, names)
    if arguments.get("saved") is None:
        check_contact(config)
    if arguments.get("record") and len(chosen) > 1:
        raise UsageError("--record writes the crawl of one newsroom", remedy="Name one newsroom")
    process = CrawlProcess(config)
    started = [process.start(path.stem, partial(spider_class, path), arguments) for path in chosen]
    process.run(output, max_time)
    for crawl in started:
        if not crawl.failed and crawl.spider is not None and crawl.spider.crawl.saved is not None:
            crawl.summary.saved = crawl.spider.crawl.saved.summary()
    for summary in [crawl.summary for crawl in started if crawl.failed]:
        output.message(f"newscrawler: {summary.newsroom}: {summary.problem}")
    return Crawled([crawl.summary for crawl in started], process.interrupted)


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
