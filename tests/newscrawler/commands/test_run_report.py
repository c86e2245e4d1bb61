"""Reports of runs: kept however the run ends, and told in a line."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from newscrawler.commands.crawl_summary import CrawlSummary
from newscrawler.commands.run_report import RunReport, kept_report, report_line
from newscrawler.config import Config
from newscrawler.crawl import FINISHED, LOCKED, TIME_UP
from newscrawler.errors import ExitStatus, PublishError
from newscrawler.store import open_store
from newscrawler.store.reports import keep_report, last_reports
from tests.conftest import NOW
from tests.verb_calls import Shown


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """A configuration with an empty store and a clock that stands."""
    open_store(f"sqlite:///{tmp_path / 'newscrawler.db'}").close()
    return Config(store=f"sqlite:///{tmp_path / 'newscrawler.db'}", now=NOW)


def kept(config: Config) -> list[dict[str, object]]:
    with open_store(config.store_url(), create=False) as store, store.read() as connection:
        return last_reports(connection, 10)


def a_summary(newsroom: str = "a", reason: str = FINISHED, status: int = 0, **counts: int) -> CrawlSummary:
    return CrawlSummary(newsroom=newsroom, reason=reason, status=status, counts=counts, seconds=1.25)


def test_a_report_tells_counts_reasons_and_durations(config: Config) -> None:
    with kept_report(config, "run") as report:
        report.newsrooms = [a_summary(new=3, requests=5)]
        report.publication = {"written": 12}
        report.status = ExitStatus.DONE
    (found,) = kept(config)
    assert found.pop("seconds") >= 0  # type: ignore[operator]
    assert found == {
        "command": "run",
        "started": "2024-05-14T13:00:00+00:00",
        "status": 0,
        "problem": None,
        "newsrooms": [
            {
                "newsroom": "a",
                "status": 0,
                "reason": "finished",
                "problem": None,
                "seconds": 1.2,
                "counts": {"new": 3, "requests": 5},
            }
        ],
        "publication": {"written": 12},
    }


@pytest.mark.parametrize(
    ("error", "status", "problem"),
    [
        (PublishError("cannot write x", remedy="Mend it"), 3, "cannot write x. Mend it"),
        (KeyboardInterrupt(), 130, "interrupted"),
        (SystemExit(143), 143, "interrupted"),
        (ZeroDivisionError("by zero"), 1, "by zero"),
    ],
)
def test_it_is_kept_however_the_run_ends(error: BaseException, status: int, problem: str, config: Config) -> None:
    def end() -> None:
        with kept_report(config, "run") as report:
            report.newsrooms = [a_summary(reason=LOCKED, status=75)]
            raise error

    with pytest.raises(type(error)):
        end()
    (found,) = kept(config)
    assert (found["status"], found["problem"]) == (status, problem)


def test_a_call_that_did_not_look_at_the_store_is_not_kept(config: Config) -> None:
    with kept_report(config, "crawl") as report:
        report.newsrooms = [a_summary(status=ExitStatus.USAGE)]
    assert kept(config) == []


def test_a_report_that_cannot_be_kept_changes_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with kept_report(Config(store=f"sqlite:///{tmp_path / 'none.db'}"), "crawl") as report:
        report.newsrooms, report.status = [a_summary()], ExitStatus.DONE
    assert report.status == ExitStatus.DONE
    assert "is not kept" in caplog.text
    assert list(tmp_path.iterdir()) == []


def test_a_report_in_a_line() -> None:
    report = RunReport(command="run", started=NOW, status=3)
    report.newsrooms = [
        a_summary("a", new=3, requests=10),
        CrawlSummary(newsroom="b", reason=TIME_UP, counts={"new": 1, "sources_failed": 1}, problem="x: status 500"),
    ]
    report.publication = {"written": 12}
    told = report.to_dict() | {"seconds": 75.4}
    assert report_line(told) == (
        "2024-05-14T13:00:00+00:00 run: status 3, new 4, requests 10, files written 12, 1m15s "
        "(b: the time was up; x: status 500)"
    )


def test_status_shows_the_last_runs(verb: Callable[..., Shown], config: Config) -> None:
    with open_store(config.store_url()) as store, store.write() as connection:
        for number in range(12):
            report = RunReport(command="run", started=NOW + timedelta(minutes=number), status=0)
            keep_report(connection, "run", report.started, 0, report.to_dict())
    shown = verb("status", "--store", config.store, "--runs", 2)
    assert shown.status == 0
    lines = shown.out.splitlines()
    assert [line[2:27] for line in lines[lines.index("Last runs:") + 1 :]] == [
        "2024-05-14T13:11:00+00:00",
        "2024-05-14T13:10:00+00:00",
    ]
    assert "Last runs" not in verb("status", "--store", config.store).out
    assert len(json.loads(verb("status", "--store", config.store, "--json").out)["runs"]) == 10
