"""The `newscrawler` and `scrapy` commands as a user calls them, in a process of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from newscrawler.project import project_folder

TIMES = {1: "2024-05-14T18:00:00+05:00", 2: "2024-05-15T18:00:00+05:00"}


@dataclass(slots=True, frozen=True)
class Ended:
    """How a command ended."""

    status: int
    out: str
    err: str


def environment(
    server: str | None = None,
    day: int = 1,
    *,
    hosts: Sequence[str] = ("newsroom.test", "www.newsroom.test"),
    **more: str,
) -> dict[str, str]:
    """The environment for a crawl of the newsroom on `hosts`, the fixture newsroom's by default, that the address
    `server` answers for; its clock stands at `day`'s evening."""
    values = {name: value for name, value in os.environ.items() if not name.startswith("NEWSCRAWLER_")}
    values |= {"NEWSCRAWLER_CONTACT": "crawler@example.org", "NEWSCRAWLER_NOW": TIMES[day], "PYTHONWARNINGS": "error"}
    values["PYTHONPATH"] = str(project_folder())
    if server is not None:
        values |= {
            "NEWSCRAWLER_ALLOW_ADDRESSES": server,
            "NEWSCRAWLER_RESOLVE": ",".join(f"{host}={server}" for host in hosts),
            "NEWSCRAWLER_DELAY_SCALE": "0",
        }
    return values | more


def command(
    *arguments: str | Path,
    at: Path,
    env: Mapping[str, str],
    stdin: str = "",
    program: str = "newscrawler.cli",
    patch: str = "",
) -> Ended:
    """Runs `newscrawler ARGUMENTS` in the folder `at` to its end, two minutes at most; `patch` is Python that the same
    process runs first. A process that a signal ended has the status -N, as subprocess gives it."""
    code = f"import sys\nsys.argv[0] = 'newscrawler'\n{patch}\nfrom {program} import main\nmain()"
    ended = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=at,
        env=dict(env),
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
    )
    return Ended(ended.returncode, ended.stdout, ended.stderr)


def scrapy(*arguments: str | Path, at: Path, env: Mapping[str, str]) -> Ended:
    """Runs `scrapy ARGUMENTS` with newscrawler's settings."""
    ended = subprocess.run(
        [sys.executable, "-m", "scrapy", *map(str, arguments)],
        cwd=at,
        env={**env, "SCRAPY_SETTINGS_MODULE": "newscrawler.settings"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    return Ended(ended.returncode, ended.stdout, ended.stderr)
