"""Output of the verbs: results on standard output, messages on standard error, nothing at all where that is wanted."""

from __future__ import annotations

import io
import json
import logging
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from newscrawler.errors import ExitStatus, NewscrawlerError
from newscrawler.hidden_passwords import hide_passwords

_LEVELS = (logging.WARNING, logging.INFO, logging.DEBUG)
_MOST_HELD_BACK = 2000
# Names and addresses are anybody's, and a terminal obeys what it is shown: control characters are written out.
ESCAPED_CONTROLS = {
    number: f"\\x{number:02x}" for number in (*range(32), *range(127, 160)) if chr(number) not in "\n\t"
}


class OutputError(NewscrawlerError):
    """Results cannot be written where they should go: a full or broken disk, a closed standard output."""


class ReaderLeft(NewscrawlerError):
    """Whoever read standard output has left, as `head` does when it has enough; that is no failure."""

    exit_status = ExitStatus.DONE


def guard_standard_streams() -> None:
    """From now on, writing to standard output raises ReaderLeft or OutputError where it fails, once, and what is
    written later goes nowhere; writing to standard error never fails. Text that the locale has no letters for is
    escaped."""
    sys.stdout = _guarded(sys.stdout, _StandardOutput)
    sys.stderr = _guarded(sys.stderr, _StandardError)


class Output:
    """Where a verb writes to.

    On a terminal wide enough for it a table is drawn and coloured (not with NO_COLOR), else each row is a plain line.
    With `quiet` everything but data is held back, and shown on standard error only when the command ends with another
    status than 0. With `as_json` the one result is a JSON document on standard output, in UTF-8, and there is nothing
    else there.

    When standard output is lost while a verb tells of its work, the work goes on: `finish` says what that comes to.
    """

    def __init__(self, *, quiet: bool = False, as_json: bool = False, verbose: int = 0) -> None:
        self.quiet = quiet
        self.as_json = as_json
        self._held_back: list[str] = []
        self._lost: NewscrawlerError | None = None
        self._console = Console(soft_wrap=True, highlight=False)
        logging.basicConfig(handlers=[_Handler(self, _LEVELS[min(verbose, 2)])], level=logging.DEBUG, force=True)

    @property
    def on_terminal(self) -> bool:
        """Whether a person watches standard output."""
        return self._console.is_terminal and not self.quiet and not self.as_json

    def line(self, text: str | Text) -> None:
        """A line of the result for people, in the colours of a Text on a terminal; not part of a JSON answer."""
        if self.quiet:
            self._hold_back(str(text))
        elif not self.as_json:
            shown = text if isinstance(text, Text) else text.translate(ESCAPED_CONTROLS)
            self._tell(lambda: self._console.print(shown, markup=False))

    def message(self, text: str) -> None:
        """A line about the work itself, on standard error; passwords in it are hidden."""
        text = hide_passwords(text).translate(ESCAPED_CONTROLS)
        if self.quiet:
            self._hold_back(text)
        else:
            print(text, file=sys.stderr, flush=True)

    def table(
        self,
        columns: Sequence[str],
        rows: Iterable[Sequence[Any]],
        title: str | None = None,
        *,
        of_texts: bool = False,
    ) -> None:
        """Rows under their columns, without columns in which no row has a value; one plain line a row, `column value`
        pairs, where nobody watches or the terminal is too narrow for all columns. A table `of_texts` is never too wide:
        its texts stand to the left and take as many lines as they need."""
        shown = [[("" if value is None else str(value)) for value in row] for row in rows]
        table = _table(columns, shown, title, of_texts=of_texts)
        unbounded = self._console.options.update(max_width=sys.maxsize)
        fits = of_texts or self._console.measure(table, options=unbounded).maximum <= self._console.width
        if self.on_terminal and fits:
            self._tell(lambda: self._console.print(table))
            return
        for row in shown:
            pairs = [f"{name} {value}" for name, value in zip(columns[1:], row[1:], strict=True) if value]
            self.line(f"{row[0]}: {', '.join(pairs)}" if pairs else row[0])

    def result(self, document: Any) -> None:
        """The result for machines; shown only with `as_json`, and then with `quiet` too."""
        if self.as_json:
            text = json.dumps(document, ensure_ascii=False, indent=2, default=str)
            self._tell(lambda: print(text, file=self.data()))

    def data(self) -> TextIO:
        """Standard output for data: UTF-8 whatever the locale says, and not held back by `quiet`.

        Raises OutputError when standard output is closed. Writing to it raises OutputError or ReaderLeft, which end
        the verb: nothing is left to do for it.
        """
        if sys.stdout is None:
            raise OutputError("standard output is closed", remedy="Give it a file or a reader")
        if isinstance(sys.stdout, io.TextIOWrapper):
            # In JSON, the escape of what is no letter (half a surrogate pair in a file's name) is the JSON of it.
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
        return sys.stdout

    def flush(self) -> None:
        """Brings to its reader what was told so far: for a verb that goes on for long."""
        if sys.stdout is not None:
            self._tell(sys.stdout.flush)

    def finish(self, status: int) -> int:
        """The status to end with, given the verb's own; shows what was held back when the command did not simply
        succeed.

        A standard output that could not be written makes NOTHING_DONE of DONE; one whose reader left changes nothing.
        """
        self.flush()
        if isinstance(self._lost, OutputError):
            status = status or self._lost.exit_status
            self.message(f"newscrawler: {self._lost}")
        if status != ExitStatus.DONE:
            for text in self._held_back:
                print(text, file=sys.stderr)
        self._held_back.clear()
        return status

    def _tell(self, write: Callable[[], None]) -> None:
        if self._lost is not None:
            return
        try:
            write()
        except (OutputError, ReaderLeft) as lost:
            self._lost = lost

    def _hold_back(self, text: str) -> None:
        if len(self._held_back) < _MOST_HELD_BACK:
            self._held_back.append(text)


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]], title: str | None, *, of_texts: bool) -> Table:
    table = Table(title=title, title_justify="left")
    shown = [place for place in range(len(columns)) if place == 0 or any(row[place] for row in rows)]
    for place in shown:
        table.add_column(columns[place], justify="left" if place == 0 or of_texts else "right", overflow="fold")
    for row in rows:
        table.add_row(*[Text(row[place]) for place in shown])
    return table


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


class _StandardOutput(io.FileIO):
    # Below every buffer, because typer and rich end the process with status 1 on a broken pipe before anyone else sees
    # it, and because what is still buffered would fail again at the very end, with status 120.
    def write(self, content: Any, /) -> int:
        try:
            return super().write(content)
        except OSError as cause:
            _send_nowhere(self.fileno())
            if isinstance(cause, BrokenPipeError):
                raise ReaderLeft("the reader of standard output has left") from cause
            raise OutputError("cannot write to standard output", cause=cause, remedy="Mend or free the disk") from cause


class _StandardError(io.FileIO):
    def write(self, content: Any, /) -> int:
        try:
            return super().write(content)
        except OSError:
            _send_nowhere(self.fileno())
            return len(content)


def _send_nowhere(descriptor: int) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)


def _guarded(stream: TextIO, kind: type[io.FileIO]) -> TextIO:
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    stream.flush()
    return io.TextIOWrapper(
        io.BufferedWriter(kind(stream.fileno(), "w", closefd=False)),
        encoding=stream.encoding,
        errors="backslashreplace",
        line_buffering=stream.line_buffering or stream.write_through,
    )
