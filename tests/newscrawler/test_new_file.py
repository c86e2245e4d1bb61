"""Files that are there whole or not at all, and what killed writers leave."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from newscrawler.new_file import NewFile

KILLED = """
import os, signal, sys
from pathlib import Path
from newscrawler.new_file import NewFile
with NewFile(Path(sys.argv[1])) as new:
    new.path.write_text("half")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_it_takes_the_place_of_its_target_with_its_permissions(tmp_path: Path) -> None:
    target = tmp_path / "a.db"
    target.write_text("before")
    target.chmod(0o640)
    with NewFile(target) as new:
        new.path.write_text("after")
        assert target.read_text() == "before"
        assert new.path.parent == tmp_path
    assert (target.read_text(), target.stat().st_mode & 0o777) == ("after", 0o640)
    assert names(tmp_path) == ["a.db"]


def test_it_is_gone_when_writing_ends_early(tmp_path: Path) -> None:
    def interrupted() -> None:
        with NewFile(tmp_path / "a.db") as new:
            new.path.write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert names(tmp_path) == []


def test_what_a_killed_writer_left_is_swept_by_the_next_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "a.db"
    killed = subprocess.run([sys.executable, "-c", KILLED, str(target)], timeout=60)
    assert killed.returncode == -signal.SIGKILL
    (left,) = names(tmp_path)
    kept = tmp_path / "kept"
    kept.write_text("kept")
    (tmp_path / ".newscrawler-link.new").symlink_to(kept)
    (tmp_path / ".newscrawler-folder.new").mkdir()
    (tmp_path / ".other-0.new").touch()
    os.mkfifo(tmp_path / ".newscrawler-pipe.new")
    with NewFile(tmp_path / "b.db") as held, NewFile(target) as new:
        assert held.path.exists()
        assert new.path.exists()
        assert left not in names(tmp_path)
    others = [".newscrawler-folder.new", ".newscrawler-link.new", ".newscrawler-pipe.new", ".other-0.new"]
    assert names(tmp_path) == [*others, "a.db", "b.db", "kept"]
    assert kept.read_text() == "kept"


def test_another_users_file_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".newscrawler-0.new").touch()
    monkeypatch.setattr(os, "geteuid", lambda: -1)
    with NewFile(tmp_path / "a"):
        pass
    assert names(tmp_path) == [".newscrawler-0.new", "a"]


def test_one_that_another_sweeps_before_it_is_locked_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flock = fcntl.flock
    swept: list[Path] = []

    def late(descriptor: int, operation: int) -> None:
        if not swept:
            swept.extend(tmp_path.iterdir())
            swept[0].unlink()
        flock(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", late)
    with NewFile(tmp_path / "a") as new:
        assert new.path.exists()
        assert new.path != swept[0]
    assert names(tmp_path) == ["a"]
