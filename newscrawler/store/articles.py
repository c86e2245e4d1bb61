"""Articles in the store: kept with their facets, revisions and text hashes in the caller's one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from newscrawler.article import Article, DatePrecision, article_from_dict, article_to_dict
from newscrawler.folding import folded_words
from newscrawler.store.facets import facets_of_article, next_change_number, put_into_facets
from newscrawler.store.stories import FacetsOf, present_story, succeed, touch_story
from newscrawler.store.tables import LIVE, WITHDRAWN, articles, revisions
from newscrawler.store.text_hashes import forget_article, keep_hashes

_BATCH = 500


class Saved(StrEnum):
    """What keeping an article came to."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


def save_article(
    connection: Connection,
    article: Article,
    *,
    facets_of: FacetsOf,
    hashes: Iterable[int],
    now: datetime,
) -> Saved:
    """Keeps `article` under its id; `facets_of` says which facets the article as it is kept belongs to.

    A change of headline, lead or body in anything but punctuation, case and spacing is a revision and moves
    `date_modified`; other changes are kept without one; a page that was only fetched again changes nothing.
    What was known first stays: `first_seen`, the story it belongs to (unless it was withdrawn in between), and the date
    of publication (but for a day that becomes a minute of that day).
    """
    row = connection.execute(select(articles).where(articles.c.id == article.id)).first()
    digest = _text_digest(article)
    if row is None:
        kept = present_story(connection, replace(article, first_seen=article.first_seen or now))
        _write(connection, kept, digest, revision=1, facets=facets_of(kept), hashes=hashes, now=now, is_new=True)
        return Saved.NEW
    before = article_from_dict(row.document)
    edited = digest != row.text_digest
    kept = _with_what_stays(article, before, edited=edited)
    if row.state == LIVE:
        kept = replace(kept, story=before.story, relation=before.relation)
    else:
        kept = present_story(connection, kept)
    facets = facets_of(kept)
    as_fetched_before = replace(
        kept, fetched_at=before.fetched_at, sources=before.sources, url=before.url, addresses=before.addresses
    )
    if (
        row.state == LIVE
        and as_fetched_before == before
        and set(facets) == set(facets_of_article(connection, article.id))
    ):
        return Saved.UNCHANGED
    revision = row.revision + edited
    _write(connection, kept, digest, revision=revision, facets=facets, hashes=hashes, now=now, is_new=False)
    return Saved.CHANGED


def withdraw_article(connection: Connection, article_id: str, *, facets_of: FacetsOf) -> bool:
    """Takes an article out of every feed; the store keeps it. False when it is not there or was out already.

    The story that it led goes on under another of its articles, whose facets `facets_of` says.
    """
    query = select(articles.c.story, articles.c.first_seen, articles.c.document)
    row = connection.execute(query.where(articles.c.id == article_id, articles.c.state == LIVE)).first()
    if row is None:
        return False
    change = next_change_number(connection)
    put_into_facets(connection, article_from_dict(row.document), [], change)
    values = {"state": WITHDRAWN, "change_number": change}
    connection.execute(update(articles).where(articles.c.id == article_id).values(**values))
    # A text that comes later must not follow one that is gone.
    forget_article(connection, article_id, row.first_seen)
    if row.story == article_id:
        succeed(connection, article_id, change, facets_of)
    else:
        touch_story(connection, article_id, row.story, change)
    return True


def read_article(connection: Connection, article_id: str, *, live: bool = False) -> Article | None:
    """The article with that id; with `live`, unless it is withdrawn."""
    query = select(articles.c.document).where(articles.c.id == article_id)
    document = connection.execute(query.where(articles.c.state == LIVE) if live else query).scalar()
    return article_from_dict(document) if document is not None else None


def has_headline(connection: Connection, newsroom: str, headline: str) -> bool:
    """Whether a live article of the newsroom has exactly that headline; goes through all of them."""
    own = (articles.c.newsroom == newsroom) & (articles.c.headline == headline) & (articles.c.state == LIVE)
    return connection.execute(select(articles.c.id).where(own).limit(1)).first() is not None


