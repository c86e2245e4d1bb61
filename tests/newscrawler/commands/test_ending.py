"""How every verb ends: for a reader that left, on a full disk, in a foreign locale, for wrong usage."""

from __future__ import annotations

import base64
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from newscrawler.project import project_folder
from newscrawler.store import open_store
from newscrawler.store.articles import save_article
from tests.conftest import NOW, an_article
from tests.end_to_end.commands import Ended, environment
from tests.newscrawler.commands.processes import HTML, newscrawler

EXAMPLES = shlex.quote(str(project_folder() / "examples" / "newsroom.test"))
PAGE = {"id": "1", "url": "https://a.kz/1-x", "html_b64": base64.b64encode(HTML.encode()).decode()}
COMMANDS = {
    "--help": "",
    "--version": "",
    "crawl --help": "",
    "init made": "",
    "init made --json": "",
    "inspect page.html --url https://a.kz/1-x": "",
    "inspect page.html --url https://a.kz/1-x --json": "",
    "extract": json.dumps(PAGE),
    "tag": '{"headline": "Шымкентте мектеп ашылды"}\n',
    "export": "",
    "export --format csv": "",
    "export --to exported.jsonl": "",
    "export --to exported.jsonl --json": "",
    "status": "",
    "status --json": "",
    "publish": "",
}
CRAWLS = [f"crawl newsroom_test --saved {EXAMPLES} --limit 2", f"run newsroom_test --saved {EXAMPLES} --limit 2"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a store of three articles and a saved page."""
    with open_store(f"sqlite:///{tmp_path / 'newscrawler.db'}") as store, store.write() as connection:
        for number in range(3):
            save_article(connection, an_article(number), facets_of=lambda _: [], hashes=[], now=NOW)
    (tmp_path / "page.html").write_text(HTML, encoding="utf-8")
    return tmp_path


def unread(line: str, folder: Path, stdin: str, *, err_too: bool = False) -> Ended:
    """Calls `newscrawler LINE` with a standard output whose reader has left already."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        return newscrawler(line, folder, stdin.encode(), out=writer, err=writer if err_too else subprocess.PIPE)
    finally:
        os.close(writer)


def full(line: str, folder: Path, stdin: str) -> Ended:
    """Calls `newscrawler LINE` with standard output on a full disk."""
    with Path("/dev/full").open("wb") as disk:
        return newscrawler(line, folder, stdin.encode(), out=disk, err=subprocess.PIPE)


@pytest.mark.parametrize("line", [*COMMANDS, *CRAWLS])
def test_a_reader_that_left_is_no_failure(line: str, folder: Path) -> None:
    assert unread(line, folder, COMMANDS.get(line, "")) == Ended(0, "", "")


@pytest.mark.parametrize("line", [*COMMANDS, *CRAWLS])
def test_a_full_disk_is_one_line_and_nothing_done(line: str, folder: Path) -> None:
    ended = full(line, folder, COMMANDS.get(line, ""))
    assert ended.status == 4
    assert ended.err.startswith("newscrawler: cannot write to standard output (OSError: [Errno 28] No space left")
    assert ended.err.count("\n") == 1


@pytest.mark.parametrize("lose", [unread, full])
def test_the_work_goes_on_when_only_its_report_is_lost(lose: Callable[[str, Path, str], Ended], folder: Path) -> None:
    lose(f"run newsroom_test --saved {EXAMPLES} --limit 2", folder, "")
    assert (folder / "public" / "index.html").is_file()


def test_a_failure_stays_one_when_the_reader_left(folder: Path) -> None:
    assert unread("crawl nonsense", folder, "").status == 2
    assert unread("tag", folder, "no json\n").status == 3
    assert unread("tag none.jsonl", folder, "", err_too=True).status == 2
    assert unread("nonsense", folder, "", err_too=True).status == 2


def test_a_pipeline_that_has_enough_succeeds(folder: Path) -> None:
    program = f"{shlex.quote(sys.executable)} -m newscrawler"
    for verb in ("export", "status", "--help"):
        script = f"set -o pipefail; {program} {verb} | head -n 1"
        ended = subprocess.run(
            ["bash", "-c", script], cwd=folder, env=environment(), capture_output=True, text=True, timeout=60
        )
        assert (ended.returncode, ended.stderr, ended.stdout.count("\n")) == (0, "", 1)


def test_closed_standard_streams_are_told(folder: Path) -> None:
    program = f"{shlex.quote(sys.executable)} -m newscrawler"
    for call_of_it, status, says in (
        ("export >&-", 4, "standard output is closed"),
        ("tag <&-", 2, "standard input is closed"),
        ("extract <&-", 2, "standard input is closed"),
    ):
        ended = subprocess.run(
            ["bash", "-c", f"{program} {call_of_it}"],
            cwd=folder,
            env=environment(),
            capture_output=True,
            timeout=60,
        )
        assert ended.returncode == status
        assert says in ended.stderr.decode()
        assert ended.stderr.count(b"\n") == 1


def test_messages_that_nobody_can_read_change_no_status(folder: Path) -> None:
    with Path("/dev/full").open("wb") as disk:
        lines = 'no json\n{"headline": "Шымкентте мектеп ашылды"}\n'
        ended = newscrawler("tag", folder, lines.encode(), out=subprocess.PIPE, err=disk)
    assert ended.status == 3
    assert json.loads(ended.out)["regions"] == ["KZ-79"]


@pytest.mark.parametrize("encoding", ["ascii", "koi8-r"])
def test_data_is_utf_8_whatever_the_locale_says(folder: Path, encoding: str) -> None:
    env = environment() | {"PYTHONIOENCODING": encoding}
    lines = '{"headline": "Қарағандыда кеншілердің жалақысы өсті"}\n'.encode()
    for line in ("export", "export --format csv", "extract", "tag"):
        stdin = json.dumps(PAGE).encode() if line == "extract" else lines
        ended = newscrawler(line, folder, stdin, env=env)
        assert (ended.status, ended.err) == (0, "")
        assert re.search("[ңғқөұі]", ended.out)
    shown = newscrawler("inspect page.html --url https://a.kz/1-x --json", folder, env=env)
    assert json.loads(shown.out)["headline"] == "Шымкентте жаңа мектеп ашылды"


def test_what_the_locale_has_no_letters_for_is_escaped(folder: Path) -> None:
    env = environment() | {"PYTHONIOENCODING": "ascii"}
    shown = newscrawler("inspect page.html --url https://a.kz/1-x", folder, env=env)
    assert (shown.status, shown.err) == (0, "")
    assert "\\u0428\\u044b\\u043c" in shown.out


@pytest.mark.parametrize(
    ("call_of_it", "line"),
    [
        ("crwal", "No such command 'crwal' (did you mean 'crawl'?). See 'newscrawler --help'"),
        ("--verison", "No such option: --verison (Possible options: --version). See 'newscrawler --help'"),
        ("tag --josn", "No such option: --josn. See 'newscrawler tag --help'"),
        ("inspect", "Missing argument 'SAVED or URL'. See 'newscrawler inspect --help'"),
        ("status x", "Got unexpected extra argument(s) (x). See 'newscrawler status --help'"),
        (
            "crawl --limit 0",
            "Invalid value for '--limit': Input should be greater than or equal to 1. See 'newscrawler crawl --help'",
        ),
    ],
)
def test_a_usage_error_is_one_plain_line(call_of_it: str, line: str, tmp_path: Path) -> None:
    ended = newscrawler(call_of_it, tmp_path, env=environment() | {"COLUMNS": "40"})
    assert ended == Ended(2, "", f"newscrawler: {line}\n")
