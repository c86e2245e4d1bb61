"""Runs that overlap: the second says who is at work and takes what is free; nothing is lost, and nothing doubled."""

from __future__ import annotations

from pathlib import Path

import pytest

from newscrawler.errors import ExitStatus
from tests.end_to_end.compared_runs import ComparedRuns
from tests.end_to_end.crash_points import Moment
from tests.end_to_end.outlasting import Outlasting
from tests.end_to_end.run_beside import ended_beside, with_run_beside
from tests.end_to_end.two_newsrooms import FIRST, SECOND


@pytest.mark.parametrize(("moment", "lock"), [(Moment.PAGE_ANSWERED, "small"), (Moment.REPLACING, "publish")])
def test_the_second_of_two_leaves_all_to_the_first(
    moment: Moment, lock: str, tmp_path: Path, runs: ComparedRuns
) -> None:
    runs.start(2)
    half = 1 + runs.days[2].points.count(moment) // 2
    ended = runs.run(with_run_beside(tmp_path / "report", (FIRST, SECOND), runs.log(), moment, half))
    assert (ended.status, ended.err) == (ExitStatus.DONE, "")
    second = ended_beside(tmp_path / "report")
    assert second.status == ExitStatus.LOCKED
    assert f"another run holds the lock '{lock}'" in second.err
    assert max(runs.pages().values()) == 1
    assert Outlasting.of(runs.work).differences(runs.days[2].after) == []
    assert runs.problems(2) == []


def test_the_second_crawls_the_newsroom_that_is_free(tmp_path: Path, runs: ComparedRuns) -> None:
    runs.start(2)
    beside = with_run_beside(tmp_path / "report", (FIRST, SECOND), runs.log(), Moment.PAGE_ANSWERED, 3)
    ended = runs.run(beside, names=(FIRST,))
    second = ended_beside(tmp_path / "report")
    assert (second.status, ended.status) == (ExitStatus.LOCKED, ExitStatus.DONE)
    assert "another run holds the lock 'small'" in second.err
    assert "second: new 4" in second.out
    assert max(runs.pages().values()) == 1
    assert runs.problems(2) == []
