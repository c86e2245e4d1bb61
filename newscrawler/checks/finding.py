"""Finding: what a check found, and what the person who runs newscrawler should do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from newscrawler.errors import ExitStatus, NewscrawlerError


class Level(StrEnum):
    """How a check ended."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(slots=True, kw_only=True, frozen=True)
class Finding:
    """What the check of `subject` `said`, and for all but OK the `remedy`; `status` is the exit status that it alone
    would give."""

    subject: str
    level: Level
    said: str
    remedy: str = ""
    status: ExitStatus = ExitStatus.DONE

    def to_dict(self) -> dict[str, Any]:
        """The values for machines."""
        return {
            "subject": self.subject,
            "level": self.level.value,
            "said": self.said,
            "remedy": self.remedy,
            "status": int(self.status),
        }


def ok(subject: str, said: str) -> Finding:
    """All is well."""
    return Finding(subject=subject, level=Level.OK, said=said)


def warning(subject: str, said: str, remedy: str, *, owed: bool = True) -> Finding:
    """Something to look at; with `owed` it should not stay so."""
    status = ExitStatus.OWED if owed else ExitStatus.DONE
    return Finding(subject=subject, level=Level.WARNING, said=said, remedy=remedy, status=status)


def problem(subject: str, said: str, remedy: str, status: ExitStatus = ExitStatus.NOTHING_DONE) -> Finding:
    """A run would fail, or do harm."""
    return Finding(subject=subject, level=Level.PROBLEM, said=said, remedy=remedy, status=status)


def failure(subject: str, error: NewscrawlerError) -> Finding:
    """The problem that an error of ours tells."""
    said = str(error).removesuffix(error.remedy).rstrip(" .")
    return problem(subject, said, error.remedy, error.exit_status)


def status_of(findings: Iterable[Finding]) -> ExitStatus:
    """The exit status of all together: wrong configuration first, then what cannot work, then what is owed."""
    found = {finding.status for finding in findings}
    for status in (ExitStatus.USAGE, ExitStatus.NOTHING_DONE, ExitStatus.OWED):
        if status in found:
            return status
    return ExitStatus.DONE
