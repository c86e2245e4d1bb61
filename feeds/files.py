"""Files of the output folder: replaced whole, or left as they were."""

from __future__ import annotations

import filecmp
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Self

from newscrawler.errors import PublishError

_NEW = ".new"
# A disk takes what many threads bring it in one go.
_AT_ONCE = 8


class WholeFiles:
    """Files that take the places of others, whole: written beside them one by one, then brought to the disk and put
    into their places together, which costs a disk a fraction of one by one.

    A file whose place holds the same already is left alone. The name beside a place is always the same, so what a
    killed writer left there is overwritten; callers hold a lock.
    """

    def __init__(self) -> None:
        self._waiting: list[Path] = []

    def write(self, path: Path, content: bytes) -> bool:
        """Writes `content` beside `path`, and makes its folders where they are missing; False when it is there already.

        Raises PublishError, and then nothing of it waits to be put into its place.
        """
        beside = _beside(path)
        try:
            if _holds(path, content):
                return False
            with _gone_after_a_failure(beside):
                try:
                    beside.write_bytes(content)
                except FileNotFoundError:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    beside.write_bytes(content)
        except OSError as cause:
            raise _cannot_write(path, cause) from cause
        self._waiting.append(path)
        return True

    def put_in_place(self) -> dict[Path, PublishError]:
        """Puts what was written into its places; those that failed, with the reason: what stood there still does."""
        waiting, self._waiting = self._waiting, []
        with ThreadPoolExecutor(_AT_ONCE) as threads:
            shares = [waiting[start::_AT_ONCE] for start in range(min(_AT_ONCE, len(waiting)))]
            done = list(threads.map(lambda share: [(path, _put_in_place(path)) for path in share], shares))
        return {path: failure for share in done for path, failure in share if failure is not None}


def _put_in_place(path: Path) -> PublishError | None:
    beside = _beside(path)
    try:
        with _gone_after_a_failure(beside):
            number = os.open(beside, os.O_RDONLY)
            try:
                os.fsync(number)
            finally:
                os.close(number)
            beside.replace(path)
    except OSError as cause:
        return _cannot_write(path, cause)
    return None


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
        self._beside = _beside(path)
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


@contextmanager
def _gone_after_a_failure(beside: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}{_NEW}")


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


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except (FileNotFoundError, NotADirectoryError):
        return False
