"""`newscrawler newsroom record`: saves what a crawl of a newsroom sees, and the articles it gives."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from newscrawler.commands.invocation import Invocation, verb
from newscrawler.newsroom_files import newsroom_path, read_newsroom
from spiders.recordings.doubts import doubts
from spiders.recordings.recorder import Recorded, record_newsroom


@verb
def record(
    invocation: Invocation,
    newsroom: Annotated[str, typer.Argument(metavar="NEWSROOM|FILE.toml", help="The newsroom to record.")],
    pages: Annotated[int, typer.Option(min=1, metavar="N", help="At most N article pages.")] = 10,
    saved: Annotated[Path | None, typer.Option(metavar="PATH", help="Read saved pages, send no request.")] = None,
) -> int:
    """Crawl a few pages of a newsroom and keep what the site answered, with the articles that come of it, in
    `recordings/NEWSROOM/DATE` beside newscrawler.toml: `pages.warc.gz` and `articles.json`.

    Look through articles.json: `newscrawler newsroom check` holds every later version of the newsroom file to it.
    Store, feeds and table of addresses are not touched. Recordings stand side by side: keep old ones as long as the
    site has pages of that layout.

    **Examples**

    - `newscrawler newsroom record newsroom_kz` : ten article pages, live
    - `newscrawler newsroom record newsroom_kz --pages 25`
    - `newscrawler newsroom record newsroom_test --saved examples/newsroom.test` : from saved pages
    """
    config, output = invocation.config, invocation.output
    file = newsroom_path(newsroom, config.newsroom_files())
    recorded = record_newsroom(config, output, file, pages, saved)
    output.result(_to_dict(recorded))
    if recorded.recording is None or recorded.expectation is None:
        output.message(f"newscrawler: {file.stem}: nothing was recorded: {recorded.problem}")
        return recorded.status
    if recorded.problem is not None:
        output.message(f"newscrawler: {file.stem}: not everything could be fetched: {recorded.problem}")
    found = len(recorded.expectation.articles)
    output.line(f"{file.stem}: {found} articles recorded in {os.path.relpath(recorded.recording.folder)}")
    for doubt in doubts(recorded.expectation, read_newsroom(file)):
        output.line(f"  looks wrong: {doubt}")
    output.line(f"Look through {os.path.relpath(recorded.recording.folder / 'articles.json')}, then:")
    output.line(f"  newscrawler newsroom check {newsroom}")
    return recorded.status


def _to_dict(recorded: Recorded) -> dict[str, object]:
    expectation = recorded.expectation
    return {
        "newsroom": recorded.crawl.newsroom,
        "recording": str(recorded.recording.folder) if recorded.recording is not None else None,
        "recorded_at": expectation.recorded_at.isoformat() if expectation is not None else None,
        "articles": len(expectation.articles) if expectation is not None else 0,
        "problem": recorded.problem,
        "crawl": recorded.crawl.to_dict(),
    }
