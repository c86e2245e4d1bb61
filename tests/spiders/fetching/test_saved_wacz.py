import gzip
from datetime import timedelta
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request
from scrapy.http import Response

from newscrawler.errors import ArchiveError
from spiders.fetching.saved_page import Opening, SavedPage
from spiders.fetching.saved_wacz import WaczForm
from spiders.fetching.saved_warc import WarcRecorder
from tests.conftest import NOW

URL = "https://newsroom.test/kk/news/"


def warc(folder: Path, name: str, *numbers: int) -> bytes:
    file = folder / f"made-{name}"
    recorder = WarcRecorder(file)
    for number in numbers:
        body = f"<p>{number}</p>".encode() + b" " * 20_000
        moment = NOW + timedelta(minutes=number)
        recorder.write(Request(f"{URL}{number}"), Response(URL, body=body), moment)
    recorder.close()
    content = file.read_bytes()
    file.unlink()
    return content


def wacz(file: Path, members: dict[str, bytes], packing: int = ZIP_STORED) -> Path:
    with ZipFile(file, "w", packing) as zipped:
        zipped.writestr("datapackage.json", "{}")
        for name, content in members.items():
            zipped.writestr(name, content)
    return file


def read(file: Path) -> tuple[list[SavedPage], list[tuple[str, str]]]:
    opening = Opening(path=file.parent)
    form = WaczForm(opening)
    found = [*form.read(file), *form.rest()]
    assert {kind for kind, _ in found} <= {"WACZ"}
    return [page for _, page in found], opening.unplaced


@pytest.mark.parametrize("packing", [ZIP_STORED, ZIP_DEFLATED], ids=["stored", "packed"])
@pytest.mark.parametrize("name", ["data.warc", "data.warc.gz"])
def test_answers_are_read_from_the_zip_in_any_order(name: str, packing: int, tmp_path: Path) -> None:
    members = {f"archive/1-{name}": warc(tmp_path, name, 1, 2), f"archive/2-{name}": warc(tmp_path, name, 3)}
    pages, unplaced = read(wacz(tmp_path / "a.wacz", members, packing))
    assert [page.url for page in pages] == [f"{URL}{number}" for number in (1, 2, 3)]
    for number, page in reversed(list(enumerate(pages, 1))):
        assert page.body().startswith(f"<p>{number}</p>".encode())
        assert page.fetched_at == NOW + timedelta(minutes=number)
    assert unplaced == []
    assert [path.name for path in tmp_path.iterdir()] == ["a.wacz"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_of_one_name_are_not_taken_for_each_other(tmp_path: Path) -> None:
    file = tmp_path / "a.wacz"
    with ZipFile(file, "w", ZIP_DEFLATED) as zipped:
        for number in (1, 2):
            zipped.writestr("archive/a.warc", warc(tmp_path, "a.warc", number))
    pages, _ = read(file)
    assert [(page.url, page.body().strip()) for page in pages] == [
        (f"{URL}{number}", f"<p>{number}</p>".encode()) for number in (1, 2)
    ]


def test_names_that_lead_out_of_the_archive_are_only_names(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (page,), _ = read(wacz(folder / "a.wacz", {"../../etc/a.warc": warc(tmp_path, "a.warc", 1)}))
    assert page.body().startswith(b"<p>1</p>")
    assert [path.name for path in tmp_path.rglob("*")] == ["in", "a.wacz"]


def test_members_that_cannot_be_read_are_named_and_the_others_read(tmp_path: Path) -> None:
    file = wacz(
        tmp_path / "a.wacz", {"archive/bad.warc": b"no archive", "archive/good.warc": warc(tmp_path, "a.warc", 1)}
    )
    with ZipFile(file, "a") as zipped:
        zipped.writestr("archive/bomb.warc", b"WARC/1.0\r\n" + bytes(10**7), ZIP_DEFLATED)
        zipped.writestr("archive/odd.warc", b"WARC/1.0\r\n", ZIP_BZIP2)
    pages, unplaced = read(file)
    assert [page.url for page in pages] == [f"{URL}1"]
    assert unplaced == [
        ("a.wacz/archive/bad.warc", "no WARC"),
        ("a.wacz/archive/bomb.warc", "packed to less than a 500th, as no saved page is"),
        ("a.wacz/archive/odd.warc", "packed in a way that WACZ does not know"),
    ]


def test_an_encrypted_member_is_named(tmp_path: Path) -> None:
    file = wacz(tmp_path / "a.wacz", {"archive/a.warc": warc(tmp_path, "a.warc", 1)})
    content = bytearray(file.read_bytes())
    # The general purpose flags of the second member, in the central directory (PKWARE's APPNOTE, 4.3.12).
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    file.write_bytes(content)
    assert read(file) == ([], [("a.wacz/archive/a.warc", "encrypted")])


def test_a_zip_without_a_warc_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="a zip without WARC files; unpack it"):
        read(wacz(tmp_path / "a.zip", {"page.html": b"<html>"}))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<html>"])
def test_what_is_no_zip_is_an_error(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.wacz").write_bytes(content)
    with pytest.raises(ArchiveError, match="damaged zip"):
        read(tmp_path / "a.wacz")


def test_a_zip_is_told_by_its_name_or_its_beginning(tmp_path: Path) -> None:
    form = WaczForm(Opening(path=tmp_path))
    assert form.takes(tmp_path / "a.WACZ", b"")
    assert form.takes(tmp_path / "a", b"PK\x03\x04")
    assert not form.takes(tmp_path / "a.warc.gz", gzip.compress(b"", mtime=0))


@given(data=st.data())
def test_any_damage_gives_pages_that_can_be_read_or_archive_errors(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.getbasetemp()
    packing = data.draw(st.sampled_from([ZIP_STORED, ZIP_DEFLATED]))
    file = wacz(folder / "wild.wacz", {"archive/a.warc.gz": warc(folder, "a.warc.gz", 1, 2)}, packing)
    content = bytearray(file.read_bytes())
    # The length of what is made differs by a few bytes from time to time.
    for place in data.draw(st.lists(st.integers(0, 10**6), max_size=4)):
        content[place % len(content)] = data.draw(st.integers(0, 255))
    file.write_bytes(content[len(content) // 2 :] if data.draw(st.booleans()) else content)
    try:
        pages, _ = read(file)
        for page in pages:
            assert isinstance(page.body(), bytes)
    except ArchiveError:
        pass
