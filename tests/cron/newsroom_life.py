"""NewsroomLife: a newsroom over some weeks. What it publishes, edits and deletes, when it fails, and its redesign."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from tests.end_to_end.redesign import redesigned
from tests.end_to_end.small_site import Answer, article_page, headline_of, listing_pages, sitemap

FIRST_DAY: Final = datetime.fromisoformat("2024-05-13T00:00:00+05:00")
DAYS: Final = 7
ARTICLES_A_DAY: Final = 20
LIST, SITEMAP = "/list", "/sitemap.xml"

_DAY, _HOUR, _MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
_DAYS_BEFORE, _DAYS_MAPPED = 2, 2
_A_PAGE, _PAGES = 12, 4
_FIRST_MINUTE, _LAST_MINUTE = 7 * 60, 23 * 60
_OUTAGE = (FIRST_DAY + 2 * _DAY + 13 * _HOUR + 50 * _MINUTE, FIRST_DAY + 2 * _DAY + 14 * _HOUR + 20 * _MINUTE)
# The rest after a refusal is ten minutes at first, and doubles.
_LONGEST_REST = _HOUR
REDESIGNED: Final = FIRST_DAY + 3 * _DAY + _HOUR
MENDED: Final = FIRST_DAY + 4 * _DAY + 12 * _HOUR
"""When the site came to look otherwise, and when somebody had mended the newsroom's file."""

# Places that articles are about, so that there are feeds of regions too.
_PLACES: Final = {
    "kk": ("Алматыда", "Шымкентте"),
    "ru": ("в Алматы", "в Шымкенте"),
}
# By its place among the articles of its day: what becomes of one, and how long after it was published.
_EDITED: Final = {2: 2 * _HOUR, 8: 30 * _HOUR}
_EDITED_AND_DATED: Final = {5: 4 * _HOUR}
_DELETED: Final = {11: (3 * _HOUR, 410), 14: (3 * _HOUR, 404)}
_FAILING_ONCE: Final = {17: 500, 18: 503}
# Edits and deletions of later days would not all be due by the end of the week.
_DAYS_OF_CHANGE = 4


@dataclass(slots=True, frozen=True, kw_only=True)
class Story:
    """An article of the newsroom over its life. `dated` says whether the sitemap tells of its edit; `deleted` is when
    its page went, with the status that stands there since; `failing` is the status that its page answers to the first
    request."""

    path: str
    language: str
    published: datetime
    edited: datetime | None = None
    dated: bool = False
    deleted: datetime | None = None
    gone_status: int = 410
    failing: int | None = None

    def headline(self, at: datetime) -> str:
        """Its headline at the moment `at`."""
        place = _PLACES[self.language][int(self.path.rpartition("-")[2]) % 2]
        edited = {"kk": "толықтырылды", "ru": "дополнено"}[self.language] if self.is_edited(at) else ""
        return f"{headline_of(self.path, self.language)} {place} {edited}".strip()

    def is_edited(self, at: datetime) -> bool:
        """Whether it has been edited by the moment `at`."""
        return self.edited is not None and self.edited <= at

    def is_deleted(self, at: datetime) -> bool:
        """Whether it has been deleted by the moment `at`."""
        return self.deleted is not None and self.deleted <= at

    def page(self, at: datetime) -> Answer:
        """What its page answers at the moment `at`."""
        if self.is_deleted(at):
            return Answer("жоқ", self.gone_status)
        old = article_page(
            self.path, headline=self.headline(at), language=self.language, published=self.published.isoformat()
        )
        return _validated(redesigned(old, f"{self.published:%d.%m.%Y %H:%M}") if at >= REDESIGNED else old)


class NewsroomLife:
    """A week of a newsroom with twenty new articles a day, at the same irregular moments each time, and two days
    before it. Its site has a list in pages and a sitemap of the last two days, both with validators."""

    def __init__(self) -> None:
        days = range(-_DAYS_BEFORE, DAYS)
        self.stories: Mapping[str, Story] = {story.path: story for day in days for story in _stories_of(day)}

    def published(self, at: datetime) -> list[Story]:
        """What has been published by the moment `at`, and not been deleted; the newest first."""
        there = [story for story in self.stories.values() if story.published <= at and not story.is_deleted(at)]
        return sorted(there, key=lambda story: story.published, reverse=True)

    def answers(self, at: datetime) -> dict[str, Answer]:
        """What the site answers at the moment `at`, by path."""
        out = [story for story in self.stories.values() if story.published <= at]
        if is_out(at):
            paths = [LIST, SITEMAP, *(story.path for story in out)]
            return dict.fromkeys(paths, Answer("кейінірек", 503))
        newest = [story.path for story in self.listed(at)]
        changes = {story.path: self.told_change(story, at).isoformat() for story in self.mapped(at)}
        sources = {**listing_pages(LIST, newest, a_page=_A_PAGE), SITEMAP: sitemap(changes, lastmod=changes)}
        return {
            **{path: _validated(page) for path, page in sources.items()},
            **{story.path: story.page(at) for story in out},
        }

    def listed(self, at: datetime) -> list[Story]:
        """What stands in the list at the moment `at`."""
        return self.published(at)[: _A_PAGE * _PAGES]

    def mapped(self, at: datetime) -> list[Story]:
        """What stands in the sitemap at the moment `at`."""
        return [story for story in self.published(at) if at - story.published < _DAYS_MAPPED * _DAY]

    @staticmethod
    def told_change(story: Story, at: datetime) -> datetime:
        """When the story changed last, as the sitemap tells it at the moment `at`."""
        return story.edited if story.edited is not None and story.dated and story.is_edited(at) else story.published


def is_out(at: datetime) -> bool:
    """Whether the site answers nothing but 503 at the moment `at`."""
    return _OUTAGE[0] <= at < _OUTAGE[1]


def may_be_left_alone(at: datetime) -> bool:
    """Whether the site is out at the moment `at` or was of late, so that its host may still be left to rest."""
    return _OUTAGE[0] <= at < _OUTAGE[1] + _LONGEST_REST


def moments(runs: int) -> Sequence[datetime]:
    """The moments of so many runs over the week, equally far apart."""
    return [FIRST_DAY + number * DAYS * _DAY / runs for number in range(runs)]


def _stories_of(day: int) -> Iterable[Story]:
    chance = random.Random(f"day {day}")
    minutes = sorted(chance.sample(range(_FIRST_MINUTE, _LAST_MINUTE), ARTICLES_A_DAY))
    for number, minute in enumerate(minutes):
        published = FIRST_DAY + day * _DAY + minute * _MINUTE
        language = "kk" if number % 3 else "ru"
        story = Story(path=f"/a/{day + _DAYS_BEFORE}-{number}", language=language, published=published)
        if 0 <= day < _DAYS_OF_CHANGE:
            edited = _EDITED.get(number) or _EDITED_AND_DATED.get(number)
            deleted, status = _DELETED.get(number, (None, 410))
            story = replace(
                story,
                edited=published + edited if edited else None,
                dated=number in _EDITED_AND_DATED,
                deleted=published + deleted if deleted else None,
                gone_status=status,
            )
        yield replace(story, failing=_FAILING_ONCE.get(number) if day >= 0 else None)


def _validated(answer: Answer) -> Answer:
    body = answer.body if isinstance(answer.body, bytes) else answer.body.encode()
    return replace(answer, headers={**answer.headers, "ETag": f'"{hashlib.sha256(body).hexdigest()[:16]}"'})
