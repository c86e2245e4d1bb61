"""The summary of a crawl, and the exit status that follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from newscrawler.commands.output import Output
from newscrawler.crawl import FINISHED, LOCKED, STORE_FAILED
from newscrawler.errors import ExitStatus

_COLUMNS = ("newsroom", "new", "changed", "unchanged", "rejected", "missing", "gone", "not saved", "failed", "note")


@dataclass(slots=True, kw_only=True)
class CrawlSummary:
    """What a crawl of one newsroom came to. `reason` is why it ended, `problem` the first thing that went wrong,
    `status`
    the exit status that this newsroom alone would give, `sources` how many of its sources answered."""

    newsroom: str
    counts: dict[str, int] = field(default_factory=dict)
    reason: str = "not started"
    problem: str | None = None
    status: int = ExitStatus.DONE

    def to_dict(self) -> dict[str, Any]:
        """The values for machines."""
        return {
            "newsroom": self.newsroom,
            "status": self.status,
            "reason": self.reason,
            "problem": self.problem,
            "counts": dict(sorted(self.counts.items())),
        }


def status_of_crawl(counts: dict[str, int], reason: str) -> int:
    """The exit status for one newsroom, from what it counted and why it ended."""
    if reason == LOCKED:
        return ExitStatus.LOCKED
    if counts.get("bugs"):
        return ExitStatus.BUG
    kept = sum(counts.get(name, 0) for name in ("new", "changed", "unchanged", "rejected", "missing", "gone"))
    failed = counts.get("sources_failed", 0) + counts.get("failed", 0)
    if reason == STORE_FAILED or (failed and not kept and not counts.get("sources")):
        return ExitStatus.NOTHING_DONE
    return ExitStatus.OWED if failed or reason not in (FINISHED, "shutdown") else ExitStatus.DONE


def status_of_all(summaries: Sequence[CrawlSummary]) -> int:
    """The exit status of a crawl over several newsrooms: a bug first, then what is owed; that nothing could be done,
    that
    all were locked or that all were wrongly configured only when it is so of every one."""
    statuses = {summary.status for summary in summaries}
    if not statuses or statuses == {ExitStatus.DONE}:
        return ExitStatus.DONE
    if ExitStatus.BUG in statuses:
        return ExitStatus.BUG
    if len(statuses) == 1:
        return statuses.pop()
    failed = statuses - {ExitStatus.DONE, ExitStatus.LOCKED}
    return ExitStatus.OWED if failed else ExitStatus.LOCKED


def show_summaries(output: Output, summaries: Sequence[CrawlSummary]) -> None:
    """A table or a line a newsroom."""
    rows = []
    for summary in summaries:
        counts = summary.counts
        note = summary.problem or ("" if summary.reason == FINISHED else summary.reason)
        numbers = [counts.get(name.replace(" ", "_"), 0) or None for name in _COLUMNS[1:-1]]
        numbers[0] = counts.get("new", 0) if numbers[0] is None else numbers[0]
        numbers[1] = counts.get("changed", 0) if numbers[1] is None else numbers[1]
        failed = (numbers[-1] or 0) + counts.get("sources_failed", 0)
        rows.append([summary.newsroom, *map(_shown, numbers[:-1]), failed or None, note])
    output.table(_COLUMNS, rows, title="Crawl")


def _shown(number: int | None) -> str | None:
    return None if number is None else str(number)
