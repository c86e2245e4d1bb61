"""Bombs: a gigabyte of one letter, packed to some kilobytes. Neither made nor held whole."""

from __future__ import annotations

import zlib
from functools import cache
from typing import Final

import brotli  # type: ignore[import-untyped]

_CHUNK: Final = b"0" * 1_048_576
_CHUNKS: Final = 1024


@cache
def gzip_bomb(begins: bytes) -> bytes:
    """A gigabyte that begins so, in one gzip member. A chunk packed after a full flush has the same bytes each time."""
    packing = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    head = packing.compress(begins) + packing.flush(zlib.Z_FULL_FLUSH)
    chunk = packing.compress(_CHUNK) + packing.flush(zlib.Z_FULL_FLUSH)
    checksum = zlib.crc32(begins)
    for _ in range(_CHUNKS):
        checksum = zlib.crc32(_CHUNK, checksum)
    size = len(begins) + len(_CHUNK) * _CHUNKS
    tail = checksum.to_bytes(4, "little") + size.to_bytes(4, "little")
    return b"\x1f\x8b\x08\0\0\0\0\0\x02\xff" + head + chunk * _CHUNKS + packing.flush(zlib.Z_FINISH) + tail


@cache
def brotli_bomb(begins: bytes) -> bytes:
    """A gigabyte that begins so, in brotli. From the second on, a chunk has the same bytes each time."""
    packing = brotli.Compressor(quality=5)

    def packed(content: bytes) -> bytes:
        return bytes(packing.process(content) + packing.flush())

    head, chunk = packed(begins) + packed(_CHUNK), packed(_CHUNK)
    return head + chunk * (_CHUNKS - 1) + bytes(packing.finish())
