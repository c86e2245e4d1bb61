"""MHTML files (RFC 2557): a page and what it shows in one file, as Chromium and others save it."""

from __future__ import annotations

import base64
import quopri
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import IO

from newscrawler.errors import ArchiveError
from newscrawler.urls import is_web_address
from spiders.fetching.saved_coding import bounded
from spiders.fetching.saved_page import LARGEST_PAGE, Found, Opening, moment_of_mail_date

_SUFFIXES = (".mht", ".mhtml")
_LONGEST_LINE = 1024 * 1024
_LARGEST_HEAD = 256 * 1024
# Quoted-printable makes three bytes of one.
_LARGEST_CODED = 3 * LARGEST_PAGE
_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_DECODERS: dict[str, Callable[[bytes], bytes]] = {"quoted-printable": quopri.decodestring, "base64": base64.b64decode}


@dataclass(slots=True, frozen=True)
class MhtmlPage:
    """The page in an MHTML file; its body is read from its place in it when asked for."""

    url: str
    fetched_at: datetime
    content_type: str
    coding: str
    file: Path
    start: int
    end: int
    status: int = 200

    def headers(self) -> list[tuple[str, str]]:
        """The media type as the file says it, with the charset where it says one."""
        return [("Content-Type", self.content_type)]

    def body(self) -> bytes:
        """The page as the browser had it: after its scripts, without them. Raises ArchiveError when damaged."""
        try:
            with self.file.open("rb") as opened:
                opened.seek(self.start)
                content = opened.read(self.end - self.start)
            return bounded(_DECODERS[self.coding](content) if self.coding in _DECODERS else content)
        except (OSError, ValueError) as cause:
            raise ArchiveError(f"{self.file}: a damaged page", url=self.url, cause=cause) from cause


class MhtmlForm:
    """SavedForm of MHTML files. The page is the root part (RFC 2557, section 5): the frames in it, pictures and styles
    are other parts, and passed over."""

    def __init__(self, opening: Opening) -> None:
        self._opening = opening

    def takes(self, file: Path, head: bytes) -> bool:
        """A MIME message of related parts, or a file that is called one."""
        beginning = head.lower()
        is_message = b"mime-version:" in beginning and b"multipart/related" in beginning
        return file.suffix.lower() in _SUFFIXES or (is_message and not head.lstrip().startswith(b"<"))

    def read(self, file: Path) -> Iterator[Found]:
        """The page. Raises ArchiveError when it has none, no address, or breaks off inside it."""
        with file.open("rb") as opened:
            message = _head(opened)
            boundary = message.get_boundary()
            if boundary is None:
                raise ArchiveError("no MHTML")
            part, start, end = _root(opened, boundary.encode("ascii", "replace"), message)
        places = (message["Snapshot-Content-Location"], part["Content-Location"], message["Content-Location"])
        url = next((str(place).strip() for place in places if place and is_web_address(str(place).strip())), None)
        if url is None:
            raise ArchiveError("carries no address of its own")
        moment = moment_of_mail_date(str(message["Date"])) or datetime.fromtimestamp(file.stat().st_mtime, UTC)
        coding = str(part["Content-Transfer-Encoding"] or "").strip().lower()
        content_type = str(part["Content-Type"] or "text/html").replace("\r", "").replace("\n", "")
        yield "MHTML", MhtmlPage(url, moment, content_type, coding, file, start, end)

    def rest(self) -> Iterator[Found]:
        """Nothing."""
        yield from ()


def _head(opened: IO[bytes]) -> Message:
    """The header fields that follow."""
    lines: list[bytes] = []
    size = 0
    while (line := opened.readline(_LONGEST_LINE)).strip():
        lines.append(line)
        size += len(line)
        if size > _LARGEST_HEAD:
            raise ArchiveError("no MHTML")
    return BytesHeaderParser().parsebytes(b"".join(lines))


def _root(opened: IO[bytes], boundary: bytes, message: Message) -> tuple[Message, int, int]:
    """The root part: the one that `start` names, else the first; its header fields, where it begins and ends."""
    wanted = message.get_param("start")
    while _boundary_at(opened, boundary) is not None:
        part = _head(opened)
        start = opened.tell()
        if wanted is not None and str(part["Content-ID"] or "").strip() != wanted:
            continue
        if part.get_content_type() not in _PAGE_TYPES:
            raise ArchiveError("no HTML")
        end = _boundary_at(opened, boundary)
        if end is None:
            raise ArchiveError("cut off inside the page")
        if end - start > _LARGEST_CODED:
            raise ArchiveError(f"larger than {LARGEST_PAGE // 1024 // 1024} MB")
        return part, start, end
    raise ArchiveError("no HTML, or cut off before it")


def _boundary_at(opened: IO[bytes], boundary: bytes) -> int | None:
    """Reads on past the next boundary; where its line begins, or None."""
    while line := opened.readline(_LONGEST_LINE):
        if line.startswith(b"--" + boundary):
            return opened.tell() - len(line)
    return None
