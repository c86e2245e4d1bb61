"""The summary of a crawl, and the exit status that follows from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from newscrawler.commands.output import Output
from newscrawler.crawl import FINISHED, LOCKED, STORE_FAILED, TIME_UP
from newscrawler.crawl_outcome import outcome_words
from newscrawler.errors import ExitStatus

# What is counted of the pages and of the sources, in the order in which people read it.
COUNTED = ("new", "changed", "unchanged", "rejected", "missing", "gone", "older", "not_saved", "failed")
_ALWAYS_SHOWN = ("new", "changed")
_KEPT = ("new", "changed", "unchanged", "rejected", "missing", "gone", "older")
_INTERRUPTED = "shutdown"
# Why a crawl ended that counted what it did, in words.
_SAID = {FINISHED: "", _INTERRUPTED: "interrupted", TIME_UP: TIME_UP}
_OWED = ("owed", "held", "held_back", "silent")
_OWES_NOTHING = (FINISHED, _INTERRUPTED)
_ALL = "all"


@dataclass(slots=True, kw_only=True)
class CrawlSummary:
    """What a crawl of one newsroom came to: what it counted, why it ended, the first thing that went wrong, and the
    exit status that this newsroom alone would give; `seconds` is how long it took.

    Of a crawl over saved pages `saved` says what the archive holds: `pages`, `forms` (how many in each), and how much
    of it is `unplaced`, `unreadable` or `elsewhere` (another site's).
    """

    newsroom: str
    counts: dict[str, int] = field(default_factory=dict)
    reason: str = "not started"
    problem: str | None = None
    status: int = ExitStatus.DONE
    seconds: float = 0.0
    saved: dict[str, Any] | None = None

    def to_dict(self) -> dict[str, Any]:
        """The values for machines; `saved` only of a crawl over saved pages."""
        return {
            "newsroom": self.newsroom,
            "status": self.status,
            "reason": self.reason,
            "problem": self.problem,
            "seconds": round(self.seconds, 1),
            "counts": dict(sorted(self.counts.items())),
            **({"saved": self.saved} if self.saved is not None else {}),
        }


def status_of_crawl(counts: dict[str, int], reason: str) -> int:
    """The exit status for one newsroom, from what it counted and why it ended."""
    if reason == LOCKED:
        return ExitStatus.LOCKED
    if counts.get("bugs"):
        return ExitStatus.BUG
    kept = sum(counts.get(name, 0) for name in _KEPT)
    failed = counts.get("sources_failed", 0) + counts.get("failed", 0)
    if (failed or reason == STORE_FAILED) and not kept and not counts.get("sources"):
        return ExitStatus.NOTHING_DONE
    owed = any(counts.get(name) for name in _OWED) or failed or reason not in _OWES_NOTHING
    return ExitStatus.OWED if owed else ExitStatus.DONE


def status_of_all(summaries: Sequence[CrawlSummary]) -> int:
    """The exit status of a crawl over several newsrooms: a bug first, then what is owed.

    That nothing could be done, that all were locked or that all were wrongly configured only when it is so of each.
    """
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
    """A row or a line a newsroom, and one of all where there are several; before them what an archive of saved pages
    holds. Why something went wrong has been said as a message."""
    for summary in summaries:
        if summary.saved is not None:
            output.line(f"{summary.newsroom}: {_archive(summary.saved)}")
    columns = ("newsroom", *(name.replace("_", " ") for name in COUNTED), "sources failed", "crawl")
    rows = [_row(summary) for summary in summaries]
    if len(summaries) > 1:
        rows.append([*_row(_all_of(summaries))[:-1], None])
    output.table(columns, rows, title="Crawl")


def _archive(saved: dict[str, Any]) -> str:
    forms = ", ".join(f"{form} {count}" for form, count in saved["forms"].items())
    said = {"not placed": saved["unplaced"], "not readable": saved["unreadable"], "of other sites": saved["elsewhere"]}
    return ", ".join([f"saved pages {saved['pages']} ({forms})", *(f"{name} {n}" for name, n in said.items() if n)])


def _all_of(summaries: Sequence[CrawlSummary]) -> CrawlSummary:
    counts: Counter[str] = Counter()
    for summary in summaries:
        counts.update(summary.counts)
    return CrawlSummary(newsroom=_ALL, counts=dict(counts), reason=FINISHED)


def _row(summary: CrawlSummary) -> list[Any]:
    note = _SAID.get(summary.reason, summary.reason)
    if summary.reason not in _SAID:
        return [summary.newsroom, *[None] * (len(COUNTED) + 1), note]
    counts = summary.counts
    note = ", ".join(filter(None, [note, *outcome_words(counts, summary.reason)]))
    numbers = [counts.get(name) or (0 if name in _ALWAYS_SHOWN else None) for name in COUNTED]
    return [summary.newsroom, *numbers, counts.get("sources_failed") or None, note]
