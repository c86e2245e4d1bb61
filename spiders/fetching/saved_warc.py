"""WARC files: our own recordings, and those of other tools as far as they hold whole answers."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import IO

import brotli  # type: ignore[import-untyped]
from scrapy import Request
from scrapy.http import Response
from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newscrawler.errors import ArchiveError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

# What warcio raises on a damaged file; AttributeError and TypeError where a record lacks its address or length.
_DAMAGED = (ArchiveLoadFailed, EOFError, OSError, ValueError, AttributeError, TypeError)
_PART = 64 * 1024
_NO_LONGER_TRUE = frozenset({"content-encoding", "content-length", "transfer-encoding", "connection"})


@dataclass(slots=True, frozen=True)
class WarcPage:
    """One answer in a WARC file, read again from its place in it when its body is asked for."""

    url: str
    fetched_at: datetime
    status: int
    fields: tuple[tuple[str, str], ...]
    file: Path
    offset: int

    def headers(self) -> list[tuple[str, str]]:
        """The answer's headers."""
        return [(name, value) for name, value in self.fields if name.lower() not in _NO_LONGER_TRUE]

    def body(self) -> bytes:
        """The answer's body, decoded. Raises ArchiveError when the record is damaged."""
        try:
            with self.file.open("rb") as opened:
                opened.seek(self.offset)
                record = next(iter(ArchiveIterator(opened)))
                fields = record.http_headers
                stream = record.raw_stream
                if "chunked" in fields.get_header("Transfer-Encoding", "").lower():
                    stream = ChunkedDataReader(stream)
                return _decoded(stream.read(), fields.get_header("Content-Encoding", ""))
        except (StopIteration, *_DAMAGED, *_NOT_DECODED) as cause:
            raise ArchiveError(f"{self.file}: a damaged record", url=self.url, cause=cause) from cause


def read_warc(file: Path, unplaced: list[tuple[str, str]]) -> Iterator[WarcPage]:
    """The answers in a WARC file, in order; what cannot be used is added to `unplaced` with the reason.

    A record or an answer that is shorter than its Content-Length was cut off and is left out. After damage to the
    file's structure the rest of it is given up, and said so. Raises ArchiveError when it is no WARC at all.
    """
    some = False
    with file.open("rb") as opened:
        records = ArchiveIterator(opened)
        try:
            for record in records:
                some = True
                if record.rec_type != "response" or record.http_headers is None:
                    continue
                url = record.rec_headers.get_header("WARC-Target-URI", "").strip("<>")
                length = sum(len(part) for part in iter(partial(record.raw_stream.read, _PART), b""))
                offset = records.get_record_offset()  # which reads the record to its end
                declared = record.http_headers.get_header("Content-Length")
                encoded = record.http_headers.get_header("Transfer-Encoding")
                is_short = bool(declared) and declared.isdecimal() and not encoded and length < int(declared)
                if is_short or getattr(record.raw_stream, "limit", 0) > 0:
                    unplaced.append((url, f"cut off in {file.name}"))
                    continue
                moment = _moment(record.rec_headers.get_header("WARC-Date", ""))
                if moment is None:
                    unplaced.append((url, f"no readable date in {file.name}"))
                    continue
                status = record.http_headers.get_statuscode()
                yield WarcPage(
                    url,
                    moment,
                    int(status) if status.isdecimal() else 200,
                    tuple(record.http_headers.headers),
                    file,
                    offset,
                )
        except _DAMAGED as cause:
            if not some:
                raise ArchiveError("no WARC", cause=cause) from cause
            unplaced.append((file.name, f"damaged after {opened.tell()} bytes ({cause})"))
    if not some:
        raise ArchiveError("no WARC")


class WarcRecorder:
    """Writes answers as they come into a new WARC file."""

    def __init__(self, file: Path) -> None:
        """Raises ArchiveError when the file is there already or cannot be made."""
        try:
            self._output: IO[bytes] = file.open("xb")
        except FileExistsError as cause:
            raise ArchiveError(f"{file} is there already", remedy="Name a new file, or remove it") from cause
        except OSError as cause:
            raise ArchiveError(f"cannot write {file}", cause=cause, remedy="Check its folder") from cause
        self._writer = WARCWriter(self._output, gzip=file.name.endswith(".gz"))
        self._file = file
        self._is_empty = True

    def write(self, request: Request, response: Response, moment: datetime) -> None:
        """Adds one answer under the address it was asked for."""
        fields = [
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in response.headers.items()
            for value in values
        ]
        status = StatusAndHeaders(str(response.status), fields, protocol="HTTP/1.1")
        record = self._writer.create_warc_record(
            request.url,
            "response",
            payload=io.BytesIO(response.body),
            length=len(response.body),
            http_headers=status,
            warc_headers_dict={"WARC-Date": moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")},
        )
        self._writer.write_record(record)
        self._output.flush()
        self._is_empty = False

    def close(self) -> None:
        """Closes the file; one in which nothing was written is removed."""
        self._output.close()
        if self._is_empty:
            self._file.unlink(missing_ok=True)


def _decoded(body: bytes, codings: str) -> bytes:
    for coding in reversed(codings.lower().split(",")):
        decode = _DECODERS.get(coding.strip())
        try:
            body = decode(body) if decode is not None else body
        except _NOT_DECODED:
            # Some tools store what they decoded under the header of what came.
            if not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"{", b"[")):
                raise
    return body


def _inflated(body: bytes) -> bytes:
    try:
        return zlib.decompress(body)
    except zlib.error:
        # Microsoft's servers mean the bare form (RFC 1951) by "deflate".
        return zlib.decompress(body, wbits=-zlib.MAX_WBITS)


_DECODERS = {
    "gzip": gzip.decompress,
    "x-gzip": gzip.decompress,
    "deflate": _inflated,
    "br": brotli.decompress,
    "zstd": zstd.decompress,
}
_NOT_DECODED = (EOFError, gzip.BadGzipFile, zlib.error, brotli.error, zstd.ZstdError)


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
