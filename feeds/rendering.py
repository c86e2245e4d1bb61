"""Rendering: the bytes of articles in every format, from the store where they are kept, made and kept where not."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from feeds.entry import TEMPLATE_VERSION, RottenArticle, entry_of
from feeds.feed_format import EntryFormat
from feeds.sources import Source
from newscrawler.article import Article
from newscrawler.store import Store
from newscrawler.store.entries import (
    EntryProblem,
    EntryState,
    KeptEntry,
    entry_problems,
    entry_states,
    keep_entries,
)
from newscrawler.store.facets import articles_by_id
from newscrawler.store.stories import StoryMember, story_members
from newscrawler.vocabulary import Vocabulary

_AT_ONCE = 200
_BASE_DIGITS = 32


@dataclass(slots=True, kw_only=True, frozen=True)
class RenderedEntry:
    """An article in the feeds: its bytes by the format's name, and when it was updated."""

    updated: datetime
    fragments: Mapping[str, bytes]


class Rendering:
    """Gives entries, and counts those it had to make, once a format. An article that cannot stand in a feed is given by
    none of its formats, and is in `problems`."""

    def __init__(
        self,
        *,
        formats: Sequence[EntryFormat],
        authority: str,
        vocabulary: Vocabulary,
        newsrooms: Mapping[str, Source],
    ) -> None:
        self.made = 0
        self.problems: dict[str, EntryProblem] = {}
        self._formats = formats
        self._authority = authority
        self._vocabulary = vocabulary
        self._newsrooms = newsrooms
        self._bases: dict[str, str] = {}
        self._names = [
            [(region.code, region.names) for region in vocabulary.regions],
            [(topic.slug, topic.medtop, topic.names) for topic in vocabulary.topics],
        ]

    def entries(self, store: Store, ids: Sequence[str]) -> dict[str, RenderedEntry]:
        """The entries of the articles with these ids, without those that cannot stand in a feed. Raises StoreError."""
        return {
            article_id: RenderedEntry(updated=entry.updated, fragments=entry.fragments)
            for article_id, entry in self._kept(store, ids, with_fragments=True).items()
            if entry.updated is not None
        }

    def updates(self, store: Store, ids: Sequence[str]) -> dict[str, datetime]:
        """When the entries of the articles with these ids were updated; they are made and kept where they are not, and
        only then in memory. Raises StoreError."""
        kept = self._kept(store, ids, with_fragments=False)
        return {article_id: entry.updated for article_id, entry in kept.items() if entry.updated is not None}

    def _kept(self, store: Store, ids: Sequence[str], *, with_fragments: bool) -> dict[str, KeptEntry]:
        with store.read() as connection:
            states = entry_states(connection, ids, with_fragments=with_fragments)
        kept = {article_id: state.kept for article_id, state in states.items() if state.kept is not None}
        stale = [article_id for article_id, state in states.items() if not self._is_current(state)]
        for start in range(0, len(stale), _AT_ONCE):
            some = stale[start : start + _AT_ONCE]
            with store.read() as connection:
                loaded = articles_by_id(connection, some)
                stories = story_members(connection, [article.story or article.id for article, _ in loaded.values()])
            made = [
                self._made(article, change, stories.get(article.story or article.id, ()))
                for article, change in loaded.values()
            ]
            with store.write() as connection:
                keep_entries(connection, made)
            kept |= {entry.article_id: entry if with_fragments else replace(entry, fragments={}) for entry in made}
        left_out = [article_id for article_id, entry in kept.items() if entry.updated is None]
        if left_out:
            with store.read() as connection:
                found = entry_problems(connection, left_out)
            self.problems |= {problem.article_id: problem for problem in found}
        return kept

    def _is_current(self, state: EntryState) -> bool:
        return state.kept is not None and state.kept.key == self._key(state.newsroom, state.change)

    def _made(self, article: Article, change: int, story: Sequence[StoryMember]) -> KeptEntry:
        key = self._key(article.newsroom, change)
        try:
            entry = entry_of(
                article,
                newsroom=self._newsrooms.get(article.newsroom),
                vocabulary=self._vocabulary,
                authority=self._authority,
                story=story,
            )
            fragments = {one.name: one.fragment(entry) for one in self._formats}
        except RottenArticle as cause:
            return KeptEntry(article_id=article.id, key=key, problem=cause.problem)
        except ValueError as cause:
            return KeptEntry(article_id=article.id, key=key, problem=f"its text cannot be written: {cause}")
        self.made += len(fragments)
        return KeptEntry(article_id=article.id, key=key, updated=entry.updated, fragments=fragments)

    def _key(self, newsroom: str, change: int) -> str:
        """Says what an entry is made from. Every change of an article gives it a new change number, which no other
        state of it in this store has had or will have; reading and hashing the whole article would say no more."""
        base = self._bases.get(newsroom)
        if base is None:
            known = self._newsrooms.get(newsroom)
            facts = known and [known.title, known.site, known.content]
            formats = [one.name for one in self._formats]
            values = [TEMPLATE_VERSION, formats, self._authority, self._names, newsroom, facts]
            digest = hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()
            base = self._bases[newsroom] = digest[:_BASE_DIGITS]
        return f"{base}-{change}"
