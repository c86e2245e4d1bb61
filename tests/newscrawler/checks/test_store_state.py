"""What `doctor` says of the store, its locks, the clock and the disk."""

from __future__ import annotations

import json
import os
import shutil
import socket
from collections import namedtuple
from datetime import timedelta
from pathlib import Path

import pytest

from newscrawler.checks.finding import Finding, Level
from newscrawler.checks.store_state import check_space, check_store
from newscrawler.config import Config
from newscrawler.store import Store, open_store
from newscrawler.store.articles import save_article
from newscrawler.store.locks import StoreLock
from newscrawler.store.runs import begin_run
from tests.conftest import NOW, an_article

Usage = namedtuple("Usage", "total used free")  # noqa: PYI024


def found(store_url: str, subject: str, now: timedelta = timedelta(0)) -> list[Finding]:
    findings = check_store(Config(store=store_url), NOW + now)
    return [finding for finding in findings if finding.subject == subject]


@pytest.mark.parametrize(
    ("since", "level", "status", "says"),
    [
        (timedelta(minutes=10), Level.OK, 0, "10m ago"),
        (timedelta(minutes=-4), Level.OK, 0, "0s ago"),
        (timedelta(hours=-2), Level.PROBLEM, 4, "2h before the last run"),
        (timedelta(days=46), Level.WARNING, 3, "46 days ago"),
    ],
)
def test_the_clock_is_compared_with_the_last_run(
    since: timedelta, level: Level, status: int, says: str, store: Store, store_url: str
) -> None:
    with store.write() as connection:
        begin_run(connection, "a", "live", NOW - timedelta(days=90))
        begin_run(connection, "b", "live", NOW)
    (clock,) = found(store_url, "clock", since)
    assert (clock.level, clock.status) == (level, status)
    assert says in clock.said


def test_a_sound_store_on_each_engine(store: Store, store_url: str) -> None:
    with store.write() as connection:
        save_article(connection, an_article(), facets_of=lambda _: ["kk/all/all"], hashes=[1], now=NOW)
    assert [finding.level for finding in check_store(Config(store=store_url), NOW)] == [Level.OK] * (
        5 if store.file is not None else 3
    )


def test_damage_in_the_middle_of_the_file_is_found(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with open_store(f"sqlite:///{path}") as store, store.write() as connection:
        for number in range(200):
            save_article(connection, an_article(number), facets_of=lambda _: ["kk/all/all"], hashes=[1], now=NOW)
    with path.open("r+b") as content:
        content.seek(path.stat().st_size // 2)
        content.write(b"\xff" * 40_000)
    (integrity,) = found(f"sqlite:///{path}", "integrity")
    assert (integrity.level, integrity.status) == (Level.PROBLEM, 4)
    assert "store restore" in integrity.remedy


def test_locks_are_told_and_not_touched(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    with open_store(url) as store, StoreLock(store, "newsroom_test", NOW):
        (held,) = found(url, "locks", timedelta(hours=1))
        assert held.level is Level.OK
        assert f"newsroom_test: held by process {os.getpid()} on {socket.gethostname()}" in held.said
        (long,) = found(url, "locks", timedelta(days=2))
        assert (long.level, long.status) == (Level.WARNING, 3)
    (free,) = found(url, "locks")
    assert free.said == "none is held"


def test_the_note_of_a_killed_process_is_no_lock(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    with open_store(url) as store:
        StoreLock(store, "publish", NOW).release()
    killed = {"process": 2**22 + 1, "host": socket.gethostname(), "since": "nonsense"}
    (tmp_path / "store.db.publish.holder").write_text(json.dumps(killed))
    (note,) = found(url, "locks", timedelta(days=9))
    assert (note.level, note.said.partition(";")[0]) == (Level.OK, "publish: free")


@pytest.mark.parametrize(
    ("free", "level"), [(10**9, Level.OK), (499_000_000, Level.WARNING), (49_000_000, Level.PROBLEM)]
)
def test_space_of_a_folder_that_is_still_to_be_made(
    free: int, level: Level, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 0, free))
    (space,) = check_space("space", tmp_path / "none" / "yet")
    assert space.level is level
    assert str(tmp_path) in space.said
