"""Word changes: what was taken out of a text and what was put in, word by word."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import chain, groupby
from operator import itemgetter

_CONTEXT = 4
_GAP = "…"
_LINE_END = "¶"
_EQUAL = "equal"
# Looking at a million pairs of words takes half a second; a revision that needs more is a rewritten text.
_MOST_PAIRS = 1_000_000

_Line = tuple[str, ...]
_Opcode = tuple[str, int, int, int, int]


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
    """How `before` became `after`, in order, `¶` standing between lines; of what was kept only the four words next to a
    change are shown, `…` standing for the rest. Empty where no word changed.

    Lines are compared first, words only in lines that changed. Where that is still too much, what changed is shown as
    rewritten: all of it removed, all of it added.
    """
    old_lines, new_lines = _lines(before), _lines(after)
    if old_lines == new_lines:
        return []
    old, new = list(chain.from_iterable(old_lines)), list(chain.from_iterable(new_lines))
    found: list[Words] = []
    changes = list(_joined(_changes(old_lines, new_lines)))
    for place, (kind, start, end, new_start, new_end) in enumerate(changes):
        if kind == _EQUAL:
            shown = _shortened(old[start:end], is_first=place == 0, is_last=place == len(changes) - 1)
            found.append(Words(Change.KEPT, " ".join(shown)))
            continue
        found += _words(Change.REMOVED, old[start:end])
        found += _words(Change.ADDED, new[new_start:new_end])
    return found


def _lines(text: str) -> list[tuple[str, ...]]:
    """The words of each line that has any, a mark behind all lines but the last."""
    lines = [tuple(words) for line in text.splitlines() if (words := line.split())]
    return [*((*line, _LINE_END) for line in lines[:-1]), *lines[-1:]]


def _changes(old: Sequence[_Line], new: Sequence[_Line]) -> Iterator[_Opcode]:
    """As `SequenceMatcher.get_opcodes` has it for all the words, where they are looked at line by line first."""
    budget = _MOST_PAIRS
    done, new_done = 0, 0
    for kind, start, end, new_start, new_end in _opcodes(old, new, _MOST_PAIRS):
        removed = list(chain.from_iterable(old[start:end]))
        added = list(chain.from_iterable(new[new_start:new_end]))
        if kind == _EQUAL:
            yield kind, done, done + len(removed), new_done, new_done + len(added)
        else:
            for word_kind, *places in _opcodes(removed, added, budget):
                yield word_kind, done + places[0], done + places[1], new_done + places[2], new_done + places[3]
            budget -= len(removed) * len(added)
        done, new_done = done + len(removed), new_done + len(added)


def _opcodes(old: Sequence[Hashable], new: Sequence[Hashable], most_pairs: int) -> Sequence[_Opcode]:
    """The opcodes that turn `old` into `new`; a single one where more than `most_pairs` pairs were to be looked at."""
    if len(old) * len(new) > most_pairs:
        return [("replace", 0, len(old), 0, len(new))]
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def _joined(opcodes: Iterable[_Opcode]) -> Iterator[_Opcode]:
    """The opcodes with what was kept in one piece where two of them meet."""
    for kind, run in groupby(opcodes, key=itemgetter(0)):
        pieces = list(run)
        if kind == _EQUAL:
            yield kind, pieces[0][1], pieces[-1][2], pieces[0][3], pieces[-1][4]
        else:
            yield from pieces


def _words(change: Change, words: Sequence[str]) -> Iterator[Words]:
    if words:
        yield Words(change, " ".join(words))


def _shortened(words: Sequence[str], *, is_first: bool, is_last: bool) -> list[str]:
    head = 0 if is_first else _CONTEXT
    tail = 0 if is_last else _CONTEXT
    if len(words) <= head + tail + 1:
        return list(words)
    return [*words[:head], _GAP, *words[len(words) - tail :]]
