"""Web archives, as Safari saves pages."""

from __future__ import annotations

import os
import plistlib
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.errors import ArchiveError
from spiders.fetching import saved_coding, saved_webarchive
from spiders.fetching.saved_forms import read_archive
from spiders.fetching.saved_page import Found, Opening
from tests.conftest import NOW

URL = "https://newsroom.test/kk/news/1"
BODY = "<p>Жаңалық</p>".encode()


def resource(url: str = URL, body: Any = BODY, mime: str = "text/html", charset: str = "UTF-8") -> dict[str, Any]:
    return {
        "WebResourceData": body,
        "WebResourceMIMEType": mime,
        "WebResourceTextEncodingName": charset,
        "WebResourceURL": url,
        "WebResourceFrameName": "",
    }


def archive(main: Any, *frames: Any, kind: plistlib.PlistFormat = plistlib.FMT_BINARY) -> bytes:
    document = {
        "WebMainResource": main,
        "WebSubresources": [resource(URL + "/a.css", b"p {}", "text/css")],
        "WebSubframeArchives": list(frames),
    }
    return plistlib.dumps(document, fmt=kind)


def frame(main: Any, *frames: Any) -> dict[str, Any]:
    return {"WebMainResource": main, "WebSubframeArchives": list(frames)}


def read(folder: Path, content: bytes, name: str = "a.webarchive") -> tuple[list[Found], Opening]:
    file = folder / name
    file.write_bytes(content)
    os.utime(file, (NOW.timestamp(), NOW.timestamp()))
    opening = Opening(path=folder)
    return list(read_archive(opening)), opening


@pytest.mark.parametrize("kind", [plistlib.FMT_BINARY, plistlib.FMT_XML])
def test_the_page_has_its_address_and_charset_and_the_files_time(kind: plistlib.PlistFormat, tmp_path: Path) -> None:
    body = "<p>Новости</p>".encode("cp1251")
    found, opening = read(tmp_path, archive(resource(body=body, charset="windows-1251"), kind=kind))
    ((form, page),) = found
    assert (form, page.url, page.status, page.fetched_at, page.body()) == ("webarchive", URL, 200, NOW, body)
    assert page.headers() == [("Content-Type", "text/html; charset=windows-1251")]
    assert opening.unplaced == []


def test_pages_in_frames_are_pages_too(tmp_path: Path) -> None:
    inner = resource(URL + "/inner", b"<p>inner")
    outer = frame(resource(URL + "/outer", b"<p>outer"), frame(resource("about:blank")), frame(inner))
    found, _ = read(tmp_path, archive(resource(), outer, frame(resource(URL + ".png", b"\x89PNG", "image/png"))))
    assert {page.url: page.body() for _, page in found} == {
        URL: BODY,
        URL + "/outer": b"<p>outer",
        URL + "/inner": b"<p>inner",
    }


def test_it_is_told_by_its_beginning_whatever_its_name(tmp_path: Path) -> None:
    ((form, _),), _ = read(tmp_path, archive(resource()), "page.html")
    assert form == "webarchive"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no web archive"),
        (b"bplist00", "no web archive"),
        (b"<html>", "no web archive"),
        (plistlib.dumps([], fmt=plistlib.FMT_BINARY), "no web archive"),
        (plistlib.dumps({"WebMainResource": 1}, fmt=plistlib.FMT_BINARY), "no web archive"),
        (archive(resource(url="about:blank")), "carries no address of its own"),
        (archive(resource(body="text")), "no HTML"),
        (archive(resource(mime="application/pdf")), "no HTML"),
    ],
)
def test_what_holds_no_page_is_named(content: bytes, reason: str, tmp_path: Path) -> None:
    found, opening = read(tmp_path, content)
    assert (found, opening.unplaced) == ([], [("a.webarchive", reason)])


def test_what_is_larger_than_any_page_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_coding, "LARGEST_PAGE", 10)
    ((_, page),), _ = read(tmp_path, archive(resource()))
    with pytest.raises(ArchiveError, match="larger than"):
        page.body()
    monkeypatch.setattr(saved_webarchive, "_LARGEST_ARCHIVE", 100)
    assert read(tmp_path, archive(resource()))[1].unplaced == [("a.webarchive", "larger than 0 MB")]


def test_a_file_that_went_away_is_an_error_when_the_body_is_read(tmp_path: Path) -> None:
    ((_, page),), _ = read(tmp_path, archive(resource()))
    (tmp_path / "a.webarchive").unlink()
    with pytest.raises(ArchiveError, match="a damaged page") as raised:
        page.body()
    assert raised.value.url == URL


def test_only_as_many_frames_are_read_as_pages_have(tmp_path: Path) -> None:
    deep: dict[str, Any] = frame(resource(URL + "/last"))
    for number in range(20):
        deep = frame(resource(f"{URL}/{number}"), deep)
    found, _ = read(tmp_path, archive(resource(), deep))
    assert len(found) == 9
    found, _ = read(tmp_path, archive(resource(), *(frame(resource(f"{URL}/{number}")) for number in range(500))))
    assert len(found) == 101


WHOLE = archive(resource(), frame(resource(URL + "/2")))


@given(data=st.data())
def test_any_damage_gives_pages_that_can_be_read_or_archive_errors(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    content = bytearray(WHOLE)
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=4)):
        content[place] = data.draw(st.integers(0, 255))
    folder = tmp_path_factory.getbasetemp() / "wild-webarchive"
    folder.mkdir(exist_ok=True)
    for _, page in read(folder, bytes(content[: data.draw(st.integers(0, len(content)))]))[0]:
        with suppress(ArchiveError):
            assert isinstance(page.body(), bytes)
