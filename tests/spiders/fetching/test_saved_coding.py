import gzip
import zlib

import brotli  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.errors import ArchiveError
from spiders.fetching import saved_coding
from spiders.fetching.saved_coding import NOT_DECODED, decoded, gunzipped

TEXT = "<p>Қазақстан жаңалықтары</p>".encode() * 100
# A frame of one raw block (RFC 8878 3.1.1): magic number, single segment of 5 bytes, last block.
ZSTD = bytes.fromhex("28b52ffd 20 05 290000") + b"<p/>\n"
PACKED = {
    "gzip": gzip.compress(TEXT, mtime=0),
    "deflate": zlib.compress(TEXT),
    "br": brotli.compress(TEXT),
}


@pytest.mark.parametrize("coding", PACKED)
def test_what_packs_to_little_is_not_unpacked_beyond_a_pages_size(coding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_coding, "LARGEST_PAGE", len(TEXT))
    assert decoded(PACKED[coding], coding) == TEXT
    monkeypatch.setattr(saved_coding, "LARGEST_PAGE", len(TEXT) - 1)
    with pytest.raises(ArchiveError, match="larger than"):
        decoded(PACKED[coding], coding)


def test_frames_of_zstandard_follow_one_another() -> None:
    assert decoded(ZSTD * 2, "zstd") == b"<p/>\n<p/>\n"
    with pytest.raises(EOFError):
        decoded(ZSTD[:-1], "zstd")


def test_a_coding_that_is_unknown_and_a_text_under_a_wrong_one_are_left_alone() -> None:
    assert decoded(TEXT, "aws-chunked") == TEXT
    assert decoded(TEXT, "gzip, br") == TEXT


def test_gzip_is_unpacked_whatever_it_is_called() -> None:
    assert gunzipped(PACKED["gzip"]) == gunzipped(TEXT) == TEXT
    with pytest.raises(EOFError):
        gunzipped(PACKED["gzip"][:-9])


@given(st.binary(max_size=200), st.sampled_from([*PACKED, "zstd", "gzip, br", "x-gzip"]), st.sampled_from([*PACKED]))
def test_any_bytes_are_decoded_or_an_error_that_is_named(tail: bytes, coding: str, start: str) -> None:
    for body in (tail, PACKED[start][:20] + tail, ZSTD[:9] + tail):
        try:
            assert isinstance(decoded(body, coding), bytes)
        except (ArchiveError, *NOT_DECODED):
            pass
