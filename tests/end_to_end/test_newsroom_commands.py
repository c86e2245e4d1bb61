"""`newscrawler newsroom record` and `check` on the fixture newsroom, as a user calls them."""

from __future__ import annotations

import io
import json
import logging
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from newscrawler.cli import NEWSROOM_VERBS, load_verb
from newscrawler.project import project_folder
from spiders.recordings.checked import Checked, CheckedNewsroom, CheckedRecording
from spiders.recordings.differences import differences
from spiders.recordings.expectation import Expectation
from spiders.recordings.recording import Recording, keep_recording
from tests.end_to_end.commands import TIMES, Ended, command, environment
from tests.newsroom.server import NewsroomServer
from tests.newsroom.truth import truth

NAME = "newsroom_test"
OFFLINE = environment()
PAGES = 6
METRO = "https://newsroom.test/kk/news/52001-almaty-metrosy-sauirde-zholaushy-sany-osti"
OWN_FILE = project_folder() / "spiders" / "newsrooms" / f"{NAME}.toml"


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a recording of the fixture newsroom, made over loopback."""
    folder = tmp_path_factory.mktemp("recorded")
    with NewsroomServer(day=1) as server:
        ended = command("newsroom", "record", NAME, "--pages", str(PAGES), at=folder, env=environment(server.address))
        asked = [request.target for request in server.requests]
    assert (ended.status, ended.err) == (0, "")
    assert f"{NAME}: {PAGES} articles recorded in recordings/{NAME}/2024-05-14" in ended.out
    assert asked[0] == "/robots.txt"
    assert len(asked) == len(set(asked))
    assert "/kk/news/?page=2" in asked
    assert "/kk/news/?page=3" not in asked
    assert sum(target.startswith("/sitemaps/") for target in asked) == 2
    return folder


@pytest.fixture
def folder(recorded: Path, tmp_path: Path) -> Path:
    """A folder of one's own with the recording."""
    return shutil.copytree(recorded, tmp_path / "own")


def recording(folder: Path) -> Recording:
    return Recording(NAME, folder / "recordings" / NAME / "2024-05-14")


def files(folder: Path) -> set[str]:
    return {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}


def mended(folder: Path, change: Callable[[list[dict[str, Any]]], None]) -> None:
    """Changes the expected articles by hand."""
    file = recording(folder).folder / "articles.json"
    document = json.loads(file.read_text(encoding="utf-8"))
    change(document["articles"])
    file.write_text(json.dumps(document, ensure_ascii=False, indent=2), encoding="utf-8")


def check(*arguments: str, at: Path) -> Ended:
    return command("newsroom", "check", *arguments, at=at, env=OFFLINE)


def test_a_recording_holds_pages_and_articles_and_nothing_else_is_written(recorded: Path) -> None:
    kept = f"recordings/{NAME}/2024-05-14"
    assert files(recorded) == {f"{kept}/pages.warc.gz", f"{kept}/articles.json"}
    expectation = recording(recorded).expectation()
    assert expectation.recorded_at.isoformat() == TIMES[1]
    assert set(expectation.sources.values()) != {0}
    truths = {record["url"]: record for record in truth(1)}
    for article in expectation.articles:
        record = truths[article["canonical_url"]]
        assert article["headline"] == record["headline"]
        assert article["date_published"] == record["published"]
        assert article["body"][0] == record["paragraphs"][0].replace("\xa0", " ")


def test_what_was_recorded_comes_out_again(folder: Path) -> None:
    again = recording(folder).folder
    shutil.copytree(again, again.with_name("2024-05-14-2"))
    before = files(folder)
    ended = check("--json", at=folder)
    assert (ended.status, ended.err) == (0, "")
    (found,) = json.loads(ended.out)["newsrooms"]
    assert [one["recording"] for one in found["recordings"]] == [str(again), f"{again}-2"]
    assert all(not one["differences"] and not one["not_saved"] for one in found["recordings"])
    assert found["unmatched_selectors"] == []
    assert files(folder) == before


def test_what_changed_is_named(folder: Path) -> None:
    own = folder / "newsrooms" / f"{NAME}.toml"
    own.parent.mkdir()
    text = OWN_FILE.read_text(encoding="utf-8").replace('"li.item"', '"li.gone"')
    feed = '[[sources]]\nkind = "feed"\nurl = "https://newsroom.test/rss/new.xml"\n'
    selectors = '[selectors]\nheadline = ["h1.none"]\nbody = ["article", "main"]\n'
    own.write_text(f"{text}\n{feed}\n{selectors}", encoding="utf-8")
    broken = Recording("newsroom_kz", folder / "recordings" / "newsroom_kz" / "2024-01-01")
    broken.folder.mkdir(parents=True)
    (broken.folder / "articles.json").write_text("{", encoding="utf-8")
    (folder / "recordings" / "no_such" / "2024-01-01").mkdir(parents=True)
    expected = recording(folder).expectation().articles

    def change(articles: list[dict[str, Any]]) -> None:
        articles[0]["headline"] = "Басқа тақырып"
        del articles[1]["date_published"]
        articles[2] |= {"url": "https://newsroom.test/about", "canonical_url": "https://newsroom.test/about"}
        articles[3]["body"] = ["Қысқа."]

    mended(folder, change)
    ended = check(at=folder)
    assert ended.status == 3
    lines = ended.out.splitlines()
    assert f"{NAME} 2024-05-14: {PAGES} articles expected, {PAGES} found" in lines
    assert "      - Басқа тақырып" in lines
    assert f"      + {expected[0]['headline']}" in lines
    assert f"      + {expected[1]['date_published']}" in lines
    assert "  missing: https://newsroom.test/about (by [articles] this is no article's address)" in lines
    assert f"  unexpected: {expected[2]['url']} ({expected[2]['headline']})" in lines
    assert f"  looks wrong: {expected[1]['url']}: there is no date of publication" in lines
    assert f"  looks wrong: {expected[3]['url']}: the body is shorter than the lead" in lines
    assert any("not in the recording: https://newsroom.test/rss/new.xml" in line for line in lines)
    listing = "https://newsroom.test/kk/news/?page=1"
    assert f"{NAME}: source {listing}: item 'li.gone' matches nothing on any recorded page, such as {listing}" in lines
    assert any(line.startswith(f"{NAME}: selectors: headline 'h1.none' matches nothing on any") for line in lines)
    assert any(line.startswith(f"newsroom_kz 2024-01-01: {broken.folder / 'articles.json'}") for line in lines)
    assert any("no newsroom is called 'no_such'" in line for line in lines)
    assert "\x1b" not in ended.out


