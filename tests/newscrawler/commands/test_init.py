"""What `newscrawler init` writes, and what it refuses to write."""

from __future__ import annotations

import json
import logging
import re
import resource
import tomllib
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.cli import load_verb
from newscrawler.commands.init import configuration_text
from newscrawler.config import CONFIG_NAME, Config, load_config
from newscrawler.errors import ConfigError, NewscrawlerError, NewsroomError, NewsroomNotFound, UsageError


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty working directory; logging is put back as it was, for a verb takes it over."""
    working = tmp_path / "working"
    working.mkdir()
    monkeypatch.chdir(working)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield working
    root.handlers[:] = handlers
    root.setLevel(level)


def init(*arguments: str | Path) -> int:
    """Calls the verb as the command line does; its exit status."""
    status: int = load_verb("init").main([*map(str, arguments)], prog_name="newscrawler init", standalone_mode=False)
    return status


def read(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / CONFIG_NAME).read_text(encoding="utf-8"))


def refused(*arguments: str | Path, error: type[NewscrawlerError] = ConfigError) -> str:
    with pytest.raises(error) as raised:
        init(*arguments)
    assert raised.value.exit_status == 2
    return str(raised.value)


def test_without_options_the_file_holds_the_defaults(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert init() == 0
    config = load_config(environment={})
    values = config.model_dump(exclude={"feed_authority", "public"})
    assert values == Config().model_dump(exclude={"feed_authority", "public"})
    assert config.public == here / "public"
    assert config.feed_authority.startswith("newscrawler.invalid,")
    assert capsys.readouterr().out.splitlines() == [
        "Wrote newscrawler.toml and scrapy.cfg.",
        f"Set contact and newsrooms in newscrawler.toml, then run 'newscrawler run' in {here}.",
    ]


def test_what_is_given_stands_in_the_file(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = ("--newsroom", "newsroom_kz", "--newsroom", "newsroom_test")
    places = ("--store", "data/news.db", "--public", "../feeds")
    assert init(*names, *places, "--contact", "me@example.org", "--base-url", "https://news.example.org/feeds") == 0
    values = read(here)
    assert (values["contact"], values["newsrooms"]) == ("me@example.org", ["newsroom_kz", "newsroom_test"])
    assert values["base_url"].rstrip("/") == "https://news.example.org/feeds"
    assert values["feed_authority"].startswith("news.example.org,")
    config = load_config(environment={})
    assert config.store_url() == f"sqlite:///{here / 'data' / 'news.db'}"
    assert config.public == here.parent / "feeds"
    assert capsys.readouterr().out.splitlines()[-1] == f"Next: run 'newscrawler run' in {here}."


def test_paths_that_are_given_are_relative_to_the_working_directory_whatever_the_folder(here: Path) -> None:
    assert init("site", "--store", "site/news.db", "--public", "feeds") == 0
    assert read(here / "site")["store"] == "news.db"
    config = load_config(here / "site" / CONFIG_NAME, {})
    assert config.store_url() == f"sqlite:///{here / 'site' / 'news.db'}"
    assert config.public == here / "feeds"


@pytest.mark.parametrize("store", ["postgresql://news@db/news", "sqlite:////srv/news.db"])
def test_a_store_address_stands_in_the_file_as_it_is(store: str, here: Path) -> None:
    assert init("--store", store) == 0
    assert load_config(environment={}).store_url() == store


def test_a_scrapy_project_is_made_and_one_that_is_there_is_left_alone(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert init("new") == 0
    project = ConfigParser()
    project.read(here / "new" / "scrapy.cfg", encoding="utf-8")
    assert project["settings"]["default"] == "newscrawler.settings"
    (here / "scrapy.cfg").write_text("[settings]\ndefault = mine.settings\n")
    capsys.readouterr()
    assert init() == 0
    assert (here / "scrapy.cfg").read_text() == "[settings]\ndefault = mine.settings\n"
    assert capsys.readouterr().out.startswith("Wrote newscrawler.toml.\n")


def test_the_answer_for_machines(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert init("a", "--json", "--newsroom", "newsroom_kz") == 0
    assert json.loads(capsys.readouterr().out) == {"config": "a/newscrawler.toml", "to_set": ["contact"]}
    assert init("b", "--quiet") == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--base-url", "nonsense"), "--base-url: 'nonsense' is not an absolute http or https address"),
        (("--base-url", "http://["), "--base-url: 'http://[' is not an absolute http or https address"),
        (("--base-url", ""), "--base-url: '' is not an absolute http or https address"),
        (("--base-url", "https://a.kz/a b"), "--base-url: 'https://a.kz/a b' holds ' '"),
        (("--contact", "a\\q"), "--contact: 'a\\\\q' is neither a mail nor a web address"),
        (("--contact", "me@a.kz\nentries = 1"), "--contact: 'me@a.kz\\nentries = 1' is neither"),
        (("--contact", '"'), "--contact: '\"' is neither"),
        (("--store", ""), "--store: is empty"),
        (("--store", "postgresql:/x"), "--store: is no file and no whole URL"),
        (("--public", ""), "--public: is empty"),
    ],
)
def test_what_newscrawler_would_refuse_is_not_written(arguments: tuple[str, ...], said: str, here: Path) -> None:
    assert refused("site", *arguments).startswith(said)
    assert list(here.iterdir()) == []


def test_unknown_and_broken_newsrooms_are_not_written(here: Path) -> None:
    assert "did you mean 'newsroom_kz'" in refused("--newsroom", "newsrom_kz", error=NewsroomNotFound)
    (here / "site" / "newsrooms").mkdir(parents=True)
    (here / "site" / "newsrooms" / "mine.toml").write_text("title = ")
    assert "mine.toml is not valid TOML" in refused("site", "--newsroom", "mine", error=NewsroomError)
    draft = refused("site", "--newsroom", "drafts/mine.toml", error=UsageError)
    assert draft.startswith("--newsroom: 'drafts/mine.toml' is a file. Put it into ")
    assert not (here / "site" / CONFIG_NAME).exists()


def test_a_broken_configuration_here_is_no_hindrance_elsewhere(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / CONFIG_NAME).write_text("contct = ")
    monkeypatch.setenv("NEWSCRAWLER_CONFIG", str(here / CONFIG_NAME))
    monkeypatch.setenv("NEWSCRAWLER_STORE", "")
    assert init("../other") == 0
    assert load_config(here.parent / "other" / CONFIG_NAME, {}).folder == here.parent / "other"


def test_nothing_that_is_there_is_overwritten(here: Path) -> None:
    (here / CONFIG_NAME).write_text("# mine\n")
    assert refused(error=UsageError) == "newscrawler.toml is there already. Edit it, or remove it first"
    assert [(file.name, file.read_text()) for file in here.iterdir()] == [(CONFIG_NAME, "# mine\n")]


def test_a_target_that_cannot_be_a_folder_is_named(here: Path) -> None:
    (here / "a").write_text("")
    assert refused("a", error=UsageError) == "a is a file. Give a folder"
    assert refused("a/b", error=UsageError).startswith("cannot write a/b/newscrawler.toml (NotADirectoryError")


def test_a_full_disk_leaves_no_half_file(here: Path) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
    try:
        told = refused(error=UsageError)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert told.startswith("cannot write newscrawler.toml (OSError: [Errno 27] File too large)")
    assert list(here.iterdir()) == []


@pytest.mark.parametrize(
    ("base_url", "authority"),
    [
        ("https://news.example.org/feeds", "news.example.org,2031"),
        ("https://NEWS.example.org:8443/", "news.example.org,2031"),
        ("https://жаңалық.қаз/", "xn--80aaqw4fuxvb.xn--80ao21a,2031"),
        ("http://localhost:8000/", "newscrawler.invalid,2031"),
        ("http://192.0.2.7/", "newscrawler.invalid,2031"),
        ("http://[2001:db8::7]/", "newscrawler.invalid,2031"),
        ("http://my_host.example/", "newscrawler.invalid,2031"),
    ],
)
def test_the_authority_is_the_domain_of_the_base_address_in_its_ascii_form(base_url: str, authority: str) -> None:
    values = tomllib.loads(configuration_text(Config(base_url=base_url), year=2031))
    assert values["feed_authority"] == authority
    assert Config(**{**values, "newsrooms": tuple(values["newsrooms"])}).base_url == Config(base_url=base_url).base_url


def test_the_newsrooms_that_there_are_are_named_on_lines_that_fit() -> None:
    text = configuration_text(Config(), year=2031)
    known = "egemen_kz, inform_kz, newsroom_kz, newsroom_test, nur_kz, tengrinews, zakon_kz"
    assert f"# The newsrooms to crawl. There are: {known}." in text
    assert max(map(len, text.splitlines())) <= 120


# Keys that the file does not show, and why.
NOT_SHOWN = {
    "allow_addresses": "only a site in a network of one's own needs it, and it opens what the guard keeps shut",
    "now": "for development",
    "resolve": "for development",
    "delay_scale": "for development",
}
NO_DEFAULT = {"min_interval"}


def shown_defaults() -> dict[str, Any]:
    """What the commented lines of the file say when their first # is taken away."""
    lines = configuration_text(Config(), year=2031).splitlines()
    told = [line for line in lines if re.match(r"# [a-z_]+ = ", line)]
    assert all(re.search(r"   # \S.{9,}", line) for line in told), "each says what it means"
    return tomllib.loads("\n".join(line.removeprefix("# ") for line in told))


