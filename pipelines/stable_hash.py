"""Stable hashes: numbers that stand for texts in the store, the same on every machine and in every version."""

from __future__ import annotations

from hashlib import blake2b


def stable_hash(text: str) -> int:
    """63 bits, which a signed integer of either database holds. Stored: another function would find no neighbour."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big") >> 1
