"""`newscrawler store restore`: a backup in the place of the store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from newscrawler.commands.invocation import Invocation, verb
from newscrawler.store.backup import restore as restore_store


@verb
def restore(invocation: Invocation, file: Annotated[Path, typer.Argument(metavar="FILE")]) -> None:
    """Put the backup FILE in the place of the store. The one that was there, damaged or not, is kept beside it under a
    name with the time.

    Nothing is done while a run is at work (status 75) or another process has the store open, and with a backup that is
    damaged or of a newer version. Afterwards every feed is checked by the next publication, and what came since the
    backup is fetched again by the next runs, with the ids it had.

    **Examples**

    - `newscrawler store restore /backups/newscrawler.db`
    """
    config, output = invocation.config, invocation.output
    kept = restore_store(config.store_url(), file, newsrooms=config.newsrooms, now=config.clock())
    output.line(f"Restored the store from {file}.")
    if kept is not None:
        output.line(f"What was there is {kept}; remove it when all is well.")
    output.line("Next: newscrawler doctor, then newscrawler run")
    output.result({"restored_from": str(file), "kept": kept and str(kept)})
