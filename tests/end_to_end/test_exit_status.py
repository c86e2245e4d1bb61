"""Every end of a command: its exit status, its one clear line, and what was good before stays."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

import spiders
from newscrawler.article import Article
from newscrawler.store import open_store
from newscrawler.store.locks import StoreLock
from tests.conftest import NOW
from tests.end_to_end.commands import Ended, command, environment
from tests.newsroom.server import NewsroomServer

NEWSROOM = """
title = "A"
site = "https://a.test/"
hosts = ["a.test"]
languages = ["kk"]
[[sources]]
kind = "listing"
url = "https://a.test/"
"""


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file below a folder with its mtime and bytes."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    return {str(file): (file.stat().st_mtime_ns, file.read_bytes()) for file in files}


def run_saved(folder: Path, examples: Path, *more: str, **env: str) -> Ended:
    return command("run", "newsroom_test", "--saved", examples, *more, at=folder, env=environment() | env)


def test_run_crawls_publishes_and_says_what_it_did(tmp_path: Path, examples: Path) -> None:
    ended = run_saved(tmp_path, examples)
    assert (ended.status, ended.err) == (0, "")
    assert "newsroom_test: new 69, changed 0" in ended.out
    assert "index.html" in ended.out
    assert (tmp_path / "public" / "kk" / "turkistan" / "all.rss").is_file()


def test_a_second_run_rewrites_nothing(tmp_path: Path, examples: Path) -> None:
    run_saved(tmp_path, examples)
    before = snapshot(tmp_path / "public")
    ended = run_saved(tmp_path, examples)
    assert (ended.status, ended.err) == (0, "")
    assert "Nothing changed" in ended.out
    assert snapshot(tmp_path / "public") == before


def test_quiet_prints_nothing_when_all_is_well_and_everything_when_not(tmp_path: Path, examples: Path) -> None:
    assert run_saved(tmp_path, examples, "--quiet") == Ended(0, "", "")
    failed = command("crawl", "nonsense", "--quiet", at=tmp_path, env=environment())
    assert (failed.status, failed.out) == (2, "")
    assert "no newsroom is called 'nonsense'" in failed.err


def test_json_is_one_document_on_standard_output(tmp_path: Path, examples: Path) -> None:
    ended = run_saved(tmp_path, examples, "--json")
    document = json.loads(ended.out)
    assert document["newsrooms"][0]["counts"]["new"] == 69
    assert document["publication"]["written"] > 100
    status = json.loads(command("status", "--json", at=tmp_path, env=environment()).out)
    (newsroom,) = status["newsrooms"]
    assert newsroom["articles"] == {"live": 69, "withdrawn": 0, "undated": 0}
    assert {item["what"] for item in status["attention"]} == {"no article"}


def test_piped_output_is_plain_lines(tmp_path: Path, examples: Path) -> None:
    ended = run_saved(tmp_path, examples, NO_COLOR="1")
    assert ended.out.isascii()
    assert "\x1b" not in ended.out


@pytest.mark.parametrize(
    ("arguments", "config", "says"),
    [
        (["crawl", "newsroom_tets"], "", "did you mean 'newsroom_test'"),
        (["crawl"], "", "no newsroom is enabled"),
        (["crawl", "newsroom_kz"], 'contact = ""', "contact"),
        (["status"], "newsroms = []", "did you mean 'newsrooms'"),
        (["status"], "newsrooms = [", "not valid TOML"),
        (["status"], 'newsrooms = "a"', "newsrooms"),
        (["status"], 'resolve = {"newsroom.test" = "127.0.0.1:80"}', "allow_addresses"),
        (["status", "--config", "none.toml"], "", "cannot read none.toml"),
        (["crawl", "newsroom_test", "--saved", "none"], "", "no folder or file none"),
        (["crawl", "newsroom_test", "--saved", "."], "", "holds no page of newsroom_test"),
        (["crawl", "newsroom_test", "--saved", ".", "--record", "x.warc"], "", "recorded again"),
        (["crawl", "newsroom_test", "--since", "yesterday"], "", "not a date"),
        (["crawl", "newsroom_test", "--limit", "0"], "", "--limit"),
        (["inspect", "none.html"], "", "cannot read none.html"),
        (["tag", "none.jsonl"], "", "cannot read none.jsonl"),
        (["init", "--base-url", "nonsense"], "", "--base-url"),
        (["nonsense"], "", "No such command"),
    ],
)
def test_wrong_usage_is_one_clear_line(arguments: list[str], config: str, says: str, tmp_path: Path) -> None:
    env = environment() | {"COLUMNS": "200"}
    if config:
        (tmp_path / "newscrawler.toml").write_text(config, encoding="utf-8")
        if "contact" in config:
            del env["NEWSCRAWLER_CONTACT"]
    ended = command(*arguments, at=tmp_path, env=env)
    assert ended.status == 2, ended
    assert says in ended.err
    assert "Traceback" not in ended.err


def test_an_unknown_environment_variable_is_named(tmp_path: Path) -> None:
    ended = command("status", at=tmp_path, env=environment() | {"NEWSCRAWLER_STOR": "x.db"})
    assert ended.status == 2
    assert "NEWSCRAWLER_STOR" in ended.err
    assert "NEWSCRAWLER_STORE" in ended.err


def test_one_broken_newsroom_file_is_not_the_end_of_the_others(tmp_path: Path, examples: Path) -> None:
    (tmp_path / "newsrooms").mkdir()
    (tmp_path / "newsrooms" / "broken.toml").write_text("title = [", encoding="utf-8")
    names = ["crawl", "broken", "newsroom_test", "--saved", str(examples)]
    ended = command(*names, at=tmp_path, env=environment())
    assert ended.status == 3
    assert "newsroom_test: new 69" in ended.out
    assert ended.err.count("broken.toml is not valid TOML") == 1
    alone = command("crawl", "broken", at=tmp_path, env=environment())
    assert alone.status == 2


def test_a_newsroom_whose_file_breaks_is_published_as_before_and_owed(tmp_path: Path, examples: Path) -> None:
    folder = tmp_path / "newsrooms"
    folder.mkdir()
    shipped = Path(spiders.__file__).parent / "newsrooms" / "newsroom_test.toml"
    modest = shipped.read_text(encoding="utf-8").replace('content = "full"', 'content = "headline"')
    (folder / "newsroom_test.toml").write_text(modest, encoding="utf-8")
    assert run_saved(tmp_path, examples).status == 0
    before = snapshot(tmp_path / "public")
    (folder / "newsroom_test.toml").write_text(modest.replace("]", "", 1), encoding="utf-8")
    for every in ([], ["--all"]):
        ended = command("publish", *every, at=tmp_path, env=environment())
        assert ended.status == 3
        assert "published as before" in ended.err
        assert "newsroom_test.toml" in ended.err
        assert snapshot(tmp_path / "public") == before


def test_a_site_that_does_not_answer_leaves_nothing_done(tmp_path: Path, newsroom_server: NewsroomServer) -> None:
    env = environment(newsroom_server.address)
    newsroom_server.__exit__(None, None, None)
    ended = command("crawl", "newsroom_test", at=tmp_path, env=env)
    assert ended.status == 4
    assert "robots.txt could not be read" in ended.err
    again = command("status", at=tmp_path, env=env)
    assert again.status == 0
    assert "source failed" in again.out


def test_a_source_that_fails_is_owed(tmp_path: Path, newsroom_server: NewsroomServer) -> None:
    (tmp_path / "newsrooms").mkdir()
    source = '[[sources]]\nkind = "feed"\nurl = "https://newsroom.test/{}"\n'
    shared = 'title = "N"\nsite = "https://newsroom.test/"\nhosts = ["newsroom.test"]\nlanguages = ["kk"]\n'
    articles = '[articles]\ninclude = ["^/kk/news/[0-9]"]\n'
    file = tmp_path / "newsrooms" / "mine.toml"
    file.write_text(shared + source.format("rss/kk.xml") + source.format("rss/none.xml") + articles, encoding="utf-8")
    ended = command("crawl", "mine", at=tmp_path, env=environment(newsroom_server.address))
    assert ended.status == 3
    assert "rss/none.xml: status 404" in ended.err
    assert "sources failed 1" in ended.out


def test_the_second_of_two_runs_says_who_holds_the_lock(tmp_path: Path, examples: Path) -> None:
    run_saved(tmp_path, examples)
    before = snapshot(tmp_path / "public")
    with open_store(f"sqlite:///{tmp_path / 'newscrawler.db'}") as store, StoreLock(store, "newsroom_test", NOW):
        ended = run_saved(tmp_path, examples)
    assert ended.status == 75
    assert f"process {os.getpid()}" in ended.err
    assert "2024-05-14T13:00:00" in ended.err
    assert snapshot(tmp_path / "public") == before


def test_a_store_of_a_newer_version_is_refused_and_the_feeds_stay(tmp_path: Path, examples: Path) -> None:
    run_saved(tmp_path, examples)
    before = snapshot(tmp_path / "public")
    with open_store(f"sqlite:///{tmp_path / 'newscrawler.db'}") as store, store.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    ended = run_saved(tmp_path, examples)
    assert ended.status == 4
    assert "newer newscrawler" in ended.out + ended.err
    assert snapshot(tmp_path / "public") == before


@pytest.mark.parametrize("spoiled", ["header", "middle"])
def test_a_damaged_store_is_refused_names_the_way_back_and_the_feeds_stay(
    spoiled: str, tmp_path: Path, examples: Path
) -> None:
    run_saved(tmp_path, examples)
    before = snapshot(tmp_path / "public")
    file = tmp_path / "newscrawler.db"
    with file.open("r+b") as content:
        content.seek(0 if spoiled == "header" else file.stat().st_size // 4)
        content.write(b"\xff" * (file.stat().st_size // 2))
    ended = run_saved(tmp_path, examples)
    assert ended.status == 4, ended
    assert "newscrawler store restore FILE" in ended.err
    assert "Traceback" not in ended.err
    assert snapshot(tmp_path / "public") == before


@pytest.mark.parametrize(("name", "status"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_signals_end_a_crawl_cleanly_and_the_next_goes_on(
    name: str, status: int, tmp_path: Path, examples: Path, stored: Callable[[Path], list[Article]]
) -> None:
    program = f"""
