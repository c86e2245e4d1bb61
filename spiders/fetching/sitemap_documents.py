"""Sitemap documents: what indexes of sitemaps name. Which documents are to be read, and which are forgotten."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from newscrawler.pace import Pace
from newscrawler.store import Store, sources
from newscrawler.store.sources import SourceState
from spiders.fetching.source_schedule import may_ask

# So often a document is asked for that no index names any more.
_MOST_FAILURES = 10


class SitemapDocuments:
    """The documents that the indexes of a newsroom name; `roots` are its sources. What was read by another `definition`
    than its newsroom file's is to be read again."""

    def __init__(self, newsroom: str, roots: Collection[str], definition: str, pace: Pace) -> None:
        self._newsroom = newsroom
        self._roots = roots
        self._definition = definition
        self._pace = pace

    def name(
        self,
        connection: Connection,
        index: str,
        children: Sequence[tuple[str, str | None]],
        now: datetime,
        *,
        whole: bool,
    ) -> tuple[list[str], bool]:
        """Keeps which documents `index` names, with what it says of each; the addresses of those due, and whether any
        is new or has changed.

        Due is a document that was never read, whose `lastmod` changed, or of which the index says none and whose own
        time has come. What an index that was read to its end (`whole`) does not name any more is read once if it never
        was.
        """
        due: list[str] = []
        news = False
        for url, lastmod in children:
            state = sources.source_state(connection, self._newsroom, url)
            changed = state.checked is None or state.definition != self._definition or lastmod != state.lastmod
            news = news or changed
            if state.due or changed or (lastmod is None and may_ask(state, self._pace, now)):
                due.append(url)
                sources.update_source(connection, self._newsroom, url, parent=index, lastmod=lastmod, due=True)
        if whole:
            sources.note_unnamed(connection, self._newsroom, index, {url for url, _ in children})
        return due, news

    def due(self, store: Store, now: datetime) -> list[tuple[str, int]]:
        """The documents that have to be read even where no index changed, each with how many indexes lead to it: those
        that no run has come to read, and those of which the index does not say when they change."""
        with store.read() as connection:
            ways = self._ways(self._states(connection))
        states = [(way[0], len(way)) for way in ways if way[0].due or way[0].lastmod is None]
        return [(state.url, depth) for state, depth in states if may_ask(state, self._pace, now)]

    def forget_unnamed(self, store: Store) -> None:
        """Forgets what no index names any more, with what it named itself, once it was read or has failed for long."""
        with store.read() as connection:
            ways = self._ways(self._states(connection))
        unnamed = [way[0] for way in ways if any(state.lastmod == sources.UNNAMED for state in way)]
        gone = {state.url for state in unnamed if not state.due or state.failures >= _MOST_FAILURES}
        if not gone:
            return
        with store.write() as connection:
            # What the forgotten named and was never read has nothing else that says so.
            for state in unnamed:
                if state.url not in gone:
                    sources.update_source(connection, self._newsroom, state.url, lastmod=sources.UNNAMED)
            sources.forget_sources(connection, self._newsroom, gone)

    def _states(self, connection: Connection) -> dict[str, SourceState]:
        return {state.url: state for state in sources.source_states(connection, self._newsroom)}

    def _ways(self, states: Mapping[str, SourceState]) -> list[list[SourceState]]:
        """The documents by which the indexes lead to each, itself first, without the source; they may name each
        other."""
        ways = []
        for url in states:
            way: list[str] = []
            step: str | None = url
            while step is not None and step in states and states[step].parent and step not in (*self._roots, *way):
                way.append(step)
                step = states[step].parent
            if way:
                ways.append([states[one] for one in way])
        return ways
