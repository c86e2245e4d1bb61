"""A run that is killed wherever it changes something: the next one ends with what one run would have ended with.

In CI a few moments of each kind are tried, spread over the run; KILLS=all in the environment tries every one.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.end_to_end.commands import Ended
from tests.end_to_end.crash_points import Moment, killing, points_in
from tests.end_to_end.forked_commands import ForkedCommands
from tests.end_to_end.outlasting import Outlasting, broken_files, files_in
from tests.end_to_end.small_site import SmallSite
from tests.end_to_end.two_newsrooms import FIRST, SECOND, TwoNewsrooms

KILLED = -9
OFTEN = {Moment.BEFORE_COMMIT, Moment.AFTER_COMMIT, Moment.PAGE_ANSWERED}
# Of each newsroom a page is asked for while the one before it is read.
UNDER_WAY = 4


@dataclass(slots=True, frozen=True)
class Day:
    """A day's run that nothing interrupts: the folder that it finds, what it leaves, and its crash points."""

    before: Path
    after: Outlasting
    points: list[Moment]


class KilledRuns:
    """Runs over the two newsrooms on each of two days, in one folder: where a store lies may not tell them apart."""

    def __init__(self, folder: Path, site: SmallSite, forked: ForkedCommands) -> None:
        self._folder = folder
        self._site = site
        self._forked = forked
        self._work = folder / "work"
        self._work.mkdir()
        self._newsrooms = TwoNewsrooms(self._work, site)
        self._days = {day: self._uninterrupted(day) for day in (1, 2)}

    def points(self, day: int, moment: Moment) -> list[int]:
        """The numbers of the crash points of a kind to be tried on a day."""
        count = self._days[day].points.count(moment)
        if os.environ.get("KILLS") == "all":
            return list(range(1, count + 1))
        tried = 1 + (moment in OFTEN)
        return sorted({1 + int(count * (place + 0.5) / tried) for place in range(tried)}) if count else []

    def commits_of_sources(self, day: int) -> list[int]:
        """The numbers of the commits between the first answer of a source and the first page, on a day."""
        points = self._days[day].points
        first, last = points.index(Moment.SOURCE_ANSWERED), points.index(Moment.PAGE_ANSWERED)
        before = points[:first].count(Moment.AFTER_COMMIT)
        return list(range(before + 1, points[:last].count(Moment.AFTER_COMMIT) + 1))

    def a_third_of(self, day: int, moment: Moment) -> int:
        """The number of the crash point of a kind at which a third of them are over."""
        return 1 + self._days[day].points.count(moment) // 3

    def start(self, day: int) -> None:
        """Puts back the folder as the day's run finds it, and the site as it answers then."""
        shutil.rmtree(self._work)
        shutil.copytree(self._days[day].before, self._work)
        self._newsrooms.day = day
        self._site.taken_log()

    def killed(self, moment: Moment, number: int) -> bool:
        """Whether a run came to that crash point, and so was killed; one that did not come so far is well."""
        ended = self._run(killing(self._log(), moment, number))
        assert ended.status in (KILLED, 0), ended
        return ended.status == KILLED

    def problems(self, day: int, *, kills: int = 1) -> list[str]:
        """What is wrong with the files that so many killed runs have left, and then with the end of the next run."""
        expected = self._days[day]
        told = [f"{name} is broken" for name in broken_files(files_in(self._work / "public"))]
        asked = self._pages()
        ended = self._run()
        if (ended.status, ended.err) != (0, ""):
            told.append(f"the next run: {ended}")
        told += Outlasting.of(self._work).differences(expected.after)
        twice = (asked & self._pages()).total()
        return [*told, f"{twice} pages were asked twice"] if twice > UNDER_WAY * kills else told

    def _uninterrupted(self, day: int) -> Day:
        self._newsrooms.day = day
        before = shutil.copytree(self._work, self._folder / f"before-{day}")
        log = self._log()
        ended = self._run(killing(log))
        assert (ended.status, ended.err) == (0, ""), ended
        return Day(before, Outlasting.of(self._work), points_in(log))

    def _run(self, patch: str = "") -> Ended:
        return self._forked.command("run", FIRST, SECOND, at=self._work, env=self._newsrooms.env, patch=patch)

    def _pages(self) -> Counter[str]:
        return Counter(target for target in self._site.taken_log() if target.startswith(("/a/", "/b/")))

    def _log(self) -> Path:
        log = self._folder / "points"
        log.unlink(missing_ok=True)
        return log


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KilledRuns]:
    with SmallSite() as site, ForkedCommands() as forked:
        yield KilledRuns(tmp_path_factory.mktemp("killed"), site, forked)


@pytest.mark.parametrize("moment", list(Moment))
@pytest.mark.parametrize("day", [1, 2])
def test_the_next_run_ends_as_if_there_had_been_no_kill(day: int, moment: Moment, runs: KilledRuns) -> None:
    assert_nothing_is_lost(runs, day, moment, runs.points(day, moment))


def test_what_a_source_said_is_kept_together_or_not_at_all(runs: KilledRuns) -> None:
    assert_nothing_is_lost(runs, 2, Moment.AFTER_COMMIT, runs.commits_of_sources(2))


def assert_nothing_is_lost(runs: KilledRuns, day: int, moment: Moment, numbers: list[int]) -> None:
    kills, found = 0, {}
    for number in numbers:
        runs.start(day)
        kills += runs.killed(moment, number)
        found[f"{moment} {number}"] = runs.problems(day)
    assert {point: problems for point, problems in found.items() if problems} == {}
    assert kills


@pytest.mark.parametrize(
    "moments",
    [
        (Moment.AFTER_COMMIT, Moment.PAGE_ANSWERED, Moment.REPLACING),
        (Moment.PAGE_ANSWERED, Moment.BEFORE_COMMIT, Moment.SYNCING),
    ],
    ids="-".join,
)
def test_kills_in_a_row_lose_nothing_either(moments: tuple[Moment, ...], runs: KilledRuns) -> None:
    runs.start(2)
    assert [runs.killed(moment, runs.a_third_of(2, moment)) for moment in moments] == [True] * len(moments)
    assert runs.problems(2, kills=len(moments)) == []
