"""Scratch folders, and what killed processes leave of them."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from spiders.recordings import scratch
from spiders.recordings.scratch import scratch_folder

PREFIX = "newscrawler-record-small-"
KILLED = f"""
import os, signal, sys
from pathlib import Path
from spiders.recordings.scratch import scratch_folder
with scratch_folder({PREFIX!r}, Path(sys.argv[1])) as folder:
    (folder / "pages.warc.gz").touch()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_it_is_gone_at_the_end_whatever_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def interrupted() -> None:
        with scratch_folder(PREFIX) as folder:
            assert (folder.parent, folder.stat().st_mode & 0o077) == (tmp_path, 0)
            assert folder.name.startswith(PREFIX)
            (folder / "store.db").touch()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert names(tmp_path) == []


def test_it_may_be_renamed_to_stay(tmp_path: Path) -> None:
    with scratch_folder(PREFIX, tmp_path) as folder:
        folder.rename(tmp_path / "2024-05-14")
    assert names(tmp_path) == ["2024-05-14"]


def test_what_a_killed_process_left_goes_and_nothing_else(tmp_path: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], timeout=60)
    assert killed.returncode == -signal.SIGKILL
    (left,) = names(tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kept").touch()
    (tmp_path / f"{PREFIX}link").symlink_to(elsewhere)
    (tmp_path / f"{PREFIX}file").touch()
    (tmp_path / "newscrawler-record-small_too-1").mkdir()
    with scratch_folder(PREFIX, tmp_path) as held, scratch_folder(PREFIX, tmp_path) as folder:
        assert held.is_dir()
        assert folder.is_dir()
        assert left not in names(tmp_path)
    assert names(tmp_path) == ["elsewhere", f"{PREFIX}file", f"{PREFIX}link", "newscrawler-record-small_too-1"]
    assert names(elsewhere) == ["kept"]


def test_a_folder_that_another_sweeps_before_it_is_locked_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    mkdtemp = tempfile.mkdtemp

    def swept_once(prefix: str, dir: Path) -> str:  # noqa: A002
        made.append(mkdtemp(prefix=prefix, dir=dir))
        return made[-1]

    flock = fcntl.flock

    def lock(descriptor: int, operation: int) -> None:
        if len(made) == 1:
            Path(made[0]).rmdir()
        flock(descriptor, operation)

    monkeypatch.setattr(scratch, "mkdtemp", swept_once)
    monkeypatch.setattr(fcntl, "flock", lock)
    with scratch_folder(PREFIX, tmp_path) as folder:
        assert str(folder) == made[1]
        assert names(tmp_path) == [folder.name]


def test_another_users_folder_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / f"{PREFIX}other").mkdir()
    monkeypatch.setattr(os, "geteuid", lambda: -1)
    with scratch_folder(PREFIX, tmp_path):
        pass
    assert names(tmp_path) == [f"{PREFIX}other"]
