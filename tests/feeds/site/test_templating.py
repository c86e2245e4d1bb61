"""Tests of `feeds.site.templating`: values are text, and pages allow only what is theirs."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError
from lxml import html

import feeds.site.templating as templating
from feeds.site.templating import asset, policy, render, site_version


def bar(said: str) -> html.HtmlElement:
    return html.fragment_fromstring(render("chart.svg", width=1, height=1, bars=[], said=said))


@given(st.text(st.characters(codec="utf-8")))
def test_every_text_comes_back_but_for_what_html_forbids(text: str) -> None:
    shown = str(bar(text).get("aria-label"))
    assert (
        "<"
        not in render("chart.svg", width=1, height=1, bars=[], said=text).partition('aria-label="')[2].partition('"')[0]
    )
    kept = "".join(one for one in text if one in "\t\n\r" or not _is_forbidden(one))
    assert shown.replace("\r\n", "\n").replace("\r", "\n") == kept.replace("\r\n", "\n").replace("\r", "\n")


def _is_forbidden(one: str) -> bool:
    code = ord(one)
    return code < 0x20 or 0x7F <= code <= 0x9F or 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069


def test_a_lone_surrogate_and_an_override_are_not_shown() -> None:
    assert bar("а\ud800б\u202eв\x00").get("aria-label") == "абв"


def test_a_forgotten_value_is_an_error() -> None:
    with pytest.raises(UndefinedError, match="said"):
        render("chart.svg", width=1, height=1, bars=[])


def test_a_policy_allows_this_style_and_script_and_nothing_else() -> None:
    digest = b64encode(hashlib.sha256(b"a { }").digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy(style="a { }")
    assert "script-src" not in policy(style="a { }")
    assert "script-src 'sha256-" in policy(style="a { }", script="1")
    assert policy(style="a { }").startswith("default-src 'none'; ")


@pytest.mark.parametrize("name", ["page.css", "front.css", "copy_address.js"])
def test_an_asset_stays_inside_its_element(name: str) -> None:
    assert "</" not in asset(name)
    assert "http" not in asset(name)


def test_every_part_of_the_pages_counts_for_the_version(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "page.css").write_text("a")
    (tmp_path / "licence.txt").write_text("MIT")
    monkeypatch.setattr(templating, "_HERE", tmp_path)
    versions = []
    for name, text in [("page.css", "b"), ("licence.txt", "BSD"), ("page.js", "b")]:
        (tmp_path / name).write_text(text)
        site_version.cache_clear()
        versions.append(site_version())
    site_version.cache_clear()
    assert versions[0] == versions[1] != versions[2]