def iterate_articles(
    connection: Connection, newsroom: str | None = None, *, withdrawn: bool = False
) -> Iterator[Article]:
    """Articles by first sight, then id, read in batches so that memory stays flat."""
    after: tuple[Any, str] | None = None
    while True:
        query = select(articles.c.document, articles.c.first_seen, articles.c.id)
        if newsroom is not None:
            query = query.where(articles.c.newsroom == newsroom)
        if not withdrawn:
            query = query.where(articles.c.state == LIVE)
        if after is not None:
            later, same = articles.c.first_seen > after[0], articles.c.first_seen == after[0]
            query = query.where(later | (same & (articles.c.id > after[1])))
        rows = connection.execute(query.order_by(articles.c.first_seen, articles.c.id).limit(_BATCH)).all()
        if not rows:
            return
        yield from (article_from_dict(row.document) for row in rows)
        after = rows[-1].first_seen, rows[-1].id


def article_counts(connection: Connection) -> dict[str, dict[str, int]]:
    """A newsroom's articles: `live`, `withdrawn`, and of the live ones those `undated`."""
    undated = func.count().filter((articles.c.date_published.is_(None)) & (articles.c.state == LIVE))
    live = func.count().filter(articles.c.state == LIVE)
    query = select(articles.c.newsroom, live, func.count() - live, undated).group_by(articles.c.newsroom)
    return {
        newsroom: {"live": number, "withdrawn": gone, "undated": dateless}
        for newsroom, number, gone, dateless in connection.execute(query)
    }


def undated_articles(connection: Connection) -> list[tuple[str, str, str]]:
    """Newsroom, canonical address and headline of the live articles without a date; at most 1,000."""
    query = (
        select(articles.c.newsroom, articles.c.canonical_url, articles.c.headline)
        .where(articles.c.date_published.is_(None), articles.c.state == LIVE)
        .order_by(articles.c.newsroom, articles.c.canonical_url)
        .limit(1000)
    )
    return [(newsroom, url, headline) for newsroom, url, headline in connection.execute(query)]


def _with_what_stays(article: Article, before: Article, *, edited: bool) -> Article:
    kept = replace(article, first_seen=before.first_seen, story=article.story or article.id)
    refined = (
        before.date_precision is DatePrecision.DAY
        and article.date_precision is DatePrecision.MINUTE
        and before.date_published is not None
        and article.date_published is not None
        and before.date_published.date() == article.date_published.date()
    )
    if before.date_published is not None and not refined:
        kept.date_published, kept.date_precision = before.date_published, before.date_precision
        kept.date_source = before.date_source
    if not edited:
        kept.date_modified = before.date_modified
    elif article.date_modified is None or article.date_modified == before.date_modified:
        kept.date_modified = article.fetched_at.replace(microsecond=0)
        kept.sources = {**kept.sources, "date_modified": "noticed"}
    return kept


def _write(
    connection: Connection,
    article: Article,
    digest: str,
    *,
    revision: int,
    facets: Sequence[str],
    hashes: Iterable[int],
    now: datetime,
    is_new: bool,
) -> None:
    change = next_change_number(connection)
    row: dict[str, Any] = {
        "newsroom": article.newsroom,
        "canonical_url": article.canonical_url,
        "language": article.language,
        "script": article.script,
        "headline": article.headline,
        "state": LIVE,
        "story": article.story,
        "relation": article.relation.value if article.relation else None,
        "date_published": article.date_published,
        "first_seen": article.first_seen,
        "change_number": change,
        "revision": revision,
        "text_digest": digest,
        "document": article_to_dict(article),
    }
    if is_new:
        connection.execute(insert(articles).values(id=article.id, **row))
    else:
        connection.execute(update(articles).where(articles.c.id == article.id).values(**row))
    put_into_facets(connection, article, facets, change)
    touch_story(connection, article.id, article.story or article.id, change)
    if article.first_seen is not None:
        keep_hashes(connection, article.id, hashes, article.first_seen)
    known = select(revisions.c.revision).where(revisions.c.article_id == article.id, revisions.c.revision == revision)
    if connection.execute(known).first() is None:
        connection.execute(
            insert(revisions).values(
                article_id=article.id,
                revision=revision,
                stored=now,
                headline=article.headline,
                description=article.description,
                body=article.body,
                date_modified=article.date_modified,
            )
        )


def _text_digest(article: Article) -> str:
    text = "\n".join([article.headline, article.description or "", *article.body])
    return hashlib.sha256(" ".join(folded_words(text)).encode()).hexdigest()
