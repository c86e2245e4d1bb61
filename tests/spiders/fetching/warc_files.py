"""WARC files for the tests, written by our recorder or by hand."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from scrapy import Request
from scrapy.http import Response

from spiders.fetching.saved_page import Opening, SavedPage
from spiders.fetching.saved_warc import WarcForm, WarcRecorder

URL = "https://newsroom.test/kk/news/1"
MOMENT = datetime(2024, 5, 14, 18, 0, tzinfo=timezone(timedelta(hours=5)))
BODY = "<html><p>Қазақстан жаңалықтары</p>".encode() + b"a" * 40_000 + b"</html>"
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=windows-1251\r\n\r\n<p>\xcf"


def record(file: Path, *answers: dict[str, Any]) -> Path:
    """Writes a recording with an answer a second; the values are those of a Response, and `moment`."""
    recorder = WarcRecorder(file)
    for number, answer in enumerate(answers):
        values = {"url": URL, "moment": MOMENT, "body": BODY, **answer}
        request, moment = Request(values["url"]), values.pop("moment")
        recorder.write(request, Response(**values), moment + timedelta(seconds=number))
    recorder.close()
    return file


def read(*files: Path) -> tuple[list[SavedPage], list[tuple[str, str]]]:
    """The pages in WARC files, and what could not be used."""
    opening = Opening(path=files[0] if len(files) == 1 else files[0].parent)
    form = WarcForm(opening)
    pages = [page for file in files for _, page in form.read(file)]
    return pages + [page for _, page in form.rest()], opening.unplaced


def raw_record(
    url: str, http: bytes, kind: str = "response", date: str = "2024-05-14T13:00:00Z", more: str = "", media: str = ""
) -> bytes:
    """A record as it stands in a WARC file."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: {date}\r\n{more}"
        "WARC-Record-ID: <urn:uuid:0784a731-f3f5-45b8-ad18-9887778b2333>\r\n"
        f"Content-Type: {media or f'application/http; msgtype={kind}'}\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"
