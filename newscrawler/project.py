"""Where the rooms are: makes `spiders`, `pipelines` and `feeds` importable, in a checkout and from a wheel alike."""

from __future__ import annotations

import sys
from pathlib import Path

from newscrawler.errors import ProjectError

ROOMS = ("spiders", "pipelines", "feeds")


def project_folder() -> Path:
    """The folder that holds the rooms: `_project` beside this file in a wheel, else the checkout's top folder."""
    here = Path(__file__).resolve().parent
    packed = here / "_project"
    return packed if packed.is_dir() else here.parent


def use_project() -> None:
    """Puts the folder of the rooms first on `sys.path`, as Scrapy does with the folder of scrapy.cfg.

    Raises ProjectError when another package of the same name as one of ours has been imported already.
    """
    folder = project_folder()
    for room in ROOMS:
        loaded = sys.modules.get(room)
        places = [Path(place).resolve() for place in getattr(loaded, "__path__", [])]
        if loaded is not None and folder / room not in places:
            raise ProjectError(
                f"another package named {room!r} is loaded from {places or 'an unknown place'}",
                remedy="Install newscrawler in an environment of its own",
            )
    if sys.path[:1] != [str(folder)]:
        sys.path[:] = [str(folder), *(place for place in sys.path if place != str(folder))]
