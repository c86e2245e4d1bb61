"""Change numbers and facets: what crawling tells publishing, without clocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from newscrawler.article import Article, article_from_dict
from newscrawler.store.batches import in_batches
from newscrawler.store.tables import article_facets, articles, counters, facets
from newscrawler.store.upserts import upsert


def next_change_number(connection: Connection) -> int:
    """A number greater than every one before it; two writers cannot commit theirs out of order."""
    query = update(counters).where(counters.c.name == "change").values(value=counters.c.value + 1)
    return int(connection.execute(query.returning(counters.c.value)).scalar_one())


def touch_facets(connection: Connection, paths: Iterable[str], change: int) -> None:
    """Says that the feeds of the facets in `paths` are out of date since `change`."""
    rows = [{"facet": path, "change_number": change} for path in sorted(set(paths))]
    if not rows:
        return
    query = upsert(connection, facets)
    connection.execute(
        query.on_conflict_do_update(index_elements=["facet"], set_={"change_number": query.excluded.change_number}),
        rows,
    )


def facets_of_article(connection: Connection, article_id: str) -> list[str]:
    """The facets in which the article with that id stands, sorted."""
    query = select(article_facets.c.facet).where(article_facets.c.article_id == article_id)
    return list(connection.execute(query.order_by(article_facets.c.facet)).scalars())


def put_into_facets(connection: Connection, article: Article, paths: Iterable[str], change: int) -> None:
    """Puts the article into the facets in `paths` and takes it out of all others; the feeds of those that it was in and
    of those that it is in are out of date since `change`."""
    before, now = facets_of_article(connection, article.id), list(paths)
    connection.execute(delete(article_facets).where(article_facets.c.article_id == article.id))
    rows = [{"facet": path, "article_id": article.id, "date_published": article.date_published} for path in now]
    if rows:
        connection.execute(insert(article_facets), rows)
    touch_facets(connection, {*before, *now}, change)


def all_facets(connection: Connection) -> list[str]:
    """Every facet that ever had an article, sorted."""
    return list(connection.execute(select(facets.c.facet).order_by(facets.c.facet)).scalars())


def facets_to_publish(connection: Connection, *, every: bool = False) -> list[tuple[str, int]]:
    """The facets that changed since they were published, with the change that has to be published, sorted.

    With `every`: all that ever had an article, changed or not.
    """
    query = select(facets.c.facet, facets.c.change_number).order_by(facets.c.facet)
    if not every:
        query = query.where(facets.c.change_number > facets.c.published_change)
    return [(facet, change) for facet, change in connection.execute(query)]


def mark_published(connection: Connection, published: Iterable[tuple[str, int]]) -> None:
    """Notes which change of each facet stands in its feeds now."""
    rows = [{"path": facet, "change": change} for facet, change in published]
    if rows:
        query = update(facets).where(facets.c.facet == bindparam("path"))
        connection.execute(query.values(published_change=bindparam("change")), rows)


def facets_updated(connection: Connection) -> dict[str, datetime]:
    """When the newest entry of each facet was updated; facets that never had an entry in a feed are not there."""
    query = select(facets.c.facet, facets.c.updated).where(facets.c.updated.is_not(None)).order_by(facets.c.facet)
    return {facet: datetime.fromisoformat(updated) for facet, updated in connection.execute(query)}


def note_updated(connection: Connection, updated: Mapping[str, datetime]) -> None:
    """Keeps when the newest entry of each facet was updated, so that a feed that loses its last entry can say it."""
    rows = [{"path": facet, "moment": moment.isoformat()} for facet, moment in updated.items()]
    if rows:
        query = update(facets).where(facets.c.facet == bindparam("path"))
        connection.execute(query.values(updated=bindparam("moment")), rows)


def newest_in_facets(connection: Connection, paths: Iterable[str], limit: int) -> dict[str, list[str]]:
    """The ids of the newest articles of each facet, in the order of `newest_in_facet`; empty facets are there too."""
    found: dict[str, list[str]] = {path: [] for path in paths}
    newest = article_facets.c.date_published.desc(), article_facets.c.article_id.desc()
    place = func.row_number().over(partition_by=article_facets.c.facet, order_by=newest).label("place")
    for some in in_batches(found):
        own = article_facets.c.facet.in_(some)
        placed = select(article_facets.c.facet, article_facets.c.article_id, place).where(own).subquery()
        query = select(placed.c.facet, placed.c.article_id).where(placed.c.place <= limit)
        for facet, article_id in connection.execute(query.order_by(placed.c.facet, placed.c.place)):
            found[facet].append(article_id)
    return found


def newest_in_facet(connection: Connection, facet: str, limit: int | None) -> list[str]:
    """The ids of the newest articles of the facet, or of all: by date of publication, then id, newest first."""
    newest = article_facets.c.date_published.desc(), article_facets.c.article_id.desc()
    query = select(article_facets.c.article_id).where(article_facets.c.facet == facet).order_by(*newest).limit(limit)
    return list(connection.execute(query).scalars())


def articles_by_id(connection: Connection, ids: Iterable[str]) -> dict[str, tuple[Article, int]]:
    """The articles with these ids and the change number of each."""
    found: dict[str, tuple[Article, int]] = {}
    for some in in_batches(ids):
        query = select(articles.c.id, articles.c.document, articles.c.change_number)
        rows = connection.execute(query.where(articles.c.id.in_(some)))
        found |= {row.id: (article_from_dict(row.document), row.change_number) for row in rows}
    return found
