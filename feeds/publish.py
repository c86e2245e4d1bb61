"""Publishing: writes the feeds and pages that changed, then the lists of all and the front pages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from feeds.archives import ArchiveChain
from feeds.atom import ATOM_FEED
from feeds.basis import basis_of_feeds
from feeds.facet import NEWSROOMS, FacetNames, parse_facet
from feeds.feed_entries import FeedEntries
from feeds.feed_files import FeedFiles
from feeds.feed_format import Envelope, FeedFormat
from feeds.files import settle_folders
from feeds.head import head_of
from feeds.json_feed import JSON_FEED
from feeds.opml import OPML_NAME, OPML_SUFFIX, opml_lists, opml_names
from feeds.rendering import RenderedEntry, Rendering
from feeds.rss import RSS
from feeds.site.facet_pages import FacetPages
from feeds.site.headlines import HEADLINES
from feeds.site.neighbours import Neighbours, outdated_pages
from feeds.site.page import PAGE_LANGUAGES, front_page
from feeds.site.top_files import top_files
from feeds.sources import Source, known_sources, note_of
from feeds.sweep import sweep
from feeds.wording import load_wordings
from newscrawler.config import Config
from newscrawler.errors import PublishError
from newscrawler.facets import ANY, FEED_LANGUAGES
from newscrawler.store import Store
from newscrawler.store.activity import state_of_store
from newscrawler.store.entries import EntryProblem, note_publication, read_publication
from newscrawler.store.facets import (
    facets_to_publish,
    facets_updated,
    mark_published,
    note_updated,
)
from newscrawler.store.locks import StoreLock
from newscrawler.vocabulary import Vocabulary

FORMATS: tuple[FeedFormat, ...] = (RSS, ATOM_FEED, JSON_FEED)

_LOCK = "publish"
_BASIS = "feeds"
_LISTS = "lists"
_CHAIN = "archives"
_PAGES = "pages"
_SOURCES = "sources"


@dataclass(slots=True, kw_only=True)
class Publication:
    """What a publication did: files `written`, found `unchanged` and `removed`, `entries_rendered` (one a format), and
    the articles left out of the feeds that were looked at."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0
    entries_rendered: int = 0
    problems: list[EntryProblem] = field(default_factory=list)


def publish(
    store: Store,
    config: Config,
    vocabulary: Vocabulary,
    newsrooms: Mapping[str, Source],
    *,
    every: bool = False,
    now: datetime,
) -> Publication:
    """Writes under `config.public` the feeds of every facet that changed since it was published.

    `newsrooms` are those that are known; of others, what was known when feeds were last published holds on.

    Every facet is checked with `every`, when the output folder is not there, and when what all feeds depend on (title,
    addresses, names, words) is not what it was; then files that belong to no feed are removed too. A file that would
    not change is not touched. A facet counts as published when its files stand, so that what an interrupted publication
    left undone is done by the next. `now` is only told to those who find the store locked: what is written does not
    depend on it.

    Raises Locked while another publication is under way, StoreError, and PublishError when files cannot be written:
    then the others are written, and what stood in their place before still does.
    """
    with StoreLock(store, _LOCK, now):
        with store.read() as connection:
            noted = read_publication(connection, _SOURCES)
        sources = known_sources(newsrooms, noted)
        if (note := note_of(sources)) != noted:
            with store.write() as connection:
                note_publication(connection, _SOURCES, note)
        return _Publishing(store, config, vocabulary, sources).publish(every=every)


