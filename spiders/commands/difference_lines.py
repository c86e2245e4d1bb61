"""How people are shown what a check of recordings found: lines, coloured where a terminal shows them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import SequenceMatcher
from os.path import commonprefix
from typing import Any

from rich.text import Text

from newscrawler.commands.output import ESCAPED_CONTROLS
from spiders.recordings.checked import CheckedNewsroom, CheckedRecording
from spiders.recordings.differences import Difference, FieldDifference, Kind

_EXPECTED, _GOT, _DOUBT, _GOOD = "red", "green", "yellow", "green"
# In characters: what is shown of the equal parts around a difference.
_CONTEXT = 30
_ABSENT = "(nothing)"


def newsroom_lines(checked: CheckedNewsroom) -> Iterator[Text]:
    """What the check of a newsroom's recordings found."""
    for recording in checked.recordings:
        yield from _recording_lines(recording)
    if checked.problem is not None:
        yield Text(f"{checked.newsroom}: {checked.problem}", _EXPECTED)
    for unmatched in checked.unmatched:
        if unmatched.is_error:
            yield Text(f"{checked.newsroom}: {unmatched}", _EXPECTED)
        else:
            yield Text(f"{checked.newsroom}: warning: {unmatched}", _DOUBT)


def _recording_lines(checked: CheckedRecording) -> Iterator[Text]:
    label = checked.recording.label
    if checked.problem is not None:
        yield Text(f"{label}: {checked.problem}", _EXPECTED)
        return
    if checked.expected is None or checked.got is None:
        return
    number = len(checked.expected.articles)
    found = f"{number} article{'' if number == 1 else 's'}"
    if checked.is_as_expected:
        yield Text(f"{label}: {found}, as expected", _GOOD)
    else:
        yield Text(f"{label}: {found} expected, {len(checked.got.articles)} found", "bold")
    for difference in checked.differences:
        yield from _difference_lines(difference)
    again = f"newscrawler newsroom record {checked.recording.newsroom}"
    for url in checked.not_saved:
        yield Text(f"  not in the recording: {url} (record again: {again})", _EXPECTED)
    for doubt in checked.doubts:
        yield Text(f"  looks wrong: {doubt}", _DOUBT)


def _difference_lines(difference: Difference) -> Iterator[Text]:
    if difference.kind is Kind.MISSING:
        yield Text(f"  missing: {difference.url} ({difference.note})", _EXPECTED)
    elif difference.kind is Kind.UNEXPECTED:
        yield Text(f"  unexpected: {difference.url} ({difference.note})", _GOT)
    else:
        yield Text(f"  {'source ' if difference.kind is Kind.SOURCE else ''}{difference.url}")
        for field in difference.fields:
            yield from _field_lines(field)


def _field_lines(field: FieldDifference) -> Iterator[Text]:
    expected, got = _items(field.expected), _items(field.got)
    several = isinstance(field.expected or field.got, list)
    for kind, start, end, got_start, got_end in SequenceMatcher(None, expected, got, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        place = f" {start + 1}" if several else ""
        yield Text(f"    {field.name}{place}")
        before, after = expected[start:end], got[got_start:got_end]
        if len(before) == len(after):
            pairs = [_shortened(*pair) for pair in zip(before, after, strict=True)]
            before, after = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
        for text in before or [_ABSENT] * (not several):
            yield Text(f"      - {text.translate(ESCAPED_CONTROLS)}", _EXPECTED)
        for text in after or [_ABSENT] * (not several):
            yield Text(f"      + {text.translate(ESCAPED_CONTROLS)}", _GOT)


def _items(value: Any) -> list[str]:
    if value is None:
        return []
    values = value if isinstance(value, list) else [value]
    return [item if isinstance(item, str) else json.dumps(item, ensure_ascii=False) for item in values]


def _shortened(one: str, other: str) -> tuple[str, str]:
    """Two texts without most of what they have in common at beginning and end."""
    head = len(commonprefix([one, other]))
    shorter = min(len(one), len(other)) - head
    tail = min(len(commonprefix([one[::-1], other[::-1]])), shorter)
    start = head - _CONTEXT if head > 2 * _CONTEXT else 0
    cut = tail - _CONTEXT if tail > 2 * _CONTEXT else 0
    ends = [text[start : len(text) - cut] for text in (one, other)]
    first, second = [f"{'…' if start else ''}{text}{'…' if cut else ''}" for text in ends]
    return first, second
