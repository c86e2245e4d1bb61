"""HAR files whose bodies lie beside them, in a folder or a zip."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.errors import ArchiveError
from spiders.fetching import saved_har_zip
from spiders.fetching.saved_forms import read_archive
from spiders.fetching.saved_page import Found, Opening

URL = "https://newsroom.test/kk/news/"
BODY = '<html><link rel="canonical" href="https://newsroom.test/other"><p>Новости</p>'.encode("cp1251")
FIELDS = [{"name": "Content-Type", "value": "text/html; charset=windows-1251"}]


def har(**files: str) -> bytes:
    """A HAR with an entry for each file; `_` stands for the characters that names of arguments lack."""
    entries: list[dict[str, Any]] = [
        {
            "startedDateTime": "2024-05-14T18:00:00+05:00",
            "request": {"method": "GET", "url": f"{URL}{number}"},
            "response": {"status": 200, "headers": FIELDS, "content": {"mimeType": "text/html", "_file": file}},
        }
        for number, file in enumerate(files.values(), 1)
    ]
    return json.dumps({"log": {"entries": entries}}).encode()


def read(path: Path) -> tuple[list[Found], Opening]:
    opening = Opening(path=path)
    return list(read_archive(opening)), opening


def folder(at: Path, content: bytes) -> Path:
    at.mkdir()
    (at / "a.har").write_bytes(content)
    for name in ("1.html", "notes.json"):
        (at / name).write_bytes(BODY if name == "1.html" else b"{}")
    (at.parent / "secret.html").write_bytes(b"<p>secret")
    (at / "link.html").symlink_to(at.parent / "secret.html")
    return at


def zipped(file: Path, content: bytes, within: str = "", bomb: bytes = b"") -> Path:
    with ZipFile(file, "w", ZIP_DEFLATED) as opened:
        opened.writestr(f"{within}har.har", content)
        opened.writestr(f"{within}1.html", BODY)
        opened.writestr("secret.html", "<p>secret")
        opened.writestr("bomb.html", bomb)
    return file


@pytest.mark.parametrize("whole", [True, False])
def test_a_body_in_a_file_beside_the_har_is_as_it_came_and_no_page_of_its_own(whole: bool, tmp_path: Path) -> None:
    at = folder(tmp_path / "a", har(a="1.html", b="./notes.json"))
    (at / "link.html").unlink()
    found, opening = read(at if whole else at / "a.har")
    assert [(form, page.url) for form, page in found] == [("HAR", URL + "1"), ("HAR", URL + "2")]
    assert (found[0][1].body(), found[0][1].headers()) == (BODY, [("Content-Type", FIELDS[0]["value"])])
    assert opening.unplaced == []


@pytest.mark.parametrize("within", ["", "deep/er/"])
def test_a_body_in_a_zip_is_read_from_it(within: str, tmp_path: Path) -> None:
    file = zipped(tmp_path / "a.zip", har(a="1.html", b="./1.html"), within)
    found, opening = read(tmp_path)
    assert [(form, page.url) for form, page in found] == [("HAR", URL + "1"), ("HAR", URL + "2")]
    assert {page.body() for _, page in found} == {BODY}
    assert (opening.unplaced, list(tmp_path.iterdir())) == ([], [file])


@pytest.mark.parametrize("name", ["../secret.html", "/etc/hostname", "link.html", "x/../../secret.html"])
def test_a_body_outside_of_the_folder_is_named_and_not_read(name: str, tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_text("secret")
    found, opening = read(folder(tmp_path / "a", har(a=name)) / "a.har")
    reason = f"the file with its body, {name} beside a.har, lies outside of its folder"
    assert (found, opening.unplaced) == ([], [(URL + "1", reason)])


@pytest.mark.parametrize("name", ["../secret.html", "/secret.html", "x/../../../secret.html"])
def test_a_body_outside_of_the_hars_folder_in_a_zip_is_named_and_not_read(name: str, tmp_path: Path) -> None:
    found, opening = read(zipped(tmp_path / "a.zip", har(a=name), "har/"))
    reason = f"the file with its body, {name} beside a.zip/har/har.har, lies outside of its folder"
    assert (found, opening.unplaced) == ([], [(URL + "1", reason)])


@pytest.mark.parametrize("name", ["2.html", ".", "..", "\0", "a" * 5000])
def test_a_body_that_is_not_there_is_named(name: str, tmp_path: Path) -> None:
    for path in (folder(tmp_path / "a", har(a=name)) / "a.har", zipped(tmp_path / "a.zip", har(a=name))):
        found, opening = read(path)
        assert found == []
        ((url, reason),) = opening.unplaced
        assert (url, reason.startswith(f"the file with its body, {name} beside")) == (URL + "1", True)


def test_a_text_in_the_entry_of_a_zipped_har_is_read_too(tmp_path: Path) -> None:
    content = json.loads(har(a="1.html"))
    content["log"]["entries"][0]["response"]["content"] = {"mimeType": "text/html", "text": "<p>Қала"}
    ((_, page),), _ = read(zipped(tmp_path / "a.zip", json.dumps(content).encode()))
    assert page.body() == "<p>Қала".encode()


def test_a_body_that_goes_away_is_an_error(tmp_path: Path) -> None:
    at = folder(tmp_path / "a", har(a="1.html"))
    ((_, page),), _ = read(at / "a.har")
    (at / "1.html").unlink()
    with pytest.raises(ArchiveError, match="a damaged entry") as raised:
        page.body()
    assert raised.value.url == URL + "1"


def test_members_that_would_fill_the_memory_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = zipped(tmp_path / "a.zip", har(a="bomb.html"), bomb=bytes(10**6))
    assert "packed to less than a 500th" in read(file)[1].unplaced[0][1]
    monkeypatch.setattr(saved_har_zip, "_LARGEST_HAR", 10)
    assert read(file)[1].unplaced == [("a.zip/har.har", "larger than 0 MB: unpack the zip")]


@given(data=st.data())
def test_any_damage_to_a_zip_gives_pages_that_can_be_read_or_archive_errors(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    at = tmp_path_factory.getbasetemp() / "wild"
    at.mkdir(exist_ok=True)
    file = zipped(at / "a.zip", har(a="1.html"))
    content = bytearray(file.read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=4)):
        content[place] = data.draw(st.integers(0, 255))
    file.write_bytes(content[: data.draw(st.integers(0, len(content)))])
    for _, page in read(at)[0]:
        with suppress(ArchiveError):
            assert isinstance(page.body(), bytes)
