import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.fetching.saved_forms import FORMS, read_archive
from spiders.fetching.saved_page import Opening

URL = "https://newsroom.test/kk/news/1"
WARC = (
    f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {URL}\r\nWARC-Date: 2024-05-14T13:00:00Z\r\n"
    "Content-Type: application/http\r\nContent-Length: 22\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<p>\r\n\r\n"
)
HAR = json.dumps(
    {
        "log": {
            "entries": [
                {
                    "startedDateTime": "2024-05-14T13:00:00Z",
                    "request": {"method": "GET", "url": URL},
                    "response": {"status": 200, "content": {"mimeType": "text/html", "text": "<p>"}},
                }
            ]
        }
    }
)
MHTML = (
    f'MIME-Version: 1.0\nSnapshot-Content-Location: {URL}\nContent-Type: multipart/related; boundary="B"\n\n'
    "--B\nContent-Type: text/html\n\n<p>\n--B--\n"
)
HTML = f'<html><link rel="canonical" href="{URL}">'


@pytest.mark.parametrize("name", ["page.html", "page", "page.gz"])
@pytest.mark.parametrize(
    ("content", "form"),
    [
        (WARC, "WARC"),
        (gzip.compress(WARC.encode(), mtime=0), "WARC"),
        (HTML, "HTML"),
        (gzip.compress(HTML.encode(), mtime=0), "HTML"),
        (HAR, "HAR"),
        (MHTML, "MHTML"),
    ],
    ids=["WARC", "packed WARC", "HTML", "packed HTML", "HAR", "MHTML"],
)
def test_the_content_tells_the_form_whatever_the_name(
    content: str | bytes, form: str, name: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    opening = Opening(path=tmp_path)
    ((found, page),) = read_archive(opening)
    assert (found, page.url, opening.unplaced) == (form, URL, [])
    assert b"<" in page.body()


@given(
    content=st.binary(max_size=300),
    name=st.sampled_from(["a", "a.html", "a.warc.gz", "a.har", "a.mht", "a.wacz", "meta"]),
)
def test_any_file_gives_pages_or_is_named_with_a_reason(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, name: str
) -> None:
    folder = tmp_path_factory.getbasetemp() / "any"
    folder.mkdir(exist_ok=True)
    for start in (b"", b"\x1f\x8b\x08", b"PK\x03\x04", b"WARC/1.0\r\n", b'{"log":', b"MIME-Version: 1.0\n"):
        file = folder / name
        file.write_bytes(start + content)
        opening = Opening(path=folder)
        pages = list(read_archive(opening))
        assert pages or opening.unplaced
        file.unlink()


def test_the_last_form_takes_every_file(tmp_path: Path) -> None:
    assert FORMS[-1](Opening(path=tmp_path)).takes(tmp_path / "a", b"")
