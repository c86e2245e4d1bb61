import base64
import os
import quopri
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.errors import ArchiveError
from spiders.fetching.saved_mhtml import MhtmlForm
from spiders.fetching.saved_page import Opening, SavedPage

URL = "http://newsroom.test/kk/news/1"
BODY = '<!DOCTYPE html><html><meta charset="windows-1251"><p>Новости</p>\n<!-- --B -->\n</html>'.encode("cp1251")
HEAD = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: {url}\r\nSubject: =?utf-8?Q?=D0=9E?=\r\n"
    "Date: Tue, 14 May 2024 18:00:00 +0500\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related;\r\n\ttype="text/html";{start}\r\n\tboundary="--B--"\r\n\r\n\r\n'
)
PART = "----B--\r\nContent-Type: {kind}\r\nContent-ID: <{id}>\r\nContent-Transfer-Encoding: {coding}\r\n{more}\r\n"
END = b"----B----\r\n"


def part(
    body: bytes, kind: str = "text/html", id_: str = "page", coding: str = "quoted-printable", more: str = ""
) -> bytes:
    coded = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes}.get(coding, bytes)(body)
    return PART.format(kind=kind, id=id_, coding=coding, more=more).encode() + coded + b"\r\n"


def whole(*parts: bytes, url: str = URL, start: str = "") -> bytes:
    return HEAD.format(url=url, start=start).encode() + b"".join(parts) + END


FRAME = part(b"<p>An advertisement", id_="frame", more="Content-Location: https://elsewhere.test/\r\n")
PICTURE = part(b"\x89PNG\r\n", "image/png", "picture", "base64")


def read(folder: Path, content: bytes) -> SavedPage:
    file = folder / "a.mhtml"
    file.write_bytes(content)
    ((form, page),) = MhtmlForm(Opening(path=folder)).read(file)
    assert form == "MHTML"
    return page


@pytest.mark.parametrize("coding", ["quoted-printable", "base64", "8bit", "binary"])
def test_the_page_is_the_root_part_as_its_coding_says(coding: str, tmp_path: Path) -> None:
    page = read(tmp_path, whole(part(BODY, coding=coding), FRAME, PICTURE))
    assert (page.url, page.status, page.headers()) == (URL, 200, [("Content-Type", "text/html")])
    assert page.fetched_at == datetime(2024, 5, 14, 13, 0, tzinfo=UTC)
    assert page.body().rstrip() == BODY


def test_the_root_part_is_the_one_that_start_names(tmp_path: Path) -> None:
    page = read(tmp_path, whole(FRAME, part(BODY), start=' start="<page>";'))
    assert page.body().rstrip() == BODY


def test_the_charset_is_kept_where_the_part_names_one(tmp_path: Path) -> None:
    page = read(tmp_path, whole(part(BODY, kind='text/html;\r\n\tcharset="windows-1251"')))
    assert page.headers() == [("Content-Type", 'text/html;\tcharset="windows-1251"')]


def test_the_address_may_stand_in_the_part_and_the_time_be_the_files(tmp_path: Path) -> None:
    content = whole(part(BODY, more=f"Content-Location: {URL}2\r\n")).replace(b"Snapshot-Content-Location", b"X")
    file = tmp_path / "a.mht"
    file.write_bytes(content.replace(b"Date:", b"When:"))
    os.utime(file, (1_715_691_600, 1_715_691_600))
    ((_, page),) = MhtmlForm(Opening(path=tmp_path)).read(file)
    assert (page.url, page.fetched_at) == (URL + "2", datetime(2024, 5, 14, 13, 0, tzinfo=UTC))


def test_a_file_cut_off_behind_the_page_is_read_and_one_cut_off_inside_it_is_an_error(tmp_path: Path) -> None:
    content = whole(part(BODY), FRAME)
    at = content.index(b"An advertisement")
    assert read(tmp_path, content[:at]).body().rstrip() == BODY
    with pytest.raises(ArchiveError, match="cut off inside the page"):
        read(tmp_path, content[: content.index(b"</html>")])


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "no MHTML"),
        (b"<html>", "no MHTML"),
        (b"a: " + b"b" * 300_000, "no MHTML"),
        (b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>", "no MHTML"),
        (whole(PICTURE), "no HTML"),
        (whole(), "no HTML"),
        (whole()[: -len(END)], "no HTML, or cut off before it"),
        (whole(part(BODY), url="cid:1"), "carries no address of its own"),
        (whole(part(BODY), url="file:///home/a.html"), "carries no address of its own"),
    ],
)
def test_what_is_no_page_or_has_no_address_is_an_error(content: bytes, problem: str, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError) as raised:
        read(tmp_path, content)
    assert raised.value.problem == problem


def test_a_body_that_is_no_base64_is_an_error(tmp_path: Path) -> None:
    page = read(tmp_path, whole(part(BODY, coding="base64").replace(b"PCF", b"PC")))
    with pytest.raises(ArchiveError, match="a damaged page"):
        page.body()


@pytest.mark.parametrize(
    ("name", "head", "is_one"),
    [
        ("a.mht", b"", True),
        ("A.MHTML", b"", True),
        ("page.html", HEAD.encode(), True),
        ("page.html", b"<html>MIME-Version: 1.0 multipart/related", False),
    ],
)
def test_mhtml_is_told_by_its_name_or_its_beginning(name: str, head: bytes, is_one: bool, tmp_path: Path) -> None:
    assert MhtmlForm(Opening(path=tmp_path)).takes(tmp_path / name, head) is is_one


WHOLE = whole(part(BODY), FRAME)


@given(st.data())
def test_any_damage_gives_a_page_that_can_be_read_or_an_archive_error(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    content = bytearray(WHOLE)
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=6)):
        content[place] = data.draw(st.integers(0, 255))
    try:
        page = read(tmp_path_factory.getbasetemp(), bytes(content[: data.draw(st.integers(0, len(content)))]))
        assert page.fetched_at.utcoffset() is not None
        assert isinstance(page.body(), bytes)
    except ArchiveError:
        pass
