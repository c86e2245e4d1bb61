"""JSON lines that somebody else wrote: one object a line, and a reason in plain words where it is none."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, NoReturn

from newscrawler.errors import ExitStatus, NewscrawlerError, UsageError

LONGEST_LINE = 128 * 1024 * 1024
DEEPEST = 100
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class BadLine(NewscrawlerError):
    """A line does not hold what is needed; its text is the reason, and the other lines are not touched by it."""

    exit_status = ExitStatus.OWED


@dataclass(slots=True, frozen=True)
class JsonLine:
    """A line of a file of JSON lines: its number, from 1, and its bytes; `bytes` is None for one that is too long."""

    number: int
    text: bytes | None

    def values(self) -> dict[str, Any]:
        """The object on the line; half a surrogate pair in a text is U+FFFD.

        Raises BadLine for what is not UTF-8, not JSON (RFC 8259: NaN is none) or no object, for objects and lists
        nested more than DEEPEST deep, for numbers beyond a double and for a line longer than LONGEST_LINE bytes.
        """
        if self.text is None:
            raise BadLine(f"it is longer than {LONGEST_LINE} bytes")
        try:
            value = json.loads(self.text.decode(), parse_constant=_refuse_constant, parse_float=_finite)
        except UnicodeDecodeError as cause:
            raise BadLine("it is not UTF-8") from cause
        except json.JSONDecodeError as cause:
            raise BadLine(f"it is not JSON: {cause.msg} at character {cause.pos + 1}") from cause
        except RecursionError as cause:
            raise _too_deep() from cause
        except ValueError as cause:
            # Python's own limit on the digits of a whole number.
            raise BadLine("it holds a number that is too large") from cause
        if not isinstance(value, dict):
            raise BadLine("it is not an object")
        if self.text.count(b"[") + self.text.count(b"{") > DEEPEST:
            _check_depth(value)
        return _whole_letters(value) if rb"\ud" in self.text.lower() else value


def read_json_lines(stream: BinaryIO, longest: int = LONGEST_LINE) -> Iterator[JsonLine]:
    """The lines of `stream` that are not blank, ended by LF or CRLF; a byte order mark before any of them is skipped.

    Of a line longer than `longest` bytes no more than that is ever held. Raises UsageError when `stream` cannot be
    read.
    """
    number = 0
    try:
        while line := stream.readline(longest + 1):
            number += 1
            too_long = len(line) > longest and not line.endswith(b"\n")
            while len(line) > longest and not line.endswith(b"\n"):
                line = stream.readline(longest + 1)
            text = line.removeprefix(_BYTE_ORDER_MARK).strip(b" \t\r\n")
            if too_long or text:
                yield JsonLine(number, None if too_long else text)
    except OSError as cause:
        raise UsageError("the JSON lines cannot be read", cause=cause, remedy="Check the file") from cause


def standard_input() -> BinaryIO:
    """The bytes of standard input. Raises UsageError when it is closed."""
    if sys.stdin is None:
        raise UsageError("standard input is closed", remedy="Give JSON lines on it")
    return sys.stdin.buffer


def text_at(values: dict[str, Any], name: str) -> str | None:
    """The text under `name`, None where there is none or null. Raises BadLine for a value of another kind."""
    value = values.get(name)
    if value is not None and not isinstance(value, str):
        raise BadLine(f"{name} is not text")
    return value


def needed_text(values: dict[str, Any], name: str) -> str:
    """The text under `name`. Raises BadLine where there is none, for a blank one and for a value of another kind."""
    text = text_at(values, name)
    if text is None:
        raise BadLine(f"it has no {name}")
    if not text.strip():
        raise BadLine(f"{name} is empty")
    return text


def _refuse_constant(name: str) -> NoReturn:
    raise BadLine(f"it is not JSON: {name} is no value")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(digits)
    return number


def _too_deep() -> BadLine:
    return BadLine(f"it is nested more than {DEEPEST} deep")


def _check_depth(value: dict[str, Any]) -> None:
    waiting: list[tuple[Any, int]] = [(value, 1)]
    while waiting:
        inner, depth = waiting.pop()
        if depth > DEEPEST:
            raise _too_deep()
        parts = inner.values() if isinstance(inner, dict) else inner
        waiting += [(part, depth + 1) for part in parts if isinstance(part, dict | list)]


def _whole_letters(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if isinstance(value, list):
        return [_whole_letters(part) for part in value]
    if isinstance(value, dict):
        return {_whole_letters(name): _whole_letters(part) for name, part in value.items()}
    return value
