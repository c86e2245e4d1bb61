"""Members of zips that are anybody's: which are read, and where in the file they lie."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from spiders.fetching.saved_places import InFile, Place

_LOCAL_HEADER = struct.Struct("<4s22xHH")
_ENCRYPTED = 0x1
# A WARC of pages packs to a tenth; what packs to a five-hundredth was made to fill a disk.
_MOST_TIMES = 500
DAMAGED = (BadZipFile, zlib.error, EOFError, OSError, ValueError, OverflowError, RuntimeError, struct.error)
"""What zipfile raises on damage: of the structure, which may name places that are none, and of what is packed."""


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
        except (*DAMAGED, KeyError) as cause:
            raise EOFError(str(cause)) from cause
        return opened


def is_zip(file: Path, head: bytes) -> bool:
    """Whether a file is a zip, or is called one, by its name and its first bytes."""
    return head.startswith(b"PK\x03\x04") or file.suffix.lower() in (".wacz", ".zip")


def refusal(member: ZipInfo) -> str:
    """Why a member is not read; empty where it is."""
    if member.flag_bits & _ENCRYPTED:
        return "encrypted"
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return "packed in a way that WACZ does not know"
    if member.file_size > _MOST_TIMES * max(member.compress_size, 1):
        return f"packed to less than a {_MOST_TIMES}th, as no saved page is"
    return ""


def places_in(file: Path, member: ZipInfo) -> Callable[[int], Place]:
    """Makes a place of an offset in a member: in a stored one, as WACZ wants it, it is one in the zip."""
    if member.compress_type != ZIP_STORED:
        return partial(InMember, file, member)
    with file.open("rb") as opened:
        opened.seek(member.header_offset)
        _, name_length, extra_length = _LOCAL_HEADER.unpack(opened.read(_LOCAL_HEADER.size))
    start = member.header_offset + _LOCAL_HEADER.size + name_length + extra_length
    return lambda offset: InFile(file, start + offset)
