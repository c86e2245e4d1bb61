"""Files of the output folder: replaced whole, or left as they were."""

from __future__ import annotations

import filecmp
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Self

from newscrawler.errors import PublishError

_NEW = ".new"


def write_whole(path: Path, content: bytes) -> bool:
    """Makes `content` the file at `path`, and its folders where they are missing; False when it was that already.

    Nobody ever sees a part of it, see `WholeFile`. Raises PublishError, and then the file that was there stands as it
    was.
    """
    try:
        if _content_of(path) == content:
            return False
    except OSError as cause:
        raise _cannot_write(path, cause) from cause
    with WholeFile(path) as file:
        file.write(content)
    return True


class WholeFile:
    """A file that takes the place of the one at `path` when the block ends, its folders made where they are missing.

    It is written beside its place, brought to the disk and put into its place at once; where it is the same as the one
    there, that one stays, and `changed` is False. The name beside it is always the same, so what a killed writer left
    there is overwritten; callers hold a lock. Raises PublishError, and then, as when the block raises, the file that
    was there stands as it was.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.changed = False
        self._beside = path.with_name(f".{path.name}{_NEW}")
        self._file: BinaryIO | None = None

    def __enter__(self) -> Self:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._beside.open("wb")
        except OSError as cause:
            raise _cannot_write(self.path, cause) from cause
        return self

    def write(self, content: bytes) -> None:
        """Adds `content` at the end."""
        if self._file is None:
            raise ValueError("a whole file is written inside its with block")
        try:
            self._file.write(content)
        except OSError as cause:
            raise _cannot_write(self.path, cause) from cause

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._file is None:
            return
        try:
            with self._file:
                if kind is None:
                    self._file.flush()
                    os.fsync(self._file.fileno())
            if kind is None and not self._is_there_already():
                self._beside.replace(self.path)
                self.changed = True
        except OSError as cause:
            raise _cannot_write(self.path, cause) from cause
        finally:
            with suppress(OSError):
                self._beside.unlink()

    def _is_there_already(self) -> bool:
        try:
            return filecmp.cmp(self._beside, self.path, shallow=False)
        except (FileNotFoundError, NotADirectoryError):
            return False


def is_left_over(path: Path) -> bool:
    """Whether the file at `path` is one that a killed writer left beside its place."""
    return path.name.startswith(".") and path.name.endswith(_NEW)


def _cannot_write(path: Path, cause: OSError) -> PublishError:
    return PublishError(
        f"cannot write {path}", cause=cause, remedy="What stood there still does; mend the disk or folder"
    )


def settle_folders(folders: Iterable[Path], top: Path) -> None:
    """Brings to the disk which files `folders` and the folders above them up to `top` hold. Raises PublishError."""
    wanted = {folder for start in folders for folder in (start, *start.parents) if folder.is_relative_to(top)}
    for folder in sorted(wanted):
        try:
            number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(number)
            finally:
                os.close(number)
        except OSError as cause:
            raise PublishError(f"cannot write {folder}", cause=cause, remedy="Mend the disk or folder") from cause


def _content_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
