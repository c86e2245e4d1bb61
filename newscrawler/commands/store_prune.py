"""`newscrawler store prune`: what the store may forget."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Annotated

import typer

from newscrawler.commands.invocation import Invocation, verb
from newscrawler.crawl import FINISHED
from newscrawler.store import open_store
from newscrawler.store.prune import prune as prune_store
from newscrawler.store.prune import shrink

_MOST_DAYS = 36_500


@verb
def prune(
    invocation: Invocation,
    keep: Annotated[
        int, typer.Option("--keep", metavar="DAYS", min=1, max=_MOST_DAYS, help="Nothing younger goes.")
    ] = 90,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would go, and leave it.")] = False,
) -> None:
    """Forget what is older than DAYS and needed by nothing, and make an SQLite file as small as what is left.

    That is: the text hashes of articles that no new one is compared with, the entries of articles that only archives
    show (they are made again when such an archive changes), what articles said before they were edited, and the records
    of old runs. Articles, their texts and their addresses stay for ever: an address that was forgotten would be fetched
    and published again as soon as a list names it.

    **Examples**

    - `newscrawler store prune --dry-run`
    - `newscrawler store prune --keep 365 --quiet` : once a week, from cron
    """
    config, output = invocation.config, invocation.output
    now = config.clock()
    freed: int | None = None
    with open_store(config.store_url(), create=False) as store:
        pruned = asdict(
            prune_store(
                store,
                keep=timedelta(days=keep),
                now=now,
                in_a_feed=config.entries,
                success=FINISHED,
                dry_run=dry_run,
            )
        )
        if not dry_run:
            freed = shrink(store, now)
    said = ", ".join(f"{name.replace('_', ' ')} {number}" for name, number in pruned.items())
    output.line(f"{'Would forget' if dry_run else 'Forgot'}: {said}.")
    if freed is not None:
        output.line(f"The file is {freed:,} bytes smaller.")
    elif not dry_run and store.file is not None:
        output.line("The file is as large as before: a run is at work, or the disk has no room for a second one.")
    output.result({"dry_run": dry_run, "forgotten": pruned, "bytes_freed": freed})
