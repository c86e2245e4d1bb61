"""The forms in which pages are saved, and the walk through an archive that tells them apart."""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from newscrawler.errors import ArchiveError
from spiders.fetching.saved_har import HarForm
from spiders.fetching.saved_har_zip import HarZipForm
from spiders.fetching.saved_html import may_be_page
from spiders.fetching.saved_mhtml import MhtmlForm, MhtmlPage
from spiders.fetching.saved_mirror import HtmlForm, MirroredPage
from spiders.fetching.saved_page import Found, Opening, SavedForm, SavedPage
from spiders.fetching.saved_scrapy_cache import ScrapyCacheForm
from spiders.fetching.saved_wacz import WaczForm
from spiders.fetching.saved_warc import WarcForm
from spiders.fetching.saved_webarchive import WebArchiveForm

FORMS: tuple[Callable[[Opening], SavedForm], ...] = (
    ScrapyCacheForm,
    HarZipForm,
    WaczForm,
    WarcForm,
    HarForm,
    MhtmlForm,
    WebArchiveForm,
    HtmlForm,
)
"""In the order in which they are asked whether a file is theirs; the last takes every file."""

_HEAD = 4096
# HTTrack's own notes; what it mirrored lies beside them.
_NOT_ENTERED = frozenset({"hts-cache"})


def read_archive(opening: Opening) -> Iterator[Found]:
    """Every page in the archive, of every form and in subfolders too, without its body; nothing outside of it is read.

    What cannot be used goes to the opening's `unplaced`, what cannot be read to its `unreadable`. Raises ArchiveError
    when the archive is not there or cannot be read at all.
    """
    forms = [make(opening) for make in FORMS]
    for file in _files(opening):
        try:
            if not opening.holds(file):
                continue
            head = _head(file)
            form = next(form for form in forms if form.takes(file, head))
            yield from form.read(file)
        except ArchiveError as error:
            opening.unplaced.append((opening.name_of(file), error.problem))
        except OSError as error:
            opening.unreadable.append((opening.name_of(file), error.strerror or str(error)))
    for form in forms:
        yield from form.rest()
    attached = {opening.name_of(file) for file in opening.attached if file.is_relative_to(opening.path)}
    opening.unplaced[:] = [unused for unused in opening.unplaced if unused[0] not in attached]


def is_lone_page(file: Path) -> bool:
    """Whether a file is a page as it came or was saved by a browser, not an archive. Raises OSError."""
    opening, head = Opening(path=file), _head(file)
    return not any(make(opening).takes(file, head) for make in FORMS[:-1])


def own_file(page: SavedPage) -> Path | None:
    """The file that holds nothing but this page; None where an archive keeps several in one."""
    if isinstance(page, MirroredPage):
        return page.file
    return page.file if isinstance(page, MhtmlPage) else None


def _files(opening: Opening) -> Iterator[Path]:
    """The files that may be pages, sorted; folders that cannot be read are added to `unreadable`."""
    path = opening.path
    if path.is_file():
        yield path
        return
    if not path.is_dir():
        raise ArchiveError(f"there is no folder or file {path}", remedy="Check the path")

    def note(error: OSError) -> None:
        if error.filename == str(path):
            raise ArchiveError(f"cannot read {path}", cause=error, remedy="Check its permissions") from error
        opening.unreadable.append((os.path.relpath(error.filename, path), error.strerror or str(error)))

    for folder, folders, files in os.walk(path, onerror=note):
        folders[:] = sorted(set(folders) - _NOT_ENTERED)
        for name in sorted(files):
            file = Path(folder, name)
            if may_be_page(file):
                yield file


def _head(file: Path) -> bytes:
    """The first bytes, unpacked where they are gzip; damaged gzip is its form's business."""
    with file.open("rb") as opened:
        head = opened.read(_HEAD)
    if not head.startswith(b"\x1f\x8b"):
        return head
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, _HEAD)
    except zlib.error:
        return b""
