"""Newsroom files: which there are, and the newsrooms that they define."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from newscrawler.errors import NewsroomError, NewsroomNotFound
from newscrawler.newsroom import NAME, NAME_IN_WORDS, Newsroom
from newscrawler.toml_files import check, nearest, read_toml


def is_newsroom_name(name: str) -> bool:
    """Whether a newsroom may be called so: small Latin letters, digits and _, a letter first."""
    return re.fullmatch(NAME, name) is not None


def read_newsroom(path: Path) -> Newsroom:
    """The newsroom that the TOML file at `path` defines; its `name` must be the file's.

    Raises NewsroomError that names the file and every mistake in it.
    """
    if not is_newsroom_name(path.stem):
        raise NewsroomError(f"{path}: a newsroom's file name is {NAME_IN_WORDS}", remedy="Rename the file")
    values = read_toml(path, NewsroomError)
    newsroom = check(Newsroom, {"name": path.stem, **values}, str(path), NewsroomError)
    if newsroom.name != path.stem:
        raise NewsroomError(f"{path}: name is {newsroom.name!r}, the file's is {path.stem!r}", remedy="Make them equal")
    return newsroom


def read_newsrooms(files: Mapping[str, Path]) -> tuple[dict[str, Newsroom], list[NewsroomError]]:
    """The newsrooms in `files` by name, and an error for every file that is broken."""
    newsrooms: dict[str, Newsroom] = {}
    errors: list[NewsroomError] = []
    for name, path in files.items():
        try:
            newsrooms[name] = read_newsroom(path)
        except NewsroomError as error:
            errors.append(error)
    return newsrooms, errors


def find_newsrooms(folders: list[Path]) -> dict[str, Path]:
    """Newsroom names and files in `folders`; a file in a later folder replaces one of the same name before it, a
    missing folder holds none. Raises NewsroomError when one is no folder."""
    found: dict[str, Path] = {}
    for folder in folders:
        if folder.exists() and not folder.is_dir():
            raise NewsroomError(f"{folder} is a file", remedy="Make it a folder that holds one file a newsroom")
        for path in sorted(folder.glob("*.toml")):
            found[path.stem] = path
    return dict(sorted(found.items()))


def newsroom_path(name: str, known: Mapping[str, Path]) -> Path:
    """The file of the newsroom called `name` (or the path of a newsroom file).

    Raises NewsroomNotFound, which names the nearest known one, when there is none.
    """
    if name.endswith(".toml"):
        return Path(name)
    if name not in known:
        raise NewsroomNotFound(
            f"no newsroom is called {name!r}{nearest(name, known)}",
            remedy="Give a newsroom's name, or the path of its .toml file",
        )
    return known[name]
