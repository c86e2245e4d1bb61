"""`newscrawler newsroom check`: whether the recordings of newsrooms still give what is expected of them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from newscrawler.commands.invocation import Invocation, verb
from newscrawler.commands.output import Output
from newscrawler.config import Config
from newscrawler.errors import UsageError
from newscrawler.newsroom_files import newsroom_path
from spiders.commands.difference_lines import newsroom_lines
from spiders.recordings.checked import Checked
from spiders.recordings.checker import check_recordings
from spiders.recordings.recording import FOLDER, Recording, find_recordings


@verb
def check(
    invocation: Invocation,
    newsrooms: Annotated[
        list[str] | None, typer.Argument(metavar="NEWSROOM|FILE.toml", help="Default: all that have recordings.")
    ] = None,
    accept: Annotated[bool, typer.Option("--accept", help="Show the differences, then expect what came out.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="With --accept: do not ask.")] = False,
) -> int:
    """Read every recording again, offline, as the newsroom files now say, and show what is not as expected: field by
    field, articles that are missing or new, fields whose selectors match nothing. What looks wrong in an expectation
    itself, a recording that has grown old, and one of several selectors for a field that no recorded page needs, are
    named too; they are warnings.

    The exit status is 0 when all is as expected, 3 when anything is not.

    **Examples**

    - `newscrawler newsroom check` : every recording, as a test before each change goes live
    - `newscrawler newsroom check newsroom_kz`
    - `newscrawler newsroom check newsroom_kz --accept` : after a look at the differences
    """
    config, output = invocation.config, invocation.output
    if accept and not yes and not (output.on_terminal and sys.stdin is not None and sys.stdin.isatty()):
        raise UsageError("there is nobody to ask whether to accept", remedy="Look at the differences, then add --yes")
    files, recordings = _chosen(config, newsrooms or [])
    checked = check_recordings(config, output, files, recordings)
    for newsroom in checked.newsrooms:
        for line in newsroom_lines(newsroom):
            output.line(line)
    found = [newsroom.to_dict() for newsroom in checked.newsrooms]
    accepted = _accept(checked, output, ask=not yes) if accept and checked.interrupted is None else []
    output.result({"status": checked.status, "newsrooms": found, "accepted": accepted})
    return checked.status


def _chosen(config: Config, names: list[str]) -> tuple[dict[str, Path], dict[str, list[Recording]]]:
    """Newsroom files and recordings by newsroom. Raises NewsroomNotFound, and UsageError without a recording."""
    files, found = config.newsroom_files(), find_recordings(config.folder)
    given = {file.stem: file for file in (newsroom_path(name, files) for name in names)}
    for name in given or [None]:
        if not (found if name is None else found.get(name)):
            whose = "there is no recording" if name is None else f"there is no recording of {name}"
            raise UsageError(
                f"{whose} in {config.folder / FOLDER}",
                remedy=f"Make one: newscrawler newsroom record {name or 'NEWSROOM'}",
            )
    return files | given, {name: found[name] for name in given or found}


def _accept(checked: Checked, output: Output, *, ask: bool) -> list[str]:
    """Writes what came out as the new expectation of each recording that differs, and forgets the differences; the
    folders of these recordings."""
    accepted: list[str] = []
    for recording in (recording for newsroom in checked.newsrooms for recording in newsroom.recordings):
        if recording.got is None or recording.is_as_expected:
            continue
        if ask and not typer.confirm(f"Expect this of {recording.recording.label} from now on?"):
            continue
        recording.recording.expect(recording.got)
        recording.differences, recording.not_saved = [], []
        accepted.append(str(recording.recording.folder))
        output.line(f"{recording.recording.label}: written")
    return accepted
