"""NewFile: a file that is there whole or not at all, and leaves nothing behind."""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path
from types import TracebackType
from typing import Self

from newscrawler.left_overs import make_locked, sweep_left_overs

_PREFIX, _SUFFIX = ".newscrawler-", ".new"


class NewFile:
    """A context manager: an empty file at `path` beside `target`, to be written by whoever enters. At the end it is
    brought to the disk and takes the place of `target`, with its permissions; after an exception it is gone.

    What killed writers of this user left in the folder goes before. Raises OSError when it cannot be made, or cannot
    take its place.
    """

    def __init__(self, target: Path) -> None:
        self._target = target
        left = target.parent.glob(f"{_PREFIX}*{_SUFFIX}")
        sweep_left_overs(left, lambda path: path.unlink(missing_ok=True), folders=False)
        self.path, self._lock = make_locked(lambda: _new_file(target.parent))

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


def _new_file(folder: Path) -> tuple[Path, int]:
    path = folder / f"{_PREFIX}{secrets.token_hex(8)}{_SUFFIX}"
    return path, os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666)
