"""Feed entries: what stands in feeds, newest first, without more articles in memory at once than may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain

from feeds.rendering import RenderedEntry, Rendering
from newscrawler.store import Store
from newscrawler.store.facets import newest_in_facet, newest_in_facets

# So many articles are in memory at once, in every format, whatever the number of feeds and their length.
_ARTICLES_AT_ONCE = 1000


class FeedEntries:
    """Gives the entries of feeds of at most `longest` entries, and of archives, which have no bound.

    An article that cannot stand in a feed leaves its place to the next. Raises StoreError.
    """

    def __init__(self, store: Store, rendering: Rendering, longest: int) -> None:
        self._store = store
        self._rendering = rendering
        self._longest = longest

    def of_feeds(self, paths: Sequence[str]) -> Iterator[dict[str, list[RenderedEntry]]]:
        """The entries of the feeds at `paths` in their order, as many feeds at a time as may be in memory."""
        with self._store.read() as connection:
            newest = newest_in_facets(connection, paths, self._longest)
        batch: dict[str, list[str]] = {}
        ids: set[str] = set()
        for path in paths:
            if batch and len(ids.union(newest[path])) > _ARTICLES_AT_ONCE:
                yield self._rendered(batch)
                batch, ids = {}, set()
            batch[path] = newest[path]
            ids.update(newest[path])
        if batch:
            yield self._rendered(batch)

    def of_archive(self, path: str) -> Iterator[list[RenderedEntry]]:
        """The entries of the archive at `path`, as many at a time as may be in memory."""
        with self._store.read() as connection:
            ids = newest_in_facet(connection, path, None)
        for start in range(0, len(ids), _ARTICLES_AT_ONCE):
            some = ids[start : start + _ARTICLES_AT_ONCE]
            rendered = self._rendering.entries(self._store, some)
            yield [rendered[one] for one in some if one in rendered]

    def updates(self, paths: Sequence[str]) -> dict[str, datetime]:
        """When the newest entry of each feed or archive at `paths` was updated, however many it has; those that have no
        entry are not there. Articles that more than one of them hold are looked at once."""
        with self._store.read() as connection:
            newest = {path: newest_in_facet(connection, path, None) for path in paths}
        moments = self._rendering.updates(self._store, _each_once(newest))
        found = {path: [moments[one] for one in ids if one in moments] for path, ids in newest.items()}
        return {path: max(known) for path, known in found.items() if known}

    def _rendered(self, newest: Mapping[str, list[str]]) -> dict[str, list[RenderedEntry]]:
        found: dict[str, list[RenderedEntry]] = {}
        wanted, asked = newest, self._longest
        while wanted:
            rendered = self._rendering.entries(self._store, _each_once(wanted))
            for path, ids in wanted.items():
                found[path] = [rendered[one] for one in ids if one in rendered][: self._longest]
            short = [path for path, ids in wanted.items() if len(found[path]) < self._longest and len(ids) == asked]
            if not short:
                break
            # As many again as were missing, and more each time: whole pages of a broken newsroom may be missing.
            asked += 2 * max(self._longest - len(found[path]) for path in short)
            with self._store.read() as connection:
                wanted = newest_in_facets(connection, short, asked)
        return found


def _each_once(ids: Mapping[str, list[str]]) -> list[str]:
    return list(dict.fromkeys(chain.from_iterable(ids.values())))
