"""Scrapy's HTTP cache (FilesystemCacheStorage): a folder for each answer, its parts in files of fixed names."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newscrawler.errors import ArchiveError
from spiders.fetching.saved_coding import NOT_DECODED, decoded, gunzipped
from spiders.fetching.saved_page import LARGEST_PAGE, Found, Opening, header, is_page_type, true_headers, usable_moment

_META, _HEADERS, _BODY = "meta", "response_headers", "response_body"
_PICKLED = frozenset({"pickled_meta", "response_data"})
_PARTS = _PICKLED | {_META, _HEADERS, _BODY, "request_headers", "request_body"}
_LARGEST_META = 64 * 1024
_GZIP = b"\x1f\x8b"
_NOT_CHANGED = 304


@dataclass(slots=True, frozen=True)
class CachedPage:
    """One answer in Scrapy's HTTP cache, kept as it came; `zipped` where the cache packs its files."""

    url: str
    fetched_at: datetime
    status: int
    fields: tuple[tuple[str, str], ...]
    file: Path
    zipped: bool

    def headers(self) -> list[tuple[str, str]]:
        """The answer's headers."""
        return true_headers(self.fields)

    def body(self) -> bytes:
        """The answer's body, decoded. Raises ArchiveError when it is damaged."""
        try:
            content = _read(self.file, LARGEST_PAGE + 1)
            content = gunzipped(content) if self.zipped else content
            return decoded(content, header(self.fields, "Content-Encoding"))
        except (OSError, *NOT_DECODED) as cause:
            raise ArchiveError(f"{self.file}: a damaged answer", url=self.url, cause=cause) from cause


class ScrapyCacheForm:
    """SavedForm of Scrapy's HTTP cache on disk, with HTTPCACHE_GZIP or without. Its pickles (`pickled_meta`, since
    Scrapy 2.19 `response_data` too) are never unpickled, as a foreign pickle runs what it likes: the plain text beside
    them says all that is needed."""

    def __init__(self, opening: Opening) -> None:
        self._opening = opening

    def takes(self, file: Path, head: bytes) -> bool:
        """Any of the files that make an answer."""
        if file.name not in _PARTS or not self._opening.holds(file.with_name(_META)):
            return False
        # A page's address may end in one of these names too.
        return any(self._opening.holds(file.with_name(name)) for name in (_HEADERS, *_PICKLED))

    def read(self, file: Path) -> Iterator[Found]:
        """The answer, asked of its `meta`. Raises ArchiveError when that cannot be read."""
        if file.name != _META:
            return
        packed = _read(file, _LARGEST_META)
        meta = _meta(packed)
        moment = _moment(meta.get("timestamp"))
        url, status = meta.get("url"), meta.get("status")
        if not isinstance(url, str) or type(status) is not int or moment is None:
            raise ArchiveError("no answer of Scrapy's HTTP cache")
        body, headers = file.with_name(_BODY), file.with_name(_HEADERS)
        if not self._opening.holds(body) or not self._opening.holds(headers):
            raise ArchiveError(f"without its {_BODY} or {_HEADERS}")
        fields = _fields(_unpacked(_read(headers, _LARGEST_META)))
        if is_page_type(header(fields, "Content-Type")) and meta.get("method") == "GET" and status != _NOT_CHANGED:
            yield "Scrapy cache", CachedPage(url, moment, status, fields, body, packed.startswith(_GZIP))

    def rest(self) -> Iterator[Found]:
        """Nothing."""
        yield from ()


def _read(file: Path, most: int) -> bytes:
    with file.open("rb") as opened:
        return opened.read(most)


def _unpacked(content: bytes) -> bytes:
    try:
        return gunzipped(content)
    except NOT_DECODED as cause:
        raise ArchiveError("damaged gzip", cause=cause) from cause


def _meta(packed: bytes) -> dict[str, Any]:
    """What Scrapy wrote with `repr`: names, texts and numbers."""
    try:
        meta = ast.literal_eval(_unpacked(packed)[:_LARGEST_META].decode("utf-8"))
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError) as cause:
        raise ArchiveError("no answer of Scrapy's HTTP cache", cause=cause) from cause
    return meta if isinstance(meta, dict) else {}


def _moment(timestamp: object) -> datetime | None:
    try:
        return usable_moment(datetime.fromtimestamp(timestamp, UTC)) if isinstance(timestamp, int | float) else None
    except (ValueError, OverflowError, OSError):
        return None


def _fields(raw: bytes) -> tuple[tuple[str, str], ...]:
    lines = (line.partition(":") for line in raw.decode("latin-1").split("\r\n"))
    return tuple((name.strip(), value.strip()) for name, mark, value in lines if mark)
