"""Moved articles: what becomes of an article whose page turns out to be that of another one, at a new address."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, select, update

from newscrawler.address import AddressState
from newscrawler.article import Article
from newscrawler.store.articles import withdraw_article
from newscrawler.store.revisits import look_again
from newscrawler.store.stories import FacetsOf, story_members
from newscrawler.store.tables import addresses, articles

_MOST_COPIES = 3


def owners(connection: Connection, article: Article, urls: Iterable[str]) -> dict[str, str]:
    """Those of `urls`, addresses of `article`, under which another article is known, with the id of that one."""
    own = addresses.c.newsroom == article.newsroom, addresses.c.url.in_(list(urls))
    query = select(addresses.c.url, addresses.c.article_id).where(*own, addresses.c.article_id != article.id)
    return {row.url: row.article_id for row in connection.execute(query.order_by(addresses.c.id))}


def give_up_canonical(connection: Connection, article: Article) -> list[str]:
    """Takes the canonical address of `article` from the other article that has it; the id of that one."""
    rival = articles.c.newsroom == article.newsroom, articles.c.canonical_url == article.canonical_url
    found = list(connection.execute(select(articles.c.id).where(*rival, articles.c.id != article.id)).scalars())
    for article_id in found:
        # A canonical address has no fragment: under this one no page is looked for.
        left = f"{article.canonical_url}#{article_id}"
        connection.execute(update(articles).where(articles.c.id == article_id).values(canonical_url=left))
    return found


def withdraw_moved(connection: Connection, moved: Iterable[str], *, facets_of: FacetsOf) -> None:
    """Withdraws those of the articles with the ids `moved` that no address leads to any more."""
    done = addresses.c.state == AddressState.DONE.value
    for article_id in moved:
        query = select(addresses.c.id).where(addresses.c.article_id == article_id, done).limit(1)
        if connection.execute(query).first() is None:
            withdraw_article(connection, article_id, facets_of=facets_of)


def look_at_copies(connection: Connection, article: Article, now: datetime) -> None:
    """Makes the other articles of the story and the newsroom due to be looked at, the newest first and a few only."""
    leader = article.story or article.id
    others = [
        member.id
        for member in story_members(connection, [leader]).get(leader, [])
        if member.newsroom == article.newsroom and member.language == article.language and member.id != article.id
    ]
    for article_id in others[: -_MOST_COPIES - 1 : -1]:
        look_again(connection, article_id, now)