def test_every_key_stands_in_the_file_or_there_is_a_reason_why_not() -> None:
    set_there = tomllib.loads(configuration_text(Config(), year=2031)).keys()
    commented = shown_defaults().keys()
    assert set_there & commented == set()
    assert set_there | commented | NOT_SHOWN.keys() == Config.model_fields.keys()
    assert NOT_SHOWN.keys() & (set_there | commented) == set()


def test_what_is_commented_out_is_the_default() -> None:
    shown = shown_defaults()
    real = Config().model_dump(mode="json")
    assert {key: value for key, value in shown.items() if key not in NO_DEFAULT} == {
        key: real[key] for key in shown.keys() - NO_DEFAULT
    }
    assert [real[key] for key in NO_DEFAULT] == [None]
    # With the # taken away it is a configuration, examples and all.
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in shown.items()}
    assert Config(**values).model_dump(exclude=NO_DEFAULT) == Config().model_dump(exclude=NO_DEFAULT)


TEXTS = st.text(max_size=20) | st.text("a\\\"'\n\r\t\b#{}[]", max_size=20)


@given(store=TEXTS, title=TEXTS, names=st.lists(TEXTS, max_size=2))
def test_any_text_is_read_back_as_it_was(store: str, title: str, names: list[str]) -> None:
    config = Config(store=f"a{store}", title=f"a{title}", newsrooms=tuple(names), public=Path(f"a{store}"))
    values = tomllib.loads(configuration_text(config, year=2031))
    assert (values["store"], values["title"], values["public"]) == (config.store, config.title, str(config.public))
    assert tuple(values["newsrooms"]) == config.newsrooms
