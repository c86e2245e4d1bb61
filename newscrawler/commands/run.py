"""`newscrawler run`: crawl, then publish; what cron calls."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from newscrawler.commands.crawl_summary import show_summaries
from newscrawler.commands.invocation import Invocation, verb
from newscrawler.commands.max_time import MaxTime
from newscrawler.commands.run_report import kept_report
from newscrawler.errors import ExitStatus

# A crawl that ends so has not so much as looked at the store.
_NOTHING_TO_PUBLISH = (ExitStatus.USAGE, ExitStatus.LOCKED)


@verb
def run(
    invocation: Invocation,
    newsrooms: Annotated[
        list[str] | None, typer.Argument(metavar="NEWSROOM|FILE.toml", help="Default: the enabled ones.")
    ] = None,
    saved: Annotated[Path | None, typer.Option(metavar="PATH", help="Read saved pages, send no request.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="Fetch at most N pages a newsroom.")] = None,
    max_time: MaxTime = None,
) -> int:
    """Crawl what is enabled, then publish the feeds that changed.

    Safe to call every ten minutes: a run that finds another at work says so and leaves with status 75. With
    `--max-time` fetching ends when the time is up; what was fetched is published, and the status is 3 because
    something is left for the next run.

    **Examples**

    - `newscrawler run` : every enabled newsroom, live
    - `newscrawler run --quiet --max-time 8m` : the same under cron, silent when all is well
    - `newscrawler run newsroom_test --saved examples/newsroom.test` : offline, from saved pages
    """
    config, output = invocation.config, invocation.output
    # Two rooms are needed, so they are named, as Scrapy's settings name them: no room imports another.
    crawling = import_module("spiders.commands.crawl")
    arguments = {"saved": saved and str(saved), "limit": limit}
    with kept_report(config, "run") as report:
        crawled = crawling.crawl_newsrooms(config, output, newsrooms or [], arguments, max_time)
        report.newsrooms, report.status = crawled.summaries, crawled.status
        show_summaries(output, crawled.summaries)
        if crawled.interrupted is not None:
            output.line("Interrupted: the feeds stay as they are; the next run goes on.")
        elif any(summary.status not in _NOTHING_TO_PUBLISH for summary in crawled.summaries):
            publishing = import_module("feeds.commands.publish")
            report.publication = publishing.publish_feeds(config, output, hint=crawled.status == ExitStatus.DONE)
            if crawled.status == ExitStatus.DONE and publishing.is_owed(report.publication):
                report.status = ExitStatus.OWED
        output.result(report.to_dict())
    return int(report.status)
