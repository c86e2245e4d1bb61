"""Left-overs: what a killed process could not remove, told by a lock that nobody holds any more."""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path


def make_locked(make: Callable[[], tuple[Path, int]]) -> tuple[Path, int]:
    """A new file or folder as `make` makes it, with its open descriptor, which holds its lock until it is closed."""
    while True:
        path, descriptor = make()
        with suppress(OSError):
            # There are file systems without locks; what is left there is swept by nobody.
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        # Another's sweep may have been between the two.
        if path.exists():
            return path, descriptor
        os.close(descriptor)


def sweep_left_overs(paths: Iterable[Path], remove: Callable[[Path], object], *, folders: bool) -> None:
    """Calls `remove` for each of `paths` that is a file (or, with `folders`, a folder) of this user and that no process
    holds the lock of. Others, and what cannot be looked at, stay."""
    is_one = stat.S_ISDIR if folders else stat.S_ISREG
    for path in paths:
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError:
            continue
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            found = os.fstat(descriptor)
            if is_one(found.st_mode) and found.st_uid == os.geteuid():
                remove(path)
        os.close(descriptor)
