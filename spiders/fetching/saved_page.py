"""SavedPage and SavedForm: what every way of saving pages comes down to."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import MAXYEAR, MINYEAR, UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Protocol

from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from newscrawler.urls import canonical_address

LARGEST_PAGE = 64 * 1024 * 1024
"""The most bytes that one page may have, unpacked."""

_NO_LONGER_TRUE = frozenset({"content-encoding", "content-length", "transfer-encoding", "connection"})
_BESIDE_PAGES = frozenset(
    {"text/css", "text/javascript", "application/javascript", "application/x-javascript", "application/wasm"}
    | {"application/font-woff", "application/vnd.ms-fontobject", "application/pdf", "application/zip", "text/dns"}
)

Unused = list[tuple[str, str]]
"""What was found and not used: its name or address, and why."""


class SavedPage(Protocol):
    """One saved page: where it was fetched, when, and what came back. `body` is read when asked for."""

    @property
    def url(self) -> str:
        """The absolute address under which it was fetched."""

    @property
    def fetched_at(self) -> datetime:
        """The moment it was fetched, with a zone."""

    @property
    def status(self) -> int:
        """The HTTP status of the answer; 200 where the archive does not keep one."""

    def headers(self) -> list[tuple[str, str]]:
        """The answer's HTTP headers, without those of transfer and compression, which no longer hold."""

    def body(self) -> bytes:
        """The page's bytes, decompressed. Raises ArchiveError when they cannot be read, or are more than
        LARGEST_PAGE."""


Found = tuple[str, SavedPage]
"""The form a page was saved in, as people call it, and the page."""


@dataclass(slots=True, kw_only=True)
class Opening:
    """An archive while it is opened: the folder or file that it is, the hosts whose pages are looked for (as in DNS;
    none where they are anybody's) and the scheme of their site, and what could not be used so far. `attached` are files
    that are no pages of their own: another file's pages have their bodies in them."""

    path: Path
    hosts: tuple[str, ...] = ()
    scheme: str = "https"
    unplaced: Unused = field(default_factory=list)
    unreadable: Unused = field(default_factory=list)
    attached: set[Path] = field(default_factory=set)

    def holds(self, file: Path) -> bool:
        """Whether `file` is one, and lies in the archive's folder once its links are followed."""
        top = self.path if self.path.is_dir() else self.path.parent
        # Unlike Path's, this one says no where the system says that a name is too long.
        return os.path.isfile(file) and file.resolve().is_relative_to(top.resolve())  # noqa: PTH113

    def canonical(self, url: str) -> str | None:
        """The canonical form of an address, None where it is none."""
        try:
            return canonical_address(url, self.hosts, self.scheme)
        except ValueError:
            return None

    def name_of(self, file: Path) -> str:
        """A file's name as people know it: as it stands in the archive."""
        return file.name if file == self.path else file.relative_to(self.path).as_posix()


class SavedForm(Protocol):
    """The reader of one form of saved pages, for one archive: it is given each of the archive's files that it takes, in
    order, and asked at the end for the pages that had to wait for other files."""

    def takes(self, file: Path, head: bytes) -> bool:
        """Whether a file is of this form, by its name and its first bytes, unpacked where it is gzip."""

    def read(self, file: Path) -> Iterable[Found]:
        """The pages in a file. What cannot be used goes to the opening's `unplaced`; raises ArchiveError when nothing
        of the file can be."""

    def rest(self) -> Iterator[Found]:
        """The pages that could not be given before every file was read."""


def answer_of(page: SavedPage, url: str) -> Response:
    """The saved page as Scrapy's answer from the address `url`. Raises ArchiveError when its body cannot be read."""
    body = page.body()
    fields: dict[str, list[Any]] = {}
    for name, value in page.headers():
        fields.setdefault(name, []).append(value)
    headers = Headers(fields)
    kind = responsetypes.from_args(headers=headers, url=url, body=body)
    answer: Response = kind(url=url, status=page.status, headers=headers, body=body)
    return answer


def true_headers(fields: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """An answer's HTTP headers as they hold for its decoded body; without HTTP/2's pseudo-headers (`:status`)."""
    return [(name, value) for name, value in fields if name.lower() not in _NO_LONGER_TRUE and not name.startswith(":")]


def moment_of(text: str) -> datetime | None:
    """The moment that an ISO 8601 text names, taken for UTC where it has no offset; None where it names none."""
    try:
        return usable_moment(datetime.fromisoformat(text))
    except ValueError:
        return None


def moment_of_mail_date(text: str) -> datetime | None:
    """The moment that a date as in mail and HTTP (RFC 5322) names, taken for UTC where it has no offset; None where it
    names none."""
    try:
        return usable_moment(parsedate_to_datetime(text))
    except (ValueError, OverflowError):
        return None


def usable_moment(moment: datetime) -> datetime | None:
    """`moment`, taken for UTC where it has no offset; None at the ends of the calendar, where a moment has no day in
    some time zones."""
    if not MINYEAR < moment.year < MAXYEAR:
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def header(fields: Iterable[tuple[str, str]] | Mapping[str, str], name: str) -> str:
    """The first header called `name`, whatever its case; empty where there is none."""
    pairs = fields.items() if isinstance(fields, Mapping) else fields
    return next((value for key, value in pairs if key.lower() == name.lower()), "")


def is_page_type(content_type: str) -> bool:
    """Whether an answer of this Content-Type may be a page, a feed or a sitemap; one that does not say may be."""
    kind = content_type.partition(";")[0].strip().lower()
    return not kind.startswith(("image/", "video/", "audio/", "font/")) and kind not in _BESIDE_PAGES
