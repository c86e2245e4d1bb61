"""Web archives (`.webarchive`): a property list of a page, its frames and what they show, as Safari saves it."""

from __future__ import annotations

import plistlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError

from newscrawler.errors import ArchiveError
from newscrawler.urls import is_web_address
from spiders.fetching.saved_coding import bounded
from spiders.fetching.saved_page import LARGEST_PAGE, Found, Opening

_SUFFIX = ".webarchive"
_BINARY = b"bplist00"
# Read as a whole, pictures and all.
_LARGEST_ARCHIVE = 4 * LARGEST_PAGE
_MOST_FRAMES, _DEEPEST = 100, 8
_PAGE_TYPES = ("text/html", "application/xhtml+xml")
# What plistlib raises on bytes that are anybody's. It makes numbers, texts and lists of them, and runs nothing.
_DAMAGED = (
    *(plistlib.InvalidFileException, ExpatError, struct.error, OSError, ValueError, KeyError, IndexError),
    *(TypeError, AttributeError, OverflowError, RecursionError, MemoryError),
)


@dataclass(slots=True, frozen=True)
class WebArchivePage:
    """A page in a web archive, or in a frame of one: the `number`th of its pages. Its body is read when asked for."""

    url: str
    fetched_at: datetime
    content_type: str
    file: Path
    number: int
    status: int = 200

    def headers(self) -> list[tuple[str, str]]:
        """The media type, with the charset where the archive names one."""
        return [("Content-Type", self.content_type)]

    def body(self) -> bytes:
        """The page as Safari had it. Raises ArchiveError when it is damaged."""
        try:
            for number, resource in enumerate(_resources(_document(self.file))):
                if number == self.number:
                    return bounded(bytes(resource["WebResourceData"]))
        except _DAMAGED as cause:
            raise ArchiveError(f"{self.file}: a damaged page", url=self.url, cause=cause) from cause
        raise ArchiveError(f"{self.file}: a damaged page", url=self.url)


class WebArchiveForm:
    """SavedForm of Safari's web archives: the page, and the pages in its frames."""

    def __init__(self, opening: Opening) -> None:
        self._opening = opening

    def takes(self, file: Path, head: bytes) -> bool:
        """A binary property list, or a file that is called a web archive."""
        return head.startswith(_BINARY) or file.suffix.lower() == _SUFFIX

    def read(self, file: Path) -> Iterator[Found]:
        """The pages. Raises ArchiveError when the main one is none, has no address, or the file is damaged."""
        if file.stat().st_size > _LARGEST_ARCHIVE:
            raise ArchiveError(f"larger than {_LARGEST_ARCHIVE // 1024 // 1024} MB")
        moment = datetime.fromtimestamp(file.stat().st_mtime, UTC)
        try:
            resources = list(_resources(_document(file)))
        except OSError:
            raise
        except _DAMAGED as cause:
            raise ArchiveError("no web archive") from cause
        if not resources:
            raise ArchiveError("no web archive")
        for number, resource in enumerate(resources):
            reason = _refusal(resource)
            if not reason:
                page = WebArchivePage(resource["WebResourceURL"], moment, _content_type(resource), file, number)
                yield "webarchive", page
            elif number == 0:
                self._opening.unplaced.append((self._opening.name_of(file), reason))

    def rest(self) -> Iterator[Found]:
        """Nothing."""
        yield from ()


def _document(file: Path) -> Any:
    with file.open("rb") as opened:
        return plistlib.load(opened)


def _resources(document: Any) -> Iterator[dict[str, Any]]:
    """The main resource, then those of the frames; no more of them, and in no deeper frames, than pages have."""
    waiting, given = [(document, 0)], 0
    while waiting and given <= _MOST_FRAMES:
        archive, depth = waiting.pop(0)
        resource = archive.get("WebMainResource") if isinstance(archive, dict) else None
        if not isinstance(resource, dict):
            continue
        given += 1
        yield resource
        frames = archive.get("WebSubframeArchives")
        if isinstance(frames, list) and depth < _DEEPEST:
            waiting += [(frame, depth + 1) for frame in frames[:_MOST_FRAMES]]


def _refusal(resource: dict[str, Any]) -> str:
    """Why a resource is no page; empty where it is one."""
    url = resource.get("WebResourceURL")
    if not isinstance(url, str) or not is_web_address(url):
        return "carries no address of its own"
    is_page = resource.get("WebResourceMIMEType") in _PAGE_TYPES and isinstance(resource.get("WebResourceData"), bytes)
    return "" if is_page else "no HTML"


def _content_type(resource: dict[str, Any]) -> str:
    charset = resource.get("WebResourceTextEncodingName")
    named = isinstance(charset, str) and charset.isascii() and charset.replace("-", "").replace("_", "").isalnum()
    return f"{resource['WebResourceMIMEType']}{f'; charset={charset}' if named else ''}"
