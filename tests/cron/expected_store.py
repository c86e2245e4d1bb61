"""ExpectedStore: what a store must hold after each run, going by what the site was asked and what is documented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.cron.newsroom_life import LIST, MENDED, REDESIGNED, SITEMAP, NewsroomLife, Story, may_be_left_alone
from tests.cron.watched_site import RunRequests

_AGES = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=3))
_SHARE_OF_QUIET, _LONGEST_INTERVAL = 10, timedelta(hours=6)
_FIRST_RETRY = timedelta(minutes=10)
# A known article that answers 404 is withdrawn at the third visit; one that never was looked at again up to thrice.
_MISSING_VISITS, _MISSING_INTERVAL = 3, timedelta(hours=12)
_MOST_ABSENCES = 4
_KEPT = (200, 304)


@dataclass(slots=True)
class _Page:
    asked: datetime
    status: int
    absences: int


@dataclass(slots=True)
class _Source:
    read: datetime
    brought_news: datetime


@dataclass(slots=True)
class ExpectedStore:
    """A second account of what runs do, from the site's log and the documentation alone.

    `articles` are the headlines that must be stored and live, by path; `held` are the pages that must be held apart,
    with the moment they were first read so, and `owed` are those that are known and still to be fetched.
    """

    life: NewsroomLife
    articles: dict[str, str] = field(default_factory=dict)
    held: dict[str, datetime] = field(default_factory=dict)
    _pages: dict[str, _Page] = field(default_factory=dict)
    _sources: dict[str, _Source] = field(default_factory=dict)
    # The last change that a source told of, and whether the page has been asked since.
    _told: dict[str, datetime] = field(default_factory=dict)
    _untold: set[str] = field(default_factory=set)

    @property
    def waiting(self) -> set[str]:
        """The held pages of which no earlier version is stored."""
        return self.held.keys() - self.articles.keys()

    @property
    def owed(self) -> set[str]:
        """The pages that are known and have given neither an article nor a 404 or 410."""
        ended = {path for path, page in self._pages.items() if page.status in (404, 410)}
        return self._told.keys() - self.articles.keys() - self.held.keys() - ended

    def after(self, at: datetime, requests: RunRequests) -> list[str]:
        """Takes in the run at the moment `at`; what it asked for no reason, whole in vain, or not at all, in words."""
        excused = may_be_left_alone(at)
        wrong = [] if excused else [f"{source} was due and not asked" for source in self._unasked(at, requests)]
        wrong += [
            f"{one.target} was asked for no reason" for one in requests.sources if not self._is_due(one.target, at)
        ]
        wrong += [f"{target} was sent whole once more" for target in self._sent_again(requests)]
        for source in (LIST, SITEMAP):
            if requests.last_status(source) in _KEPT:
                self._read(source, at)
        asked = {one.target for one in requests.pages}
        due = {path for path in self._told if self._is_page_due(self.life.stories[path], at)}
        wrong += [] if excused else [f"{path} was due and not asked" for path in sorted(due - asked)]
        wrong += [f"{path} was asked for no reason" for path in self._without_reason(requests, due, at)]
        # In doubt is a page that has lost its date: then one address is made up, as all are in one folder.
        in_doubt = [one for one in requests.pages if one.status == 200 and REDESIGNED <= at < MENDED]
        wrong += [f"{one.target} was asked for no reason" for one in requests.made_up[min(len(in_doubt), 1) :]]
        for path in sorted(asked):
            self._take_in(self.life.stories[path], at, requests.last_status(path) or 0)
        return wrong

    def _unasked(self, at: datetime, requests: RunRequests) -> list[str]:
        asked = {one.target for one in requests.sources}
        return [source for source in (LIST, SITEMAP) if self._is_due(source, at) and source not in asked]

    def _is_due(self, target: str, at: datetime) -> bool:
        source = self._sources.get(target.partition("?")[0])
        if source is None:
            return True
        quiet = source.read - source.brought_news
        return at >= source.read + min(quiet / _SHARE_OF_QUIET, _LONGEST_INTERVAL)

    def _read(self, source: str, at: datetime) -> None:
        news = False
        for story in self.life.listed(at) if source == LIST else self.life.mapped(at):
            told = self._told.get(story.path)
            change = self.life.told_change(story, at) if source == SITEMAP else told or story.published
            if told is None or change > told:
                news = True
                self._told[story.path] = change
                self._untold.add(story.path)
        before = self._sources.get(source)
        self._sources[source] = _Source(at, before.brought_news if before is not None and not news else at)

    def _sent_again(self, requests: RunRequests) -> list[str]:
        """What was asked without its validators; held pages are, as they may be read otherwise by then, and so are a
        list's further pages."""
        first = {LIST, SITEMAP, *self._pages.keys() - self.held.keys()}
        return [one.target for one in requests.asked if one.again and one.target in first]

    def _is_page_due(self, story: Story, at: datetime) -> bool:
        page = self._pages.get(story.path)
        if page is None or (story.path in self._untold and page.status not in (404, 410)):
            return True
        if page.status in _KEPT:
            # A page without a date is as old as its first reading.
            held = self.held.get(story.path)
            ages = [(held or story.published) + age for age in _AGES]
            return any(page.asked < moment <= at for moment in [*ages, *[MENDED] * (held is not None)])
        if page.status == 404:
            return story.path in self.articles and at >= page.asked + _MISSING_INTERVAL
        return page.status != 410 and at >= page.asked + _FIRST_RETRY

    def _without_reason(self, requests: RunRequests, due: set[str], at: datetime) -> Iterator[str]:
        answered: set[str] = set()
        for one in requests.pages:
            page = self._pages.get(one.target)
            recheck = page is not None and page.status == 404 and page.absences < _MOST_ABSENCES and page.asked < at
            if one.target in answered or not (one.target in due or (recheck and one.target not in self.articles)):
                yield one.target
            if one.status < 500:
                answered.add(one.target)

    def _take_in(self, story: Story, at: datetime, status: int) -> None:
        path = story.path
        before = self._pages.get(path)
        absences = (before.absences if before is not None else 0) + (status == 404)
        self._pages[path] = _Page(at, status, absences)
        if status >= 500:
            return
        self._untold.discard(path)
        if status == 200 and REDESIGNED <= at < MENDED:
            self.held.setdefault(path, at)
        elif status == 200:
            self.articles[path] = story.headline(at)
            self.held.pop(path, None)
        elif status == 410 or (status == 404 and (path not in self.articles or absences >= _MISSING_VISITS)):
            self.articles.pop(path, None)
            self.held.pop(path, None)
