"""JSON lines: what is read, and the reason for what is not."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.commands.json_lines import (
    DEEPEST,
    BadLine,
    JsonLine,
    needed_text,
    read_json_lines,
    text_at,
)
from newscrawler.errors import UsageError


def read(content: bytes, longest: int = 1000) -> list[tuple[int, Any]]:
    """What each line of `content` gives: the object, or the reason."""
    found: list[tuple[int, Any]] = []
    for line in read_json_lines(io.BytesIO(content), longest):
        try:
            found.append((line.number, line.values()))
        except BadLine as bad:
            found.append((line.number, str(bad)))
    return found


def test_a_mark_and_carriage_returns_are_no_part_of_a_line() -> None:
    mark = b"\xef\xbb\xbf"
    content = mark + b'{"a": 1}\r\n' + mark + b'{"a": "\xd2\x9b"}\r\n\r\n  \n' + mark + b'\n{"a": 3}'
    assert read(content) == [(1, {"a": 1}), (2, {"a": "қ"}), (6, {"a": 3})]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"headline": "Алматы"}'.encode("cp1251"), "it is not UTF-8"),
        ('{"a": 1}'.encode("utf-16"), "it is not UTF-8"),
        (b"no json", "it is not JSON: Expecting value at character 1"),
        (b'{"a": 1} {"b": 2}', "it is not JSON: Extra data at character 10"),
        (b"[1, 2]", "it is not an object"),
        (b"null", "it is not an object"),
        (b'"text"', "it is not an object"),
        (b'{"a": NaN}', "it is not JSON: NaN is no value"),
        (b'{"a": -Infinity}', "it is not JSON: -Infinity is no value"),
        (b'{"a": 1e999}', "it holds a number that is too large"),
        (b'{"a": ' + b"9" * 5000 + b"}", "it holds a number that is too large"),
        (b"[" * 400_000, f"it is nested more than {DEEPEST} deep"),
        (b'{"a":' * 400_000, f"it is nested more than {DEEPEST} deep"),
        (b'{"a":' + b"[" * DEEPEST + b"]" * DEEPEST + b"}", f"it is nested more than {DEEPEST} deep"),
        (b'{"a": "' + b"x" * 3_000_000 + b'"}', "it is longer than 134217728 bytes"),
    ],
)
def test_one_bad_line_has_its_reason_and_the_others_are_read(line: bytes, reason: str) -> None:
    content = b'{"a": 1}\n' + line.replace(b"\n", b" ") + b'\n{"a": 2}\n'
    assert read(content, longest=2_500_000) == [(1, {"a": 1}), (2, reason), (3, {"a": 2})]


def test_nesting_is_counted_and_not_the_brackets_in_texts() -> None:
    deepest = b'{"a":' + b"[" * (DEEPEST - 1) + b"]" * (DEEPEST - 1) + b"}"
    texts = json.dumps({"body": ["[" * 500, "{" * 500]}).encode()
    assert [type(values) for _, values in read(deepest + b"\n" + texts + b"\n", 5000)] == [dict, dict]


def test_a_long_line_is_counted_once_and_never_held() -> None:
    class Counting(io.BytesIO):
        most = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            line = super().readline(size)
            self.most = max(self.most, len(line))
            return line

    stream = Counting(b"x" * 100_000 + b'\n{"a": 1}\n' + b"y" * 100_000)
    lines = list(read_json_lines(stream, 50))
    assert [(line.number, line.text) for line in lines] == [(1, None), (2, b'{"a": 1}'), (3, None)]
    assert stream.most == 51


def test_a_line_of_just_the_longest_length_is_read() -> None:
    line = b'{"a": 1}'
    for ending in (b"\n", b""):
        (found,) = read_json_lines(io.BytesIO(line + ending), len(line))
        assert found.values() == {"a": 1}


def test_half_a_surrogate_pair_is_replaced_everywhere_and_whole_ones_stay() -> None:
    line = rb'{"a\uD800": ["\udc00x", {"b": "\uD83D\uDE00"}], "c": 1}'
    assert read(line) == [(1, {"a\ufffd": ["\ufffdx", {"b": "\U0001f600"}], "c": 1})]


def test_a_stream_that_cannot_be_read_is_a_usage_error() -> None:
    class Broken(io.BytesIO):
        def readline(self, size: int | None = -1, /) -> bytes:
            raise IsADirectoryError(21, "Is a directory")

    with pytest.raises(UsageError, match="Is a directory"):
        list(read_json_lines(Broken()))


def test_texts_are_texts() -> None:
    values: dict[str, Any] = {"text": "мәтін", "null": None, "number": 5, "list": [], "blank": " \n"}
    assert text_at(values, "text") == needed_text(values, "text") == "мәтін"
    assert text_at(values, "null") is None
    assert text_at(values, "missing") is None
    for name, reason in [
        ("null", "it has no null"),
        ("missing", "it has no missing"),
        ("number", "number is not text"),
        ("list", "list is not text"),
        ("blank", "blank is empty"),
    ]:
        with pytest.raises(BadLine, match=f"^{reason}$"):
            needed_text(values, name)
    with pytest.raises(BadLine, match=r"^number is not text$"):
        text_at(values, "number")


@given(st.lists(st.binary(max_size=40)))
def test_any_bytes_give_an_object_or_a_reason(parts: list[bytes]) -> None:
    content = b"\n".join(parts)
    assert all(isinstance(given, dict) or given.startswith("it ") for _, given in read(content, longest=30))


values_of_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(st.text(), values_of_json), st.booleans())
def test_every_object_is_read_as_it_was_written(values: dict[str, Any], escaped: bool) -> None:
    line = JsonLine(1, json.dumps(values, ensure_ascii=escaped).encode())
    assert line.values() == values
