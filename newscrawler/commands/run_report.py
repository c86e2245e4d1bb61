"""The report of a run: what it came to, as JSON for whoever called it and in the store for whoever asks later."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from newscrawler.commands.crawl_summary import COUNTED, CrawlSummary
from newscrawler.config import Config
from newscrawler.crawl import FINISHED
from newscrawler.durations import shown_duration
from newscrawler.errors import ExitStatus, NewscrawlerError, StoreError
from newscrawler.store import open_store
from newscrawler.store.reports import keep_report

logger = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class RunReport:
    """What a call of `command` came to; the one who crawls and publishes fills it in.

    `publication` is what was published, None where nothing was to be; `problem` what ended the call before its time.
    """

    command: str
    started: datetime
    newsrooms: list[CrawlSummary] = field(default_factory=list)
    publication: dict[str, Any] | None = None
    status: int = ExitStatus.BUG
    problem: str | None = None
    _began: float = field(default_factory=monotonic)

    def to_dict(self) -> dict[str, Any]:
        """The values for machines: `started` is ISO 8601 in UTC, `seconds` how long it took until now."""
        return {
            "command": self.command,
            "started": self.started.isoformat(timespec="seconds"),
            "seconds": round(monotonic() - self._began, 1),
            "status": int(self.status),
            "problem": self.problem,
            "newsrooms": [summary.to_dict() for summary in self.newsrooms],
            **({"publication": self.publication} if self.publication is not None else {}),
        }


@contextmanager
def kept_report(config: Config, command: str) -> Iterator[RunReport]:
    """A report of what is done inside, kept in the store at the end, however that comes.

    A call that did not come to look at the store is not kept. One whose report cannot be kept says so, and ends as it
    would have.
    """
    report = RunReport(command=command, started=config.clock())
    try:
        yield report
    except BaseException as error:
        report.status = _status_of(error)
        report.problem = str(error) if isinstance(error, Exception) else "interrupted"
        raise
    finally:
        if any(summary.status != ExitStatus.USAGE for summary in report.newsrooms):
            _keep(config, report)


def report_line(report: Mapping[str, Any]) -> str:
    """A kept report in one line: when, what, how it ended, what it found, and what went wrong first."""
    counts: Counter[str] = Counter()
    for newsroom in report["newsrooms"]:
        counts.update(newsroom["counts"])
    told = [f"{name.replace('_', ' ')} {counts[name]}" for name in (*COUNTED, "requests") if counts[name]]
    publication = report.get("publication")
    if publication is not None:
        told.append(f"files written {publication['written']}")
    told.append(shown_duration(timedelta(seconds=report["seconds"])))
    ended = [f"{one['newsroom']}: {one['reason']}" for one in report["newsrooms"] if one["reason"] != FINISHED]
    problems = [one["problem"] for one in (*report["newsrooms"], report) if one["problem"]]
    notes = "; ".join([*ended, *problems[:1]])
    said = f"{report['started']} {report['command']}: status {report['status']}, {', '.join(told)}"
    return f"{said} ({notes})" if notes else said


def _keep(config: Config, report: RunReport) -> None:
    try:
        with open_store(config.store_url(), create=False) as store, store.write() as connection:
            keep_report(connection, report.command, report.started, report.status, report.to_dict())
    except StoreError as error:
        logger.warning("the report of this run is not kept: %s", error)


def _status_of(error: BaseException) -> int:
    if isinstance(error, NewscrawlerError):
        return error.exit_status
    if isinstance(error, KeyboardInterrupt):
        return ExitStatus.INTERRUPTED
    if isinstance(error, SystemExit) and isinstance(error.code, int):
        return error.code
    return ExitStatus.BUG
