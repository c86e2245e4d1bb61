"""What killed processes leave, told by its lock; how files and folders use it is tested with them."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest

from newscrawler.left_overs import make_locked, sweep_left_overs


def descriptor_of_new(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT)


@pytest.mark.parametrize(("folders", "swept"), [(False, ["file"]), (True, ["folder"])])
def test_only_what_nobody_holds_and_is_of_the_kind_is_swept(tmp_path: Path, folders: bool, swept: list[str]) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "file")
    os.mkfifo(tmp_path / "pipe")
    _, held = make_locked(lambda: (tmp_path / "held", descriptor_of_new(tmp_path / "held")))
    removed: list[Path] = []
    sweep_left_overs([*sorted(tmp_path.iterdir()), tmp_path / "gone"], removed.append, folders=folders)
    os.close(held)
    assert [path.name for path in removed] == swept


def test_one_that_its_maker_let_go_of_is_swept(tmp_path: Path) -> None:
    path, descriptor = make_locked(lambda: (tmp_path / "file", descriptor_of_new(tmp_path / "file")))
    os.close(descriptor)
    sweep_left_overs([path], Path.unlink, folders=False)
    assert not path.exists()


def test_where_there_are_no_locks_it_is_made_and_never_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(descriptor: int, operation: int) -> None:
        raise OSError

    monkeypatch.setattr(fcntl, "flock", no_locks)
    path, descriptor = make_locked(lambda: (tmp_path / "file", descriptor_of_new(tmp_path / "file")))
    os.close(descriptor)
    sweep_left_overs([path], Path.unlink, folders=False)
    assert path.exists()
