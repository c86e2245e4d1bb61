"""WARC files as tools write them: records, codings, revisits."""

from __future__ import annotations

import gzip
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
from scrapy import Request
from scrapy.http import Response

from newscrawler.errors import ArchiveError
from spiders.fetching.saved_warc import WarcRecorder
from tests.spiders.fetching.warc_files import ANSWER, BODY, MOMENT, URL, raw_record, read, record


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_what_is_recorded_is_read_back(name: str, tmp_path: Path) -> None:
    headers = {"Content-Type": "text/html; charset=utf-8", "ETag": '"1"', "Content-Length": str(len(BODY))}
    file = record(tmp_path / name, {"headers": headers}, {"url": URL + "?x", "status": 410, "body": b""})
    (page, gone), unplaced = read(file)
    assert unplaced == []
    assert (page.url, page.fetched_at, page.status, page.body()) == (URL, MOMENT, 200, BODY)
    assert page.headers() == [("Content-Type", "text/html; charset=utf-8"), ("Etag", '"1"')]
    assert (gone.url, gone.fetched_at, gone.status, gone.body()) == (
        URL + "?x",
        MOMENT + timedelta(seconds=1),
        410,
        b"",
    )


def test_the_address_is_the_one_that_was_asked_for(tmp_path: Path) -> None:
    recorder = WarcRecorder(tmp_path / "a.warc")
    recorder.write(Request("https://newsroom.test/redirect-1"), Response(URL, body=BODY), MOMENT)
    recorder.close()
    (page,), _ = read(tmp_path / "a.warc")
    assert page.url == "https://newsroom.test/redirect-1"


def test_every_answer_is_on_disk_as_soon_as_it_is_written(tmp_path: Path) -> None:
    recorder = WarcRecorder(tmp_path / "a.warc.gz")
    recorder.write(Request(URL), Response(URL, body=BODY), MOMENT)
    (page,), unplaced = read(tmp_path / "a.warc.gz")
    assert (page.body(), unplaced) == (BODY, [])
    recorder.close()


def test_a_recording_is_a_new_file_in_a_folder_that_is_there(tmp_path: Path) -> None:
    record(tmp_path / "a.warc", {})
    with pytest.raises(ArchiveError, match="is there already") as raised:
        WarcRecorder(tmp_path / "a.warc")
    assert raised.value.remedy == "Name a new file, or remove it"
    with pytest.raises(ArchiveError, match="cannot write") as raised:
        WarcRecorder(tmp_path / "none" / "a.warc")
    assert isinstance(raised.value.cause, FileNotFoundError)


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(BODY, mtime=0)),
        ("x-gzip", gzip.compress(BODY, mtime=0)),
        ("GZIP", gzip.compress(BODY, mtime=0)),
        ("deflate", zlib.compress(BODY)),
        ("deflate", zlib.compress(BODY, wbits=-zlib.MAX_WBITS)),
        ("br", brotli.compress(BODY)),
        ("br, gzip", gzip.compress(brotli.compress(BODY), mtime=0)),
        ("identity", BODY),
        ("gzip", BODY),
        ("br", BODY),
    ],
    ids=["gzip", "x-gzip", "GZIP", "zlib", "deflate", "br", "both", "identity", "gzip that is none", "br that is none"],
)
def test_the_body_is_decoded_and_its_coding_no_longer_named(coding: str, body: bytes, tmp_path: Path) -> None:
    headers = {"Content-Encoding": coding, "Content-Length": str(len(body)), "Content-Type": "text/html"}
    (page,), unplaced = read(record(tmp_path / "a.warc", {"headers": headers, "body": body}))
    assert unplaced == []
    assert page.body() == BODY
    assert page.headers() == [("Content-Type", "text/html")]


def test_zstandard_is_decoded(tmp_path: Path) -> None:
    # A frame of one raw block (RFC 8878 3.1.1): magic number, single segment of 5 bytes, last block, "<p/>\n".
    frame = bytes.fromhex("28b52ffd 20 05 290000") + b"<p/>\n"
    (page,), _ = read(record(tmp_path / "a.warc", {"headers": {"Content-Encoding": "zstd"}, "body": frame}))
    assert page.body() == b"<p/>\n"


def test_a_chunked_answer_is_put_together(tmp_path: Path) -> None:
    http = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n"
    packed = gzip.compress(BODY, mtime=0)
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (packed[:20], packed[20:])) + b"0\r\n\r\n"
    file = tmp_path / "a.warc"
    file.write_bytes(raw_record(URL, http + chunks))
    (page,), unplaced = read(file)
    assert (page.body(), unplaced, page.headers()) == (BODY, [], [])


