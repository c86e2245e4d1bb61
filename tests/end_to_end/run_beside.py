"""A second `newscrawler run` that comes and goes while a first one is at work."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path

from tests.end_to_end.commands import Ended, command
from tests.end_to_end.crash_points import Moment


def with_run_beside(report: Path, names: tuple[str, ...], log: Path, moment: Moment, number: int) -> str:
    """Python that a command runs first: at point `number` (from 1) of a kind another process runs the newsrooms `names`
    to its end, and how it ended is written to `report`."""
    return (
        f"from {__name__} import run_beside\n"
        "from tests.end_to_end.crash_points import Moment, watch\n"
        f"watch({str(log)!r}, Moment({moment.value!r}), {number}, lambda: run_beside({str(report)!r}, {names!r}))"
    )


def run_beside(report: str, names: tuple[str, ...]) -> None:
    """Runs the newsrooms in a process of its own, in the folder and the environment of this one."""
    ended = command("run", *names, at=Path.cwd(), env=os.environ)
    Path(report).write_text(json.dumps(asdict(ended)), "utf-8")


def ended_beside(report: Path) -> Ended:
    """How the second run ended."""
    return Ended(**json.loads(report.read_text("utf-8")))
