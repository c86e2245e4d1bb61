"""Content coding: who takes gzip (RFC 9110, section 12.5.3), and what is packed with it."""

from __future__ import annotations

import gzip

GZIP = "gzip"
_NAMES = (GZIP, "x-gzip", "*")
# Below this a packed answer saves no packet.
_SMALLEST = 500
# zlib's own middle: a level higher costs twice the time for one part in a hundred.
_LEVEL = 6


def accepts_gzip(accept_encoding: str | None) -> bool:
    """Whether a client that sends `accept_encoding` takes gzip, and prefers it to a plain answer or does not care."""
    weights: dict[str, float] = {}
    for part in (accept_encoding or "").lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        weights[name] = _weight(parameters)
    weight = next((weights[name] for name in _NAMES if name in weights), 0.0)
    return weight > 0 and weight >= weights.get("identity", 0.0)


def gzipped(content: bytes) -> bytes | None:
    """`content` packed, the same bytes at any time; None where that saves nothing worth it."""
    if len(content) < _SMALLEST:
        return None
    packed = gzip.compress(content, _LEVEL, mtime=0)
    return packed if len(packed) < len(content) else None


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                weight = float(value)
            except ValueError:
                return 0.0
            return weight if 0 <= weight <= 1 else 0.0
    return 1.0
