"""Gzip files that were packed as a whole: read at any place, in little memory, with nothing unpacked to the disk."""

from __future__ import annotations

import io
import zlib
from bisect import bisect_right
from dataclasses import dataclass, field
from gzip import BadGzipFile
from pathlib import Path
from typing import IO, Any, cast

_GZIP = zlib.MAX_WBITS | 16
_PART = 16 * 1024
# A mark holds zlib's window and what was read ahead, 60 KB; between two of them reading a page costs unpacking.
_MOST_MARKS = 256
_LEAST_APART = 1024 * 1024


@dataclass(slots=True, frozen=True)
class _Mark:
    """A place in what is packed at which unpacking can go on: how much was unpacked and read before it."""

    unpacked: int
    read: int
    unpacking: Any


@dataclass(slots=True)
class PackedFile:
    """A gzip file, in which places are marked while it is read through for the first time.

    However large the file, no more than 256 places are kept.
    """

    file: Path
    _marks: list[_Mark] = field(default_factory=list)
    _apart: int = _LEAST_APART

    def open(self, offset: int = 0) -> IO[bytes]:
        """The unpacked content from `offset` on. Reading raises BadGzipFile where it is damaged or breaks off."""
        stream = _UnpackedStream(self)
        try:
            stream.go_to(offset)
        except BaseException:
            stream.close()
            raise
        return cast("IO[bytes]", stream)

    def mark_before(self, offset: int) -> _Mark | None:
        """The last marked place up to `offset`."""
        at = bisect_right(self._marks, offset, key=lambda mark: mark.unpacked)
        return self._marks[at - 1] if at else None

    def pass_by(self, unpacked: int, read: int, unpacking: Any) -> None:
        """Marks a place that is far enough from the last one."""
        if unpacked < (self._marks[-1].unpacked if self._marks else 0) + self._apart:
            return
        self._marks.append(_Mark(unpacked, read, unpacking.copy()))
        if len(self._marks) > _MOST_MARKS:
            del self._marks[::2]
            self._apart *= 2


@dataclass(slots=True, frozen=True)
class InPacked:
    """A place in what a gzip file holds."""

    packed: PackedFile
    offset: int

    @property
    def name(self) -> str:
        """The file's path."""
        return str(self.packed.file)

    def open(self) -> IO[bytes]:
        """The unpacked content, from the place on."""
        return self.packed.open(self.offset)


class _UnpackedStream(io.RawIOBase):
    """What a gzip file holds, all of its members, unpacked part by part."""

    def __init__(self, packed: PackedFile) -> None:
        self._packed = packed
        self._opened = packed.file.open("rb")
        self._unpacking = zlib.decompressobj(_GZIP)
        self._at = 0
        self._part = b""

    def go_to(self, offset: int) -> None:
        """Stands at `offset`, from the nearest mark on."""
        mark = self._packed.mark_before(offset)
        if mark is not None:
            self._opened.seek(mark.read)
            self._at, self._unpacking = mark.unpacked, mark.unpacking.copy()
        while self._at < offset and self.read(min(_PART, offset - self._at)):
            pass

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fills the buffer as far as one part goes."""
        view = memoryview(buffer)
        if not self._part:
            self._packed.pass_by(self._at, self._opened.tell(), self._unpacking)
            self._part = self._next_part()
        given = self._part[: len(view)]
        view[: len(given)] = given
        self._part = self._part[len(given) :]
        self._at += len(given)
        return len(given)

    def tell(self) -> int:
        """How much was unpacked and given."""
        return self._at

    def close(self) -> None:
        """Closes the file."""
        self._opened.close()
        super().close()

    def _next_part(self) -> bytes:
        while True:
            packed = self._unpacking.unconsumed_tail or self._unpacking.unused_data or self._opened.read(_PART)
            if self._unpacking.eof:
                if not packed.strip(b"\0"):
                    return b""
                self._unpacking = zlib.decompressobj(_GZIP)
            try:
                part = self._unpacking.decompress(packed, _PART)
            except zlib.error as cause:
                raise BadGzipFile(str(cause)) from cause
            if part:
                return part
            if not packed and not self._unpacking.eof:
                raise BadGzipFile("the compressed data breaks off")
