"""A run that is killed wherever it changes something: the next one ends with what one run would have ended with.

In CI a few moments of each kind are tried, spread over the run; KILLS=all in the environment tries every one.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

import pytest

from tests.end_to_end.compared_runs import ComparedRuns
from tests.end_to_end.crash_points import Moment, killing

KILLED = -9
OFTEN = {Moment.BEFORE_COMMIT, Moment.AFTER_COMMIT, Moment.PAGE_ANSWERED}
# Of each newsroom a page is asked for while the one before it is read.
UNDER_WAY = 4


def numbers_tried(runs: ComparedRuns, day: int, moment: Moment) -> list[int]:
    """The numbers of the crash points of a kind to be tried on a day."""
    count = runs.days[day].points.count(moment)
    if os.environ.get("KILLS") == "all":
        return list(range(1, count + 1))
    tried = day if moment in OFTEN else 1
    return sorted({1 + int(count * (place + 0.5) / tried) for place in range(tried)}) if count else []


def commits_of_sources(runs: ComparedRuns, day: int) -> range:
    """The numbers of the commits between the first answer of a source and the first page, on a day."""
    points = runs.days[day].points
    first, last = points.index(Moment.SOURCE_ANSWERED), points.index(Moment.PAGE_ANSWERED)
    return range(points[:first].count(Moment.AFTER_COMMIT) + 1, points[:last].count(Moment.AFTER_COMMIT) + 1)


def is_killed(runs: ComparedRuns, moment: Moment, number: int) -> bool:
    """Whether a run came to that crash point, and so was killed; one that did not come so far is well."""
    ended = runs.run(killing(runs.log(), moment, number))
    assert ended.status in (KILLED, 0), ended
    return ended.status == KILLED


def problems_after(runs: ComparedRuns, day: int, *, kills: int = 1) -> list[str]:
    """What so many kills have spoiled."""
    asked = runs.pages()
    told = runs.problems(day)
    twice = (asked & runs.pages()).total()
    return [*told, f"{twice} pages were asked twice"] if twice > UNDER_WAY * kills else told


def assert_nothing_is_lost(runs: ComparedRuns, day: int, moment: Moment, numbers: Iterable[int]) -> None:
    kills, found = 0, {}
    for number in numbers:
        runs.start(day)
        kills += is_killed(runs, moment, number)
        found[f"{moment} {number}"] = problems_after(runs, day)
    assert {point: problems for point, problems in found.items() if problems} == {}
    assert kills


@pytest.mark.parametrize("moment", list(Moment))
@pytest.mark.parametrize("day", [1, 2])
def test_the_next_run_ends_as_if_there_had_been_no_kill(day: int, moment: Moment, runs: ComparedRuns) -> None:
    assert_nothing_is_lost(runs, day, moment, numbers_tried(runs, day, moment))


def test_what_a_source_said_is_kept_together_or_not_at_all(runs: ComparedRuns) -> None:
    assert_nothing_is_lost(runs, 2, Moment.AFTER_COMMIT, commits_of_sources(runs, 2))


@pytest.mark.parametrize(
    "moments",
    [
        (Moment.AFTER_COMMIT, Moment.PAGE_ANSWERED, Moment.REPLACING),
        (Moment.PAGE_ANSWERED, Moment.BEFORE_COMMIT, Moment.SYNCING),
    ],
    ids="-".join,
)
def test_kills_in_a_row_lose_nothing_either(moments: tuple[Moment, ...], runs: ComparedRuns) -> None:
    runs.start(2)
    for moment in moments:
        assert is_killed(runs, moment, 1 + runs.days[2].points.count(moment) // 3)
    assert problems_after(runs, 2, kills=len(moments)) == []
