"""Scratch folders: removed at the end of the work, or by the next one where the process was killed."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import gettempdir, mkdtemp


@contextmanager
def scratch_folder(prefix: str, parent: Path | None = None) -> Iterator[Path]:
    """A new folder in `parent` (else where the system has its temporary files), whose name begins with `prefix`, which
    no other use shares. It is gone at the end, unless it was renamed; before it is made, those of the same prefix go
    that killed processes of this user left there. Raises OSError when it cannot be made.
    """
    home = Path(gettempdir()) if parent is None else parent
    _sweep(prefix, home)
    folder, lock = _locked_folder(prefix, home)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def _locked_folder(prefix: str, home: Path) -> tuple[Path, int]:
    """A new folder, and the open descriptor of it that holds its lock."""
    while True:
        folder = Path(mkdtemp(prefix=prefix, dir=home))
        lock = os.open(folder, os.O_RDONLY)
        with suppress(OSError):
            # There are file systems without locks; their folders are swept by nobody.
            fcntl.flock(lock, fcntl.LOCK_EX)
        # Another's sweep may have been between the two.
        if folder.exists():
            return folder, lock
        os.close(lock)


def _sweep(prefix: str, home: Path) -> None:
    for folder in home.glob(f"{prefix}*"):
        try:
            lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        except OSError:
            continue
        with suppress(OSError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.fstat(lock).st_uid == os.getuid():
                shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)
