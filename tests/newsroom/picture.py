"""A small picture made by code."""

import struct
import zlib
from typing import Final

_WIDTH: Final = 48
_HEIGHT: Final = 32


def png(seed: int) -> bytes:
    """A PNG of one colour over another, which depend on the seed."""
    sky, steppe = bytes((90, 140 + seed % 80, 220)), bytes((160 + seed % 60, 150, 70 + seed % 50))
    rows = b"".join(b"\0" + (sky if row < _HEIGHT // 2 else steppe) * _WIDTH for row in range(_HEIGHT))
    header = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
