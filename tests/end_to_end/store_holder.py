"""Another process that holds the store of a command, longer than the command is ready to wait."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

from newscrawler.store import engine
from tests.end_to_end.crash_points import Moment

_SHORT_WAIT_MILLISECONDS: Final = 20
_HOLDER: Final = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


def holding_store(path: Path, refusals: int | None, log: Path, moment: Moment, number: int) -> str:
    """Python that a command runs first: from point `number` (from 1) of a kind on another process holds the store at
    `path`, until the command has been refused it `refusals` times, or with None until it has ended."""
    return (
        f"from {__name__} import StoreHolder\n"
        f"holder = StoreHolder({str(path)!r}, {refusals})\n"
        "from tests.end_to_end.crash_points import Moment, watch\n"
        f"watch({str(log)!r}, Moment({moment.value!r}), {number}, holder.hold)"
    )


class StoreHolder:
    """What `holding_store` does. It shortens the patience of this process, so it is made before a store is opened."""

    def __init__(self, path: str, refusals: int | None) -> None:
        self._path = path
        self._refusals = refusals
        self._process: subprocess.Popen[bytes] | None = None
        self._remedy = engine._remedy
        engine._BUSY_MILLISECONDS = _SHORT_WAIT_MILLISECONDS
        engine._remedy = self._refused

    def hold(self) -> None:
        """Begins to hold the store."""
        program = [sys.executable, "-S", "-c", _HOLDER, self._path]
        self._process = subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == b"held\n"

    def _refused(self, cause: BaseException | None) -> str:
        if getattr(cause, "sqlite_errorname", "") == "SQLITE_BUSY" and self._refusals is not None:
            self._refusals -= 1
            if self._refusals == 0 and self._process is not None:
                self._process.communicate()
        return self._remedy(cause)
