"""`newscrawler run`: crawl, then publish; what cron calls."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from newscrawler.commands.crawl_summary import show_summaries
from newscrawler.commands.invocation import Invocation, verb
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
) -> int:
    """Crawl what is enabled, then publish the feeds that changed.

    Safe to call every ten minutes: a run that finds another at work says so and leaves with status 75.

    **Examples**

    - `newscrawler run` : every enabled newsroom, live
    - `newscrawler run --quiet` : the same under cron, silent when all is well
    - `newscrawler run newsroom_test --saved examples/newsroom.test` : offline, from saved pages
    """
    output = invocation.output
    # Two rooms are needed, so they are named, as Scrapy's settings name them: no room imports another.
    crawling = import_module("spiders.commands.crawl")
    arguments = {"saved": saved and str(saved), "limit": limit}
    crawled = crawling.crawl_newsrooms(invocation.config, output, newsrooms or [], arguments)
    show_summaries(output, crawled.summaries)
    if crawled.interrupted is not None:
        output.line("Interrupted: the feeds stay as they are; the next run goes on.")
        output.result({"newsrooms": [summary.to_dict() for summary in crawled.summaries]})
        return int(crawled.interrupted)
    if all(summary.status in _NOTHING_TO_PUBLISH for summary in crawled.summaries):
        output.result({"newsrooms": [summary.to_dict() for summary in crawled.summaries]})
        return int(crawled.status)
    publishing = import_module("feeds.commands.publish")
    publication = publishing.publish_feeds(invocation.config, output, hint=crawled.status == ExitStatus.DONE)
    output.result({"newsrooms": [summary.to_dict() for summary in crawled.summaries], "publication": publication})
    if crawled.status == ExitStatus.DONE:
        return ExitStatus.OWED if publication["problems"] else ExitStatus.DONE
    return int(crawled.status)
