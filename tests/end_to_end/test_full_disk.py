"""A disk that is full, or fills up anywhere in a run: a clear end, whole feeds, and all is there after the next run."""

from __future__ import annotations

import shutil

import pytest

from newscrawler.errors import ExitStatus
from tests.end_to_end.commands import Ended
from tests.end_to_end.compared_runs import ComparedRuns
from tests.end_to_end.crash_points import Moment, filling_disk
from tests.end_to_end.outlasting import files_in

FAILED = (ExitStatus.OWED, ExitStatus.NOTHING_DONE)
FULL = "from tests.end_to_end.crash_points import fill_disk\nfill_disk({})"


@pytest.mark.parametrize(("day", "size"), [(1, 16_000), (1, 200_000), (1, 600_000), (2, 60_000)])
def test_a_disk_without_room_for_the_store_loses_nothing(day: int, size: int, runs: ComparedRuns) -> None:
    runs.start(day)
    assert_clear(runs.run(FULL.format(size)), "disk I/O error")
    assert runs.problems(day) == []


@pytest.mark.parametrize("moment", [Moment.SOURCE_ANSWERED, Moment.PAGE_ANSWERED, Moment.OPENING, Moment.REPLACING])
def test_a_disk_that_fills_up_meanwhile_loses_nothing(moment: Moment, runs: ComparedRuns) -> None:
    runs.start(2)
    half = 1 + runs.days[2].points.count(moment) // 2
    assert_clear(runs.run(filling_disk(runs.log(), moment, half)), "disk I/O error")
    assert runs.problems(2) == []


def test_a_disk_without_room_for_the_larger_feeds_gets_the_others(runs: ComparedRuns) -> None:
    runs.start(2)
    assert runs.run().status == 0
    shutil.rmtree(runs.work / "public")
    ended = runs.run(filling_disk(runs.log(), Moment.MAKING_FOLDER, 1, size=40_000))
    assert_clear(ended, "cannot write")
    assert files_in(runs.work / "public")
    assert runs.problems(2) == []


def assert_clear(ended: Ended, problem: str) -> None:
    """A process that ended by itself, owes something, and says why."""
    assert ended.status in FAILED, ended
    assert problem in ended.err
    assert "Traceback" not in ended.err
