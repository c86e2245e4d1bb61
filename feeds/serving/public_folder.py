"""The public folder: which of its files an address names, read whole and kept packed in memory."""

from __future__ import annotations

import errno
import hashlib
import logging
import os
import stat
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import BinaryIO

from feeds.serving.content_coding import GZIP, gzipped
from feeds.serving.media_types import MediaType, media_type_of

logger = logging.getLogger(__name__)

# What stands for a folder: its front page, else, as below `kk/turkistan/`, the page of all that is in it.
INDEX_NAMES = ("index.html", "all.html")
# The feeds of all newsrooms that are asked for within minutes are some megabytes; archives are rarely asked for twice.
_MEMORY = 64 * 1024 * 1024
# Packing takes a tenth of a second for so much; what is larger, archives of busy months, is sent as it is.
_LARGEST_IN_MEMORY = 8 * 1024 * 1024
_READ_AT_ONCE = 2
_ETAG_DIGITS = 32
_NOT_THERE = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG, errno.ENXIO}

_Version = tuple[int, int, int, int]


@dataclass(slots=True, kw_only=True, frozen=True)
class Representation:
    """Bytes as they are sent, None where they are too many to be in memory, and their strong entity tag with its
    quotes."""

    content: bytes | None
    etag: str


@dataclass(slots=True, kw_only=True, frozen=True)
class Document:
    """A file as it was at one moment: `plain`, and `packed` with gzip where that is smaller. `last_modified` is in
    whole seconds of UTC."""

    plain: Representation
    packed: Representation | None
    media_type: MediaType
    last_modified: datetime

    @property
    def size(self) -> int:
        """Bytes that it takes in memory."""
        return sum(len(one.content or b"") for one in (self.plain, self.packed) if one is not None)


class PublicFolder:
    """The files below `top` that are public: all but those with a dot before their name, or before that of a folder
    they are in, and those outside, whatever links lead there.

    A file is read whole: one that is replaced at the same moment is given as it was, or as it is now. Up to `memory`
    bytes of what was asked last are kept. Threads may share it.
    """

    def __init__(self, top: Path, memory: int = _MEMORY) -> None:
        self._top = top
        self._memory = memory
        self._kept: OrderedDict[str, tuple[_Version, Document]] = OrderedDict()
        self._lock = Lock()
        self.kept_bytes = 0
        self._reading = BoundedSemaphore(_READ_AT_ONCE)

    def document(self, path: str) -> Document | None:
        """What the decoded `path` of an address, such as `/kk/all/all.rss`, names; of a path that ends with a slash,
        the folder's index page. None where there is nothing public; a file that cannot be read is told to the log."""
        place, file = self._found(path)
        if file is None:
            return None
        with file:
            status = os.fstat(file.fileno())
            version = (status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size)
            if status.st_size > _LARGEST_IN_MEMORY:
                return _large_document(place, version)
            kept = self._kept_document(place, version)
            if kept is not None:
                return kept
            # Those that ask for the same at the same moment find it here; those that ask for much take turns.
            with self._reading:
                kept = self._kept_document(place, version)
                if kept is not None:
                    return kept
                document = _document(place, file.read(), status.st_mtime)
                self._keep(place, version, document)
        return document

    def opened(self, path: str) -> BinaryIO | None:
        """The file that `path` names, for one that is too large to be in memory; None where it has gone."""
        return self._found(path)[1]

    def has_folder(self, path: str) -> bool:
        """Whether the decoded `path` of an address names a public folder, without the slash at its end."""
        place = self._place(path)
        return place is not None and os.path.isdir(place)  # noqa: PTH112 - Path.is_dir raises where a name is too long

    def _found(self, path: str) -> tuple[str, BinaryIO | None]:
        """The place of what `path` names, and that file, opened."""
        for name in INDEX_NAMES if path.endswith("/") else [""]:
            place = self._place(f"{path}{name}")
            file = _opened(place) if place is not None else None
            if place is not None and file is not None:
                return place, file
        return "", None

    def _place(self, path: str) -> str | None:
        """The file or folder that `path` names, without links; None where it could not be public."""
        first, *names = path.split("/")
        if first or not names or not all(_is_public(name) for name in names):
            return None
        try:
            top = os.path.realpath(self._top)
            place = os.path.realpath(os.path.join(top, *names))  # noqa: PTH118
        except (OSError, ValueError):
            return None
        below = Path(place).relative_to(top).parts if Path(place).is_relative_to(top) else ()
        return place if below and all(_is_public(name) for name in below) else None

    def _kept_document(self, place: str, version: _Version) -> Document | None:
        with self._lock:
            kept = self._kept.get(place)
            if kept is None or kept[0] != version:
                return None
            self._kept.move_to_end(place)
            return kept[1]

    def _keep(self, place: str, version: _Version, document: Document) -> None:
        with self._lock:
            if (former := self._kept.pop(place, None)) is not None:
                self.kept_bytes -= former[1].size
            if document.size > self._memory:
                return
            self._kept[place] = (version, document)
            self.kept_bytes += document.size
            while self.kept_bytes > self._memory:
                _, (_, oldest) = self._kept.popitem(last=False)
                self.kept_bytes -= oldest.size


def _opened(place: str) -> BinaryIO | None:
    try:
        # Opening must wait for nobody (a pipe has no end); what was opened stays the same file when it is replaced.
        descriptor = os.open(place, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError as cause:
        if cause.errno not in _NOT_THERE:
            logger.warning("cannot read %s: %s", place, cause.strerror)
        return None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        return None
    return os.fdopen(descriptor, "rb")


def _large_document(place: str, version: _Version) -> Document:
    """A file of which only the version is looked at: publishing puts a new file into the place of one that changed."""
    digest = hashlib.sha256(repr(version).encode()).hexdigest()[:_ETAG_DIGITS]
    return Document(
        plain=Representation(content=None, etag=f'"{digest}"'),
        packed=None,
        media_type=media_type_of(place),
        last_modified=datetime.fromtimestamp(version[2] // 1_000_000_000, UTC),
    )


def _is_public(name: str) -> bool:
    return bool(name) and not name.startswith(".") and "\0" not in name


def _document(place: str, content: bytes, modified: float) -> Document:
    media_type = media_type_of(place)
    digest = hashlib.sha256(content).hexdigest()[:_ETAG_DIGITS]
    packed = gzipped(content) if media_type.is_text else None
    return Document(
        plain=Representation(content=content, etag=f'"{digest}"'),
        packed=Representation(content=packed, etag=f'"{digest}-{GZIP}"') if packed is not None else None,
        media_type=media_type,
        last_modified=datetime.fromtimestamp(int(modified), UTC),
    )
