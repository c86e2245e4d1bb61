"""What a benchmark of one pipeline step is made of: cases with their truth, programs that answer them, and figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")

OURS = "newscrawler"


@dataclass(slots=True, frozen=True)
class Case(Generic[Item]):
    """One labelled item: `given` is what a program is asked, `truth` its record as the set has it.

    `group` names the set or half it belongs to; a `closed` case is counted and never shown.
    """

    group: str
    given: Item
    truth: dict[str, Any]
    closed: bool = False


@dataclass(slots=True, frozen=True)
class Program(Generic[Item, Answer]):
    """A program under test: its name, its version, and its answer to what a case gives."""

    name: str
    version: str
    answer: Callable[[Item], Answer]


@dataclass(slots=True, frozen=True)
class Figure:
    """One measure over some cases, 0 to 1, and what it was counted from; None where there was nothing to count."""

    measure: str
    value: float | None
    counted: str

    def __str__(self) -> str:
        return "" if self.value is None else f"{self.value:.4f} ({self.counted})"


@dataclass(slots=True, frozen=True)
class Mistake:
    """A wrong answer as a person reads it: the text, the answer that was expected and the one that was given."""

    name: str
    text: str
    expected: str
    given: str


Answered = Sequence[tuple[Case[Item], Answer]]


@dataclass(slots=True, frozen=True)
class StepBenchmark(Generic[Item, Answer]):
    """A step on its labelled sets: ours first among `programs`, then the peers; `not_run` says what is missing and why.

    `figures` gives the same measures in the same order for any cases; `mistake` is None for a right answer.
    """

    name: str
    cases: list[Case[Item]]
    programs: list[Program[Item, Answer]]
    figures: Callable[[Answered[Item, Answer]], list[Figure]]
    mistake: Callable[[Case[Item], Answer], Mistake | None]
    not_run: list[str] = field(default_factory=list)

    def groups(self) -> dict[str, list[Case[Item]]]:
        """The cases by their sets or halves, and all of them together where there are several."""
        names = dict.fromkeys(case.group for case in self.cases)
        groups = {name: [case for case in self.cases if case.group == name] for name in names}
        return groups if len(groups) < 2 else {**groups, "all": self.cases}


def share(measure: str, judgements: Iterable[bool]) -> Figure:
    """The share of `judgements` that are true."""
    judged = list(judgements)
    right = sum(judged)
    return Figure(measure, right / len(judged) if judged else None, f"{right} of {len(judged)}")


def retrieval(measure: str, right: int, extra: int, missing: int) -> Figure:
    """F1 of `right` items found beside `extra` ones that are not there and `missing` ones that were not found."""
    everything = 2 * right + extra + missing
    counted = f"P {_ratio(right, right + extra)}, R {_ratio(right, right + missing)}"
    return Figure(measure, 2 * right / everything if everything else None, counted)


def _ratio(part: int, whole: int) -> str:
    return f"{part / whole:.4f}" if whole else "-"
