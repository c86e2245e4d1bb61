"""What a crawl is worth, and how it is told in lines."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from newscrawler.commands.crawl_summary import CrawlSummary, show_summaries, status_of_all, status_of_crawl
from newscrawler.commands.output import Output
from newscrawler.crawl import FINISHED, LOCKED, STORE_FAILED, TIME_UP
from newscrawler.errors import ExitStatus


@pytest.fixture
def output() -> Iterator[Output]:
    """An output that nobody watches; logging is put back as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield Output()
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.mark.parametrize(
    ("counts", "reason", "status"),
    [
        ({}, FINISHED, ExitStatus.DONE),
        ({"new": 1, "rejected": 2}, FINISHED, ExitStatus.DONE),
        ({"new": 1}, "shutdown", ExitStatus.DONE),
        ({"new": 1}, TIME_UP, ExitStatus.OWED),
        ({}, TIME_UP, ExitStatus.OWED),
        ({"new": 1, "failed": 1}, FINISHED, ExitStatus.OWED),
        ({"sources_failed": 1}, FINISHED, ExitStatus.NOTHING_DONE),
        ({}, STORE_FAILED, ExitStatus.NOTHING_DONE),
        ({}, LOCKED, ExitStatus.LOCKED),
        ({"new": 1, "bugs": 1}, TIME_UP, ExitStatus.BUG),
    ],
)
def test_what_a_crawl_is_worth(counts: dict[str, int], reason: str, status: ExitStatus) -> None:
    assert status_of_crawl(counts, reason) == status


def test_time_that_was_up_in_one_newsroom_is_owed_by_all() -> None:
    summaries = [CrawlSummary(newsroom="a"), CrawlSummary(newsroom="b", reason=TIME_UP, status=ExitStatus.OWED)]
    assert status_of_all(summaries) == ExitStatus.OWED


def test_a_line_a_newsroom_and_one_of_all(output: Output, capsys: pytest.CaptureFixture[str]) -> None:
    show_summaries(
        output,
        [
            CrawlSummary(newsroom="a", reason=FINISHED, counts={"new": 3, "rejected": 1}),
            CrawlSummary(newsroom="b", reason=TIME_UP, counts={"new": 2, "sources_failed": 1}),
            CrawlSummary(newsroom="c", reason=LOCKED),
        ],
    )
    assert capsys.readouterr().out.splitlines() == [
        "a: new 3, changed 0, rejected 1",
        "b: new 2, changed 0, sources failed 1, crawl the time was up",
        "c: crawl locked",
        "all: new 5, changed 0, rejected 1, sources failed 1",
    ]


def test_one_newsroom_is_one_line(output: Output, capsys: pytest.CaptureFixture[str]) -> None:
    show_summaries(output, [CrawlSummary(newsroom="a", reason=FINISHED, counts={"new": 3})])
    assert capsys.readouterr().out == "a: new 3, changed 0\n"
