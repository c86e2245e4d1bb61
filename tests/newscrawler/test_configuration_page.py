"""docs/configuration.md tells every key with its default and environment variable, and its examples work."""

from __future__ import annotations

import re
import tomllib
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from newscrawler.article import Article
from newscrawler.config import ENVIRONMENT_PREFIX, Config, load_config
from newscrawler.newsroom import ArticleAddresses, Meaning, Newsroom, Selectors, Source, Wording
from newscrawler.newsroom_files import read_newsroom
from newscrawler.project import project_folder
from newscrawler.store import open_store
from newscrawler.store.articles import iterate_articles
from newscrawler.vocabulary import load_vocabulary
from newscrawler.vocabulary.entries import (
    PlaceLine,
    RegionEntry,
    Scopes,
    Surroundings,
    TopicEntry,
    WeightedStems,
    Wordings,
)
from tests.end_to_end.commands import command, environment
from tests.newsroom.server import NewsroomServer

PAGE = (project_folder() / "docs" / "configuration.md").read_text(encoding="utf-8")
IN_WORDS = {"unset": None, "the operator's": None, "the file's name": "required", "required": "required"}
"""How the page tells a default that no TOML value is; `name` is taken from the file before the model is made."""
EMPTY_TABLES = {"no pattern": ArticleAddresses(), "no selector": Selectors(), "no phrase": Wording()}


def tables(heading: str) -> list[dict[str, list[str]]]:
    """The tables under a heading, each by the keys of its rows, with the other cells."""
    after = PAGE.split(f"\n{heading}\n", 1)[1].splitlines()
    lines = [*takewhile(lambda line: not line.startswith("#"), after), ""]
    found: list[dict[str, list[str]]] = []
    rows: dict[str, list[str]] = {}
    for line in lines:
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        keys = re.findall(r"`(\w+)`", cells[0])
        if line.startswith("| `"):
            rows |= dict.fromkeys(keys, cells[1:])
        elif not line.startswith("|") and rows:
            found.append(rows)
            rows = {}
    return found


def examples(heading: str) -> list[str]:
    """The TOML examples under a heading."""
    after = PAGE.split(f"\n{heading}\n", 1)[1]
    return re.findall(
        r"^```toml\n(.*?)^```$", re.split(r"^#+ ", after, flags=re.MULTILINE)[0], re.MULTILINE | re.DOTALL
    )


def as_toml(value: Any) -> Any:
    """A default as TOML would give it."""
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, Path) else value


@pytest.mark.parametrize(
    ("heading", "number", "model"),
    [
        ("## newscrawler.toml", 0, Config),
        ("## A newsroom file", 0, Newsroom),
        ("### [[sources]]", 0, Source),
        ("### [articles]", 0, ArticleAddresses),
        ("### [selectors]", 0, Selectors),
        ("### [wording]", 0, Wording),
        ("### What a section or an address says", 0, Meaning),
    ],
)
def test_every_key_is_told_with_its_default(heading: str, number: int, model: type[BaseModel]) -> None:
    told = tables(heading)[number]
    assert list(told) == list(model.model_fields)
    for key, cells in told.items():
        field = model.model_fields[key]
        default = "required" if field.is_required() else as_toml(field.get_default(call_default_factory=True))
        if cells[1] in EMPTY_TABLES:
            assert EMPTY_TABLES[cells[1]] == default, key
            continue
        shown = IN_WORDS[cells[1]] if cells[1] in IN_WORDS else tomllib.loads(f"x = {cells[1].strip('`')}")["x"]
        assert shown == default, key


@pytest.mark.parametrize(
    ("heading", "number", "model"),
    [
        ("### regions.toml", 0, RegionEntry),
        ("### regions.toml", 1, PlaceLine),
        ("### topics.toml", 0, TopicEntry),
        ("### topics.toml", 1, WeightedStems),
        ("### surroundings.toml", 0, Surroundings),
        ("### scopes.toml", 0, Scopes),
        ("### wordings.toml", 0, Wordings),
    ],
)
def test_every_key_of_the_vocabulary_is_told(heading: str, number: int, model: type[BaseModel]) -> None:
    assert set(tables(heading)[number]) == set(model.model_fields)


def test_every_environment_variable_is_told_and_is_one() -> None:
    told = {key: cells[2].strip("`") for key, cells in tables("## newscrawler.toml")[0].items()}
    assert told == {key: ENVIRONMENT_PREFIX + key.upper() for key in Config.model_fields}
    values = {"NEWSCRAWLER_CONTACT": "me@a.kz", "NEWSCRAWLER_MAX_TRIES": "7", "NEWSCRAWLER_NEWSROOMS": "a,b"}
    config = load_config(environment=values)
    assert (config.contact, config.max_tries, config.newsrooms) == ("me@a.kz", 7, ("a", "b"))
    assert f"`{ENVIRONMENT_PREFIX}CONFIG`" in PAGE


def test_the_example_of_a_newsroom_file_is_one(tmp_path: Path) -> None:
    (least,) = examples("## A newsroom file")
    (tmp_path / "mine.toml").write_text(least, encoding="utf-8")
    assert read_newsroom(tmp_path / "mine.toml").sources[0].url == "https://newsroom.kz/kk/news"


@pytest.mark.parametrize("name", ["regions", "topics", "surroundings", "scopes", "wordings"])
def test_the_examples_of_the_vocabulary_add_to_it(name: str, tmp_path: Path) -> None:
    (example,) = examples(f"### {name}.toml")
    before = load_vocabulary()
    (tmp_path / f"{name}.toml").write_text(example, encoding="utf-8")
    after = load_vocabulary([tmp_path])
    assert getattr(after, name) != getattr(before, name)
    assert (len(after.regions), len(after.topics)) == (len(before.regions), len(before.topics))


def test_the_fixture_newsroom_is_crawled_as_the_page_says(tmp_path: Path) -> None:
    (config,) = examples("### The fixture newsroom by hand")
    with NewsroomServer(day=1) as server:
        content = config.replace("127.0.0.1:8080", server.address)
        (tmp_path / "newscrawler.toml").write_text(content, encoding="utf-8")
        env = {name: value for name, value in environment().items() if not name.startswith(ENVIRONMENT_PREFIX)}
        ended = command("crawl", "--limit", "3", at=tmp_path, env=env)
    assert ended.status == 0, ended
    with open_store(f"sqlite:///{tmp_path / 'newscrawler.db'}", create=False) as store, store.read() as connection:
        articles: list[Article] = list(iterate_articles(connection))
    assert [article.fetched_at.date().isoformat() for article in articles] == ["2024-05-14"] * 3
