"""The index page in a real browser."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

from parsel import Selector

from tests.conftest import missing_tool
from tests.end_to_end.commands import command, environment

# A browser that asks nobody but us.
_ALONE = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")


def test_the_index_page_leads_to_every_feed(tmp_path: Path, examples: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        missing_tool("no Chromium is installed")
    assert command("run", "newsroom_test", "--saved", examples, at=tmp_path, env=environment()).status == 0
    index = tmp_path / "public" / "index.html"
    shown = subprocess.run(
        [browser, *_ALONE, f"--user-data-dir={tmp_path / 'browser'}", "--dump-dom", index.as_uri()],
        capture_output=True,
        text=True,
        timeout=60,
    )
    page = Selector(text=shown.stdout)
    assert page.css("html::attr(lang)").get()
    linked = {urlsplit(link).path for link in page.css("a::attr(href)").getall()}
    files = {path.relative_to(index.parent).as_posix() for path in index.parent.rglob("*.rss")}
    assert files
    assert {f for f in files if not any(link.endswith(f) for link in linked)} == set()
    assert page.css("script").getall() == []
