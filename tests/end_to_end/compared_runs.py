"""Runs over two newsrooms on each of two days, and what such a run ends with when nothing interrupts it."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.end_to_end.commands import Ended
from tests.end_to_end.crash_points import Moment, points_in, watching
from tests.end_to_end.forked_commands import ForkedCommands
from tests.end_to_end.outlasting import Outlasting, broken_files, files_in
from tests.end_to_end.small_site import SmallSite
from tests.end_to_end.two_newsrooms import FIRST, SECOND, TwoNewsrooms


@dataclass(slots=True, frozen=True)
class Day:
    """A day's run that nothing interrupts: the folder that it finds, what it leaves, and its crash points."""

    before: Path
    after: Outlasting
    points: list[Moment]


class ComparedRuns:
    """Runs in one folder, `work`: where a store and its output lie must not tell them apart. `days` are those that
    nothing interrupted."""

    def __init__(self, folder: Path, site: SmallSite, forked: ForkedCommands) -> None:
        self.work = folder / "work"
        self.work.mkdir()
        self._folder = folder
        self._site = site
        self._forked = forked
        self._newsrooms = TwoNewsrooms(self.work, site)
        self.days = {day: self._uninterrupted(day) for day in (1, 2)}

    def start(self, day: int) -> None:
        """Puts back the folder as the day's run finds it, and the site as it answers then."""
        shutil.rmtree(self.work)
        shutil.copytree(self.days[day].before, self.work)
        self._newsrooms.day = day
        self.pages()

    def run(self, patch: str = "", names: Sequence[str] = (FIRST, SECOND)) -> Ended:
        """Runs `newscrawler run NAMES`; `patch` is Python that its process runs first."""
        return self._forked.command("run", *names, at=self.work, env=self._newsrooms.env, patch=patch)

    def pages(self) -> Counter[str]:
        """The articles' pages that were asked since this was called last."""
        return Counter(target for target in self._site.taken_log() if target.startswith(("/a/", "/b/")))

    def log(self) -> Path:
        """A new log of crash points."""
        log = self._folder / "points"
        log.unlink(missing_ok=True)
        return log

    def broken_files(self) -> list[str]:
        """The files of the output folder that readers can see and that are not whole."""
        return broken_files(files_in(self.work / "public"))

    def problems(self, day: int) -> list[str]:
        """What is wrong with the files that interrupted runs have left, and then with the end of the next run."""
        told = [f"{name} is broken" for name in self.broken_files()]
        ended = self.run()
        if (ended.status, ended.err) != (0, ""):
            told.append(f"the next run: {ended}")
        return told + Outlasting.of(self.work).differences(self.days[day].after)

    def _uninterrupted(self, day: int) -> Day:
        self._newsrooms.day = day
        before = shutil.copytree(self.work, self._folder / f"before-{day}")
        log = self.log()
        ended = self.run(watching(log))
        assert (ended.status, ended.err) == (0, ""), ended
        return Day(before, Outlasting.of(self.work), points_in(log))