def test_other_records_and_dates_that_cannot_be_read(tmp_path: Path) -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>"
    file = tmp_path / "a.warc"
    file.write_bytes(
        raw_record(URL, b"GET /kk/news/1 HTTP/1.1\r\nHost: newsroom.test\r\n\r\n", "request")
        + raw_record(URL, b"<p>", "metadata")
        + raw_record("dns:newsroom.test", b"20240514130000\nnewsroom.test. 60 IN A 127.0.0.1\n", media="text/dns")
        + raw_record(URL + "1", answer, date="yesterday")
        + raw_record(f"<{URL}2>", answer, date="2024-05-14T13:00:00")
    )
    (page,), unplaced = read(file)
    assert (page.url, page.fetched_at) == (URL + "2", datetime(2024, 5, 14, 13, 0, tzinfo=UTC))
    assert unplaced == [(URL + "1", "no readable date in a.warc")]


def test_a_file_that_was_packed_as_a_whole_is_read_in_any_order(tmp_path: Path) -> None:
    plain = record(tmp_path / "a.warc", *({"url": f"{URL}{number}", "body": BODY * number} for number in (1, 2, 3)))
    packed = tmp_path / "b.warc.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes(), mtime=0))
    pages, unplaced = read(packed)
    assert unplaced == []
    for number, page in reversed(list(enumerate(pages, 1))):
        assert (page.url, page.body()) == (f"{URL}{number}", BODY * number)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.warc", "b.warc.gz"]


def test_pictures_and_answers_not_modified_are_no_pages(tmp_path: Path) -> None:
    file = record(
        tmp_path / "a.warc",
        {"url": URL + ".png", "headers": {"Content-Type": "image/png"}},
        {"status": 304, "body": b""},
        {"url": URL + "2"},
    )
    (page,), unplaced = read(file)
    assert (page.url, unplaced) == (URL + "2", [])


def test_a_page_that_was_put_in_as_a_file_has_its_media_type_and_body(tmp_path: Path) -> None:
    file = tmp_path / "a.warc"
    file.write_bytes(raw_record(URL, BODY, "resource", media="text/html; charset=utf-8"))
    (page,), _ = read(file)
    assert (page.status, page.headers(), page.body()) == (200, [("Content-Type", "text/html; charset=utf-8")], BODY)


REVISITED = "WARC-Refers-To-Target-URI: <{url}>\r\nWARC-Refers-To-Date: {date}\r\n"


@pytest.mark.parametrize(
    "more",
    [
        REVISITED.format(url=URL, date="2024-05-14T13:00:00Z"),
        "WARC-Payload-Digest: sha1:AAAA\r\n",
        REVISITED.format(url="https://elsewhere.test/", date="2024-01-01T00:00:00Z")
        + "WARC-Payload-Digest: sha1:AAAA\r\n",
    ],
    ids=["address and date", "digest", "digest where the date leads nowhere"],
)
@pytest.mark.parametrize("names", [("a.warc", "b.warc"), ("b.warc", "a.warc")])
def test_a_page_that_was_fetched_again_unchanged_has_the_body_of_the_first_capture(
    names: tuple[str, str], more: str, tmp_path: Path
) -> None:
    first, again = tmp_path / names[0], tmp_path / names[1]
    first.write_bytes(raw_record(URL, ANSWER, more="WARC-Payload-Digest: sha1:AAAA\r\n"))
    again.write_bytes(raw_record(URL, b"HTTP/1.1 304 Not Modified\r\n\r\n", "revisit", "2024-05-15T13:00:00Z", more))
    pages, unplaced = read(*sorted([first, again]))
    assert unplaced == []
    assert [page.fetched_at.day for page in pages] == [14, 15]
    assert {page.body() for page in pages} == {b"<p>\xcf"}
    assert pages[1].headers() == [("Content-Type", "text/html; charset=windows-1251")]
    assert pages[1].status == 200


def test_a_revisit_of_a_capture_that_is_not_there_is_named(tmp_path: Path) -> None:
    file = tmp_path / "a.warc"
    more = "WARC-Payload-Digest: sha1:AAAA\r\n"
    file.write_bytes(raw_record(URL, b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", "revisit", more=more))
    assert read(file) == ([], [(URL, "repeats a capture that is not in the archive")])
