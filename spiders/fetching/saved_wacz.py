"""WACZ files (Web Archive Collection Zipped 1.1): WARC files in a zip, read where they lie."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from newscrawler.errors import ArchiveError
from spiders.fetching.saved_page import Found, Opening
from spiders.fetching.saved_warc import InFile, Place, WarcForm

_LOCAL_HEADER = struct.Struct("<4s22xHH")
_ENCRYPTED = 0x1
# A WARC of pages packs to a tenth; what packs to a five-hundredth was made to fill a disk.
_MOST_TIMES = 500
# What zipfile raises on damage: of the structure, which may name places that are none, and of what is packed.
_DAMAGED = (BadZipFile, zlib.error, EOFError, OSError, ValueError, OverflowError, RuntimeError, struct.error)


@dataclass(slots=True, frozen=True)
class InMember:
    """A place in a packed member of a zip; reaching it costs unpacking all before it."""

    file: Path
    member: ZipInfo
    offset: int

    @property
    def name(self) -> str:
        """The zip's path and the member's."""
        return f"{self.file}/{self.member.filename}"

    def open(self) -> IO[bytes]:
        """The member, from the place on. Raises EOFError where it is damaged."""
        try:
            with ZipFile(self.file) as zipped:
                opened = zipped.open(self.member)
            opened.seek(self.offset)
        except (*_DAMAGED, KeyError) as cause:
            raise EOFError(str(cause)) from cause
        return opened


class WaczForm:
    """SavedForm of WACZ files. Nothing is unpacked to the disk: answers are read from the zip when asked for."""

    def __init__(self, opening: Opening) -> None:
        self._opening = opening
        self._warc = WarcForm(opening)

    def takes(self, file: Path, head: bytes) -> bool:
        """A zip, or a file that is called one."""
        return head.startswith(b"PK\x03\x04") or file.suffix.lower() in (".wacz", ".zip")

    def read(self, file: Path) -> Iterator[Found]:
        """The answers in the WARC files of a zip. Raises ArchiveError when it is damaged or has no WARC file."""
        name = self._opening.name_of(file)
        opened = file.open("rb")
        try:
            with opened, ZipFile(opened) as zipped:
                members = [each for each in zipped.infolist() if each.filename.lower().endswith((".warc", ".warc.gz"))]
                for member in members:
                    yield from self._answers(file, zipped, member, f"{name}/{member.filename}")
        except _DAMAGED as cause:
            raise ArchiveError("damaged zip", cause=cause) from cause
        if not members:
            raise ArchiveError("a zip without WARC files; unpack it if it holds saved pages")

    def rest(self) -> Iterator[Found]:
        """The pages that were fetched again unchanged."""
        for _, page in self._warc.rest():
            yield "WACZ", page

    def _answers(self, file: Path, zipped: ZipFile, member: ZipInfo, name: str) -> Iterator[Found]:
        reason = _refusal(member)
        if reason:
            self._opening.unplaced.append((name, reason))
            return
        try:
            with zipped.open(member) as opened:
                for _, page in self._warc.answers(opened, name, _places(file, member)):
                    yield "WACZ", page
        except ArchiveError as error:
            self._opening.unplaced.append((name, error.problem))
        except _DAMAGED as cause:
            self._opening.unplaced.append((name, f"damaged in the zip ({cause})"))


def _refusal(member: ZipInfo) -> str:
    """Why a member is not read; empty where it is."""
    if member.flag_bits & _ENCRYPTED:
        return "encrypted"
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return "packed in a way that WACZ does not know"
    if member.file_size > _MOST_TIMES * max(member.compress_size, 1):
        return f"packed to less than a {_MOST_TIMES}th, as no saved page is"
    return ""


def _places(file: Path, member: ZipInfo) -> Callable[[int], Place]:
    """Makes a place of an offset in a member: in a stored one, as WACZ wants it, it is one in the zip."""
    if member.compress_type != ZIP_STORED:
        return partial(InMember, file, member)
    with file.open("rb") as opened:
        opened.seek(member.header_offset)
        _, name_length, extra_length = _LOCAL_HEADER.unpack(opened.read(_LOCAL_HEADER.size))
    start = member.header_offset + _LOCAL_HEADER.size + name_length + extra_length
    return lambda offset: InFile(file, start + offset)
