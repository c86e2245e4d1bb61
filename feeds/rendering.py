"""Rendering: the bytes of articles in every format, from the store where they are kept, made and kept where not."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from feeds.entry import TEMPLATE_VERSION, RottenArticle, entry_of
from feeds.feed_format import FeedFormat
from newscrawler.article import Article
from newscrawler.newsroom import Newsroom
from newscrawler.store import Store
from newscrawler.store.entries import (
    EntryProblem,
    KeptEntry,
    article_versions,
    entry_problems,
    keep_entries,
    read_entries,
)
from newscrawler.store.facets import articles_by_id
from newscrawler.store.stories import StoryMember, story_members
from newscrawler.vocabulary import Vocabulary

_AT_ONCE = 200


@dataclass(slots=True, kw_only=True, frozen=True)
class RenderedEntry:
    """An article in the feeds: its bytes by the format's name, and when it was updated."""

    updated: datetime
    fragments: dict[str, bytes]


class Rendering:
    """Gives entries, and counts those it had to make, once a format. An article that cannot stand in a feed is given by
    none of its formats, and is in `problems`."""

    def __init__(
        self,
        *,
        formats: Sequence[FeedFormat],
        authority: str,
        vocabulary: Vocabulary,
        newsrooms: Mapping[str, Newsroom],
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
        with store.read() as connection:
            versions = article_versions(connection, ids)
            kept = read_entries(connection, ids)
        keys = {article_id: self._key(*version) for article_id, version in versions.items()}
        stale = [
            article_id
            for article_id, key in keys.items()
            if any((article_id, one.name) not in kept or kept[article_id, one.name].key != key for one in self._formats)
        ]
        for start in range(0, len(stale), _AT_ONCE):
            some = stale[start : start + _AT_ONCE]
            with store.read() as connection:
                loaded = articles_by_id(connection, some)
                stories = story_members(connection, [article.story or article.id for article, _ in loaded.values()])
            made = [
                entry
                for article, change in loaded.values()
                for entry in self._made(article, change, stories.get(article.story or article.id, ()))
            ]
            with store.write() as connection:
                keep_entries(connection, made)
            kept |= {(entry.article_id, entry.format): entry for entry in made}
        entries = {article_id: self._rendered(article_id, kept) for article_id in keys}
        left_out = [article_id for article_id, entry in entries.items() if entry is None]
        if left_out:
            with store.read() as connection:
                found = entry_problems(connection, left_out)
            self.problems |= {problem.article_id: problem for problem in found}
        return {article_id: entry for article_id, entry in entries.items() if entry is not None}

    def _made(self, article: Article, change: int, story: Sequence[StoryMember]) -> Iterable[KeptEntry]:
        key = self._key(article.newsroom, change)
        updated: datetime | None = None
        fragments: dict[str, bytes] = {}
        problem: str | None = None
        try:
            entry = entry_of(
                article,
                newsroom=self._newsrooms.get(article.newsroom),
                vocabulary=self._vocabulary,
                authority=self._authority,
                story=story,
            )
            fragments = {one.name: one.fragment(entry) for one in self._formats}
            updated = entry.updated
            self.made += len(fragments)
        except RottenArticle as cause:
            problem = cause.problem
        except ValueError as cause:
            problem = f"its text cannot be written: {cause}"
        return [
            KeptEntry(
                article_id=article.id,
                format=one.name,
                key=key,
                updated=updated,
                fragment=fragments.get(one.name),
                problem=problem,
            )
            for one in self._formats
        ]

    def _rendered(self, article_id: str, kept: Mapping[tuple[str, str], KeptEntry]) -> RenderedEntry | None:
        fragments: dict[str, bytes] = {}
        updated = None
        for one in self._formats:
            entry = kept[article_id, one.name]
            if entry.fragment is None or entry.updated is None:
                return None
            fragments[one.name], updated = entry.fragment, entry.updated
        return RenderedEntry(updated=updated, fragments=fragments) if updated is not None else None

    def _key(self, newsroom: str, change: int) -> str:
        """Says what an entry is made from. Every change of an article gives it a new change number, which no other
        state of it in this store has had or will have; reading and hashing the whole article would say no more."""
        base = self._bases.get(newsroom)
        if base is None:
            known = self._newsrooms.get(newsroom)
            facts = known and [known.title, known.site, known.content]
            values = [TEMPLATE_VERSION, self._authority, self._names, newsroom, facts]
            base = self._bases[newsroom] = json.dumps(values, sort_keys=True)
        return hashlib.sha256(f"{base}{change}".encode()).hexdigest()