class _Publishing:
    def __init__(self, store: Store, config: Config, vocabulary: Vocabulary, newsrooms: Mapping[str, Source]) -> None:
        self._store = store
        self._config = config
        self._vocabulary = vocabulary
        self._files = FeedFiles(config.public.absolute())
        self._names = FacetNames(vocabulary, newsrooms, load_wordings())
        self._basis = basis_of_feeds(config, vocabulary, newsrooms)
        self._rendering = Rendering(
            formats=(*FORMATS, HEADLINES),
            authority=config.feed_authority,
            vocabulary=vocabulary,
            newsrooms=newsrooms,
        )
        self._entries = FeedEntries(store, self._rendering, config.entries)
        self._failures: list[PublishError] = []
        self._removed = 0

    def publish(self, *, every: bool) -> Publication:
        with self._store.read() as connection:
            every = every or not self._files.top.is_dir() or read_publication(connection, _BASIS) != self._basis
            due = facets_to_publish(connection, every=every)
            self._updated = facets_updated(connection)
            state = state_of_store(connection)
            lists_are_current = not every and not due and read_publication(connection, _LISTS) == state
            paged = (read_publication(connection, _PAGES) or "").split()
            chained = (read_publication(connection, _CHAIN) or "").split()
        if lists_are_current:
            return Publication()
        if every:
            # What is checked now counts as published already: until all of it stands, the next publication checks it.
            with self._store.write() as connection:
                note_publication(connection, _BASIS, "")
        archives = {path: change for path, change in due if parse_facet(path).month is not None}
        self._publish_archives(archives, chained)
        feeds = {path: change for path, change in due if path not in archives}
        if feeds.keys() - self._updated.keys():
            # Pages are about to lead to feeds that may come to nothing: a kill must not leave them so.
            with self._store.write() as connection:
                note_publication(connection, _PAGES, "\n".join(path for path in paged if path not in feeds))
        self._pages = self._facet_pages({*self._updated, *feeds})
        for entries in self._entries.of_feeds(list(feeds)):
            self._publish_batch(entries, feeds)
        self._publish_neighbours(feeds, paged)
        has_lists = set(paged) == self._pages.neighbours.facets.keys() and (self._files.top / OPML_NAME).is_file()
        self._write_lists(opml=every or not has_lists)
        if self._failures:
            first, *others = self._failures
            raise PublishError(
                f"{first.problem}, and {len(others)} others" if others else first.problem,
                cause=first.cause,
                remedy=first.remedy,
            ) from first
        if every:
            self._sweep()
        with self._store.write() as connection:
            if every:
                note_publication(connection, _BASIS, self._basis)
            note_publication(connection, _PAGES, "\n".join(self._pages.neighbours.facets))
            note_publication(connection, _LISTS, state)
        return Publication(
            written=self._files.written,
            unchanged=self._files.unchanged,
            removed=self._removed,
            entries_rendered=self._rendering.made,
            problems=sorted(self._rendering.problems.values(), key=lambda one: (one.newsroom, one.url)),
        )

    def _publish_archives(self, due: Mapping[str, int], chained: Collection[str]) -> None:
        """Archives come first, as the feeds lead to the newest of them; one that came between others since they were
        `chained` changes the next."""
        for _, paths in groupby(sorted(due, key=_month), _month):
            self._note_updated(self._entries.updates(list(paths)))
        self._chain = ArchiveChain(self._updated)
        archives = [path for path in sorted(self._updated) if parse_facet(path).month is not None]
        new = set(archives).difference(chained)
        followed = {after for path in new if (after := self._chain.after(path)) is not None}
        published = []
        for path in sorted({*due, *followed}):
            try:
                if path in self._updated:
                    self._files.write_long_feed(path, self._envelopes(path), self._entries.of_archive(path))
                published += [(path, due[path])] if path in due else []
            except PublishError as failure:
                self._failures.append(failure)
        self._mark_published(published)
        if new and not self._failures:
            # Only now: after a kill or a failure the next publication must write what follows them again.
            with self._store.write() as connection:
                note_publication(connection, _CHAIN, "\n".join(archives))

    def _publish_batch(self, entries: Mapping[str, Sequence[RenderedEntry]], changes: Mapping[str, int]) -> None:
        self._note_updated({path: max(one.updated for one in found) for path, found in entries.items() if found})
        published: list[tuple[str, int]] = []
        for path, found in entries.items():
            try:
                if path in self._updated:
                    self._files.write_feed(path, self._envelopes(path), found)
                published.append((path, changes[path]))
            except PublishError as failure:
                self._failures.append(failure)
        self._mark_published(published)

    def _facet_pages(self, paths: Iterable[str]) -> FacetPages:
        facets = [facet for path in paths if (facet := parse_facet(path)).month is None]
        neighbours = Neighbours(facets, self._names.regions, self._names.topics)
        return FacetPages(neighbours, self._names, self._config, FORMATS)

    def _publish_neighbours(self, due: Collection[str], paged: Collection[str]) -> None:
        """Writes the pages whose links changed: those around facets that are new since all pages were written with the
        facets in `paged`, and those just written that lead to a facet which came to have no entry."""
        expected = self._pages.neighbours
        if any(path not in self._updated for path in expected.facets):
            self._pages = self._facet_pages(self._updated)
        outdated = outdated_pages(self._pages.neighbours, paged=paged, due=due, expected=expected)
        for entries in self._entries.of_feeds(sorted(outdated)):
            for path, found in entries.items():
                try:
                    self._files.write_feed(path, self._page(path), found)
                except PublishError as failure:
                    self._failures.append(failure)
        self._failures += self._files.settle().values()

    def _page(self, path: str) -> dict[str, Envelope]:
        return {HEADLINES.name: self._pages.envelope(parse_facet(path), self._chain.months(path))}

    def _note_updated(self, moments: Mapping[str, datetime]) -> None:
        # Before the files: a feed that exists and loses its entries must know this moment, even after a kill.
        moved = {path: moment for path, moment in moments.items() if _shown(self._updated.get(path)) != _shown(moment)}
        if moved:
            with self._store.write() as connection:
                note_updated(connection, moved)
            self._updated |= moved

    def _envelopes(self, path: str) -> dict[str, Envelope]:
        head = head_of(parse_facet(path), self._names, self._config, self._updated[path], self._chain.before(path))
        feeds = {one.name: one.envelope(head, FORMATS) for one in FORMATS}
        return feeds if head.facet.month is not None else feeds | self._page(path)

    def _mark_published(self, published: Sequence[tuple[str, int]]) -> None:
        failures = self._files.settle()
        self._failures += failures.values()
        failed = {name.rpartition(".")[0] for name in failures}
        with self._store.write() as connection:
            mark_published(connection, [(path, change) for path, change in published if path not in failed])

    def _write_lists(self, *, opml: bool) -> None:
        """Writes the files that tell of all feeds; those for readers to take over only with `opml`: they hang on which
        feeds there are, and on what all feeds depend on."""
        lists = top_files(
            self._store,
            self._rendering,
            self._pages.neighbours,
            names=self._names,
            config=self._config,
            vocabulary=self._vocabulary,
            formats=FORMATS,
        )
        if opml:
            facets = [facet for _, facet in sorted(self._pages.neighbours.facets.items())]
            try:
                lists |= opml_lists(facets, self._names, self._config)
            except ValueError as cause:
                raise PublishError("the title cannot be written", cause=cause, remedy="Mend it") from cause
        for name, content in lists.items():
            try:
                self._files.write(name, content)
            except PublishError as failure:
                self._failures.append(failure)
        self._failures += self._files.settle().values()

    def _sweep(self) -> None:
        facets = [parse_facet(path) for path in self._updated]
        known = {f"{facet.path}.{one.name}" for facet in facets for one in FORMATS}
        current = [facet for facet in facets if facet.month is None]
        known |= {f"{facet.path}.{HEADLINES.name}" for facet in current}
        known |= opml_names(current) | {front_page(language) for language in PAGE_LANGUAGES}
        removed = sweep(
            self._files.top,
            {self._files.top / name for name in known},
            suffixes={*(one.name for one in FORMATS), HEADLINES.name, OPML_SUFFIX},
            folders={*FEED_LANGUAGES, ANY, NEWSROOMS},
        )
        self._removed = len(removed)
        settle_folders({path.parent for path in removed}, self._files.top)


def _month(path: str) -> str:
    return parse_facet(path).month or ""


def _shown(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None
