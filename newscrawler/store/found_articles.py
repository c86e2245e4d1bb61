"""Stored articles by what a person has of them: their id or one of their addresses; with their revisions and feeds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, or_, select

from newscrawler.article import Article, article_from_dict
from newscrawler.store.facets import facets_of_article
from newscrawler.store.tables import LIVE, addresses, articles, revisions


@dataclass(slots=True, kw_only=True, frozen=True)
class StoredArticle:
    """An article as the store keeps it; `facets` are the feeds that it stands in."""

    article: Article
    is_live: bool
    facets: tuple[str, ...]


@dataclass(slots=True, kw_only=True, frozen=True)
class Revision:
    """What an article said from the moment `stored` on; numbers begin at 1."""

    number: int
    stored: datetime
    headline: str
    description: str | None
    body: list[str]


def find_articles(connection: Connection, ids: Iterable[str], urls: Iterable[str]) -> list[StoredArticle]:
    """The articles, live and withdrawn, with one of `ids` or known under one of `urls`, in the order of first sight."""
    wanted = list(urls)
    fetched = select(addresses.c.article_id).where(addresses.c.url.in_(wanted), addresses.c.article_id.is_not(None))
    query = (
        select(articles.c.id, articles.c.state, articles.c.document)
        .where(or_(articles.c.id.in_(list(ids)), articles.c.canonical_url.in_(wanted), articles.c.id.in_(fetched)))
        .order_by(articles.c.first_seen, articles.c.id)
    )
    return [
        StoredArticle(
            article=article_from_dict(row.document),
            is_live=row.state == LIVE,
            facets=tuple(facets_of_article(connection, row.id)),
        )
        for row in connection.execute(query).all()
    ]


def why_no_article(connection: Connection, urls: Iterable[str]) -> str | None:
    """What became of the first of `urls` that is known, where no article did: its state, and the reason if any."""
    query = select(addresses.c.url, addresses.c.state, addresses.c.reason).where(addresses.c.url.in_(list(urls)))
    row = connection.execute(query.order_by(addresses.c.id).limit(1)).first()
    return None if row is None else f"{row.url} is {row.state}{f': {row.reason}' if row.reason else ''}"


def read_revisions(connection: Connection, article_id: str) -> list[Revision]:
    """What the article with that id said, oldest first."""
    query = select(revisions).where(revisions.c.article_id == article_id).order_by(revisions.c.revision)
    return [
        Revision(
            number=row.revision, stored=row.stored, headline=row.headline, description=row.description, body=row.body
        )
        for row in connection.execute(query)
    ]
