"""Tests of `feeds.files`: files replaced whole, or left as they were."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from feeds.files import WholeFile, WholeFiles, settle_folders
from newscrawler.errors import PublishError


def write_whole(path: Path, content: bytes) -> bool:
    files = WholeFiles()
    changed = files.write(path, content)
    for failure in files.put_in_place().values():
        raise failure
    return changed


def write_in_parts(path: Path, content: bytes) -> bool:
    with WholeFile(path) as file:
        for place in range(len(content)):
            file.write(content[place : place + 1])
    return file.changed


Write = Callable[[Path, bytes], bool]
each_way = pytest.mark.parametrize("write", [write_whole, write_in_parts])


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


@each_way
def test_a_file_is_written_with_its_folders(write: Write, tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "c.rss"
    assert write(path, b"one") is True
    assert path.read_bytes() == b"one"
    assert names_in(path.parent) == ["c.rss"]


@each_way
def test_a_file_that_would_not_change_is_not_touched(write: Write, tmp_path: Path) -> None:
    path = tmp_path / "c.rss"
    write(path, b"one")
    os.utime(path, (1, 1))
    before = path.stat()
    assert write(path, b"one") is False
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    assert write(path, b"two") is True
    assert path.read_bytes() == b"two"
    assert path.stat().st_mtime > 1


@each_way
def test_a_web_server_may_read_it(write: Write, tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        write(tmp_path / "c.rss", b"one")
    finally:
        os.umask(before)
    assert (tmp_path / "c.rss").stat().st_mode & 0o777 == 0o644


@each_way
def test_what_a_killed_writer_left_is_cleared_away(write: Write, tmp_path: Path) -> None:
    (tmp_path / ".c.rss.new").write_bytes(b"half of a")
    write(tmp_path / "c.rss", b"one")
    assert names_in(tmp_path) == ["c.rss"]


@each_way
def test_the_new_content_is_on_the_disk_before_it_takes_the_place(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    fsync, replace = os.fsync, os.replace

    def noted_fsync(number: int) -> None:
        steps.append("fsync")
        fsync(number)

    def noted_replace(source: Path, target: Path) -> None:
        steps.append("replace")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(os, "replace", noted_replace)
    write(tmp_path / "c.rss", b"one")
    assert steps == ["fsync", "replace"]


@each_way
@pytest.mark.parametrize("step", ["fsync", "replace"])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()], ids=["full", "Ctrl-C"])
def test_whatever_goes_wrong_the_old_file_stands(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: BaseException
) -> None:
    path = tmp_path / "c.rss"
    write(path, b"one")

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(PublishError if isinstance(error, OSError) else KeyboardInterrupt):
        write(path, b"two")
    assert path.read_bytes() == b"one"
    assert names_in(tmp_path) == ["c.rss"]


@each_way
def test_a_file_where_a_folder_belongs_and_a_folder_where_a_file_belongs(write: Write, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "file" / "c.rss", tmp_path / "folder"):
        with pytest.raises(PublishError, match=path.name):
            write(path, b"one")


def test_folders_are_settled_up_to_the_top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settled: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda number: settled.append(os.fstat(number).st_ino))
    top = tmp_path / "public"
    deep = top / "kk" / "all"
    deep.mkdir(parents=True)
    settle_folders([deep], top)
    assert settled == [folder.stat().st_ino for folder in (top, top / "kk", deep)]


def test_a_folder_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="gone"):
        settle_folders([tmp_path / "gone"], tmp_path)


def test_one_file_that_cannot_be_put_in_place_holds_up_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = os.replace

    def not_this_one(source: Path, target: Path) -> None:
        if Path(target).name == "b.rss":
            raise OSError(5, "Input/output error")
        replace(source, target)

    monkeypatch.setattr(os, "replace", not_this_one)
    files = WholeFiles()
    for name in ("a.rss", "b.rss", "c.rss"):
        assert files.write(tmp_path / name, b"one")
    assert sorted(names_in(tmp_path)) == [".a.rss.new", ".b.rss.new", ".c.rss.new"]
    assert list(files.put_in_place()) == [tmp_path / "b.rss"]
    assert sorted(names_in(tmp_path)) == ["a.rss", "c.rss"]
    assert files.put_in_place() == {}
