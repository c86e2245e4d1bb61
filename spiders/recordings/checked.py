"""What a check of recordings found, newsroom by newsroom."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from newscrawler.errors import ExitStatus
from spiders.recordings.differences import Difference
from spiders.recordings.expectation import Expectation
from spiders.recordings.recording import Recording
from spiders.recordings.selector_matches import UnmatchedSelector


@dataclass(slots=True, kw_only=True)
class CheckedRecording:
    """What the check of one recording found. `problem` is why it could not be replayed; `not_saved` are addresses that
    the newsroom's file asks for now and the recording lacks; `doubts` are what looks wrong in the expectation itself.
    """

    recording: Recording
    problem: str | None = None
    differences: list[Difference] = field(default_factory=list)
    not_saved: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    expected: Expectation | None = None
    got: Expectation | None = None

    @property
    def is_as_expected(self) -> bool:
        """Whether it was replayed and nothing differs."""
        return self.problem is None and not self.differences and not self.not_saved

    def to_dict(self) -> dict[str, Any]:
        """The values for machines."""
        return {
            "newsroom": self.recording.newsroom,
            "recording": str(self.recording.folder),
            "problem": self.problem,
            "articles": len(self.expected.articles) if self.expected is not None else None,
            "differences": [found.to_dict() for found in self.differences],
            "not_saved": self.not_saved,
            "doubts": self.doubts,
        }


@dataclass(slots=True, kw_only=True)
class CheckedNewsroom:
    """What the check of all recordings of a newsroom found; `problem` is why its file cannot be read."""

    newsroom: str
    problem: str | None = None
    recordings: list[CheckedRecording] = field(default_factory=list)
    unmatched: list[UnmatchedSelector] = field(default_factory=list)

    @property
    def is_as_expected(self) -> bool:
        """Whether everything came out as expected and the selectors of every field found something."""
        failing = self.problem is not None or any(found.is_error for found in self.unmatched)
        return not failing and all(checked.is_as_expected for checked in self.recordings)

    def to_dict(self) -> dict[str, Any]:
        """The values for machines."""
        return {
            "newsroom": self.newsroom,
            "problem": self.problem,
            "recordings": [checked.to_dict() for checked in self.recordings],
            "unmatched_selectors": [found.to_dict() for found in self.unmatched],
        }


@dataclass(slots=True, kw_only=True)
class Checked:
    """What a check found; `interrupted` is the exit status of the signal that cut it short."""

    newsrooms: list[CheckedNewsroom]
    interrupted: int | None = None

    @property
    def status(self) -> int:
        """The exit status."""
        if self.interrupted is not None:
            return self.interrupted
        as_expected = all(checked.is_as_expected for checked in self.newsrooms)
        return ExitStatus.DONE if as_expected else ExitStatus.OWED
