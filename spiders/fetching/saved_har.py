"""HAR files (HTTP Archive 1.2): what a browser's network panel or Playwright recorded, with content."""

from __future__ import annotations

import base64
import json
import mmap
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from newscrawler.errors import ArchiveError
from spiders.fetching.saved_coding import bounded
from spiders.fetching.saved_har_entries import entry_places
from spiders.fetching.saved_page import LARGEST_PAGE, Found, Opening, header, is_page_type, moment_of, true_headers

_BEGINNING = re.compile(rb'\s*\{\s*"log"\s*:')
# An entry is JSON, whose escapes and base64 take more room than the page.
_LARGEST_ENTRY = 2 * LARGEST_PAGE
_NOT_CHANGED = 304
_CHARSET = re.compile(r";\s*charset=[^;]*", re.IGNORECASE)


class HarSource(Protocol):
    """Where a HAR lies, and the files with bodies that are attached to it (Playwright's `_file`)."""

    @property
    def name(self) -> str:
        """The HAR, as people know it."""

    def entry(self, start: int, end: int) -> bytes:
        """The HAR between two places. Raises OSError or ValueError."""

    def attached(self, name: str) -> bytes:
        """The file called `name` beside the HAR, up to a byte more than a page may have. Raises OSError or ValueError
        where it is not there, or lies outside of the HAR's folder."""

    def lacks(self, name: str) -> str:
        """Why there is no such file; empty where there is."""


@dataclass(slots=True, frozen=True)
class HarFile:
    """A HAR in a file of its own."""

    file: Path

    @property
    def name(self) -> str:
        """The file's path."""
        return str(self.file)

    def entry(self, start: int, end: int) -> bytes:
        """The file between two places. Raises OSError."""
        with self.file.open("rb") as opened:
            opened.seek(start)
            return opened.read(end - start)

    def attached(self, name: str) -> bytes:
        """A file beside it. Raises OSError, and ValueError where it lies elsewhere."""
        if reason := self.lacks(name):
            raise ValueError(reason)
        with (self.file.parent / name).open("rb") as opened:
            return opened.read(LARGEST_PAGE + 1)

    def lacks(self, name: str) -> str:
        """Why there is no such file; empty where there is."""
        try:
            file = (self.file.parent / name).resolve()
            if not file.is_relative_to(self.file.parent.resolve()):
                return "lies outside of its folder"
            return "" if file.is_file() else "is not there"
        except (OSError, ValueError):
            return "is not there"


@dataclass(slots=True, frozen=True)
class HarPage:
    """One answer in a HAR, read again from its place in it, or from the file attached to it, when its body is asked
    for."""

    url: str
    fetched_at: datetime
    status: int
    fields: tuple[tuple[str, str], ...]
    source: HarSource
    start: int
    end: int
    attached: str = ""

    def headers(self) -> list[tuple[str, str]]:
        """The answer's headers."""
        return true_headers(self.fields)

    def body(self) -> bytes:
        """The answer's body; a text in the HAR itself is in UTF-8. Raises ArchiveError when it cannot be read."""
        try:
            if self.attached:
                return bounded(self.source.attached(self.attached))
            entry = json.loads(self.source.entry(self.start, self.end))
            return bounded(_content(_dict(_dict(entry, "response"), "content")))
        except (OSError, ValueError, RecursionError) as cause:
            raise ArchiveError(f"{self.source.name}: a damaged entry", url=self.url, cause=cause) from cause


class HarForm:
    """SavedForm of HAR files. Only the places of the entries are kept; the file is read through once, whole or not.
    Bodies that lie in files beside it are read from there."""

    def __init__(self, opening: Opening) -> None:
        self._opening = opening

    def takes(self, file: Path, head: bytes) -> bool:
        """A JSON document that begins with `log`, or a file that is called a HAR."""
        return file.suffix.lower() == ".har" or _BEGINNING.match(head.removeprefix(b"\xef\xbb\xbf")) is not None

    def read(self, file: Path) -> Iterator[Found]:
        """The answers in a HAR file, in order. Raises ArchiveError when it has no entries at all."""
        with file.open("rb") as opened:
            if not file.stat().st_size:
                raise ArchiveError("no HAR")
            with mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as content:
                for page in har_pages(content, HarFile(file), self._opening.name_of(file), self._opening):
                    if page.attached:
                        self._opening.attached.add(Path(os.path.normpath(file.parent / page.attached)))
                    yield "HAR", page

    def rest(self) -> Iterator[Found]:
        """Nothing."""
        yield from ()


def har_pages(content: mmap.mmap | bytes, source: HarSource, name: str, opening: Opening) -> Iterator[HarPage]:
    """The answers in a HAR, in order, which people know as `name`. What cannot be used goes to the opening's
    `unplaced`. Raises ArchiveError when it has no entries at all."""
    some = False
    for start, end in entry_places(content):
        some = True
        if end is None:
            opening.unplaced.append((name, f"broken JSON after {start} bytes; the rest is not read"))
            return
        place = f"{name} at {start} bytes"
        if end - start > _LARGEST_ENTRY:
            opening.unplaced.append((place, f"an entry larger than {_LARGEST_ENTRY // 1024 // 1024} MB"))
            continue
        try:
            entry = json.loads(content[start:end])
        except (ValueError, RecursionError) as cause:
            opening.unplaced.append((place, f"an entry that is no JSON ({cause})"))
            continue
        page = _page(entry, source, name, (start, end), opening)
        if page is not None:
            yield page
    if not some:
        raise ArchiveError("no HAR: it has no entries")


def _page(entry: Any, source: HarSource, name: str, place: tuple[int, int], opening: Opening) -> HarPage | None:
    request, response = _dict(entry, "request"), _dict(entry, "response")
    url, status, said = _text(request, "url"), response.get("status"), _dict(response, "content")
    is_page = is_page_type(_text(said, "mimeType")) and url.startswith(("http://", "https://"))
    if not is_page or _text(request, "method") != "GET" or type(status) is not int or status <= 0:
        return None
    if status == _NOT_CHANGED:
        return None
    moment = moment_of(_text(entry, "startedDateTime"))
    if moment is None:
        opening.unplaced.append((url, f"no readable date in {name}"))
        return None
    attached = "" if "text" in said else _text(said, "_file")
    if attached and (reason := source.lacks(attached)):
        opening.unplaced.append((url, f"the file with its body, {attached} beside {name}, {reason}"))
        return None
    if "text" not in said and not attached and status // 100 == 2:
        opening.unplaced.append((url, f"{name} has no body of it: save with content"))
        return None
    return HarPage(url, moment, status, _fields(response, said, attached), source, *place, attached)


def _fields(response: dict[str, Any], said: dict[str, Any], attached: str) -> tuple[tuple[str, str], ...]:
    """The answer's headers. A text in a HAR is Unicode whatever the charset in which it came, so none is named; what is
    attached, or in base64, is as it came."""
    pairs = response.get("headers")
    named = [each for each in pairs if isinstance(each, dict)] if isinstance(pairs, list) else []
    fields = [(_text(each, "name"), _text(each, "value")) for each in named]
    if not header(fields, "Content-Type"):
        fields.append(("Content-Type", _text(said, "mimeType")))
    if attached or said.get("encoding") == "base64":
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
