"""`newscrawler store backup`: the store in one file, as it is at this moment."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from newscrawler.commands.invocation import Invocation, verb
from newscrawler.commands.progress import steps_shown
from newscrawler.store import open_store
from newscrawler.store.backup import back_up, pages_of


@verb
def backup(invocation: Invocation, file: Annotated[Path, typer.Argument(metavar="FILE")]) -> None:
    """Copy the store to FILE, also while crawls and publications go on. An older backup there is replaced when the new
    one is whole and found sound.

    A store in PostgreSQL is copied by `pg_dump`; the message says how.

    **Examples**

    - `newscrawler store backup /backups/newscrawler.db`
    - `newscrawler store backup "/backups/$(date +%a).db" --quiet` : one for each day of the week
    """
    output = invocation.output
    with (
        open_store(invocation.config.store_url(), create=False) as store,
        steps_shown(output, "Copying pages", pages_of(store)) as steps,
    ):
        size = back_up(store, file, tell=steps.advance)
    output.line(f"Wrote {size:,} bytes to {file}, whole and sound.")
    output.result({"written": str(file), "bytes": size})
