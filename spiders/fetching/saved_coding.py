"""Content codings: the bodies of saved answers as they came, unpacked within bounds."""

from __future__ import annotations

import io
import sys
import zlib
from collections.abc import Callable
from gzip import BadGzipFile, GzipFile

import brotli  # type: ignore[import-untyped]

from newscrawler.errors import ArchiveError
from spiders.fetching.saved_page import LARGEST_PAGE

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_GZIP = b"\x1f\x8b"
NOT_DECODED = (EOFError, BadGzipFile, zlib.error, brotli.error, zstd.ZstdError)
"""What a damaged coding raises."""


def decoded(body: bytes, codings: str, most: int | None = None) -> bytes:
    """`body` without the codings that a Content-Encoding header names (RFC 9110 8.4): gzip, deflate, br, zstd; others
    are left alone, and so is a body that is plain text already, as some tools store it under the header of what came.

    Raises one of NOT_DECODED where it is damaged or breaks off, ArchiveError where it is larger than `most` bytes
    (LARGEST_PAGE, where that is not given) at any stage; no more than that is held in memory.
    """
    most = LARGEST_PAGE if most is None else most
    for coding in reversed(codings.lower().split(",")):
        decode = _DECODERS.get(coding.strip())
        if decode is None:
            continue
        try:
            unpacked = decode(body, most)
        except NOT_DECODED:
            if not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"{", b"[")):
                raise
            continue
        body = bounded(unpacked, most)
    return bounded(body, most)


def gunzipped(body: bytes) -> bytes:
    """`body`, unpacked where it is gzip whatever it is called. Raises as `decoded` does."""
    return decoded(body, "gzip") if body.startswith(_GZIP) else bounded(body)


def bounded(body: bytes, most: int | None = None) -> bytes:
    """`body`. Raises ArchiveError where it is larger than `most` bytes: LARGEST_PAGE, where that is not given."""
    most = LARGEST_PAGE if most is None else most
    if len(body) > most:
        raise ArchiveError(f"larger than {most // 1024 // 1024} MB")
    return body


def _gzip(body: bytes, most: int) -> bytes:
    with GzipFile(fileobj=io.BytesIO(body)) as unpacked:
        return unpacked.read(most + 1)


def _deflate(body: bytes, most: int) -> bytes:
    try:
        return _inflated(body, zlib.MAX_WBITS, most)
    except zlib.error:
        # Microsoft's servers mean the bare form (RFC 1951) by "deflate".
        return _inflated(body, -zlib.MAX_WBITS, most)


def _inflated(body: bytes, window: int, most: int) -> bytes:
    unpacking = zlib.decompressobj(window)
    content = unpacking.decompress(body, most + 1)
    if not unpacking.eof and len(content) <= most:
        raise EOFError("the compressed data breaks off")
    return content


def _brotli(body: bytes, most: int) -> bytes:
    unpacking = brotli.Decompressor()
    content: bytes = unpacking.process(body, output_buffer_limit=most + 1)
    if not unpacking.is_finished() and len(content) <= most:
        raise EOFError("the compressed data breaks off")
    return content


def _zstd(body: bytes, most: int) -> bytes:
    content = b""
    while body:
        unpacking = zstd.ZstdDecompressor()
        content += unpacking.decompress(body, most + 1 - len(content))
        if len(content) > most:
            break
        if not unpacking.eof:
            raise EOFError("the compressed data breaks off")
        body = unpacking.unused_data
    return content


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
