"""Sweeping: files of the output folder that belong to no feed any more, or that a killed publication left."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

from feeds.files import is_left_over
from newscrawler.errors import PublishError


def sweep(top: Path, known: Collection[Path], suffixes: Collection[str], folders: Collection[str]) -> list[Path]:
    """Removes from `folders` below `top` the files with one of our `suffixes` that are not `known`, and what was left
    half written there and in `top` itself; what was removed.

    Other files are the operator's and stay, as does everything in other folders. Raises PublishError.
    """
    removed = []
    try:
        for folder, below, names in os.walk(top):
            if Path(folder) == top:
                below[:] = [name for name in below if name in folders]
            for name in names:
                path = Path(folder, name)
                is_ours = path.suffix.removeprefix(".") in suffixes and path.parent != top
                if is_left_over(path) or (is_ours and path not in known):
                    path.unlink()
                    removed.append(path)
    except OSError as cause:
        raise PublishError(f"cannot sweep {top}", cause=cause, remedy="Check the folder and its rights") from cause
    return removed
