"""Gzip files packed as a whole, read at any place."""

from __future__ import annotations

import gzip
import random
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.fetching import saved_gzip
from spiders.fetching.saved_gzip import InPacked, PackedFile

WILD = random.Random(1).randbytes(200_000)
CONTENT = WILD + b"a" * 300_000 + WILD[::-1] + bytes(range(256)) * 500


def packed(file: Path, *members: bytes, level: int = 6) -> PackedFile:
    file.write_bytes(b"".join(gzip.compress(member, level, mtime=0) for member in members))
    return PackedFile(file)


def whole(file: PackedFile, offset: int = 0) -> bytes:
    with file.open(offset) as opened:
        return opened.read()


@given(data=st.data())
def test_any_place_is_reached_in_any_order(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(CONTENT)), max_size=3)))
    members = [CONTENT[start:end] for start, end in zip([0, *cuts], [*cuts, len(CONTENT)], strict=True)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(saved_gzip, "_MOST_MARKS", data.draw(st.integers(1, 5)))
        file = packed(tmp_path_factory.getbasetemp() / "wild.gz", *members)
        file._apart = data.draw(st.integers(1, 60_000))
        if data.draw(st.booleans()):
            assert whole(file) == CONTENT
        for offset in data.draw(st.lists(st.integers(0, len(CONTENT) + 9), max_size=3)):
            with InPacked(file, offset).open() as opened:
                assert opened.tell() == min(offset, len(CONTENT))
                assert opened.readall() == CONTENT[offset:]  # type: ignore[attr-defined]


def test_reaching_a_place_again_costs_no_more_than_from_the_mark_before(tmp_path: Path) -> None:
    file = packed(tmp_path / "a.gz", WILD * 50, level=1)
    assert whole(file) == WILD * 50
    place = 9_700_000
    mark = file.mark_before(place)
    assert mark is not None
    assert place - mark.unpacked < 1.1 * 1024 * 1024
    content = bytearray(file.file.read_bytes())
    content[: mark.read] = bytes(mark.read)
    file.file.write_bytes(content)
    # Nothing before the mark is looked at again.
    with file.open(place) as stream:
        assert stream.read(10) == (WILD * 50)[place : place + 10]


def test_little_is_kept_of_a_large_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_gzip, "_MOST_MARKS", 16)
    file = packed(tmp_path / "a.gz", bytes(200_000_000), level=1)
    tracemalloc.start()
    try:
        with file.open() as opened:
            while opened.read(1_000_000):
                pass
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 5 * 10**6


@pytest.mark.parametrize("kept", [5, 0.5, -9, -1])
def test_what_breaks_off_is_an_error_after_what_there_is(kept: float, tmp_path: Path) -> None:
    file = packed(tmp_path / "a.gz", WILD)
    content = file.file.read_bytes()
    file.file.write_bytes(content[: int(kept * len(content)) if kept == 0.5 else int(kept)])
    parts: list[bytes] = []
    with file.open() as opened, pytest.raises(gzip.BadGzipFile):
        parts.extend(iter(lambda: opened.read(1000), b""))
    assert WILD.startswith(b"".join(parts))
    assert bool(parts) == (len(file.file.read_bytes()) > 50_000)


@pytest.mark.parametrize("place", [2, 20, 1000, -100_000, -6])
def test_what_is_damaged_is_an_error(place: int, tmp_path: Path) -> None:
    file = packed(tmp_path / "a.gz", WILD, WILD)
    content = bytearray(file.file.read_bytes())
    content[place] ^= 0xFF
    file.file.write_bytes(content)
    with pytest.raises(gzip.BadGzipFile):
        whole(file)


def test_zeros_behind_the_last_member_are_no_damage(tmp_path: Path) -> None:
    file = packed(tmp_path / "a.gz", b"content")
    file.file.write_bytes(file.file.read_bytes() + bytes(512))
    assert whole(file) == b"content"
