"""Progress of long work: a bar on a terminal that somebody watches, nothing anywhere else."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from newscrawler.commands.output import Output


class Steps:
    """Counts what is done of some work."""

    def __init__(self, progress: Progress | None, what: str, total: int) -> None:
        self._progress = progress
        self._task = progress.add_task(what, total=total) if progress is not None else None

    def advance(self, number: int) -> None:
        """Says that so many more are done."""
        if self._progress is not None and self._task is not None:
            self._progress.advance(self._task, number)


@contextmanager
def steps_shown(output: Output, what: str, total: int) -> Iterator[Steps]:
    """Shows on standard error how much of `total` is done, and for how long it will go on, while the block runs."""
    if not output.on_terminal or not sys.stderr.isatty():
        yield Steps(None, what, total)
        return
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield Steps(progress, what, total)
