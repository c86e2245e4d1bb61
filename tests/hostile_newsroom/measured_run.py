"""Runs of the newscrawler command on a hostile newsroom, each in a process of its own that is measured."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from tests.hostile_newsroom.pages import TITLE
from tests.hostile_newsroom.site import NOW, HostileSite

NAME: Final = "hostile"
BETWEEN_RUNS: Final = timedelta(hours=2)
DELAY_SCALE: Final = 0.004
_LAUNCHER: Final = Path(__file__).with_name("launcher.py")
_CHECKOUT: Final = Path(__file__).parents[2]


@dataclass(slots=True, frozen=True)
class Measured:
    """How a process ended: its exit status (-N by signal N), its most memory in bytes, how many `seconds` it took, and
    what it `said`."""

    status: int
    peak: int
    seconds: float
    said: str


def measured(command: Sequence[str], folder: Path, environment: Mapping[str, str], seconds: float) -> Measured:
    """Runs a command in `folder` to its end; kills it after so many seconds."""
    ended = folder / "ended.txt"
    begin = time.monotonic()
    with (folder / "said.txt").open("w+", encoding="utf-8", errors="replace") as said:
        subprocess.run(
            [sys.executable, "-S", str(_LAUNCHER), str(ended), str(seconds), *command],
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            check=True,
        )
        said.seek(0)
        status, peak = map(int, ended.read_text(encoding="utf-8").split())
        return Measured(status, peak * 1024, time.monotonic() - begin, said.read())


def define(site: HostileSite, folder: Path) -> None:
    """Writes the newsroom's file into `folder/newsrooms`."""
    lists = [
        f"[[sources]]\nkind = 'listing'\nurl = '{site.url}{path}'\nitem = 'div.entry'\nnext_page = 'a.next'\n"
        for path in site.lists
    ]
    others = [f"[[sources]]\nkind = '{kind}'\nurl = '{site.url}{path}'\n" for kind, path in site.sources]
    head = (
        f"title = '{TITLE}'\nsite = '{site.url}/'\nhosts = ['127.0.0.1']\nlanguages = ['kk', 'ru']\ncontent = 'full'\n"
    )
    newsrooms = folder / "newsrooms"
    newsrooms.mkdir(exist_ok=True)
    articles = "[articles]\ninclude = ['^/(kk|ru)/news/[0-9]']\n"
    (newsrooms / f"{NAME}.toml").write_text("".join([head, *lists, *others, articles]), encoding="utf-8")


def run_of(site: HostileSite, folder: Path, number: int, *, seconds: float = 120) -> Measured:
    """The run of that number, from 0, on the newsroom defined in `folder`; the store is newscrawler.db there, the feeds
    are in `public`. Each run is two hours after the one before."""
    site.now = NOW + number * BETWEEN_RUNS
    values = {name: value for name, value in os.environ.items() if not name.startswith("NEWSCRAWLER_")}
    values |= {
        "PYTHONPATH": str(_CHECKOUT),
        "PYTHONWARNINGS": "error",
        "NEWSCRAWLER_CONTACT": "crawler@example.org",
        "NEWSCRAWLER_NOW": site.now.isoformat(),
        "NEWSCRAWLER_ALLOW_ADDRESSES": site.address,
        "NEWSCRAWLER_DELAY_SCALE": str(DELAY_SCALE),
        "NEWSCRAWLER_PAGE_SECONDS": "1",
        "NEWSCRAWLER_MAX_REQUESTS": "1000",
        "NEWSCRAWLER_REVISIT": "",
    }
    return measured([sys.executable, "-m", "newscrawler", "run", NAME], folder, values, seconds)
