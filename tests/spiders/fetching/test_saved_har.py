import base64
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.errors import ArchiveError
from spiders.fetching import saved_har
from spiders.fetching.saved_har import HarForm
from spiders.fetching.saved_page import Opening, SavedPage

URL = "https://newsroom.test/kk/news/1"
TEXT = '<p title="[{">Қазақстан \\ «жаңалық» "}]"</p>'


def entry(url: str = URL, *, status: int = 200, method: str = "GET", **content: Any) -> dict[str, Any]:
    said = {"mimeType": "text/html; charset=windows-1251", "text": TEXT, **content}
    fields = {":status": str(status), "Content-Type": said["mimeType"], "Content-Encoding": "gzip", "ETag": '"1"'}
    return {
        "startedDateTime": "2024-05-14T18:00:00.250+05:00",
        "request": {"method": method, "url": url},
        "response": {
            "status": status,
            "headers": [{"name": name, "value": value} for name, value in fields.items()],
            "content": {name: value for name, value in said.items() if value is not None},
        },
    }


def har(*entries: Any) -> str:
    log = {"version": "1.2", "pages": [{"id": "entries", "title": '"entries": [{'}], "entries": list(entries)}
    return json.dumps({"log": {**log, "comment": "after"}}, ensure_ascii=False)


def read(folder: Path, content: str | bytes) -> tuple[list[SavedPage], list[tuple[str, str]]]:
    file = folder / "a.har"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    opening = Opening(path=folder)
    return [page for _, page in HarForm(opening).read(file)], opening.unplaced


def test_a_text_is_unicode_whatever_charset_the_answer_names(tmp_path: Path) -> None:
    (page,), unplaced = read(tmp_path, har(entry()))
    assert unplaced == []
    assert (page.url, page.status, page.body()) == (URL, 200, TEXT.encode())
    assert page.fetched_at == datetime(2024, 5, 14, 13, 0, 0, 250_000, UTC)
    assert page.headers() == [("Content-Type", "text/html; charset=utf-8"), ("ETag", '"1"')]


def test_base64_is_what_came_and_keeps_its_charset(tmp_path: Path) -> None:
    body = "<p>Новости</p>".encode("cp1251")
    packed = base64.b64encode(body).decode()
    (page,), _ = read(tmp_path, har(entry(text=packed, encoding="base64")))
    assert page.body() == body
    assert page.headers()[0] == ("Content-Type", "text/html; charset=windows-1251")


def test_what_is_no_page_is_passed_over_and_a_page_without_its_body_named(tmp_path: Path) -> None:
    pages, unplaced = read(
        tmp_path,
        har(
            entry(URL + ".png", mimeType="image/png", text="", encoding="base64"),
            entry(method="POST"),
            entry("data:text/html,<p>"),
            entry("blob:https://newsroom.test/1"),
            entry(status=0),
            entry(status=304, text=None),
            entry(URL + "2", text=None),
            entry(URL + "3", status=410, text=None),
            entry(URL + "4", status=301, text=None),
        ),
    )
    assert [(page.url, page.status, page.body()) for page in pages] == [(URL + "3", 410, b""), (URL + "4", 301, b"")]
    assert unplaced == [(URL + "2", "a.har has no body of it: save with content")]


def test_entries_of_the_wrong_shape_harm_no_other(tmp_path: Path) -> None:
    undated = entry(URL + "2") | {"startedDateTime": "yesterday"}
    wrong = [{}, {"request": [], "response": 1}, {"request": {"method": "GET", "url": 1}}, undated, {"a": [{"b": []}]}]
    (page,), unplaced = read(tmp_path, har(*wrong, entry()))
    assert page.url == URL
    assert unplaced == [(URL + "2", "no readable date in a.har")]


@pytest.mark.parametrize("missing", [3, 60, 400])
def test_a_file_that_breaks_off_is_read_as_far_as_it_goes_and_named(missing: int, tmp_path: Path) -> None:
    whole = har(entry(URL + "1"), entry(URL + "2"))
    content = whole[: whole.rindex("]") - missing]
    pages, unplaced = read(tmp_path, content)
    assert [page.url for page in pages] == [URL + "1"]
    assert pages[0].body() == TEXT.encode()
    ((name, reason),) = unplaced
    assert name == "a.har"
    assert reason.startswith("broken JSON after")


def test_an_entry_that_is_no_json_is_named_and_the_others_read(tmp_path: Path) -> None:
    broken = har(entry(URL + "1"), entry(URL + "2"), entry(URL + "3")).replace(f'"{URL}2"', "nothing")
    pages, unplaced = read(tmp_path, broken)
    assert [page.url for page in pages] == [URL + "1", URL + "3"]
    assert "an entry that is no JSON" in unplaced[0][1]


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"log": {"entries": []}}', '{"log": "', "entries", "\x00" * 50])
def test_a_file_without_an_entry_is_an_error(content: str, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="no HAR"):
        read(tmp_path, content)


def test_an_entry_larger_than_any_page_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_har, "_LARGEST_ENTRY", 2000)
    (page,), unplaced = read(tmp_path, har(entry(text="a" * 3000), entry(URL + "2")))
    assert page.url == URL + "2"
    assert "an entry larger than" in unplaced[0][1]


def test_bodies_that_cannot_be_read_are_errors(tmp_path: Path) -> None:
    (odd, page), _ = read(tmp_path, har(entry(text="§", encoding="base64"), entry()))
    with pytest.raises(ArchiveError, match="a damaged entry"):
        odd.body()
    (tmp_path / "a.har").write_text("{")
    with pytest.raises(ArchiveError, match="a damaged entry"):
        page.body()


@pytest.mark.parametrize("piece", ['"\\', "[", "{", '"', '{"a":', '\\"', '"entries":['])
def test_hostile_repetition_costs_no_more_than_reading(piece: str, tmp_path: Path) -> None:
    pages, unplaced = read(tmp_path, '{"log": {"entries": [{"a": "' + piece * (1_000_000 // len(piece)))
    assert (pages, len(unplaced)) == ([], 1)


@pytest.mark.parametrize(
    ("name", "head", "is_one"),
    [
        ("a.har", b"", True),
        ("a.json", b'\xef\xbb\xbf{\n "log" : {', True),
        ("a.json", b'{"html": "<li>"}', False),
        ("a.html", b"<html>", False),
    ],
)
def test_a_har_is_told_by_its_name_or_its_beginning(name: str, head: bytes, is_one: bool, tmp_path: Path) -> None:
    assert HarForm(Opening(path=tmp_path)).takes(tmp_path / name, head) is is_one


WHOLE = har(entry(), entry(URL + "2", text="PA==", encoding="base64")).encode()


@given(st.data())
def test_any_damage_gives_pages_that_can_be_read_or_archive_errors(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    content = bytearray(WHOLE)
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=4)):
        content[place] = data.draw(st.sampled_from(b'"\\{}[]:,0\xff'))
    try:
        pages, _ = read(tmp_path_factory.getbasetemp(), bytes(content[: data.draw(st.integers(0, len(content)))]))
        for page in pages:
            assert page.fetched_at.utcoffset() is not None
            assert isinstance(page.body(), bytes)
    except ArchiveError:
        pass
