"""NewFile: a file that is there whole or not at all, and leaves nothing behind."""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import stat
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

_PREFIX, _SUFFIX = ".newscrawler-", ".new"


class NewFile:
    """A context manager: an empty file at `path` beside `target`, to be written by whoever enters. At the end it is
    brought to the disk and takes the place of `target`, with its permissions; after an exception it is gone.

    What killed writers of this user left in the folder goes before. Raises OSError when it cannot be made, or cannot
    take its place.
    """

    def __init__(self, target: Path) -> None:
        self._target = target
        _sweep(target.parent)
        self.path, self._lock = _locked_file(target.parent)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._take_place()
        finally:
            self.path.unlink(missing_ok=True)
            os.close(self._lock)

    def _take_place(self) -> None:
        os.fsync(self._lock)
        if self._target.exists():
            shutil.copymode(self._target, self.path)
        self.path.replace(self._target)
        folder = os.open(self._target.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _locked_file(folder: Path) -> tuple[Path, int]:
    """A new file, and the open descriptor of it that holds its lock."""
    while True:
        path = folder / f"{_PREFIX}{secrets.token_hex(8)}{_SUFFIX}"
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666)
        with suppress(OSError):
            # There are file systems without locks; their files are swept by nobody.
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        # Another's sweep may have been between the two.
        if path.exists():
            return path, descriptor
        os.close(descriptor)


def _sweep(folder: Path) -> None:
    for path in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError:
            continue
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            found = os.fstat(descriptor)
            if stat.S_ISREG(found.st_mode) and found.st_uid == os.geteuid():
                path.unlink(missing_ok=True)
        os.close(descriptor)
