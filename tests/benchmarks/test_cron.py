"""The benchmark of a week of runs: its counting. tests/cron/test_week_of_runs.py runs it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from benchmarks.cron import figures, main
from tests.cron.newsroom_life import FIRST_DAY, LIST, SITEMAP
from tests.cron.watched_site import Asked, RunRequests
from tests.cron.week_of_runs import Run


def a_run(number: int, *asked: Asked, written: int = 0, faults: tuple[str, ...] = (), held: int = 0) -> Run:
    """A run that takes `number` seconds to crawl."""
    return Run(
        at=FIRST_DAY + timedelta(hours=number),
        requests=RunRequests(asked),
        status=3 if held else 0,
        held=held,
        written=written,
        crawl_seconds=number,
        publish_seconds=0.5,
        faults=faults,
    )


def test_requests_are_counted_by_kind_and_quiet_runs_apart() -> None:
    first = a_run(0, Asked("/robots.txt", 404), Asked(LIST, 200), Asked(f"{LIST}?page=2", 200), Asked("/a/1", 200))
    quiet = a_run(1, Asked(LIST, 304), Asked(SITEMAP, 304), written=1)
    none = a_run(2)
    busy = a_run(3, Asked(LIST, 200), Asked("/a/1", 304), Asked("/a/2", 200), written=40, held=2)
    found = figures([first, quiet, none, busy])
    assert (found["runs"], found["requests"], found["requests_of_articles"]) == (4, 9, 3)
    assert (found["quiet_runs"], found["requests_a_quiet_run"]) == (2, {"least": 0, "median": 1.0, "most": 2})
    assert found["requests_a_run"] == {"least": 0, "median": 2, "most": 3}
    assert (found["not_changed"], found["runs_with_held_pages"], found["statuses"]) == (3, 1, {"0": 3, "3": 1})
    assert found["files_a_run"] == {"least": 0, "median": 1, "most": 40}
    assert found["files_a_run_without_news"] == {"least": 0, "median": 0.5, "most": 1}
    assert found["crawl_seconds_a_run"] == {"least": 1, "median": 2, "most": 3}


def test_what_was_fetched_in_vain_is_counted_and_nothing_else() -> None:
    faults = ("/a/1 was asked for no reason", "/a/2 was sent whole once more", "/a/3 should be stored")
    assert figures([a_run(0), a_run(1, faults=faults)])["for_no_reason"] == 2


def test_one_run_has_no_spread() -> None:
    assert figures([a_run(0)])["requests_a_run"] is None


def test_no_runs_cannot_be_made(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--runs", "0"])
    assert ended.value.code == 2
    assert "argument --runs: at least 1" in capsys.readouterr().err
