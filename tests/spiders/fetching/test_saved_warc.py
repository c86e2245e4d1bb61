import gzip
import tracemalloc
import zlib
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import brotli  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request
from scrapy.http import Response

from newscrawler.errors import ArchiveError
from spiders.fetching import saved_coding, saved_warc
from spiders.fetching.saved_page import Opening, SavedPage
from spiders.fetching.saved_warc import WarcForm, WarcRecorder

URL = "https://newsroom.test/kk/news/1"
MOMENT = datetime(2024, 5, 14, 18, 0, tzinfo=timezone(timedelta(hours=5)))
BODY = "<html><p>Қазақстан жаңалықтары</p>".encode() + b"a" * 40_000 + b"</html>"


def record(file: Path, *answers: dict[str, Any]) -> Path:
    recorder = WarcRecorder(file)
    for number, answer in enumerate(answers):
        values = {"url": URL, "moment": MOMENT, "body": BODY, **answer}
        request, moment = Request(values["url"]), values.pop("moment")
        recorder.write(request, Response(**values), moment + timedelta(seconds=number))
    recorder.close()
    return file


def read(*files: Path) -> tuple[list[SavedPage], list[tuple[str, str]]]:
    opening = Opening(path=files[0] if len(files) == 1 else files[0].parent)
    form = WarcForm(opening)
    pages = [page for file in files for _, page in form.read(file)]
    return pages + [page for _, page in form.rest()], opening.unplaced


def raw_record(
    url: str, http: bytes, kind: str = "response", date: str = "2024-05-14T13:00:00Z", more: str = "", media: str = ""
) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: {date}\r\n{more}"
        "WARC-Record-ID: <urn:uuid:0784a731-f3f5-45b8-ad18-9887778b2333>\r\n"
        f"Content-Type: {media or f'application/http; msgtype={kind}'}\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


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


def test_a_chunked_answer_is_put_together(tmp_path: Path) -> None:
    http = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n"
    packed = gzip.compress(BODY, mtime=0)
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (packed[:20], packed[20:])) + b"0\r\n\r\n"
    file = tmp_path / "a.warc"
    file.write_bytes(raw_record(URL, http + chunks))
    (page,), unplaced = read(file)
    assert (page.body(), unplaced, page.headers()) == (BODY, [], [])


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


@pytest.mark.parametrize("date", ["9999-12-31T23:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00"])
def test_a_date_at_an_end_of_the_calendar_is_none(date: str, tmp_path: Path) -> None:
    file = tmp_path / "a.warc"
    file.write_bytes(raw_record(URL, b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>", date=date))
    assert read(file) == ([], [(URL, "no readable date in a.warc")])


def test_a_file_that_was_packed_as_a_whole_says_how_to_unpack_it(tmp_path: Path) -> None:
    plain = record(tmp_path / "a.warc", {"url": URL + "1"}, {"url": URL + "2"})
    packed = tmp_path / "b.warc.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes(), mtime=0))
    _, ((name, reason),) = read(packed)
    assert name == "b.warc.gz"
    assert "gunzip" in reason


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
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=windows-1251\r\n\r\n<p>\xcf"


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
