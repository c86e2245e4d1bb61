"""docs/operating.md and the systemd units: every command line in them can be called, and every status is told."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest
import typer

from newscrawler.cli import app
from newscrawler.durations import parse_duration
from newscrawler.errors import ExitStatus
from newscrawler.project import project_folder

PAGE = (project_folder() / "docs" / "operating.md").read_text("utf-8")
UNITS = sorted((project_folder() / "examples" / "systemd").iterdir())


def lines_of_the_page() -> list[str]:
    """The command lines in its blocks and sentences, with a number where it says N."""
    blocks = re.findall(r"^```\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    found = [line for block in blocks for line in re.findall(r"(?:^|&& )(newscrawler .*)$", block, re.MULTILINE)]
    return [re.sub(r"\bN\b", "5", line) for line in (*found, *re.findall(r"`(newscrawler [^`]+)`", PAGE))]


class RepeatedKeys(dict[str, Any]):
    """The keys of a section, whose values are gathered where a key stands more than once."""

    def __setitem__(self, key: str, value: Any) -> None:
        if isinstance(value, list) and key in self:
            self[key].extend(value)
        else:
            super().__setitem__(key, value)


def unit(path: Path) -> ConfigParser:
    parser = ConfigParser(strict=False, dict_type=RepeatedKeys, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(path, encoding="utf-8")
    return parser


def lines_of_the_units() -> Iterator[str]:
    for path in UNITS:
        if path.suffix == ".service":
            for line in unit(path)["Service"]["ExecStart"].splitlines():
                yield line.removeprefix("/usr/local/bin/")


@pytest.mark.parametrize("line", [*lines_of_the_page(), *lines_of_the_units()])
def test_a_command_line_can_be_called(line: str) -> None:
    words = shlex.split(line, comments=True)
    command: Any = typer.main.get_command(app)
    rest, called = words[1:], "newscrawler"
    # Down to the verb, whose context reads the options and calls nothing.
    while True:
        context = command.make_context(called, list(rest))
        if not hasattr(command, "resolve_command"):
            break
        called, command, rest = command.resolve_command(context, rest)
    assert command.name not in (None, "newscrawler")


def test_there_are_such_lines() -> None:
    assert len(lines_of_the_page()) > 15
    assert len(list(lines_of_the_units())) == 4


def test_every_exit_status_is_told() -> None:
    told = re.findall(r"^\| ([0-9, ]+) \|", PAGE, re.MULTILINE)
    assert sorted(int(number) for cell in told for number in cell.split(",")) == sorted(ExitStatus)


def test_every_service_has_its_timer_and_a_run_that_is_locked_out_is_no_failure() -> None:
    assert {path.stem for path in UNITS if path.suffix == ".service"} == {
        path.stem for path in UNITS if path.suffix == ".timer"
    }
    run = unit(project_folder() / "examples" / "systemd" / "newscrawler.service")["Service"]
    assert run["SuccessExitStatus"] == str(int(ExitStatus.LOCKED))
    wanted = parse_duration(shlex.split(run["ExecStart"])[-1])
    assert wanted < parse_duration("10m") < parse_duration(run["TimeoutStartSec"])
