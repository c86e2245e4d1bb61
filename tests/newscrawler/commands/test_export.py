"""The file of an export: whole, or what was there before."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from newscrawler.commands.export import written_whole
from newscrawler.commands.output import OutputError
from newscrawler.errors import UsageError
from newscrawler.store import open_store
from newscrawler.store.articles import save_article
from tests.conftest import NOW, an_article
from tests.end_to_end.commands import environment


def test_a_file_is_there_when_all_is_written(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with written_whole(path) as file:
        file.write("қазақ\r\n")
        assert not path.exists()
    assert path.read_bytes() == "қазақ\r\n".encode()
    assert list(tmp_path.iterdir()) == [path]


def write_half(path: Path, interruption: BaseException) -> None:
    with written_whole(path) as file:
        file.write("half")
        raise interruption


@pytest.mark.parametrize("interruption", [OSError(28, "No space left on device"), KeyboardInterrupt(), ValueError()])
def test_what_was_there_stands_when_writing_ends_early(tmp_path: Path, interruption: BaseException) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("before", encoding="utf-8")
    expected = OutputError if isinstance(interruption, OSError) else type(interruption)
    with pytest.raises(expected):
        write_half(path, interruption)
    assert path.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_permissions_and_links_stay(tmp_path: Path) -> None:
    path, link = tmp_path / "real" / "a.jsonl", tmp_path / "link.jsonl"
    path.parent.mkdir()
    path.write_text("before", encoding="utf-8")
    path.chmod(0o640)
    link.symlink_to(path)
    with written_whole(link) as file:
        file.write("after")
    assert link.is_symlink()
    assert path.read_text(encoding="utf-8") == "after"
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_device_is_written_and_not_replaced() -> None:
    with pytest.raises(OutputError, match="cannot write /dev/full"), written_whole(Path("/dev/full")) as file:
        file.write("x")
    assert Path("/dev/full").is_char_device()


@pytest.mark.parametrize("place", ["", "none/a.jsonl", "file/a.jsonl"])
def test_a_place_that_cannot_hold_a_file_is_wrong_usage(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="cannot write"), written_whole(tmp_path / place):
        raise AssertionError


def test_an_export_that_the_disk_cuts_short_leaves_the_one_before(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path / 'newscrawler.db'}") as store, store.write() as connection:
        for number in range(200):
            save_article(connection, an_article(number), facets_of=lambda _: [], hashes=[], now=NOW)
    folder = tmp_path / "exports"
    folder.mkdir()
    file = folder / "a.jsonl"
    export = [sys.executable, "-m", "newscrawler", "export", "--to", str(file)]
    whole = subprocess.run(export, cwd=tmp_path, env=environment(), capture_output=True, text=True, timeout=60)
    assert (whole.returncode, whole.stderr) == (0, "")
    before = file.read_bytes()
    assert len(before) > 80_000

    def small_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

    cut = subprocess.run(
        export, cwd=tmp_path, env=environment(), capture_output=True, text=True, timeout=60, preexec_fn=small_disk
    )
    assert cut.returncode == 4
    assert cut.stderr.startswith(f"newscrawler: cannot write {file}")
    assert cut.stderr.count("\n") == 1
    assert cut.stdout == ""
    assert file.read_bytes() == before
    assert list(folder.iterdir()) == [file]