def test_what_came_out_is_accepted(folder: Path) -> None:
    before = recording(folder).expectation()
    mended(folder, lambda articles: articles[0].update(headline="Басқа тақырып"))
    assert recording(folder).expectation() != before
    ended = check(NAME, "--accept", "--yes", at=folder)
    assert ended.status == 0
    assert "      - Басқа тақырып" in ended.out.splitlines()
    assert f"{NAME} 2024-05-14: written" in ended.out.splitlines()
    assert recording(folder).expectation() == before
    assert files(folder) == {f"recordings/{NAME}/2024-05-14/{name}" for name in ("articles.json", "pages.warc.gz")}


@pytest.mark.parametrize(("signal", "status"), [("SIGINT", 130), ("SIGKILL", -9)])
def test_an_interrupted_recording_leaves_nothing(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, examples: Path, signal: str, status: int
) -> None:
    patch = f"""
import os, signal
from newscrawler.project import use_project
use_project()
from spiders.recordings.observed_spider import ObservedSpider
sent = []
def killed(self, response, address):
    # Once: a second signal ends the process at once, whatever it leaves.
    sent or os.kill(os.getpid(), signal.{signal})
    sent.append(True)
    return []
ObservedSpider.parse_page = killed
"""
    arguments = ("newsroom", "record", NAME, "--saved", examples, "--pages", "3")
    scratch = tmp_path_factory.mktemp("scratch")
    env = {**OFFLINE, "TMPDIR": str(scratch)}
    ended = command(*arguments, at=tmp_path, env=env, patch=patch)
    assert ended.status == status
    assert list(tmp_path.iterdir()) == []
    # What is killed cannot clean up after itself in the folder for temporary files: the next recording does.
    left = [folder.name[: len(f"newscrawler-record-{NAME}-")] for folder in scratch.iterdir()]
    assert left == ([f"newscrawler-record-{NAME}-"] if status < 0 else [])
    ended = command("newsroom", "record", NAME, "--saved", tmp_path, at=tmp_path, env=env)
    assert ended.status == 2
    assert list(scratch.iterdir()) == []


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty working directory; logging is put back as it was, for a verb takes it over."""
    monkeypatch.chdir(tmp_path)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield tmp_path
    root.handlers[:] = handlers
    root.setLevel(level)


def called(verb: str, *arguments: str) -> int:
    """Calls the verb in this process, which it must leave without a crawl; its exit status."""
    loaded = load_verb(verb, NEWSROOM_VERBS)
    status: int = loaded.main(list(arguments), prog_name=f"newscrawler newsroom {verb}", standalone_mode=False)
    return status


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("check",), "there is no recording in"),
        (("check", "newsroom_kz"), "newscrawler newsroom record newsroom_kz"),
        (("check", "newsroom_tset"), "did you mean 'newsroom_test'"),
        (("check", "--accept"), "add --yes"),
        (("record", "newsroom_tset"), "did you mean 'newsroom_test'"),
        (("record", "newsroom_kz"), "no contact address is set"),
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


class Person(io.StringIO):
    """A person at a terminal who answers."""

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        return True


@pytest.mark.parametrize(("answer", "status"), [("n", 3), ("y", 0)])
def test_a_person_is_asked_whether_to_accept(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], answer: str, status: int
) -> None:
    moment = datetime.fromisoformat(TIMES[1])
    before, after = (
        Expectation(newsroom=NAME, recorded_at=moment, articles=[{"url": METRO, "headline": headline}])
        for headline in ("Ескі", "Жаңа")
    )
    (here / "pages").touch()
    kept = keep_recording(here, NAME, moment.date(), here / "pages", before)
    found = CheckedRecording(
        recording=kept, expected=before, got=after, differences=differences(before, after, lambda _: "")
    )
    checked = Checked(newsrooms=[CheckedNewsroom(newsroom=NAME, recordings=[found])])
    monkeypatch.setattr("spiders.commands.newsroom_check.check_recordings", lambda *_: checked)
    monkeypatch.setattr(sys, "stdin", Person(f"{answer}\n"))
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert called("check", NAME, "--accept") == status
    shown = capsys.readouterr().out
    assert "\x1b[31m      - Ескі\x1b[0m" in shown
    assert "\x1b[32m      + Жаңа\x1b[0m" in shown
    assert "Expect this of newsroom_test 2024-05-14 from now on?" in shown
    assert kept.expectation() == (before if status else after)
