"""`newscrawler` in a process of its own, byte for byte, with the standard streams that a test gives it."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from tests.end_to_end.commands import Ended, environment

HTML = "<html><body><article><h1>Шымкентте жаңа мектеп ашылды</h1>" + "<p>Мектепте тоғыз жүз оқушы оқиды.</p>" * 9


def newscrawler(
    line: str,
    folder: Path,
    stdin: bytes = b"",
    *,
    env: Mapping[str, str] | None = None,
    out: int | IO[bytes] = subprocess.PIPE,
    err: int | IO[bytes] = subprocess.PIPE,
) -> Ended:
    """Runs `newscrawler LINE` in `folder`; what it writes to pipes must be UTF-8. Its output is buffered, as usual."""
    given = environment() if env is None else env
    ended = subprocess.run(
        [sys.executable, "-m", "newscrawler", *shlex.split(line)],
        cwd=folder,
        env={name: value for name, value in given.items() if name != "PYTHONUNBUFFERED"},
        input=stdin,
        stdout=out,
        stderr=err,
        timeout=120,
    )
    return Ended(ended.returncode, (ended.stdout or b"").decode(), (ended.stderr or b"").decode())
