"""The real tools with which people save pages, pointed at the fixture newsroom.

Each function saves pages into a folder; a tool that is not installed skips the test, or fails it where every tool must
be there.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.conftest import missing_tool
from tests.newsroom.server import NewsroomServer

HOST = "newsroom.test"
_SCRIPT = Path(__file__).with_name("save_in_browser.cjs")
_DATE = re.compile(rb"^Date: [^\r\n]*", re.MULTILINE)


def wget(server: NewsroomServer, folder: Path, targets: Sequence[str], *options: str) -> Path:
    """Runs wget with the server for its proxy."""
    run_tool(
        "wget", "--quiet", "--no-config", *options, *_urls(targets), at=folder, http_proxy=f"http://{server.address}"
    )
    return folder


def httrack(server: NewsroomServer, folder: Path, targets: Sequence[str]) -> Path:
    """Runs HTTrack over the pages and nothing else, without its pauses."""
    unhurried = ("--disable-security-limits", "-c8", "-%c100", "-A100000000", "-%P0", "-s0")
    only = ("-r1", "-*", *(f"+{url}" for url in _urls(targets)))
    run_tool("httrack", *_urls(targets), "-P", server.address, *only, *unhurried, "-q", "-O", ".", at=folder)
    return folder


def browser(server: NewsroomServer, folder: Path, targets: Sequence[str]) -> dict[str, Path]:
    """Saves the pages in Chromium: `mhtml` is a folder with an MHTML file a page, `har` a HAR file of all, `attached` a
    folder with a HAR whose bodies are files, `zip` the same in a zip."""
    modules = node_modules("playwright-core")
    arguments = (str(_SCRIPT), chromium(), HOST, server.address, str(folder), *_urls(targets))
    run_tool("node", *arguments, at=folder, NODE_PATH=str(modules))
    saved = {"har": "pages.har", "attached": "attached", "zip": "attached.zip"}
    moved = {name: (folder / file).rename(folder.with_name(f"{folder.name}-{file}")) for name, file in saved.items()}
    return {"mhtml": folder, **moved}


def single_file(server: NewsroomServer, folder: Path, targets: Sequence[str]) -> Path:
    """Saves the pages with SingleFile's command line."""
    rules = f"--host-resolver-rules=MAP {HOST} {server.address}, MAP * ~NOTFOUND"
    list_of_urls = folder.with_suffix(".urls")
    list_of_urls.write_text("\n".join(_urls(targets)), encoding="utf-8")
    quick = ("--browser-wait-until", "load", "--browser-wait-until-delay", "0", "--max-parallel-workers", "3")
    run_tool(
        "single-file",
        *("--browser-executable-path", chromium(), "--browser-args", json.dumps(["--no-sandbox", rules])),
        *("--urls-file", str(list_of_urls), "--output-directory", str(folder), *quick),
        at=folder,
    )
    return folder


def saved_at(folder: Path, date: str) -> None:
    """Makes MHTML files say that they were saved at `date`, as an HTTP date: what a page says of "today" is to be read
    against the newsroom's clock, not against this machine's."""
    for file in folder.glob("*.mhtml"):
        content, count = _DATE.subn(b"Date: " + date.encode(), file.read_bytes(), count=1)
        assert count == 1
        file.write_bytes(content)


def _urls(targets: Sequence[str]) -> list[str]:
    return [f"http://{HOST}{target}" for target in targets]


def chromium() -> str:
    """The command of a Chromium or Chrome."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None) or missing_tool("no Chromium is installed")


def node_modules(package: str) -> Path:
    """The folder in which npm keeps the package."""
    npm = shutil.which("npm")
    if npm is None:
        missing_tool("npm is not installed")
    root = subprocess.run([npm, "root", "--global"], capture_output=True, text=True, check=True).stdout.strip()
    if not Path(root, package).is_dir():
        missing_tool(f"the npm package {package} is not installed (npm install --global {package})")
    return Path(root)


def run_tool(name: str, *arguments: str, at: Path, **environment: str) -> str:
    """Runs a tool in the folder `at` with more in its environment; what it printed."""
    command = shutil.which(name)
    if command is None:
        missing_tool(f"{name} is not installed")
    at.mkdir(parents=True, exist_ok=True)
    ended = subprocess.run(
        [command, *arguments], cwd=at, env=os.environ | environment, capture_output=True, text=True, timeout=120
    )
    assert ended.returncode == 0, (name, ended.stdout, ended.stderr)
    return ended.stdout
