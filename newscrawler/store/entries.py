"""Entries: an article as it stands in the feeds of each format, kept so that it is made once; and publications."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, null, select

from newscrawler.store.batches import in_batches
from newscrawler.store.tables import LIVE, articles, entries, publications


@dataclass(slots=True, kw_only=True, frozen=True)
class KeptEntry:
    """An article in feeds: its bytes by the format's name and when it was updated, or the problem that keeps it out.

    `key` says what it was made from, and in which formats: as long as that is the same, so is the rest.
    """

    article_id: str
    key: str
    updated: datetime | None = None
    fragments: Mapping[str, bytes] = field(default_factory=dict)
    problem: str | None = None


@dataclass(slots=True, kw_only=True, frozen=True)
class EntryState:
    """A stored article as feeds need it: its newsroom, its change number, which grows with every change, and what is
    kept of it."""

    newsroom: str
    change: int
    kept: KeptEntry | None


@dataclass(slots=True, kw_only=True, frozen=True)
class EntryProblem:
    """An article that is left out of every feed, and why."""

    article_id: str
    newsroom: str
    url: str
    problem: str

    def __str__(self) -> str:
        return f"{self.newsroom}, {self.url}: {self.problem}"


def entry_states(connection: Connection, ids: Iterable[str], *, with_fragments: bool = True) -> dict[str, EntryState]:
    """The articles that are stored, by id; the bytes of their entries are read `with_fragments` only."""
    found: dict[str, EntryState] = {}
    content = (entries.c.lengths, entries.c.fragments) if with_fragments else (null(), null())
    query = select(articles.c.id, articles.c.newsroom, articles.c.change_number, *_KEPT, *content).outerjoin(
        entries, entries.c.article_id == articles.c.id
    )
    for some in in_batches(ids):
        rows = connection.execute(query.where(articles.c.id.in_(some))).all()
        for article_id, newsroom, change, key, updated, problem, lengths, fragments in rows:
            kept = None
            if key is not None:
                kept = KeptEntry(
                    article_id=article_id,
                    key=key,
                    updated=datetime.fromisoformat(updated) if updated else None,
                    fragments=_divided(fragments, lengths) if fragments else {},
                    problem=problem,
                )
            found[article_id] = EntryState(newsroom=newsroom, change=change, kept=kept)
    return found


def keep_entries(connection: Connection, made: Iterable[KeptEntry]) -> None:
    """Keeps entries in the place of what was kept of the same articles."""
    rows = [
        {
            "article_id": entry.article_id,
            "key": entry.key,
            "updated": entry.updated.isoformat() if entry.updated else None,
            "lengths": " ".join(f"{name}={len(fragment)}" for name, fragment in entry.fragments.items()),
            "fragments": b"".join(entry.fragments.values()),
            "problem": entry.problem,
        }
        for entry in made
    ]
    if rows:
        replaced = entries.c.article_id == bindparam("replaced_id")
        connection.execute(delete(entries).where(replaced), [{"replaced_id": row["article_id"]} for row in rows])
        connection.execute(insert(entries), rows)


def entry_problems(connection: Connection, ids: Iterable[str] | None = None) -> list[EntryProblem]:
    """The live articles, or those of them with one of `ids`, that were left out when feeds were last made; sorted."""
    query = (
        select(articles.c.id, articles.c.newsroom, articles.c.canonical_url, entries.c.problem)
        .join(entries, entries.c.article_id == articles.c.id)
        .where(entries.c.problem.is_not(None), articles.c.state == LIVE)
    )
    queries = [query] if ids is None else [query.where(articles.c.id.in_(some)) for some in in_batches(ids)]
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


_KEPT = (entries.c.key, entries.c.updated, entries.c.problem)


def _divided(content: bytes, lengths: str) -> dict[str, bytes]:
    # No JSON: thousands of these are read for a publication, and most of its time would go into them.
    fragments: dict[str, bytes] = {}
    start = 0
    for told in lengths.split():
        name, _, length = told.partition("=")
        end = start + int(length)
        fragments[name] = content[start:end]
        start = end
    return fragments
