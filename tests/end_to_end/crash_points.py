"""Crash points: the moments at which a run changes something that outlives it, found as they come and not by hand."""

from __future__ import annotations

import os
import signal
import sys
from collections import Counter
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


def killing(log: Path, moment: Moment | None = None, number: int = 0) -> str:
    """Python that a command runs first: it adds every crash point that comes to the file `log`, and kills its process
    at the `number`th (from 1) of the kind `moment`."""
    wanted = f"Moment({moment.value!r})" if moment is not None else None
    return f"from {__name__} import *\nwatch({str(log)!r}, {wanted}, {number})"


def points_in(log: Path) -> list[Moment]:
    """The crash points of a command in their order, by its log."""
    return [Moment(line) for line in log.read_text("utf-8").splitlines()]


def watch(log: str, moment: Moment | None, number: int) -> None:
    """What `killing` does, for this process and what it writes below the folder that it stands in."""
    points = _CrashPoints(log, moment, number)
    sys.addaudithook(points.audited)
    _watch_disk(points)
    _watch_commits(points)
    _watch_answers(points)


class _CrashPoints:
    def __init__(self, log: str, moment: Moment | None, number: int) -> None:
        self._log = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._folder = Path.cwd()
        self._moment = moment
        self._number = number
        self._came: Counter[Moment] = Counter()

    def come(self, moment: Moment) -> None:
        os.write(self._log, f"{moment}\n".encode())
        self._came[moment] += 1
        if moment is self._moment and self._came[moment] == self._number:
            os.kill(os.getpid(), signal.SIGKILL)

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
