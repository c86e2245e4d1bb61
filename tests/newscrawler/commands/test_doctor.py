"""`newscrawler doctor`: one line a check, and what each is worth."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from newscrawler.store import open_store
from newscrawler.store.runs import begin_run
from tests.conftest import NOW
from tests.verb_calls import Shown

GOOD = """
contact = "you@example.org"
base_url = "https://news.example.org/"
feed_authority = "news.example.org,2024"
newsrooms = ["newsroom_test"]
"""


@pytest.fixture
def doctor(verb: Callable[..., Shown], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Shown]:
    """Calls the verb in a folder whose newscrawler.toml has the given text, on an evening in May 2024."""
    monkeypatch.setenv("NEWSCRAWLER_NOW", NOW.isoformat())

    def call(config: str, *arguments: str) -> Shown:
        (tmp_path / "newscrawler.toml").write_text(config, encoding="utf-8")
        return verb("doctor", *arguments)

    return call


def lines(shown: Shown, level: str) -> list[str]:
    return [line.removeprefix(level).strip() for line in shown.out.splitlines() if line.startswith(level)]


def test_a_good_installation_is_ok_line_by_line(doctor: Callable[..., Shown]) -> None:
    shown = doctor(GOOD)
    assert (shown.status, shown.err, lines(shown, "problem")) == (0, "", [])
    assert [line.partition(":")[0] for line in lines(shown, "ok")] == [
        *("contact", "base_url", "feed_authority", "newsrooms", "vocabulary", "store", "space for the store"),
        *("time zones", "output", "served", "space for the feeds"),
    ]
    # The tests' own clock, and a newsroom whose file is a draft, are told and owe nothing.
    assert {line.partition(":")[0] for line in lines(shown, "warning")} <= {"development", "drafts"}


def test_a_store_is_looked_at(doctor: Callable[..., Shown], tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path / 'newscrawler.db'}") as store, store.write() as connection:
        begin_run(connection, "newsroom_test", "live", NOW)
    shown = doctor(GOOD)
    assert shown.status == 0
    assert {"integrity: nothing is damaged", "locks: none is held"} <= set(lines(shown, "ok"))
    assert any(line.startswith("clock: 2024-05-14T13:00:00+00:00; the last run") for line in lines(shown, "ok"))
    assert doctor(GOOD, "--quiet") == Shown(0, "", "")


def test_what_a_newcomer_has_not_set_is_named_with_what_to_do(doctor: Callable[..., Shown]) -> None:
    shown = doctor("")
    assert shown.status == 2
    assert lines(shown, "problem") == [
        "contact: is not set, so nothing is fetched. Set contact in newscrawler.toml to a mail or web address"
    ]
    named = {line.partition(":")[0] for line in lines(shown, "warning")}
    assert {"base_url", "feed_authority", "newsrooms"} <= named


@pytest.mark.parametrize(
    ("config", "status", "says"),
    [
        (GOOD.replace("news.example.org/", "localhost:8000/"), 3, "base_url: https://localhost:8000/ is this machine"),
        (GOOD.replace("https://news.example.org/", "http://192.168.1.5/"), 3, "base_url: http://192.168.1.5/"),
        (GOOD.replace("news.example.org,", "newscrawler.invalid,"), 3, "feed_authority: newscrawler.invalid,2024 is"),
        (GOOD.replace('"newsroom_test"', ""), 3, "newsrooms: none is enabled"),
        (GOOD.replace("newsroom_test", "newsroom_tets"), 2, "did you mean 'newsroom_test'"),
        (GOOD.replace("newsroom_test", "broken"), 2, "broken.toml is not valid TOML"),
        (GOOD + 'public = "."\n', 2, "served: "),
        (GOOD + 'store = "public/a.db"\n', 2, "served: the store"),
        (GOOD + 'public = "newscrawler.toml/feeds"\n', 4, "output: "),
    ],
)
def test_what_is_wrong_has_its_status(
    config: str, status: int, says: str, doctor: Callable[..., Shown], tmp_path: Path
) -> None:
    (tmp_path / "newsrooms").mkdir()
    (tmp_path / "newsrooms" / "broken.toml").write_text("title = [", encoding="utf-8")
    shown = doctor(config)
    assert shown.status == status, shown.out
    assert sum(says in line for line in lines(shown, "warning") + lines(shown, "problem")) == 1


def test_a_broken_file_of_a_newsroom_that_is_not_enabled_owes_nothing(
    doctor: Callable[..., Shown], tmp_path: Path
) -> None:
    (tmp_path / "newsrooms").mkdir()
    (tmp_path / "newsrooms" / "broken.toml").write_text("title = [", encoding="utf-8")
    shown = doctor(GOOD)
    assert shown.status == 0
    assert any("broken.toml is not valid TOML" in line for line in lines(shown, "warning"))


@pytest.mark.parametrize("name", ["regions.toml", "dates.toml"])
def test_broken_words_are_named(name: str, doctor: Callable[..., Shown], tmp_path: Path) -> None:
    (tmp_path / "vocabulary").mkdir()
    (tmp_path / "vocabulary" / name).write_text("x = [", encoding="utf-8")
    shown = doctor(GOOD)
    assert shown.status == 2
    assert any(f"{name} is not valid TOML" in line for line in lines(shown, "problem"))


def test_a_damaged_store_is_a_problem_that_names_the_way_back(doctor: Callable[..., Shown], tmp_path: Path) -> None:
    (tmp_path / "newscrawler.db").write_bytes(b"no database at all" * 1000)
    shown = doctor(GOOD)
    assert shown.status == 4
    assert any("newscrawler store restore FILE" in line for line in lines(shown, "problem"))


def test_json_has_every_finding(doctor: Callable[..., Shown]) -> None:
    shown = doctor(GOOD.replace("you@example.org", ""), "--json")
    document = json.loads(shown.out)
    assert document["status"] == shown.status == 2
    contact = document["findings"][0]
    assert (contact["subject"], contact["level"], contact["status"]) == ("contact", "problem", 2)
    assert {finding["level"] for finding in document["findings"]} == {"ok", "warning", "problem"}
