"""A store that another process holds longer than a run is ready to wait, and lets go or not: nothing is lost."""

from __future__ import annotations

import pytest

from newscrawler.errors import ExitStatus
from tests.end_to_end.compared_runs import ComparedRuns
from tests.end_to_end.crash_points import Moment
from tests.end_to_end.store_holder import holding_store

FAILED = (ExitStatus.OWED, ExitStatus.NOTHING_DONE)


@pytest.mark.parametrize(
    ("moment", "refusals"),
    [
        (Moment.SOURCE_ANSWERED, 2),
        (Moment.SOURCE_ANSWERED, None),
        (Moment.PAGE_ANSWERED, 2),
        (Moment.PAGE_ANSWERED, 6),
        (Moment.AFTER_COMMIT, 1),
        (Moment.REPLACING, None),
    ],
)
def test_the_next_run_has_everything(moment: Moment, refusals: int | None, runs: ComparedRuns) -> None:
    runs.start(2)
    half = 1 + runs.days[2].points.count(moment) // 2
    ended = runs.run(holding_store(runs.work / "newscrawler.db", refusals, runs.log(), moment, half))
    # What is let go soon enough may be waited for.
    assert ended.status in FAILED or (ended.status == ExitStatus.DONE and refusals is not None), ended
    assert ended.status == ExitStatus.DONE or "Try again later: another process writes to it" in ended.err
    assert "Traceback" not in ended.err
    assert runs.problems(2) == []
