"""WatchedSite: the site of a newsroom's life over loopback HTTP, and what it was asked in each run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tests.cron.newsroom_life import LIST, SITEMAP, NewsroomLife
from tests.end_to_end.small_site import Answer, SmallSite

_ROBOTS = "/robots.txt"


@dataclass(slots=True, frozen=True)
class Asked:
    """A request, and the status that it was answered with; `again` is one that was answered whole although nothing had
    changed since it was so before, `made_up` one for an address that the site has never named."""

    target: str
    status: int
    again: bool = False
    made_up: bool = False


@dataclass(slots=True, frozen=True)
class RunRequests:
    """The requests of one run, in their order."""

    asked: tuple[Asked, ...] = ()

    @property
    def robots(self) -> list[Asked]:
        """Those for robots.txt."""
        return [one for one in self.asked if one.target == _ROBOTS]

    @property
    def sources(self) -> list[Asked]:
        """Those for the list, its further pages and the sitemap."""
        return [one for one in self.asked if one.target.partition("?")[0] in (LIST, SITEMAP)]

    @property
    def pages(self) -> list[Asked]:
        """Those for articles."""
        return [one for one in self.asked if not (one.made_up or one in self.robots or one in self.sources)]

    @property
    def made_up(self) -> list[Asked]:
        """Those for addresses that the site has never named."""
        return [one for one in self.asked if one.made_up]

    def last_status(self, target: str) -> int | None:
        """The status of the last answer for `target`; None where it was not asked."""
        return next((one.status for one in reversed(self.asked) if one.target == target), None)


class WatchedSite(SmallSite):
    """A context manager: the site of `life` on 127.0.0.1, as it stands at the moment that `show` was given."""

    def __init__(self, life: NewsroomLife) -> None:
        self._life = life
        self._watched: list[Asked] = []
        self._failed: set[str] = set()
        self._sent: dict[str, str | None] = {}
        super().__init__()

    def show(self, at: datetime) -> None:
        """From now on the site answers as at the moment `at`."""
        self.answers = self._life.answers(at)

    def taken_requests(self) -> RunRequests:
        """What was asked since this was called last."""
        self.taken_log()
        taken, self._watched = self._watched, []
        return RunRequests(tuple(taken))

    def answer(self, target: str, known: str | None) -> Answer:
        """The answer to a request for `target` whose If-None-Match is `known`."""
        answer = super().answer(target, known)
        story = self._life.stories.get(target)
        if story is not None and story.failing is not None and target not in self._failed:
            self._failed.add(target)
            answer = Answer("кейінірек", story.failing)
        tag = answer.headers.get("ETag")
        again = answer.status == 200 and tag is not None and self._sent.get(target) == tag
        if answer.status == 200:
            self._sent[target] = tag
        made_up = story is None and target.partition("?")[0] not in (_ROBOTS, LIST, SITEMAP)
        self._watched.append(Asked(target, answer.status, again, made_up))
        return answer
