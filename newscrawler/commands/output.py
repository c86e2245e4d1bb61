"""Output of the verbs: results on standard output, messages on standard error, nothing at all where that is wanted."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from newscrawler.errors import NewscrawlerError

_LEVELS = (logging.WARNING, logging.INFO, logging.DEBUG)
_MOST_HELD_BACK = 2000


class Output:
    """Where a verb writes to.

    On a terminal tables are drawn and coloured (not with NO_COLOR), else each row is a plain line. With `quiet`
    everything is held back, and shown on standard error only when the command ends with another status than 0. With
    `as_json` the one result is a JSON document on standard output and there is nothing else there.
    """

    def __init__(self, *, quiet: bool = False, as_json: bool = False, verbose: int = 0) -> None:
        self.quiet = quiet
        self.as_json = as_json
        self._held_back: list[str] = []
        self._console = Console(soft_wrap=True, highlight=False)
        logging.basicConfig(handlers=[_Handler(self, _LEVELS[min(verbose, 2)])], level=logging.DEBUG, force=True)

    @property
    def on_terminal(self) -> bool:
        """Whether a person watches standard output."""
        return self._console.is_terminal and not self.quiet and not self.as_json

    def line(self, text: str) -> None:
        """A line of the result for people; not part of a JSON answer."""
        if self.quiet:
            self._hold_back(text)
        elif not self.as_json:
            self._console.print(text, markup=False)

    def message(self, text: str) -> None:
        """A line about the work itself, on standard error."""
        if self.quiet:
            self._hold_back(text)
        else:
            print(text, file=sys.stderr, flush=True)

    def table(self, columns: Sequence[str], rows: Iterable[Sequence[Any]], title: str | None = None) -> None:
        """Rows under their columns; one plain line a row, `column value` pairs, where nobody watches."""
        shown = [[("" if value is None else str(value)) for value in row] for row in rows]
        if not self.on_terminal:
            for row in shown:
                pairs = [f"{name} {value}" for name, value in zip(columns[1:], row[1:], strict=True) if value]
                self.line(f"{row[0]}: {', '.join(pairs)}" if pairs else row[0])
            return
        table = Table(title=title, title_justify="left")
        for position, name in enumerate(columns):
            table.add_column(name, justify="left" if position == 0 else "right")
        for row in shown:
            table.add_row(*row)
        self._console.print(table)

    def result(self, document: Any) -> None:
        """The result for machines; shown only with `as_json`."""
        if self.as_json:
            print(json.dumps(document, ensure_ascii=False, indent=2, default=str))

    def finish(self, status: int) -> None:
        """Shows what was held back when the command did not simply succeed."""
        if status != 0:
            for text in self._held_back:
                print(text, file=sys.stderr)
        self._held_back.clear()

    def _hold_back(self, text: str) -> None:
        if len(self._held_back) < _MOST_HELD_BACK:
            self._held_back.append(text)


class _Handler(logging.Handler):
    def __init__(self, output: Output, level: int) -> None:
        super().__init__(level)
        self._output = output
        self.setFormatter(logging.Formatter("%(levelname)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and isinstance(record.exc_info[1], NewscrawlerError):
            # Our own errors say in one line what happened and what to do; a traceback adds nothing.
            record.exc_info = record.exc_text = None
        self._output.message(self.format(record))
