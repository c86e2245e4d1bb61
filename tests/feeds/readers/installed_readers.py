"""Readers from Debian and npm: each gives what it reads in the files called `names` below a folder, or at an address.

A reader that is not installed skips the test, or fails it where every tool must be there.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterable, Mapping
from contextlib import closing
from functools import partial
from pathlib import Path

from tests.conftest import missing_tool
from tests.feeds.readers.told import Told, moment, moment_of

_SCRIPT = Path(__file__).with_name("read_feeds.cjs")
_SECONDS = 120


def sfeed_reads(folder: Path, names: Iterable[str]) -> Mapping[str, list[Told]]:
    """RSS and Atom. sfeed(5): tab-separated; the fields are moment, title, link, content, its type, id, ..."""
    return {name: [_of_sfeed(line) for line in _output("sfeed", at=folder / name).splitlines()] for name in names}


def node_reads(library: str, folder: Path, names: Iterable[str]) -> Mapping[str, list[Told]]:
    """RSS and Atom; JSON Feed with feedsmith only."""
    modules = _node_modules(library)
    asked = json.dumps({"library": library, "folder": str(folder), "names": list(names)})
    read = json.loads(_output("node", str(_SCRIPT), asked, NODE_PATH=str(modules)))
    return {
        name: [Told(entry["id"], entry["title"], entry["link"], moment_of(entry["published"])) for entry in entries]
        for name, entries in read.items()
    }


rss_parser_reads = partial(node_reads, "rss-parser")
feedsmith_reads = partial(node_reads, "feedsmith")


class Newsboat:
    """newsboat with a cache and a list of addresses of its own in a folder."""

    def __init__(self, folder: Path, addresses: Iterable[str]) -> None:
        self._folder = folder
        (folder / "urls").write_text("\n".join(addresses) + "\n", encoding="utf-8")
        (folder / "config").write_text("reload-threads 1\n", encoding="utf-8")

    def reload(self) -> None:
        """Asks every address once."""
        files = ("-u", "urls", "-c", "cache.db", "-C", "config")
        # It shows titles in the letters of the locale.
        _output("newsboat", "-q", *files, "-x", "reload", within=self._folder, HOME=str(self._folder), LC_ALL="C.UTF-8")

    def shown(self) -> list[Told]:
        """Every entry, newest first."""
        query = "SELECT guid, title, url, pubDate FROM rss_item ORDER BY pubDate DESC, guid DESC"
        with closing(sqlite3.connect(self._folder / "cache.db")) as cache:
            return [Told(guid, title, url, moment(date)) for guid, title, url, date in cache.execute(query)]


def _of_sfeed(line: str) -> Told:
    date, title, link, _, _, entry_id, *_ = line.split("\t")
    return Told(entry_id, title, link, moment(int(date)))


def _node_modules(package: str) -> Path:
    """The folder in which npm keeps the package."""
    root = Path(_output("npm", "root", "--global").strip())
    if not (root / package).is_dir():
        missing_tool(f"the npm package {package} is not installed (npm install --global {package})")
    return root


def _output(name: str, *arguments: str, at: Path | None = None, within: Path | None = None, **environment: str) -> str:
    """What the program writes when it gets the file `at` on standard input."""
    program = shutil.which(name)
    if program is None:
        missing_tool(f"{name} is not installed")
    ended = subprocess.run(
        [program, *arguments],
        input=b"" if at is None else at.read_bytes(),
        cwd=within,
        env=os.environ | environment,
        capture_output=True,
        timeout=_SECONDS,
    )
    assert ended.returncode == 0, (name, ended.stdout, ended.stderr)
    return ended.stdout.decode()
