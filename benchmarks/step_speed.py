"""How many items a second programs answer, measured in turns in one run."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.step_benchmark import Program


def items_a_second(
    programs: Sequence[Program[Any, Any]], items: Sequence[Any], rounds: int, tell: Callable[[str], None]
) -> dict[str, float]:
    """For each program, by its name, how many of `items` it answers a second: the best of `rounds` passes over them.

    In every round every program has its turn, so that what else the machine does hits all of them alike. What a
    program remembers of earlier passes it keeps, as it does in a crawl.
    """
    best: dict[str, float] = {}
    for at in range(rounds):
        for program in programs:
            tell(f"timing {program.name}, round {at + 1} of {rounds}")
            gc.collect()
            begin = time.perf_counter()
            for item in items:
                program.answer(item)
            seconds = time.perf_counter() - begin
            best[program.name] = min(best.get(program.name, seconds), seconds)
    return {name: len(items) / seconds if seconds else float("inf") for name, seconds in best.items()}
