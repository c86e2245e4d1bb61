"""Files of the output folder: replaced whole, or left as they were."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from newscrawler.errors import PublishError


def write_whole(path: Path, content: bytes) -> bool:
    """Makes `content` the file at `path`, and its folders where they are missing; False when it was that already.

    Nobody ever sees a part of it: it is written beside its place, brought to the disk and put into its place at once.
    The name beside it is always the same, so what a killed writer left there is overwritten; callers hold a lock.
    Raises PublishError, and then the file that was there stands as it was.
    """
    beside = path.with_name(f".{path.name}.new")
    try:
        if _content_of(path) == content:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with beside.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        except BaseException:
            with suppress(OSError):
                beside.unlink()
            raise
    except OSError as cause:
        raise PublishError(
            f"cannot write {path}",
            cause=cause,
            remedy="What stood there still does; mend the disk or folder",
        ) from cause
    return True


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
