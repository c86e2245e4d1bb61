"""`newscrawler serve`, as a user calls it and ends it."""

from __future__ import annotations

import http.client
import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

from tests.end_to_end.commands import Ended, command, environment

ENV = environment()
FEED = "<rss>Жаңалық</rss>".encode() * 300
_SERVES = re.compile(r"http://(?P<host>[^/]+):(?P<port>\d+)/")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with something to serve."""
    (tmp_path / "public" / "kk").mkdir(parents=True)
    (tmp_path / "public" / "index.html").write_text("<!DOCTYPE html><p>Жаңалық", encoding="utf-8")
    (tmp_path / "public" / "kk" / "all.rss").write_bytes(FEED)
    return tmp_path


@contextmanager
def served(
    *arguments: str, at: Path, base_url: str = "https://news.example/"
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command under way, and the first line that it printed."""
    code = "import sys\nsys.argv[0] = 'newscrawler'\nfrom newscrawler.cli import main\nmain()"
    process = subprocess.Popen(
        [sys.executable, "-c", code, "serve", *arguments],
        cwd=at,
        env=ENV | {"NEWSCRAWLER_BASE_URL": base_url},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield process, _output(process).readline()
        finally:
            if process.poll() is None:
                process.kill()


def _output(process: subprocess.Popen[str]) -> IO[str]:
    assert process.stdout is not None
    return process.stdout


def ended(process: subprocess.Popen[str], number: signal.Signals) -> Ended:
    process.send_signal(number)
    out, err = process.communicate(timeout=30)
    return Ended(process.returncode, out, err)


def test_it_says_where_it_serves_and_ctrl_c_ends_it(folder: Path) -> None:
    with served("--port", "0", at=folder) as (process, line):
        found = _SERVES.search(line)
        assert found is not None, line
        assert found["host"] == "127.0.0.1"
        assert str(folder / "public") in line
        connection = http.client.HTTPConnection("127.0.0.1", int(found["port"]), timeout=30)
        connection.request("GET", "/kk/all.rss")
        answer = connection.getresponse()
        assert (answer.status, answer.read()) == (200, FEED)
        assert answer.headers["Date"]
        assert answer.headers["Server"] is None
        # Raw, as no client of good manners sends it; over the connection that was kept.
        connection.putrequest("GET", "/kk/../../newscrawler.toml", skip_host=False)
        connection.endheaders()
        answer = connection.getresponse()
        assert (answer.status, answer.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
        answer.read()
        # The connection stays open: it must not hold up the end.
        assert ended(process, signal.SIGINT) == Ended(130, "", "newscrawler: interrupted\n")
        connection.close()


def test_sigterm_ends_it_and_json_tells_machines_where(folder: Path) -> None:
    home = "http://localhost:1/"
    with served("--host", "0.0.0.0", "--port", "0", "--json", "--verbose", at=folder, base_url=home) as (process, line):
        document = json.loads(line + "".join(iter(_output(process).readline, "}\n")) + "}")
        assert document["public"] == str(folder / "public")
        found = _SERVES.fullmatch(document["url"])
        assert found is not None
        assert found["host"] == "0.0.0.0"
        connection = http.client.HTTPConnection("127.0.0.1", int(found["port"]), timeout=30)
        connection.request("GET", "/%1b%5B31m")
        assert connection.getresponse().status == 404
        connection.close()
        end = ended(process, signal.SIGTERM)
        assert (end.status, end.out) == (143, "")
        assert end.err.startswith("WARNING other machines can reach this")
        assert f"WARNING the feeds name themselves {home}: set base_url to {document['url']}" in end.err
        # With --verbose every request is told, and nothing in it reaches the terminal as more than text.
        assert '"GET /%1B%5B31m HTTP/1.1" 404' in end.err
        assert "\x1b" not in end.err


def test_a_port_in_use_is_one_line(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        refused = command("serve", "--port", str(port), at=folder, env=ENV)
    assert (refused.status, refused.out) == (4, "")
    assert refused.err.count("\n") == 1
    assert f"http://127.0.0.1:{port}/" in refused.err
    assert "--port" in refused.err


def test_a_folder_that_is_not_there_is_one_line(folder: Path) -> None:
    refused = command("serve", "--public", "none", at=folder, env=ENV)
    assert (refused.status, refused.out) == (4, "")
    assert refused.err.count("\n") == 1
    assert str(folder / "none") in refused.err
    assert "newscrawler publish" in refused.err