import os, signal, sys
from newscrawler.project import use_project
use_project()
import spiders.newsroom_spider as place
inner, read = place.read_article, []
def wrapped(*args):
    read.append(args)
    if len(read) == 5:
        os.kill(os.getpid(), signal.{name})
    return inner(*args)
place.read_article = wrapped
sys.argv = ["newscrawler", "run", "newsroom_test", "--saved", {str(examples)!r}]
from newscrawler.cli import main
main()
"""
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment(), capture_output=True, text=True, timeout=60
    )
    assert ended.returncode == status, ended
    assert "Traceback" not in ended.stderr
    assert 0 < len(stored(tmp_path)) < 69
    assert run_saved(tmp_path, examples).status == 0
    assert len(stored(tmp_path)) == 69


def test_limit_takes_so_many_pages_and_owes_nothing(
    tmp_path: Path, examples: Path, stored: Callable[[Path], list[Article]]
) -> None:
    ended = command("crawl", "newsroom_test", "--saved", examples, "--limit", "7", at=tmp_path, env=environment())
    assert ended.status == 0
    assert len(stored(tmp_path)) == 7


def test_since_leaves_out_what_is_known_to_be_older(
    tmp_path: Path, newsroom_server: NewsroomServer, stored: Callable[[Path], list[Article]]
) -> None:
    env = environment(newsroom_server.address)
    assert command("crawl", "newsroom_test", "--since", "2024-05-13", at=tmp_path, env=env).status == 0
    published = [article.date_published for article in stored(tmp_path)]
    assert published
    assert len(published) < 60
    assert command("crawl", "newsroom_test", at=tmp_path, env=env).status == 0
    assert len(stored(tmp_path)) == 69


def test_a_loopback_address_that_is_not_named_is_never_asked(tmp_path: Path) -> None:
    with NewsroomServer(day=1) as canary:
        (tmp_path / "newsrooms").mkdir()
        file = tmp_path / "newsrooms" / "mine.toml"
        file.write_text(NEWSROOM.replace("https://a.test/", f"http://{canary.address}/").replace("a.test", "127.0.0.1"))
        ended = command("crawl", "mine", at=tmp_path, env=environment())
        assert ended.status == 4
        assert canary.requests == []
        refused = command("inspect", f"http://{canary.address}/", at=tmp_path, env=environment())
        assert refused.status != 0
        assert canary.requests == []
        allowed = ["crawl", "mine", "--allow-address", canary.address]
        command(*allowed, at=tmp_path, env=environment() | {"NEWSCRAWLER_DELAY_SCALE": "0"})
        assert canary.requests != []


@pytest.mark.parametrize("names", [("newsroom_kz", "newsroom_test"), ("newsroom_test", "newsroom_kz")])
def test_a_newsroom_that_cannot_start_does_not_take_the_others_with_it(
    names: tuple[str, str], tmp_path: Path, examples: Path
) -> None:
    ended = command("run", *names, "--saved", examples, at=tmp_path, env=environment())
    assert ended.status == 3
    assert "newsroom_test: new 69" in ended.out
    assert ended.err.count("holds no page of newsroom_kz") == 1
    assert "RuntimeError" not in ended.err


def test_nothing_is_published_after_a_wrong_call(tmp_path: Path) -> None:
    ended = command("run", "newsroom_test", "--saved", "none", at=tmp_path, env=environment())
    assert ended.status == 2
    assert "index.html" not in ended.out
    assert not (tmp_path / "public").exists()


def test_saved_files_that_cannot_be_read_are_owed_and_named(tmp_path: Path, examples: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    page = next(examples.glob("Almaty metrosy*"))
    (folder / page.name).write_bytes(page.read_bytes())
    (folder / "damaged.html").write_bytes(b"\x1f\x8b damaged")
    (folder / "notes.html").write_text("no page at all")
    ended = command("crawl", "newsroom_test", "--saved", folder, at=tmp_path, env=environment())
    assert "new 1" in ended.out
    assert "damaged.html" in ended.err
    assert "notes.html: no HTML" in ended.err
    assert "newsroom_test: saved pages 1 (SingleFile 1), not placed 2\n" in ended.out
