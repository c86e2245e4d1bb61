"""WACZ files (Web Archive Collection Zipped 1.1): WARC files in a zip, read where they lie."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile, ZipInfo

from newscrawler.errors import ArchiveError
from spiders.fetching.saved_page import Found, Opening
from spiders.fetching.saved_warc import WarcForm
from spiders.fetching.saved_zip import DAMAGED, is_zip, places_in, refusal


class WaczForm:
    """SavedForm of WACZ files. Nothing is unpacked to the disk: answers are read from the zip when asked for."""

    def __init__(self, opening: Opening) -> None:
        self._opening = opening
        self._warc = WarcForm(opening)

    def takes(self, file: Path, head: bytes) -> bool:
        """A zip, or a file that is called one."""
        return is_zip(file, head)

    def read(self, file: Path) -> Iterator[Found]:
        """The answers in the WARC files of a zip. Raises ArchiveError when it is damaged or has no WARC file."""
        name = self._opening.name_of(file)
        opened = file.open("rb")
        try:
            with opened, ZipFile(opened) as zipped:
                members = [each for each in zipped.infolist() if each.filename.lower().endswith((".warc", ".warc.gz"))]
                for member in members:
                    yield from self._answers(file, zipped, member, f"{name}/{member.filename}")
        except DAMAGED as cause:
            raise ArchiveError("damaged zip", cause=cause) from cause
        if not members:
            raise ArchiveError("a zip without WARC files; unpack it if it holds saved pages")

    def rest(self) -> Iterator[Found]:
        """The pages that were fetched again unchanged."""
        for _, page in self._warc.rest():
            yield "WACZ", page

    def _answers(self, file: Path, zipped: ZipFile, member: ZipInfo, name: str) -> Iterator[Found]:
        reason = refusal(member)
        if reason:
            self._opening.unplaced.append((name, reason))
            return
        try:
            with zipped.open(member) as opened:
                for _, page in self._warc.answers(opened, name, places_in(file, member)):
                    yield "WACZ", page
        except ArchiveError as error:
            self._opening.unplaced.append((name, error.problem))
        except DAMAGED as cause:
            self._opening.unplaced.append((name, f"damaged in the zip ({cause})"))
