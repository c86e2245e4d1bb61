"""Word changes: what was taken out of a text and what was put in, word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_CONTEXT = 4
_GAP = "…"


class Change(StrEnum):
    """What became of some words."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(slots=True, frozen=True)
class Words:
    """Words that stand together, and what became of them."""

    change: Change
    text: str


def word_changes(before: str, after: str) -> list[Words]:
    """How `before` became `after`, in order; of what was kept only the four words next to a change are shown, `…`
    standing for the rest. Empty where no word changed."""
    old, new = before.split(), after.split()
    if old == new:
        return []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    found: list[Words] = []
    opcodes = matcher.get_opcodes()
    for place, (kind, start, end, new_start, new_end) in enumerate(opcodes):
        if kind == "equal":
            shown = _shortened(old[start:end], is_first=place == 0, is_last=place == len(opcodes) - 1)
            found.append(Words(Change.KEPT, " ".join(shown)))
            continue
        found += _words(Change.REMOVED, old[start:end])
        found += _words(Change.ADDED, new[new_start:new_end])
    return found


def _words(change: Change, words: Sequence[str]) -> Iterator[Words]:
    if words:
        yield Words(change, " ".join(words))


def _shortened(words: Sequence[str], *, is_first: bool, is_last: bool) -> list[str]:
    head = 0 if is_first else _CONTEXT
    tail = 0 if is_last else _CONTEXT
    if len(words) <= head + tail + 1:
        return list(words)
    return [*words[:head], _GAP, *words[len(words) - tail :]]
