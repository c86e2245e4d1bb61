"""HAR files (HTTP Archive 1.2): what a browser's network panel or Playwright recorded, with content."""

from __future__ import annotations

import base64
import json
import mmap
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from newscrawler.errors import ArchiveError
from spiders.fetching.saved_coding import bounded
from spiders.fetching.saved_page import LARGEST_PAGE, Found, Opening, header, is_page_type, moment_of, true_headers

# Possessive: each byte is looked at once, whatever the file. A lone quotation mark begins a text that breaks off.
_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+"|["{}\[\]]', re.DOTALL)
_BEGINNING = re.compile(rb'\s*\{\s*"log"\s*:')
_ENTRIES = b'"entries"'
_OF_LOG, _OF_ENTRIES = 2, 3
# An entry is JSON, whose escapes and base64 take more room than the page.
_LARGEST_ENTRY = 2 * LARGEST_PAGE
_NOT_CHANGED = 304
_CHARSET = re.compile(r";\s*charset=[^;]*", re.IGNORECASE)


@dataclass(slots=True, frozen=True)
class HarPage:
    """One answer in a HAR file, read again from its place in it when its body is asked for."""

    url: str
    fetched_at: datetime
    status: int
    fields: tuple[tuple[str, str], ...]
    file: Path
    start: int
    end: int

    def headers(self) -> list[tuple[str, str]]:
        """The answer's headers."""
        return true_headers(self.fields)

    def body(self) -> bytes:
        """The answer's body; a text is in UTF-8. Raises ArchiveError when it cannot be read."""
        try:
            with self.file.open("rb") as opened:
                opened.seek(self.start)
                entry = json.loads(opened.read(self.end - self.start))
            return bounded(_content(_dict(_dict(entry, "response"), "content")))
        except (OSError, ValueError, RecursionError) as cause:
            raise ArchiveError(f"{self.file}: a damaged entry", url=self.url, cause=cause) from cause


class HarForm:
    """SavedForm of HAR files. Only the places of the entries are kept; the file is read through once, whole or not."""

    def __init__(self, opening: Opening) -> None:
        self._opening = opening

    def takes(self, file: Path, head: bytes) -> bool:
        """A JSON document that begins with `log`, or a file that is called a HAR."""
        return file.suffix.lower() == ".har" or _BEGINNING.match(head.removeprefix(b"\xef\xbb\xbf")) is not None

    def read(self, file: Path) -> Iterator[Found]:
        """The answers in a HAR file, in order. Raises ArchiveError when it has no entries at all."""
        some, name = False, self._opening.name_of(file)
        with file.open("rb") as opened:
            if not file.stat().st_size:
                raise ArchiveError("no HAR")
            with mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as content:
                for start, end in _places(content):
                    some = True
                    if end is None:
                        self._opening.unplaced.append((name, f"broken JSON after {start} bytes; the rest is not read"))
                        return
                    page = self._page(file, content, start, end)
                    if page is not None:
                        yield "HAR", page
        if not some:
            raise ArchiveError("no HAR: it has no entries")

    def rest(self) -> Iterator[Found]:
        """Nothing."""
        yield from ()

    def _page(self, file: Path, content: mmap.mmap, start: int, end: int) -> HarPage | None:
        name = f"{self._opening.name_of(file)} at {start} bytes"
        if end - start > _LARGEST_ENTRY:
            self._opening.unplaced.append((name, f"an entry larger than {_LARGEST_ENTRY // 1024 // 1024} MB"))
            return None
        try:
            entry = json.loads(content[start:end])
        except (ValueError, RecursionError) as cause:
            self._opening.unplaced.append((name, f"an entry that is no JSON ({cause})"))
            return None
        request, response = _dict(entry, "request"), _dict(entry, "response")
        url, status, said = _text(request, "url"), response.get("status"), _dict(response, "content")
        is_page = is_page_type(_text(said, "mimeType")) and url.startswith(("http://", "https://"))
        if not is_page or _text(request, "method") != "GET" or type(status) is not int or status <= 0:
            return None
        if status == _NOT_CHANGED:
            return None
        moment = moment_of(_text(entry, "startedDateTime"))
        if moment is None:
            self._opening.unplaced.append((url, f"no readable date in {self._opening.name_of(file)}"))
            return None
        if "text" not in said and status // 100 == 2:
            self._opening.unplaced.append((url, f"{self._opening.name_of(file)} has no body of it: save with content"))
            return None
        return HarPage(url, moment, status, _fields(response, said), file, start, end)


def _places(content: mmap.mmap) -> Iterator[tuple[int, int | None]]:
    """Where each entry begins and ends; without an end where the file breaks off."""
    depth, start, last, inside = 0, 0, b"", False
    for token in _TOKEN.finditer(content):
        at, mark = token.start(), content[token.start() : token.start() + 1]
        if mark == b'"':
            if token.end() - at == 1:
                break
            last = content[at : token.end()] if token.end() - at == len(_ENTRIES) else b""
        elif mark in b"[{":
            if not inside and mark == b"[" and depth == _OF_LOG and last == _ENTRIES:
                inside = True
            elif inside and depth == _OF_ENTRIES:
                start = at
            depth += 1
        else:
            depth -= 1
            if inside and depth == _OF_ENTRIES:
                yield start, token.end()
                start = token.end()
            elif inside and depth == _OF_LOG:
                return
    if inside:
        yield start, None


def _fields(response: dict[str, Any], said: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """The answer's headers. A text in a HAR is Unicode whatever the charset in which it came, so none is named."""
    pairs = response.get("headers")
    named = [each for each in pairs if isinstance(each, dict)] if isinstance(pairs, list) else []
    fields = [(_text(each, "name"), _text(each, "value")) for each in named]
    if not header(fields, "Content-Type"):
        fields.append(("Content-Type", _text(said, "mimeType")))
    if said.get("encoding") == "base64":
        return tuple(fields)
    return tuple(
        (name, _CHARSET.sub("", value) + "; charset=utf-8" if name.lower() == "content-type" else value)
        for name, value in fields
    )


def _content(said: dict[str, Any]) -> bytes:
    text = _text(said, "text")
    if said.get("encoding") == "base64":
        return base64.b64decode(text)
    return text.encode("utf-8", errors="replace")


def _dict(values: Any, key: str) -> dict[str, Any]:
    value = values.get(key) if isinstance(values, dict) else None
    return value if isinstance(value, dict) else {}


def _text(values: Any, key: str) -> str:
    value = values.get(key) if isinstance(values, dict) else None
    return value if isinstance(value, str) else ""
