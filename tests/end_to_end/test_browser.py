"""The web pages in a real browser: the fixture newsroom's, from a disk."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.commands import command, environment
from tests.end_to_end.saving_tools import chromium, node_modules, run_tool

_SCRIPT = Path(__file__).with_name("browse.cjs")
_CHECKED = ("index.html", "kk/index.html", "ru/index.html", "kk/turkistan/all.html", "status.html")
# WCAG 2.2, 2.5.8, in CSS pixels.
_TOUCHABLE = 24


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory, examples: Path) -> dict[str, Any]:
    """What a browser met on its way through the pages; browse.cjs is the way."""
    browser, modules = chromium(), node_modules("playwright-core")
    node_modules("axe-core")
    folder = tmp_path_factory.mktemp("pages")
    assert command("run", "newsroom_test", "--saved", examples, at=folder, env=environment()).status == 0
    arguments = (str(_SCRIPT), browser, str(folder / "public"), *_CHECKED)
    found: dict[str, Any] = json.loads(run_tool("node", *arguments, at=folder, NODE_PATH=str(modules)))
    return found


def test_a_click_on_a_region_leads_to_its_feeds(seen: dict[str, Any]) -> None:
    feeds = [f"kk/turkistan/all.{suffix}" for suffix in ("rss", "atom", "json")]
    assert seen["region"] == {"page": "kk/turkistan/all.html", "heading": "Түркістан облысы", "feeds": feeds}
    assert seen["city"]["page"] == "all/almaty/all.html"
    assert seen["listed"]["page"] == "ru/turkistan/all.html"
    assert min(seen["touchable"]) >= _TOUCHABLE
    assert len(seen["touchable"]) == 3


def test_the_script_copies_an_address_and_pages_do_without_it(seen: dict[str, Any]) -> None:
    assert seen["copied"] == "Көшірілді: http://localhost:8000/kk/turkistan/all.atom"
    assert seen["unscripted"]["page"] == "kk/turkistan/all.html"
    assert seen["buttons"] == 0


def test_pages_ask_nobody_and_keep_their_own_policy(seen: dict[str, Any]) -> None:
    assert seen["complaints"] == []


def test_everybody_can_use_the_pages(seen: dict[str, Any]) -> None:
    assert seen["skipped"] == "main"
    assert len(seen["checks"]) == 2 * len(_CHECKED)
    for check in seen["checks"]:
        assert (check["wider"], check["violations"]) == (0, []), check
