"""Recording: a folder with the pages that a crawl saw on one day, and the articles expected of them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path

from spiders.recordings.expectation import Expectation, RecordingError, read_expectation
from spiders.recordings.scratch import scratch_folder

FOLDER = "recordings"
PAGES = "pages.warc.gz"
ARTICLES = "articles.json"
# Of what is being written; recordings are named after days.
_UNFINISHED = ".unfinished-"


@dataclass(slots=True, frozen=True)
class Recording:
    """`folder` is `recordings/NEWSROOM/DATE`, and holds the files PAGES and ARTICLES."""

    newsroom: str
    folder: Path

    @property
    def label(self) -> str:
        """Newsroom and day, as people are told of it."""
        return f"{self.newsroom} {self.folder.name}"

    @property
    def pages(self) -> Path:
        """The WARC file with every answer of the site."""
        return self.folder / PAGES

    def expectation(self) -> Expectation:
        """What is expected of the pages. Raises RecordingError."""
        return read_expectation(self.folder / ARTICLES)

    def expect(self, expectation: Expectation) -> None:
        """Replaces what is expected, whole or not at all. Raises RecordingError."""
        unfinished = self.folder / f"{_UNFINISHED}{ARTICLES}"
        try:
            unfinished.write_text(expectation.to_json(), encoding="utf-8")
            os.replace(unfinished, self.folder / ARTICLES)  # noqa: PTH105
        except OSError as cause:
            raise _not_written(self.folder / ARTICLES, cause) from cause


def find_recordings(folder: Path) -> dict[str, list[Recording]]:
    """The recordings in the folder `recordings` of `folder` by newsroom, oldest first; newsrooms without one are not
    there. Raises RecordingError where they cannot be listed."""
    found: dict[str, list[Recording]] = {}
    try:
        for newsroom in _folders(folder / FOLDER):
            recordings = [Recording(newsroom.name, day) for day in _folders(newsroom)]
            if recordings:
                found[newsroom.name] = recordings
    except OSError as cause:
        raise RecordingError(f"cannot read {folder / FOLDER}", cause=cause, remedy="Check its permissions") from cause
    return found


def keep_recording(folder: Path, newsroom: str, day: date, pages: Path, expectation: Expectation) -> Recording:
    """Puts the WARC file `pages` and the expectation into `recordings/NEWSROOM/DAY` of `folder`, or DAY-2 and so on
    where there is one of that day; whole or not at all. Raises RecordingError."""
    home = folder / FOLDER / newsroom
    try:
        home.mkdir(parents=True, exist_ok=True)
        with scratch_folder(_UNFINISHED, home) as unfinished:
            # It lets nobody else in; a recording is kept with the other files of the project.
            unfinished.chmod(home.stat().st_mode & 0o777)
            shutil.copyfile(pages, unfinished / PAGES)
            (unfinished / ARTICLES).write_text(expectation.to_json(), encoding="utf-8")
            place = next(place for place in map(home.joinpath, _names_of(day)) if not place.exists())
            return Recording(newsroom, unfinished.rename(place))
    except OSError as cause:
        raise _not_written(home, cause) from cause
    finally:
        with suppress(OSError):
            home.rmdir()
            home.parent.rmdir()


def _names_of(day: date) -> Iterator[str]:
    yield day.isoformat()
    yield from (f"{day.isoformat()}-{number}" for number in count(2))


def _folders(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted((entry for entry in folder.iterdir() if entry.is_dir() and not entry.name.startswith(".")), key=_age)


def _age(folder: Path) -> tuple[str, int, str]:
    day, number = folder.name[:10], folder.name[10:].lstrip("-")
    return day, int(number) if number.isdecimal() else 0, folder.name


def _not_written(place: Path, cause: OSError) -> RecordingError:
    return RecordingError(f"cannot write {place}", cause=cause, remedy="Check its permissions, and the disk")
