"""Crash points: the moments at which a run changes something that outlives it, found as they come and not by hand."""

from __future__ import annotations

import os
import resource
import signal
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from scrapy import Request
from scrapy.http import Response
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.default import DefaultDialect

from newscrawler.project import use_project


class Moment(StrEnum):
    """What a run is about to do, or has just done, at a crash point."""

    BEFORE_COMMIT = "before a commit"
    AFTER_COMMIT = "after a commit"
    SOURCE_ANSWERED = "a source answered"
    PAGE_ANSWERED = "a page answered"
    OPENING = "opening a file to write"
    SYNCING = "bringing a file to the disk"
    REPLACING = "putting a file into its place"
    MAKING_FOLDER = "making a folder"
    REMOVING = "removing a file"


# What Python tells of before it does it (https://docs.python.org/3/library/audit_events.html).
_AUDITED: Final = {"os.rename": Moment.REPLACING, "os.mkdir": Moment.MAKING_FOLDER, "os.remove": Moment.REMOVING}
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def watching(log: Path) -> str:
    """Python that a command runs first: it adds every crash point that comes to the file `log`."""
    return f"from {__name__} import *\nwatch({str(log)!r})"


def killing(log: Path, moment: Moment, number: int) -> str:
    """Python that a command runs first: as `watching`, and kills its process at point `number` (from 1) of a kind."""
    return f"from {__name__} import *\nwatch({str(log)!r}, Moment({moment.value!r}), {number}, kill)"


def filling_disk(log: Path, moment: Moment, number: int, size: int = 8_000) -> str:
    """Python that a command runs first: as `watching`, and from point `number` (from 1) of a kind on no file of its
    process may grow beyond `size` bytes, which must be enough for what it says on its standard streams."""
    return (
        f"from {__name__} import *\nwatch({str(log)!r}, Moment({moment.value!r}), {number}, lambda: fill_disk({size}))"
    )


def points_in(log: Path) -> list[Moment]:
    """The crash points of a command in their order, by its log."""
    return [Moment(line) for line in log.read_text("utf-8").splitlines()]


def watch(log: str, moment: Moment | None = None, number: int = 0, then: Callable[[], None] = lambda: None) -> None:
    """Adds what comes to `log`, and does something `then`, for this process and what it writes below its folder."""
    points = _CrashPoints(log, moment, number, then)
    sys.addaudithook(points.audited)
    _watch_disk(points)
    _watch_commits(points)
    _watch_answers(points)


def kill() -> None:
    """Ends this process as kill -9 does."""
    os.kill(os.getpid(), signal.SIGKILL)


def fill_disk(size: int) -> None:
    """Lets no file of this process grow beyond `size` bytes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


class _CrashPoints:
    def __init__(self, log: str, moment: Moment | None, number: int, then: Callable[[], None]) -> None:
        self._log = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._folder = Path.cwd()
        self._moment = moment
        self._number = number
        self._then = then
        self._came: Counter[Moment] = Counter()

    def come(self, moment: Moment) -> None:
        with suppress(OSError):
            os.write(self._log, f"{moment}\n".encode())
        self._came[moment] += 1
        if moment is self._moment and self._came[moment] == self._number:
            self._then()

    def audited(self, name: str, arguments: tuple[Any, ...]) -> None:
        moment = _AUDITED.get(name)
        if moment is None and name == "open" and arguments[2] & _WRITING:
            moment = Moment.OPENING
        if moment is None or not isinstance(arguments[0], str | bytes | os.PathLike):
            return
        path = Path.cwd() / os.fsdecode(arguments[0])
        # A folder that is there already, and a file that is not, are asked for too, and nothing comes of it.
        futile = path.is_dir() if moment is Moment.MAKING_FOLDER else moment is Moment.REMOVING and not path.exists()
        if path.is_relative_to(self._folder) and not futile:
            self.come(moment)


def _watch_disk(points: _CrashPoints) -> None:
    really = os.fsync

    def fsync(fd: Any) -> None:
        points.come(Moment.SYNCING)
        really(fd)

    os.fsync = fsync


def _watch_commits(points: _CrashPoints) -> None:
    really, writing = DefaultDialect.do_commit, set[int]()

    def before(connection: Connection) -> None:
        if connection.get_execution_options().get("newscrawler_write"):
            writing.add(id(connection.connection.dbapi_connection))
            points.come(Moment.BEFORE_COMMIT)

    def do_commit(dialect: DefaultDialect, connection: Any) -> None:
        really(dialect, connection)  # type: ignore[no-untyped-call]
        if id(getattr(connection, "dbapi_connection", connection)) in writing:
            writing.clear()
            points.come(Moment.AFTER_COMMIT)

    event.listen(Engine, "commit", before)
    DefaultDialect.do_commit = do_commit  # type: ignore[method-assign]


def _watch_answers(points: _CrashPoints) -> None:
    use_project()
    from spiders.fetching.handlers import LiveDownloadHandler

    really = LiveDownloadHandler.download_request

    async def download_request(self: LiveDownloadHandler, request: Request) -> Response:
        response = await really(self, request)
        points.come(Moment.PAGE_ANSWERED if "address" in request.cb_kwargs else Moment.SOURCE_ANSWERED)
        return response

    LiveDownloadHandler.download_request = download_request  # type: ignore[method-assign]
