"""Tests of `feeds.serving.conditional`: the preconditions of RFC 9110, section 13."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers

from feeds.serving.conditional import status_under_conditions

ETAG = '"abc"'
MODIFIED = datetime(2024, 5, 14, 7, 30, 5, tzinfo=UTC)
AT = "Tue, 14 May 2024 07:30:05 GMT"
BEFORE = "Tue, 14 May 2024 07:30:04 GMT"
AFTER = "Tue, 14 May 2024 07:30:06 GMT"


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ([], 200),
        ([("if-none-match", ETAG)], 304),
        ([("if-none-match", f"W/{ETAG}")], 304),
        ([("if-none-match", f'"x", "y,z" ,W/"q",{ETAG}')], 304),
        ([("if-none-match", '"x"'), ("if-none-match", ETAG)], 304),
        ([("if-none-match", "*")], 304),
        ([("if-none-match", '"abc-gzip"')], 200),
        ([("if-none-match", "abc")], 200),
        ([("if-none-match", '"ABC"')], 200),
        ([("if-none-match", '"x", *')], 200),
        ([("if-none-match", "")], 200),
        ([("if-modified-since", AT)], 304),
        ([("if-modified-since", AFTER)], 304),
        ([("if-modified-since", BEFORE)], 200),
        ([("if-modified-since", "Tuesday, 14-May-24 07:30:05 GMT")], 304),
        ([("if-modified-since", "Tue May 14 07:30:05 2024")], 304),
        ([("if-modified-since", "yesterday")], 200),
        ([("if-modified-since", "Tue, 99 May 2024 07:30:05 GMT")], 200),
        ([("if-modified-since", "")], 200),
        ([("if-none-match", '"x"'), ("if-modified-since", AT)], 200),
        ([("if-none-match", "nonsense"), ("if-modified-since", AT)], 200),
        ([("if-none-match", ETAG), ("if-modified-since", BEFORE)], 304),
        ([("if-match", ETAG)], 200),
        ([("if-match", "*")], 200),
        ([("if-match", f"W/{ETAG}")], 412),
        ([("if-match", '"x"')], 412),
        ([("if-match", ETAG), ("if-unmodified-since", BEFORE)], 200),
        ([("if-unmodified-since", BEFORE)], 412),
        ([("if-unmodified-since", AT)], 200),
        ([("if-unmodified-since", "nonsense")], 200),
        ([("if-match", ETAG), ("if-none-match", ETAG)], 304),
    ],
)
def test_status(asked: list[tuple[str, str]], status: int) -> None:
    headers = Headers(raw=[(name.encode(), value.encode()) for name, value in asked])
    assert status_under_conditions(headers, etag=ETAG, last_modified=MODIFIED) == status


NAMES = st.sampled_from(["if-none-match", "if-match", "if-modified-since", "if-unmodified-since"])
VALUES = st.text(st.characters(codec="latin-1"), max_size=40) | st.from_regex(
    r'(W/)?"[a-c]*"(, *"abc")?', fullmatch=True
)


@given(st.lists(st.tuples(NAMES, VALUES), max_size=5))
def test_whatever_is_asked_there_is_a_status(asked: list[tuple[str, str]]) -> None:
    headers = Headers(raw=[(name.encode(), value.encode("latin-1")) for name, value in asked])
    assert status_under_conditions(headers, etag=ETAG, last_modified=MODIFIED) in (200, 304, 412)
