"""Entries: an article as it stands in the feeds of each format, kept so that it is made once; and publications."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select

from newscrawler.store.tables import LIVE, articles, entries, publications

_BATCH = 400


@dataclass(slots=True, kw_only=True, frozen=True)
class KeptEntry:
    """An article in the feeds of one format: its bytes and when it was updated, or the problem that keeps it out.

    `key` says what it was made from: as long as that is the same, so is the rest.
    """

    article_id: str
    format: str
    key: str
    updated: datetime | None = None
    fragment: bytes | None = None
    problem: str | None = None


@dataclass(slots=True, kw_only=True, frozen=True)
class EntryProblem:
    """An article that is left out of every feed, and why."""

    article_id: str
    newsroom: str
    url: str
    problem: str

    def __str__(self) -> str:
        return f"{self.newsroom}, {self.url}: {self.problem}"


def article_versions(connection: Connection, ids: Iterable[str]) -> dict[str, tuple[str, int]]:
    """The newsroom and the change number of each of the articles; the number grows with every change of the article."""
    found: dict[str, tuple[str, int]] = {}
    for some in _batches(ids):
        query = select(articles.c.id, articles.c.newsroom, articles.c.change_number).where(articles.c.id.in_(some))
        found |= {row.id: (row.newsroom, row.change_number) for row in connection.execute(query)}
    return found


def read_entries(connection: Connection, ids: Iterable[str]) -> dict[tuple[str, str], KeptEntry]:
    """What is kept of the articles, by article id and format."""
    found: dict[tuple[str, str], KeptEntry] = {}
    for some in _batches(ids):
        for row in connection.execute(select(entries).where(entries.c.article_id.in_(some))):
            found[row.article_id, row.format] = KeptEntry(
                article_id=row.article_id,
                format=row.format,
                key=row.key,
                updated=datetime.fromisoformat(row.updated) if row.updated else None,
                fragment=row.fragment,
                problem=row.problem,
            )
    return found


def keep_entries(connection: Connection, made: Iterable[KeptEntry]) -> None:
    """Keeps entries in the place of what was kept of the same articles and formats."""
    rows = [
        {
            "article_id": entry.article_id,
            "format": entry.format,
            "key": entry.key,
            "updated": entry.updated.isoformat() if entry.updated else None,
            "fragment": entry.fragment,
            "problem": entry.problem,
        }
        for entry in made
    ]
    if not rows:
        return
    replaced = (entries.c.article_id == bindparam("replaced_id")) & (entries.c.format == bindparam("replaced_format"))
    places = [{"replaced_id": row["article_id"], "replaced_format": row["format"]} for row in rows]
    connection.execute(delete(entries).where(replaced), places)
    connection.execute(insert(entries), rows)


def entry_problems(connection: Connection, ids: Iterable[str] | None = None) -> list[EntryProblem]:
    """The live articles, or those of them with one of `ids`, that were left out when feeds were last made; sorted."""
    query = (
        select(articles.c.id, articles.c.newsroom, articles.c.canonical_url, entries.c.problem)
        .distinct()
        .join(entries, entries.c.article_id == articles.c.id)
        .where(entries.c.problem.is_not(None), articles.c.state == LIVE)
    )
    queries = [query] if ids is None else [query.where(articles.c.id.in_(some)) for some in _batches(ids)]
    found = [
        EntryProblem(article_id=row.id, newsroom=row.newsroom, url=row.canonical_url, problem=row.problem)
        for one in queries
        for row in connection.execute(one)
    ]
    return sorted(found, key=lambda problem: (problem.newsroom, problem.url))


def read_publication(connection: Connection, name: str) -> str | None:
    """What was noted of the last publication under `name`."""
    return connection.execute(select(publications.c.value).where(publications.c.name == name)).scalar()


def note_publication(connection: Connection, name: str, value: str) -> None:
    """Notes `value` under `name`, in the place of what was noted there."""
    connection.execute(delete(publications).where(publications.c.name == name))
    connection.execute(insert(publications).values(name=name, value=value))


def _batches(ids: Iterable[str]) -> Iterator[Sequence[str]]:
    wanted = list(dict.fromkeys(ids))
    for start in range(0, len(wanted), _BATCH):
        yield wanted[start : start + _BATCH]
