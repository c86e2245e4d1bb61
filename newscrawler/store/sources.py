"""Sources: what the last visit to each list, feed and sitemap left behind for the next."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from newscrawler.store.batches import in_batches
from newscrawler.store.tables import sources
from newscrawler.store.upserts import upsert

UNNAMED = ""
"""The `lastmod` of a document that the index which named it does not name any more."""


@dataclass(slots=True, kw_only=True, frozen=True)
class SourceState:
    """`etag` and `last_modified` are the validators of the last answer that was read to its end (RFC 9110).
    `parent` is the sitemap index that names this document, `lastmod` what it said of it, `due` whether the document has
    still to be read for that. `completed_run` is the last run that read the source to its end, and did so at the moment
    `completed`; `definition` says by which newsroom file. `brought_news` is when it last gave an address that was
    new or had changed; before `next_check` it is not asked again."""

    newsroom: str
    url: str
    etag: str | None = None
    last_modified: str | None = None
    parent: str | None = None
    lastmod: str | None = None
    due: bool = False
    checked: datetime | None = None
    outcome: str | None = None
    failures: int = 0
    completed_run: int | None = None
    completed: datetime | None = None
    brought_news: datetime | None = None
    next_check: datetime | None = None
    definition: str | None = None


def source_state(connection: Connection, newsroom: str, url: str) -> SourceState:
    """What is known of the source; an empty state for one never visited."""
    row = connection.execute(select(sources).where(sources.c.newsroom == newsroom, sources.c.url == url)).first()
    return SourceState(**row._mapping) if row else SourceState(newsroom=newsroom, url=url)


def source_states(connection: Connection, newsroom: str | None = None) -> list[SourceState]:
    """What is known of every source (of one newsroom), by newsroom and address."""
    query = select(sources).order_by(sources.c.newsroom, sources.c.url)
    if newsroom is not None:
        query = query.where(sources.c.newsroom == newsroom)
    return [SourceState(**row._mapping) for row in connection.execute(query)]


def next_checks(connection: Connection) -> dict[str, datetime]:
    """When the first source of each newsroom is due; those of which one may be asked at any time are not there."""
    waiting = func.count() == func.count(sources.c.next_check)
    query = select(sources.c.newsroom, func.min(sources.c.next_check).label("due")).where(sources.c.parent.is_(None))
    rows = connection.execute(query.group_by(sources.c.newsroom).having(waiting))
    return {row.newsroom: row.due for row in rows}


def update_source(connection: Connection, newsroom: str, url: str, **values: Any) -> None:
    """Sets columns of the source's row, making it where there is none."""
    row = upsert(connection, sources).values(newsroom=newsroom, url=url, **values)
    connection.execute(row.on_conflict_do_update(index_elements=["newsroom", "url"], set_=values))


def note_unnamed(connection: Connection, newsroom: str, parent: str, named: Collection[str]) -> None:
    """Notes which documents the index `parent` was known to name and does not any more."""
    below = select(sources.c.url).where(sources.c.newsroom == newsroom, sources.c.parent == parent)
    for url in connection.execute(below).scalars().all():
        if url not in named:
            update_source(connection, newsroom, url, lastmod=UNNAMED)


def forget_sources(connection: Connection, newsroom: str, urls: Iterable[str]) -> None:
    """Forgets these documents. Every index will be read whole once more, as another than the one known may name them
    too."""
    for some in in_batches(sorted(urls)):
        connection.execute(delete(sources).where(sources.c.newsroom == newsroom, sources.c.url.in_(some)))
    own = sources.c.newsroom == newsroom
    indexes = select(sources.c.parent).where(own, sources.c.parent.is_not(None)).distinct().scalar_subquery()
    unconditional = update(sources).where(own).values(etag=None, last_modified=None)
    connection.execute(unconditional.where(sources.c.parent.is_(None)))
    connection.execute(unconditional.where(sources.c.url.in_(indexes), sources.c.parent.is_not(None)).values(due=True))


def count_source_failure(connection: Connection, newsroom: str, url: str, outcome: str, now: datetime) -> None:
    """Notes that the source could not be read, and why; its validators stay."""
    update_source(connection, newsroom, url, outcome=outcome, checked=now)
    row = sources.c.newsroom == newsroom, sources.c.url == url
    connection.execute(update(sources).where(*row).values(failures=sources.c.failures + 1))
