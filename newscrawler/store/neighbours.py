"""Neighbours: what the store tells the dedupe step about articles that may be the same."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from newscrawler.article import Article, article_from_dict
from newscrawler.store.articles import read_article
from newscrawler.store.engine import Store
from newscrawler.store.stories import StoryMember, story_members
from newscrawler.store.tables import LIVE, addresses, articles
from newscrawler.store.text_hashes import articles_sharing


class StoreNeighbours:
    """Looks articles up in a store; every call sees the store as it is then. Raises StoreError."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def id_at(self, newsroom: str, url: str) -> str | None:
        """The id of the article that the newsroom is known to have under the address `url`."""
        fetched = select(addresses.c.article_id).where(addresses.c.newsroom == newsroom, addresses.c.url == url)
        named = select(articles.c.id).where(articles.c.newsroom == newsroom, articles.c.canonical_url == url)
        with self._store.read() as connection:
            return connection.execute(fetched).scalar() or connection.execute(named).scalar()

    def get(self, article_id: str) -> Article | None:
        """The live article with that id."""
        with self._store.read() as connection:
            return read_article(connection, article_id, live=True)

    def at_addresses(self, newsroom: str, urls: Iterable[str], *, besides: str) -> list[Article]:
        """The newsroom's live articles known under one of `urls`, but for the one with the id `besides`."""
        wanted = list(urls)
        if not wanted:
            return []
        own = addresses.c.newsroom == newsroom
        known = select(addresses.c.article_id).where(own, addresses.c.url.in_(wanted))
        named = (articles.c.newsroom == newsroom) & articles.c.canonical_url.in_(wanted)
        query = (
            select(articles.c.document)
            .where(articles.c.id.in_(known) | named, articles.c.id != besides, articles.c.state == LIVE)
            .order_by(articles.c.first_seen, articles.c.id)
        )
        with self._store.read() as connection:
            return [article_from_dict(row.document) for row in connection.execute(query)]

    def sharing(self, hashes: Iterable[int], *, since: datetime, besides: str, least: int = 1) -> list[Article]:
        """The live articles first seen after `since` that share `least` hashes or more, most shared first; of the 20
        articles that share most."""
        with self._store.read() as connection:
            ids = articles_sharing(connection, hashes, since=since, besides=besides, least=least)
            query = select(articles.c.document).where(articles.c.id.in_(ids), articles.c.state == LIVE)
            found = {row.document["id"]: row.document for row in connection.execute(query)} if ids else {}
        return [article_from_dict(found[article_id]) for article_id in ids if article_id in found]

    def in_story(self, story: str) -> list[StoryMember]:
        """The live articles of the story that the article with the id `story` leads."""
        with self._store.read() as connection:
            return story_members(connection, [story]).get(story, [])
