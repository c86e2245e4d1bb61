"""Places: where in a file a saved page begins."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol


class Place(Protocol):
    """Where a record begins."""

    def open(self) -> IO[bytes]:
        """A stream that stands there."""

    @property
    def name(self) -> str:
        """The file, as people know it."""


@dataclass(slots=True, frozen=True)
class InFile:
    """A place in a file."""

    file: Path
    offset: int

    @property
    def name(self) -> str:
        """The file's path."""
        return str(self.file)

    def open(self) -> IO[bytes]:
        """The file, from the place on."""
        opened = self.file.open("rb")
        opened.seek(self.offset)
        return opened
