"""Scratch folders: removed at the end of the work, or by the next one where the process was killed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import gettempdir, mkdtemp

from newscrawler.left_overs import make_locked, sweep_left_overs


@contextmanager
def scratch_folder(prefix: str, parent: Path | None = None) -> Iterator[Path]:
    """A new folder in `parent` (else where the system has its temporary files), whose name begins with `prefix`, which
    no other use shares. It is gone at the end, unless it was renamed; before it is made, those of the same prefix go
    that killed processes of this user left there. Raises OSError when it cannot be made.
    """
    home = Path(gettempdir()) if parent is None else parent
    sweep_left_overs(home.glob(f"{prefix}*"), _remove, folders=True)
    folder, lock = make_locked(lambda: _new_folder(prefix, home))
    try:
        yield folder
    finally:
        _remove(folder)
        os.close(lock)


def _new_folder(prefix: str, home: Path) -> tuple[Path, int]:
    folder = Path(mkdtemp(prefix=prefix, dir=home))
    return folder, os.open(folder, os.O_RDONLY)


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
