"""Guard: which articles of a run are stored at once, and which are kept apart until it is clear that they were read
well."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Sequence

from newscrawler.article import Article
from newscrawler.crawl import Crawl
from newscrawler.errors import StoreError
from newscrawler.store.history import (
    FEWEST,
    Look,
    Profile,
    keep_profile,
    let_through_since,
    look_of,
    read_history,
    refused_since_articles,
    silence_of,
)
from newscrawler.store.holding import (
    HeldState,
    count_held,
    first_refused,
    forget_absent,
    forget_refused,
    held_article,
    held_pages,
    hold,
    hold_refused,
    note_faults,
)
from newscrawler.store.neighbours import StoreNeighbours
from pipelines.dedupe import dedupe
from pipelines.drift import Fault, Refused, faults_of, shared_of
from pipelines.step import StepContext
from pipelines.store import store

logger = logging.getLogger(__name__)

# So many articles that look right let the others of their run through at once: more would be stored in one go at the
# end of a long run, and keep the store from other writers.
_ENOUGH = 5
# What a version says less than a third of is no edit of it.
_SHRUNK = 3
_MOST_LOOKS = 1000
_FEWEST_TO_WORK_AGAIN = 3


class Guard:
    """Keeps the articles of one crawl. Where the newsroom has a history, new and changed ones wait in the holding until
    five of them, or all at the end of the run, look as its articles always do."""

    def __init__(self, crawl: Crawl) -> None:
        self._crawl = crawl
        self._newsroom = crawl.newsroom
        self._definition = crawl.newsroom.digest
        self._neighbours = StoreNeighbours(crawl.store)
        self._known_history: Profile | None = None
        # By the number of its row in the holding.
        self._waiting: dict[int, Look] = {}
        self._shrunk: list[Look] = []
        self._passed: deque[Look] = deque(maxlen=_MOST_LOOKS)
        self._faults: list[Fault] = []

    def keep(self, article: Article) -> Article:
        """Stores `article`, or keeps it apart. Raises StoreError, and then nothing was kept.

        Stored at once is what is known and says what it said, and everything of a newsroom without a history. A version
        of a known article that says less than a third of it waits for a person.
        """
        before = self._neighbours.get(article.id)
        if self._newsroom.expected_broken:
            self._hold(article, HeldState.WAITING)
        elif before is not None and _text_of(before) == _text_of(article):
            store(article, self._crawl)
        elif before is not None and _length(article) * _SHRUNK < _length(before):
            self._hold(article, HeldState.BACK)
        elif self._history.articles < FEWEST:
            store(article, self._crawl)
            self._passed.append(look_of(article))
        else:
            self._hold(article, HeldState.WAITING)
            if len(self._waiting) >= _ENOUGH and not self._faults:
                self._judge()
        return article

    def close(self) -> None:
        """Judges what waits at the end of the run, and adds the run to the newsroom's history.

        Counts `held` pages (also those of earlier runs), says whether the newsroom is `silent` and whether one that is
        expected to be broken `works_again`. A store that fails is the crawl's problem; what waits is judged by the next
        run.
        """
        if not self._crawl.run:
            return
        try:
            self._close()
        except StoreError as error:
            self._crawl.problem = self._crawl.problem or str(error)
            self._crawl.counts["failed"] += 1
            logger.error("%s: %s", self._newsroom.name, error)

    def release(self, ids: Sequence[int]) -> int:
        """Stores the articles in the rows with these numbers of the holding, as if they came from their pages now; how
        many there were."""
        released = 0
        for row_id in ids:
            with self._crawl.store.read() as connection:
                found = held_article(connection, row_id)
            if found is None:
                continue
            article, visit = found
            if visit is not None:
                self._crawl.visits[visit.url] = visit
            context = StepContext(
                vocabulary=self._crawl.vocabulary,
                now=self._crawl.clock(),
                newsroom=self._newsroom,
                neighbours=self._neighbours,
            )
            # Again, as those that it may follow were not stored yet when it came.
            article = store(dedupe(article, context), self._crawl)
            self._passed.append(look_of(article))
            released += 1
        return released

    @property
    def _history(self) -> Profile:
        if self._known_history is None:
            with self._crawl.store.read() as connection:
                self._known_history = read_history(connection, self._newsroom.name)
        return self._known_history

    def _hold(self, article: Article, state: HeldState) -> None:
        crawl, now = self._crawl, self._crawl.clock()
        urls = article.addresses or [article.url]
        visit = next((found for url in urls if (found := crawl.visits.pop(url, None))), None)
        with crawl.store.write() as connection:
            held = hold(
                connection,
                article,
                state,
                run=crawl.run,
                now=now,
                definition=self._definition,
                visit=visit,
                next_look=(lambda told: crawl.pace.next_revisit(told, now)) if crawl.saved is None else None,
            )
        look = look_of(article)
        if state is HeldState.WAITING:
            # Two addresses may lead to one page; then its row is another one.
            self._waiting = {row: other for row, other in self._waiting.items() if other.url != look.url}
            self._waiting[held.id] = look
        elif held.readings == 1:
            self._shrunk.append(look)
            crawl.counts["held_back"] += 1
            logger.warning(
                "%s: %s: it says less than a third of what it said; the stored version stays",
                self._newsroom.name,
                article.url,
            )

    def _close(self) -> None:
        crawl, name = self._crawl, self._newsroom.name
        with crawl.store.write() as connection:
            forget_absent(connection, name)
            refused, url = first_refused(connection, name, crawl.run)
        if self._newsroom.expected_broken:
            self._report_working()
        else:
            self._take_over()
            earlier = 0
            if not self._waiting and not self._passed:
                with crawl.store.read() as connection:
                    earlier = refused_since_articles(connection, name)
            articles = len(self._passed) + len(self._waiting)
            self._judge(Refused(number=refused + earlier if refused else 0, url=url, articles=articles))
            self._let_exceptions_through()
            self._count_held()
        # What was refused in a held run is no measure of what is usual.
        if any(fault.field == "page" for fault in self._faults):
            refused = 0
        if self._passed and self._history.articles < FEWEST:
            told = "%s: nothing is held yet, as %d articles make no history; %d do"
            logger.info(told, self._newsroom.name, self._history.articles, FEWEST)
        if self._passed or refused:
            looks = list(self._passed)
            shared = shared_of(looks, self._history.recent)
            with crawl.store.write() as connection:
                profile = Profile.of(looks, refused=refused, shared=shared)
                keep_profile(connection, name, profile, run=crawl.run, now=crawl.clock())
        self._look_for_silence()

    def _take_over(self) -> None:
        """Takes over what a killed run left without a verdict."""
        with self._crawl.store.read() as connection:
            for page in held_pages(connection, self._newsroom.name):
                left = page.state is HeldState.WAITING and page.faults is None and page.id not in self._waiting
                if left and page.definition == self._definition:
                    found = held_article(connection, page.id)
                    if found is not None:
                        self._waiting[page.id] = look_of(found[0])

    def _judge(self, refused: Refused | None = None) -> None:
        """Lets through what waits, or notes why not; the last time with what was `refused`."""
        looks = [*self._shrunk, *self._waiting.values()]
        # One odd article among others of its run that look right is an odd article.
        beside = list(self._passed)[len(looks) - _ENOUGH :] if len(looks) < _ENOUGH else []
        self._faults = faults_of([*looks, *beside], self._history, refused or Refused())
        if self._faults:
            self._hold_run()
        elif self._waiting:
            ids, self._waiting = list(self._waiting), {}
            self.release(ids)
            self._shrunk.clear()
            with self._crawl.store.write() as connection:
                forget_refused(connection, self._newsroom.name)

    def _hold_run(self) -> None:
        crawl, told, page = self._crawl, [str(fault) for fault in self._faults], self._faults[0].url
        with crawl.store.write() as connection:
            note_faults(connection, self._waiting, told, page)
            if any(fault.field == "page" for fault in self._faults):
                hold_refused(
                    connection,
                    self._newsroom.name,
                    run=crawl.run,
                    now=crawl.clock(),
                    definition=self._definition,
                    faults=told,
                    first_page=page,
                )

    def _let_exceptions_through(self) -> None:
        """Lets through what was held but says the same when it is read again, while five articles or more that came
        since look right: such a page is so."""
        with self._crawl.store.read() as connection:
            ids = [
                page.id
                for page in held_pages(connection, self._newsroom.name)
                if page.state is HeldState.WAITING
                and page.readings > 1
                and page.definition == self._definition
                and page.run < self._crawl.run
                and let_through_since(connection, self._newsroom.name, page.run) >= _ENOUGH
            ]
        if ids:
            self._waiting = {row: look for row, look in self._waiting.items() if row not in ids}
            self.release(ids)

    def _count_held(self) -> None:
        crawl, name = self._crawl, self._newsroom.name
        with crawl.store.read() as connection:
            held = count_held(connection, name)
        if not held:
            return
        crawl.counts["held"] = held
        if self._faults:
            told, page = "; ".join(map(str, self._faults)), self._faults[0].url
            problem = f"held, {_pages(held)}: {told}. The first is {page}. See 'newscrawler newsroom check {name}'"
        else:
            problem = f"{_pages(held)} of earlier runs held. See 'newscrawler status'"
        crawl.problem = crawl.problem or problem
        logger.warning("%s: %s", name, problem)

    def _report_working(self) -> None:
        """Says whether the last articles of a newsroom that is expected to be broken look as articles do."""
        with self._crawl.store.read() as connection:
            pages = [page for page in held_pages(connection, self._newsroom.name) if page.state is HeldState.WAITING]
            found = [held_article(connection, page.id) for page in pages[-_ENOUGH:]]
        looks = [look_of(held[0]) for held in found if held is not None]
        if len(looks) < _FEWEST_TO_WORK_AGAIN or faults_of(looks, self._history) or shared_of(looks):
            return
        if self._history.articles < FEWEST and not all({"date", "body"} <= look.fields for look in looks):
            return
        self._crawl.counts["works_again"] = 1
        logger.info("%s: works again; take expected_broken out of its file", self._newsroom.name)

    def _look_for_silence(self) -> None:
        crawl, counts = self._crawl, self._crawl.counts
        partial = crawl.saved is not None or crawl.limit is not None or crawl.since is not None
        troubled = counts["sources_failed"] or counts["owed"] or counts["failed"] or counts["held"]
        if partial or troubled or self._passed or self._newsroom.expected_broken:
            return
        with crawl.store.read() as connection:
            silence = silence_of(connection, self._newsroom.name, crawl.clock())
        if silence is not None:
            counts["silent"] = 1
            problem = (
                f"no article since {silence.since:%Y-%m-%d %H:%M} UTC, while there was one at least every "
                f"{silence.longest.total_seconds() / 3600:.0f} hours before"
            )
            crawl.problem = crawl.problem or problem
            logger.warning("%s: %s", self._newsroom.name, problem)


def _pages(number: int) -> str:
    return f"{number} page" if number == 1 else f"{number} pages"


def _text_of(article: Article) -> tuple[str, str | None, list[str]]:
    return article.headline, article.description, article.body


def _length(article: Article) -> int:
    return sum(map(len, article.body))
