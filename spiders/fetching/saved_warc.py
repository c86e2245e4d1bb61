"""WARC files: our own recordings, and those of other tools as far as they hold whole answers."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import IO, Any

from scrapy import Request
from scrapy.http import Response
from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader, DecompressingBufferedReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.limitreader import LimitReader
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newscrawler.errors import ArchiveError
from spiders.fetching.saved_coding import NOT_DECODED, decoded
from spiders.fetching.saved_gzip import InPacked, PackedFile
from spiders.fetching.saved_page import LARGEST_PAGE, Found, Opening, header, is_page_type, moment_of, true_headers
from spiders.fetching.saved_places import InFile, Place

# What warcio raises on a damaged file; AttributeError and TypeError where a record lacks its address or length.
_DAMAGED = (ArchiveLoadFailed, EOFError, OSError, ValueError, AttributeError, TypeError, NotImplementedError)
_PART = 64 * 1024
# Of one record: the WARC headers and the answer's, for which clients allow this much and less.
_LARGEST_HEADERS = 256 * 1024
# Of a number of bytes: no page is longer.
_MOST_DIGITS = 18
# What warcio says of a file whose records cannot be told apart.
_PACKED_AT_ONCE = "non-chunked gzip"
_GZIP = b"\x1f\x8b"
_NOT_CHANGED = 304


@dataclass(slots=True, frozen=True)
class WarcPage:
    """One answer in a WARC file, read again from its place in it when its body is asked for."""

    url: str
    fetched_at: datetime
    status: int
    fields: tuple[tuple[str, str], ...]
    place: Place

    def headers(self) -> list[tuple[str, str]]:
        """The answer's headers."""
        return true_headers(self.fields)

    def body(self) -> bytes:
        """The answer's body, decoded. Raises ArchiveError when the record is damaged."""
        try:
            with self.place.open() as opened:
                # A chunk is read in one piece, whatever its size.
                stream = LimitReader(next(iter(_records(opened))).raw_stream, 2 * LARGEST_PAGE)
                if "chunked" in header(self.fields, "Transfer-Encoding").lower():
                    stream = ChunkedDataReader(stream)
                body = b"".join(_parts(stream, LARGEST_PAGE + 1))
                return decoded(body, header(self.fields, "Content-Encoding"))
        except (StopIteration, *_DAMAGED, *NOT_DECODED) as cause:
            raise ArchiveError(f"{self.place.name}: a damaged record", url=self.url, cause=cause) from cause


@dataclass(slots=True, frozen=True)
class _Revisit:
    """That a page was fetched again and had not changed; `keys` name the capture that it repeats."""

    url: str
    fetched_at: datetime
    keys: tuple[str, ...]


class _BoundedReader(DecompressingBufferedReader):  # type: ignore[misc]
    """warcio's reader, for files that are anybody's: headers, which alone are read by the line, have an end."""

    headers_read = 0

    def readline(self, length: int | None = None) -> bytes:
        """The next line. Raises ValueError when the headers of a record are too large."""
        left = _LARGEST_HEADERS - self.headers_read
        line: bytes = super().readline(min(length or left, left))
        self.headers_read += len(line)
        if self.headers_read >= _LARGEST_HEADERS:
            raise ValueError(f"headers larger than {_LARGEST_HEADERS // 1024} KB")
        return line


