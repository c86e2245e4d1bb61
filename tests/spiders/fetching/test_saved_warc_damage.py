"""WARC files that are cut off, damaged, or made to do harm."""

from __future__ import annotations

import gzip
import random
import tracemalloc
import zlib
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.errors import ArchiveError
from spiders.fetching import saved_coding, saved_warc
from tests.spiders.fetching.warc_files import ANSWER, BODY, URL, raw_record, read, record


@pytest.mark.parametrize("place", [3, 12, -12, -6, -2])
def test_a_body_that_is_damaged_is_an_error_and_never_half_a_page(place: int, tmp_path: Path) -> None:
    body = bytearray(gzip.compress(BODY, mtime=0))
    body[place] ^= 0xFF
    file = record(tmp_path / "a.warc", {"headers": {"Content-Encoding": "gzip"}, "body": bytes(body)})
    (page,), _ = read(file)
    with pytest.raises(ArchiveError, match="a damaged record") as raised:
        page.body()
    assert raised.value.url == URL
    assert str(file) in raised.value.problem


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
def test_a_compressed_body_that_breaks_off_is_an_error(coding: str, tmp_path: Path) -> None:
    packed = {"gzip": gzip.compress(BODY, mtime=0), "deflate": zlib.compress(BODY), "br": brotli.compress(BODY)}[coding]
    headers = {"Content-Encoding": coding}
    (page,), _ = read(record(tmp_path / "a.warc", {"headers": headers, "body": packed[:-5]}))
    with pytest.raises(ArchiveError, match="a damaged record"):
        page.body()


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
@pytest.mark.parametrize("declared", [True, False])
def test_a_record_that_was_cut_off_is_left_out_and_named(name: str, declared: bool, tmp_path: Path) -> None:
    body = bytes(range(256)) * 200
    headers = {"Content-Length": str(len(body))} if declared else {}
    file = record(
        tmp_path / name, {"url": URL + "1", "body": b"<p>"}, {"url": URL + "2", "body": body, "headers": headers}
    )
    content = file.read_bytes()
    file.write_bytes(content[: -len(content) // 20])
    (page,), unplaced = read(file)
    assert page.url == URL + "1"
    assert unplaced == [(URL + "2", f"cut off in {name}")]


@pytest.mark.parametrize("length", ["50000", "9" * 5000])
def test_an_answer_that_was_cut_off_on_its_way_is_left_out_and_the_next_one_read(length: str, tmp_path: Path) -> None:
    headers = {"Content-Length": length}
    file = record(tmp_path / "a.warc", {"url": URL + "1", "headers": headers}, {"url": URL + "2"})
    (page,), unplaced = read(file)
    assert page.url == URL + "2"
    assert unplaced == [(URL + "1", "cut off in a.warc")]


@pytest.mark.parametrize("date", ["9999-12-31T23:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00"])
def test_a_date_at_an_end_of_the_calendar_is_none(date: str, tmp_path: Path) -> None:
    file = tmp_path / "a.warc"
    file.write_bytes(raw_record(URL, b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>", date=date))
    assert read(file) == ([], [(URL, "no readable date in a.warc")])


def test_a_file_that_was_packed_as_a_whole_and_breaks_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    noise = random.Random(1).randbytes(100_000)
    plain = record(tmp_path / "a.warc", *({"url": f"{URL}{number}", "body": noise} for number in (1, 2, 3)))
    packed = tmp_path / "b.warc.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes(), mtime=0)[:250_000])
    pages, ((name, reason),) = read(packed)
    assert [(page.url, page.body()) for page in pages] == [(URL + "1", noise), (URL + "2", noise)]
    assert (name, "breaks off" in reason) == ("b.warc.gz", True)


def test_damage_between_records_is_named_and_what_came_before_is_kept(tmp_path: Path) -> None:
    file = record(tmp_path / "a.warc", {"url": URL + "1"})
    file.write_bytes(file.read_bytes() + b"neither a record nor an end\r\n" * 3)
    (page,), unplaced = read(file)
    assert (page.url, page.body()) == (URL + "1", BODY)
    ((name, reason),) = unplaced
    assert name == "a.warc"
    assert reason.startswith("damaged after")


@pytest.mark.parametrize(
    "content",
    [b"", b"<html></html>", b"\x1f\x8b", gzip.compress(b"<html></html>", mtime=0), b"\x00" * 99],
    ids=["empty", "HTML", "two bytes", "gzip", "zeros"],
)
def test_what_is_no_warc_is_an_error(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "a.warc"
    file.write_bytes(content)
    with pytest.raises(ArchiveError, match="no WARC"):
        read(file)


def test_a_file_that_went_away_is_an_error_when_the_body_is_read(tmp_path: Path) -> None:
    file = record(tmp_path / "a.warc", {})
    (page,), _ = read(file)
    file.unlink()
    with pytest.raises(ArchiveError, match="a damaged record") as raised:
        page.body()
    assert isinstance(raised.value.cause, FileNotFoundError)


def test_a_body_that_unpacks_to_more_than_a_page_may_have_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (saved_coding, saved_warc):
        monkeypatch.setattr(module, "LARGEST_PAGE", 100_000)
    fields = {"Content-Encoding": "gzip"}
    file = record(
        tmp_path / "a.warc",
        {"url": URL + "1", "body": gzip.compress(b"a" * 100_000, mtime=0), "headers": fields},
        {"url": URL + "2", "body": gzip.compress(b"a" * 100_001, mtime=0), "headers": fields},
        {"url": URL + "3", "body": b"a" * 200_000},
    )
    (whole, packed, plain), _ = read(file)
    assert len(whole.body()) == 100_000
    for page in (packed, plain):
        with pytest.raises(ArchiveError, match="larger than"):
            page.body()


@pytest.mark.parametrize(
    "start",
    [
        b"WARC/1.0\r\nX: ",
        b"WARC/1.0\r\n",
        raw_record(URL, b"HTTP/1.1 200 OK\r\nX: " + b"a" * 100)
        .split(b"aaa")[0]
        .replace(b"Length: 1", b"Length: 99999"),
    ],
    ids=["a header", "many headers", "a header of the answer"],
)
def test_headers_without_an_end_are_not_held(start: bytes, tmp_path: Path) -> None:
    piece = b"X: a\r\n" if start.endswith(b"\n") else b"aaaaaa"
    content = raw_record(URL + "1", ANSWER) + b"\r\n" + start + piece * 5_000_000
    file = tmp_path / "a.warc.gz"
    file.write_bytes(gzip.compress(content, compresslevel=1, mtime=0))
    tracemalloc.start()
    try:
        pages, unplaced = read(file)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert [page.url for page in pages] == [URL + "1"]
    assert len(unplaced) == 1
    assert peak < 20 * 10**6


def test_opening_an_archive_holds_no_bodies(tmp_path: Path) -> None:
    file = tmp_path / "a.warc"
    with file.open("wb") as opened:
        for number in range(40):
            opened.write(
                raw_record(f"{URL}{number}", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + b"a" * 10**6)
            )
    tracemalloc.start()
    try:
        pages, _ = read(file)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(pages) == 40
    assert peak < 4 * 10**6


WHOLE = raw_record(URL, b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Encoding: gzip\r\n\r\n<p>")


@given(data=st.data(), packed=st.booleans())
def test_any_damage_gives_pages_that_can_be_read_or_archive_errors(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, packed: bool
) -> None:
    content = bytearray((gzip.compress(WHOLE, mtime=0) if packed else WHOLE) * 2)
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=4)):
        content[place] = data.draw(st.integers(0, 255))
    file = tmp_path_factory.getbasetemp() / "wild.warc"
    file.write_bytes(content[: data.draw(st.integers(0, len(content)))])
    try:
        pages, _ = read(file)
        for page in pages:
            assert page.fetched_at.utcoffset() is not None
            assert isinstance(page.body(), bytes)
    except ArchiveError:
        pass
