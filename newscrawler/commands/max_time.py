"""`--max-time`: how long `run` and `crawl` may fetch."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer

from newscrawler.durations import parse_duration


def _duration(text: str) -> timedelta:
    try:
        return parse_duration(text)
    except ValueError as cause:
        raise typer.BadParameter(str(cause)) from cause


MaxTime = Annotated[
    timedelta | None,
    typer.Option(
        "--max-time",
        metavar="DURATION",
        parser=_duration,
        help="Fetch for so long at most, such as 8m; the next run goes on.",
    ),
]