class WarcForm:
    """SavedForm of WARC files, in several parts too: a page that was fetched again unchanged (a revisit record, WARC
    1.1 section 6.7) has the body of the capture it refers to, wherever in the archive that is.

    Requests, metadata and answers that are no pages (pictures, styles) are passed over, and so are answers "not
    modified". A record or an answer that is shorter than its Content-Length was cut off: it is left out and named.
    After damage to the file's structure the rest of it is given up, and said so.
    """

    def __init__(self, opening: Opening) -> None:
        self._opening = opening
        self._captures: dict[str, WarcPage] = {}
        self._revisits: list[_Revisit] = []

    def takes(self, file: Path, head: bytes) -> bool:
        """A file that begins as a WARC or is called one."""
        return head.startswith(b"WARC/") or file.name.lower().endswith((".warc", ".warc.gz"))

    def read(self, file: Path) -> Iterator[Found]:
        """The answers in a WARC file, in order. Raises ArchiveError when it is no WARC at all."""
        name = self._opening.name_of(file)
        if _is_packed_as_a_whole(file):
            packed = PackedFile(file)
            with packed.open() as opened:
                yield from self.answers(opened, name, partial(InPacked, packed))
            return
        with file.open("rb") as opened:
            yield from self.answers(opened, name, partial(InFile, file))

    def answers(self, opened: IO[bytes], name: str, place_at: Any) -> Iterator[Found]:
        """The answers in an open WARC; `place_at` makes a Place of an offset in it. Raises as `read` does."""
        some = False
        records = _records(opened)
        try:
            for record in records:
                # Any line may pass for a record of ARC, the forerunner of WARC, and nothing for one of WARC.
                if record.format != "warc" or record.rec_type is None:
                    raise ValueError("a record that is none")
                some = True
                page = self._answer(record, records, name, place_at)
                if page is not None:
                    yield "WARC", page
                records.reader.headers_read = 0
        except _DAMAGED as cause:
            if not some:
                raise ArchiveError("no WARC", cause=cause) from cause
            at_once = isinstance(cause, ArchiveLoadFailed) and _PACKED_AT_ONCE in str(cause)
            reason = "packed as a whole, and not each record: unpack it with gunzip" if at_once else f"({cause})"
            self._opening.unplaced.append((name, f"damaged after {opened.tell()} bytes {reason}"))
        if not some:
            raise ArchiveError("no WARC")

    def rest(self) -> Iterator[Found]:
        """The pages that were fetched again unchanged."""
        for revisit in self._revisits:
            capture = next((self._captures[key] for key in revisit.keys if key in self._captures), None)
            if capture is None:
                reason = "repeats a capture that is not in the archive"
                self._opening.unplaced.append((revisit.url, reason))
                continue
            yield "WARC", replace(capture, url=revisit.url, fetched_at=revisit.fetched_at)
        self._revisits.clear()

    def _answer(self, record: Any, records: Any, name: str, place_at: Any) -> WarcPage | None:
        """The page in a record, or None; a revisit is kept for later."""
        url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
        moment = moment_of(record.rec_headers.get_header("WARC-Date") or "")
        fields = _fields(record)
        if record.rec_type not in ("response", "revisit", "resource"):
            return None
        if not is_page_type(header(fields, "Content-Type")) or not url.startswith(("http://", "https://")):
            return None
        if moment is None:
            self._opening.unplaced.append((url, f"no readable date in {name}"))
            return None
        if record.rec_type == "revisit":
            self._revisits.append(_Revisit(url, moment, _repeated(record.rec_headers)))
            return None
        if record.rec_type == "response" and record.http_headers is None:
            return None
        length = sum(len(part) for part in _parts(record.raw_stream))
        offset = records.get_record_offset()  # which reads the record to its end
        if _is_short(record, fields, length):
            self._opening.unplaced.append((url, f"cut off in {name}"))
            return None
        page = WarcPage(url, moment, _status(record), fields, place_at(offset))
        if page.status == _NOT_CHANGED:
            return None
        for key in _own_keys(record.rec_headers, url):
            self._captures.setdefault(key, page)
        return page


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


def _records(opened: IO[bytes]) -> Any:
    """warcio's iterator over the records that follow."""
    records = ArchiveIterator(opened)
    records.reader = _BoundedReader(records.fh)
    return records


def _is_packed_as_a_whole(file: Path) -> bool:
    """Whether a gzip file is one member round many records, and not, as WARC wants it, a member for each."""
    with file.open("rb") as opened:
        if opened.read(2) != _GZIP:
            return False
        opened.seek(0)
        records = iter(_records(opened))
        try:
            return next(records) is next(records)
        except ArchiveLoadFailed as cause:
            return _PACKED_AT_ONCE in str(cause)
        except (StopIteration, *_DAMAGED):
            return False


def _parts(stream: Any, most: int | None = None) -> Iterator[bytes]:
    """What is left of a stream, part by part; at most `most` bytes and the rest of a part."""
    size = 0
    while part := stream.read(_PART):
        yield part
        size += len(part)
        if most is not None and size >= most:
            return


def _fields(record: Any) -> tuple[tuple[str, str], ...]:
    """The answer's headers; of a page that was put into the archive as a file, its media type."""
    if record.rec_type == "resource":
        return (("Content-Type", record.rec_headers.get_header("Content-Type") or ""),)
    return tuple(record.http_headers.headers) if record.http_headers is not None else ()


def _is_short(record: Any, fields: tuple[tuple[str, str], ...], length: int) -> bool:
    declared = header(fields, "Content-Length")
    if len(declared) > _MOST_DIGITS:
        return True
    is_whole = not declared.isdecimal() or header(fields, "Transfer-Encoding") or length >= int(declared)
    return not is_whole or getattr(record.raw_stream, "limit", 0) > 0


def _status(record: Any) -> int:
    status = record.http_headers.get_statuscode() if record.http_headers is not None else ""
    return int(status) if status.isdecimal() and len(status) == len("200") else 200


def _own_keys(fields: Any, url: str) -> Iterator[str]:
    """The names under which a later record may refer to this one."""
    digest = fields.get_header("WARC-Payload-Digest")
    if digest:
        yield digest
    yield f"{url} {fields.get_header('WARC-Date')}"


def _repeated(fields: Any) -> tuple[str, ...]:
    """The names of the capture that a revisit repeats, the surest first."""
    url = (fields.get_header("WARC-Refers-To-Target-URI") or "").strip("<>")
    names = (f"{url} {fields.get_header('WARC-Refers-To-Date')}", fields.get_header("WARC-Payload-Digest") or "")
    return tuple(name for name in names if name)
