"""Tests of `feeds.serving.content_coding`: who takes gzip (RFC 9110, section 12.5.3)."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.serving.content_coding import accepts_gzip, gzipped


@pytest.mark.parametrize(
    ("accept_encoding", "accepted"),
    [
        (None, False),
        ("", False),
        ("gzip", True),
        ("GZip", True),
        ("x-gzip", True),
        ("br, gzip", True),
        ("gzip;q=1.0, br;q=0.5", True),
        ("deflate , gzip ; q=0.3", True),
        ("gzip;q=0", False),
        ("gzip;q=0.000", False),
        ("*", True),
        ("*;q=0", False),
        ("gzip;q=0, *", False),
        ("identity", False),
        ("identity;q=0.5, gzip;q=0.4", False),
        ("identity;q=0.4, gzip;q=0.5", True),
        ("identity;q=0.5, *;q=0.4", False),
        ("gzip;q=high", False),
        ("gzip;q=2", False),
        ("br", False),
        ("gzippy", False),
    ],
)
def test_accepts_gzip(accept_encoding: str | None, accepted: bool) -> None:
    assert accepts_gzip(accept_encoding) is accepted


@given(st.text(st.characters(codec="latin-1"), max_size=60))
def test_whatever_is_asked_there_is_an_answer(accept_encoding: str) -> None:
    assert accepts_gzip(accept_encoding) in (True, False)


def test_what_is_packed_is_the_same_at_any_time_and_unpacks() -> None:
    content = "Жаңалық. ".encode() * 500
    packed = gzipped(content)
    assert packed is not None
    assert gzip.decompress(packed) == content
    assert len(packed) < len(content) / 10
    # Bytes 4 to 7 are the moment of packing (RFC 1952): two servers must give the same bytes under the same ETag.
    assert packed[4:8] == b"\0\0\0\0"


def test_what_packing_does_not_make_smaller_is_left_alone() -> None:
    assert gzipped(b"") is None
    assert gzipped(b"<rss/>") is None
