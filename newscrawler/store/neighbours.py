"""Neighbours: what the store tells the dedupe step about articles that may be the same."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select

from newscrawler.article import Article, article_from_dict
from newscrawler.store.articles import read_article
from newscrawler.store.engine import Store
from newscrawler.store.tables import addresses, articles, text_hashes

_MOST = 20
_CHUNK = 400


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
        """The stored article with that id."""
        with self._store.read() as connection:
            return read_article(connection, article_id)

    def at_addresses(self, newsroom: str, urls: Iterable[str], *, besides: str) -> list[Article]:
        """The newsroom's articles known under one of `urls`, but for the one with the id `besides`."""
        wanted = list(urls)
        if not wanted:
            return []
        own = addresses.c.newsroom == newsroom
        known = select(addresses.c.article_id).where(own, addresses.c.url.in_(wanted))
        named = (articles.c.newsroom == newsroom) & articles.c.canonical_url.in_(wanted)
        query = (
            select(articles.c.document)
            .where(articles.c.id.in_(known) | named, articles.c.id != besides)
            .order_by(articles.c.first_seen, articles.c.id)
        )
        with self._store.read() as connection:
            return [article_from_dict(row.document) for row in connection.execute(query)]

    def sharing(self, hashes: Iterable[int], *, since: datetime, besides: str) -> list[Article]:
        """The articles first seen after `since` that share text hashes, most shared first, at most 20."""
        shared: dict[str, int] = {}
        wanted = sorted(set(hashes))
        with self._store.read() as connection:
            for start in range(0, len(wanted), _CHUNK):
                query = (
                    select(text_hashes.c.article_id, func.count())
                    .where(
                        text_hashes.c.hash.in_(wanted[start : start + _CHUNK]),
                        text_hashes.c.first_seen >= since,
                        text_hashes.c.article_id != besides,
                    )
                    .group_by(text_hashes.c.article_id)
                )
                for article_id, number in connection.execute(query):
                    shared[article_id] = shared.get(article_id, 0) + number
            most = sorted(shared, key=lambda article_id: (-shared[article_id], article_id))[:_MOST]
            found = [read_article(connection, article_id) for article_id in most]
        return [article for article in found if article is not None]
