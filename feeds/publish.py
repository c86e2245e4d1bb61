"""Publishing: writes the feeds that changed, then the list of all and the index page."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from feeds.atom import ATOM_FEED
from feeds.entry import TEMPLATE_VERSION
from feeds.facet import FacetNames, parse_facet
from feeds.files import settle_folders, write_whole
from feeds.head import head_of
from feeds.opml import opml
from feeds.rendering import RenderedEntry, Rendering
from feeds.rss import RSS
from feeds.site.index import index_page
from feeds.wording import load_wordings
from newscrawler.config import Config
from newscrawler.errors import PublishError
from newscrawler.newsroom import Newsroom
from newscrawler.store import Store
from newscrawler.store.entries import EntryProblem, note_publication, read_publication
from newscrawler.store.facets import (
    facets_to_publish,
    facets_updated,
    mark_published,
    newest_in_facet,
    note_updated,
)
from newscrawler.store.locks import StoreLock
from newscrawler.vocabulary import Vocabulary

FORMATS = (RSS, ATOM_FEED)
OPML_NAME = "feeds.opml"
INDEX_NAME = "index.html"

_LOCK = "publish"
_BASIS = "feeds"
# So many articles are in memory at once, in every format, whatever the number of feeds.
_ARTICLES_AT_ONCE = 1000

_Batch = list[tuple[str, int, list[str]]]


@dataclass(slots=True, kw_only=True)
class Publication:
    """What a publication did: files `written` and found `unchanged`, `entries_rendered` (one a format), and the
    articles left out of the feeds that were looked at."""

    written: int = 0
    unchanged: int = 0
    entries_rendered: int = 0
    problems: list[EntryProblem] = field(default_factory=list)


def publish(
    store: Store,
    config: Config,
    vocabulary: Vocabulary,
    newsrooms: Mapping[str, Newsroom],
    *,
    every: bool = False,
    now: datetime,
) -> Publication:
    """Writes under `config.public` the feeds of every facet that changed since it was published.

    Every facet is checked with `every`, when the output folder is not there, and when what all feeds depend on (title,
    addresses, names, words) is not what it was. A file that would not change is not touched. A facet counts as
    published when its files stand, so that what an interrupted publication left undone is done by the next.
    `now` is only told to those who find the store locked: what is written does not depend on it.

    Raises Locked while another publication is under way, StoreError, and PublishError when files cannot be written:
    then the others are written, and what stood in their place before still does.
    """
    with StoreLock(store, _LOCK, now):
        return _Publishing(store, config, vocabulary, newsrooms).publish(every=every)


class _Publishing:
    def __init__(self, store: Store, config: Config, vocabulary: Vocabulary, newsrooms: Mapping[str, Newsroom]) -> None:
        self._store = store
        self._config = config
        self._top = config.public.absolute()
        self._names = FacetNames(vocabulary, newsrooms, load_wordings())
        self._basis = _basis(config, vocabulary, newsrooms)
        self._rendering = Rendering(
            formats=FORMATS, authority=config.feed_authority, vocabulary=vocabulary, newsrooms=newsrooms
        )
        self._done = Publication()
        self._failures: list[PublishError] = []

    def publish(self, *, every: bool) -> Publication:
        with self._store.read() as connection:
            every = every or not self._top.is_dir() or read_publication(connection, _BASIS) != self._basis
            due = facets_to_publish(connection, every=every)
            updated = facets_updated(connection)
        for batch in self._batches(due):
            self._publish_batch(batch, updated)
        if self._failures:
            first, *others = self._failures
            raise PublishError(
                f"{first.problem}, and {len(others)} other feeds" if others else first.problem,
                cause=first.cause,
                remedy=first.remedy,
            ) from first
        self._write_lists(sorted(updated))
        if every:
            with self._store.write() as connection:
                note_publication(connection, _BASIS, self._basis)
        self._done.entries_rendered = self._rendering.made
        self._done.problems = sorted(self._rendering.problems.values(), key=lambda one: (one.newsroom, one.url))
        return self._done

    def _batches(self, due: Sequence[tuple[str, int]]) -> Iterator[_Batch]:
        batch: _Batch = []
        ids: set[str] = set()
        for path, change in due:
            with self._store.read() as connection:
                newest = newest_in_facet(connection, path, self._config.entries)
            if batch and len(ids.union(newest)) > _ARTICLES_AT_ONCE:
                yield batch
                batch, ids = [], set()
            batch.append((path, change, newest))
            ids.update(newest)
        if batch:
            yield batch

    def _publish_batch(self, batch: _Batch, updated: dict[str, datetime]) -> None:
        ids = list(dict.fromkeys(article_id for _, _, newest in batch for article_id in newest))
        rendered = self._rendering.entries(self._store, ids)
        entries = {path: [rendered[one] for one in newest if one in rendered] for path, _, newest in batch}
        moved = {path: max(one.updated for one in found) for path, found in entries.items() if found}
        moved = {path: moment for path, moment in moved.items() if _shown(updated.get(path)) != _shown(moment)}
        # Before the files: a feed that exists and loses its entries must know this moment, even after a kill.
        if moved:
            with self._store.write() as connection:
                note_updated(connection, moved)
            updated |= moved
        published: list[tuple[str, int]] = []
        folders: set[Path] = set()
        for path, change, _ in batch:
            try:
                if path in updated:
                    folders |= self._write_feed(path, entries[path], updated[path])
                published.append((path, change))
            except PublishError as failure:
                self._failures.append(failure)
        settle_folders(folders, self._top)
        with self._store.write() as connection:
            mark_published(connection, published)

    def _write_feed(self, path: str, entries: Iterable[RenderedEntry], updated: datetime) -> set[Path]:
        head = head_of(parse_facet(path), self._names, self._config, updated)
        entries = list(entries)
        written: set[Path] = set()
        for one in FORMATS:
            content = one.envelope(head, FORMATS).around(entry.fragments[one.name] for entry in entries)
            written |= self._write(self._top / f"{path}.{one.name}", content)
        return written

    def _write_lists(self, paths: Sequence[str]) -> None:
        facets = [parse_facet(path) for path in paths]
        try:
            lists = {
                OPML_NAME: opml(facets, self._names, self._config),
                INDEX_NAME: index_page(facets, self._names, self._config, FORMATS, OPML_NAME),
            }
        except ValueError as cause:
            raise PublishError("the title cannot be written", cause=cause, remedy="Mend it") from cause
        written = [self._write(self._top / name, content) for name, content in lists.items()]
        settle_folders(set().union(*written), self._top)

    def _write(self, path: Path, content: bytes) -> set[Path]:
        if not write_whole(path, content):
            self._done.unchanged += 1
            return set()
        self._done.written += 1
        return {path.parent}


def _shown(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None


def _basis(config: Config, vocabulary: Vocabulary, newsrooms: Mapping[str, Newsroom]) -> str:
    """A digest of what every feed depends on besides its articles, and of where they are written."""
    values = [
        TEMPLATE_VERSION,
        [config.base_url, config.title, config.feed_authority, config.entries, str(config.public.absolute())],
        [(region.code, region.slug, region.names) for region in vocabulary.regions],
        [(topic.slug, topic.medtop, topic.names) for topic in vocabulary.topics],
        [(name, known.title, known.site, known.content) for name, known in sorted(newsrooms.items())],
        load_wordings().model_dump(),
    ]
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()
