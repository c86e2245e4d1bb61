"""`newscrawler newsroom new` as a user calls it, and crawls with the file it writes."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from newscrawler.cli import NEWSROOM_VERBS, load_verb
from newscrawler.newsroom_files import read_newsroom
from newscrawler.store import open_store
from newscrawler.store.articles import iterate_articles
from spiders.commands.newsroom_new import name_of
from spiders.drafting.site import Site
from tests.end_to_end.commands import command, environment
from tests.newsroom.server import NewsroomServer
from tests.newsroom.truth import truth


def addresses_in_store(folder: Path) -> list[str]:
    with open_store(f"sqlite:///{folder / 'newscrawler.db'}", create=False) as store, store.read() as connection:
        return sorted(article.canonical_url for article in iterate_articles(connection))


def test_from_a_live_site_and_a_crawl_with_nothing_else(tmp_path: Path) -> None:
    with NewsroomServer(day=1) as server:
        env = environment(server.address)
        ended = command("newsroom", "new", "https://newsroom.test/", "--name", "drafted", at=tmp_path, env=env)
        asked = [request.target for request in server.requests]
        assert (ended.status, ended.err) == (0, ""), ended
        assert asked[0] == "/robots.txt"
        assert len(asked) == len(set(asked)) <= 18
        assert not [target for target in asked if target.startswith(("/search", "/amp/"))]
        agents = {request.headers["User-Agent"] for request in server.requests}
        assert all("contact: crawler@example.org" in agent for agent in agents)
        crawled = command("crawl", "drafted", at=tmp_path, env=env)
    assert (crawled.status, crawled.err) == (0, ""), crawled
    assert addresses_in_store(tmp_path) == sorted(record["url"] for record in truth(1))
    assert "headline: is sure, found on" in ended.out
    assert "newscrawler newsroom record drafted" in ended.out


def test_from_saved_pages_without_a_request(tmp_path: Path, examples: Path) -> None:
    env = environment() | {"NEWSCRAWLER_CONTACT": ""}
    ended = command("newsroom", "new", examples, "--name", "drafted", "--json", at=tmp_path, env=env)
    assert (ended.status, ended.err) == (0, ""), ended
    told = json.loads(ended.out)
    file = tmp_path / "newsrooms" / "drafted.toml"
    assert Path(told["file"]) == file
    assert file.read_text("utf-8") == told["toml"]
    assert {field["field"] for field in told["fields"] if field["sure"]} >= {"headline", "body", "date_published"}
    crawled = command("crawl", "drafted", "--saved", examples, "--quiet", at=tmp_path, env=env)
    assert (crawled.status, crawled.err) == (0, ""), crawled
    assert addresses_in_store(tmp_path) == sorted(record["url"] for record in truth(1))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty working directory; logging is put back as it was, for a verb takes it over."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NEWSCRAWLER_CONTACT", "crawler@example.org")
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield tmp_path
    root.handlers[:] = handlers
    root.setLevel(level)


def called(*arguments: str | Path) -> int:
    """Calls the verb in this process, which it must leave without asking the network; its exit status."""
    verb = load_verb("new", NEWSROOM_VERBS)
    status: int = verb.main([*map(str, arguments)], prog_name="newscrawler newsroom new", standalone_mode=False)
    return status


class TestWriting:
    @pytest.mark.parametrize("source", ["https://newsroom.test/", "saved"])
    def test_a_file_that_is_there_stays_as_it_is(
        self, here: Path, examples: Path, capsys: pytest.CaptureFixture[str], source: str
    ) -> None:
        file = here / "mine.toml"
        file.write_text("# mine\n")
        assert called(examples if source == "saved" else source, "--to", file) == 2
        told = capsys.readouterr().err
        assert "mine.toml is there already" in told
        assert "--force" in told
        assert file.read_text() == "# mine\n"

    def test_force_writes_over_it(self, here: Path, examples: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = here / "mine.toml"
        file.write_text("# mine\n")
        assert called(examples, "--to", file, "--force") == 0
        assert read_newsroom(file).name == "mine"
        told = capsys.readouterr().out
        assert f"newscrawler crawl {file} --saved {examples} --limit 5" in told
        assert f"newscrawler inspect {examples} --url https://newsroom.test/" in told

    def test_a_dry_run_shows_the_file_and_writes_none(
        self, here: Path, examples: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert called(examples, "--dry-run") == 0
        assert "\n[[sources]]\n" in capsys.readouterr().out
        assert list(here.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nowhere",), "nowhere"),
        (("https://newsroom.test/", "--name", "Not A Name"), "'Not A Name' is no name of a newsroom"),
        (("https://newsroom.test/", "--to", "a.txt"), "no .toml file"),
        (("https://newsroom.test/", "--name", "b", "--to", "a.toml"), "give one of the two"),
    ],
)
def test_what_cannot_be_meant_is_one_line_and_status_2(
    here: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], told: str
) -> None:
    assert called(*arguments) == 2
    shown = capsys.readouterr()
    assert (shown.out, shown.err.count("\n")) == ("", 1)
    assert told in shown.err
    assert list(here.iterdir()) == []


def test_this_machine_is_not_asked(tmp_path: Path) -> None:
    ended = command("newsroom", "new", "http://localhost:9/", at=tmp_path, env=environment())
    assert ended.status == 4
    assert len(ended.err.strip().splitlines()) == 1
    assert "a loopback, private or special address" in ended.err
    assert not list(tmp_path.rglob("*.toml"))


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.zakon.kz/", "zakon_kz"),
        ("https://kaz.nur.kz/", "nur_kz"),
        ("https://24.kz/ru/", "n24_kz"),
        ("https://anatili.kazgazeta.kz/", "anatili_kazgazeta_kz"),
    ],
)
def test_a_name_is_made_of_the_host(url: str, name: str) -> None:
    assert name_of(Site(url)) == name
    assert urlsplit(url).hostname in Site(url).hosts
