"""Names that become names of files: only plain ones, whoever wrote the TOML they stand in."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from feeds.facet import parse_facet
from newscrawler.errors import NewscrawlerError, NewsroomError, PublishError
from newscrawler.newsroom_files import read_newsroom
from newscrawler.vocabulary import load_vocabulary

WILD = ("../up", "..", "/etc/up", "a/b", "a\\b", "C:up", "a\x00b", "a\nb", ".hidden", "", "a b", "\u0430", "a%2fb", "~")


@pytest.mark.parametrize("name", WILD)
def test_no_newsroom_is_called_so(name: str, tmp_path: Path) -> None:
    file = tmp_path / "news.toml"
    text = 'title = "N"\nsite = "https://n.test/"\nhosts = ["n.test"]\nlanguages = ["kk"]\n'
    file.write_text(f"name = {_quoted(name)}\n{text}")
    with pytest.raises(NewsroomError, match="name"):
        read_newsroom(file)


@pytest.mark.parametrize("name", WILD)
@pytest.mark.parametrize("kind", ["regions", "topics"])
def test_no_region_and_no_topic_has_such_a_slug(kind: str, name: str, tmp_path: Path) -> None:
    code = 'code = "KZ-10"\n' if kind == "regions" else ""
    (tmp_path / f"{kind}.toml").write_text(f"[[{kind}]]\n{code}slug = {_quoted(name)}\n")
    with pytest.raises(NewscrawlerError, match="slug"):
        load_vocabulary([tmp_path])


@pytest.mark.parametrize("name", WILD)
def test_no_feed_has_such_a_path(name: str) -> None:
    for path in (f"{name}/all/all", f"kk/{name}/all", f"kk/all/{name}", f"newsrooms/{name}/kk", f"kk/all/all/{name}"):
        with pytest.raises(PublishError, match="is no path of a feed"):
            parse_facet(path)


def _quoted(text: str) -> str:
    written = '"' + "".join(f"\\u{ord(letter):04X}" for letter in text) + '"'
    assert tomllib.loads(f"a = {written}")["a"] == text
    return written
