"""Zips of a HAR and the bodies attached to it, as Playwright writes them (`recordHar` to a path that ends in .zip)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile, ZipInfo

from newscrawler.errors import ArchiveError
from spiders.fetching.saved_har import har_pages
from spiders.fetching.saved_page import LARGEST_PAGE, Found, Opening
from spiders.fetching.saved_zip import DAMAGED, InMember, is_zip, refusal

# Held in memory while it is read. The bodies lie beside it: this is room for a hundred thousand answers' headers.
_LARGEST_HAR = 256 * 1024 * 1024


@dataclass(slots=True, frozen=True)
class HarMember:
    """A HAR in a zip; what is attached to it are members beside it."""

    file: Path
    member: ZipInfo
    members: dict[str, ZipInfo]

    @property
    def name(self) -> str:
        """The zip's path and the member's."""
        return f"{self.file}/{self.member.filename}"

    def entry(self, start: int, end: int) -> bytes:
        """The HAR between two places. Raises OSError or ValueError."""
        return self._read(self.member, start, end - start)

    def attached(self, name: str) -> bytes:
        """A member beside it. Raises OSError or ValueError."""
        if reason := self.lacks(name):
            raise ValueError(reason)
        return self._read(self.members[self._path(name)], 0, LARGEST_PAGE + 1)

    def lacks(self, name: str) -> str:
        """Why there is no such member; empty where there is."""
        path = self._path(name)
        folder = posixpath.dirname(self.member.filename)
        if path.startswith(("../", "/")) or (folder and not path.startswith(f"{folder}/")):
            return "lies outside of its folder"
        return refusal(self.members[path]) if path in self.members else "is not there"

    def _path(self, name: str) -> str:
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.member.filename), name))

    def _read(self, member: ZipInfo, start: int, most: int) -> bytes:
        try:
            with InMember(self.file, member, start).open() as opened:
                return opened.read(most)
        except DAMAGED as cause:
            raise ValueError(str(cause)) from cause


class HarZipForm:
    """SavedForm of zips with a HAR file. Nothing is unpacked to the disk: bodies are read from the zip when asked
    for."""

    def __init__(self, opening: Opening) -> None:
        self._opening = opening

    def takes(self, file: Path, head: bytes) -> bool:
        """A zip with a HAR in it."""
        if not is_zip(file, head):
            return False
        try:
            with ZipFile(file) as zipped:
                return any(_is_har(member) for member in zipped.infolist())
        except DAMAGED:
            return False

    def read(self, file: Path) -> Iterator[Found]:
        """The answers in the HAR files of a zip. Raises ArchiveError when it is damaged."""
        try:
            with ZipFile(file) as zipped:
                members = {member.filename: member for member in zipped.infolist()}
        except DAMAGED as cause:
            raise ArchiveError("damaged zip", cause=cause) from cause
        for member in filter(_is_har, members.values()):
            name = f"{self._opening.name_of(file)}/{member.filename}"
            reason = refusal(member)
            if member.file_size > _LARGEST_HAR:
                reason = f"larger than {_LARGEST_HAR // 1024 // 1024} MB: unpack the zip"
            if reason:
                self._opening.unplaced.append((name, reason))
                continue
            source = HarMember(file, member, members)
            try:
                for page in har_pages(source.entry(0, member.file_size), source, name, self._opening):
                    yield "HAR", page
            except (ArchiveError, ValueError) as error:
                self._opening.unplaced.append((name, getattr(error, "problem", f"damaged in the zip ({error})")))

    def rest(self) -> Iterator[Found]:
        """Nothing."""
        yield from ()


def _is_har(member: ZipInfo) -> bool:
    return member.filename.lower().endswith(".har")
