"""Text hashes: which stored articles share words or events with a text, however many articles there are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select

from newscrawler.facets import ANY
from newscrawler.store.activity import newest_moment
from newscrawler.store.batches import in_batches
from newscrawler.store.tables import text_hashes

# Agency texts are reprinted within days; templates that return every week or month are other stories.
WINDOW = timedelta(days=14)
# A sentence that so many articles of the window hold is boilerplate: it tells none of them from the others.
COMMON = 100
_MOST = 20
_EVERY_STORY = f"{ANY}/{ANY}/{ANY}"


def keep_hashes(connection: Connection, article_id: str, hashes: Iterable[int], first_seen: datetime) -> None:
    """Keeps `hashes` (63-bit) as those of an article first seen then, in the place of those kept of it before.

    What COMMON articles of the window share already is left out, so that no lookup has to go through more.
    """
    forget_article(connection, article_id, first_seen)
    wanted = sorted(set(hashes))
    common: set[int] = set()
    for some in in_batches(wanted):
        recent = text_hashes.c.hash.in_(some) & (text_hashes.c.first_seen >= first_seen - WINDOW)
        query = select(text_hashes.c.hash).where(recent).group_by(text_hashes.c.hash).having(func.count() >= COMMON)
        common.update(connection.execute(query).scalars())
    rows = [
        {"hash": value, "article_id": article_id, "first_seen": first_seen} for value in wanted if value not in common
    ]
    if rows:
        connection.execute(insert(text_hashes), rows)


def forget_article(connection: Connection, article_id: str, first_seen: datetime) -> None:
    """Forgets the hashes of an article first seen then."""
    own = (text_hashes.c.first_seen == first_seen) & (text_hashes.c.article_id == article_id)
    connection.execute(delete(text_hashes).where(own))


def count_older(connection: Connection, now: datetime) -> int:
    """How many hashes `forget_older` would forget."""
    query = select(func.count()).where(text_hashes.c.first_seen < _oldest_kept(connection, now))
    return connection.execute(query).scalar_one()


def forget_older(connection: Connection, now: datetime) -> int:
    """Forgets the hashes of articles that no text of `now` or later is compared with; how many there were.

    The moment of the newest article takes the place of a `now` that lies after it: a clock that is years ahead for one
    run must not make the reprints of the next ones new.
    """
    return connection.execute(
        delete(text_hashes).where(text_hashes.c.first_seen < _oldest_kept(connection, now))
    ).rowcount


def _oldest_kept(connection: Connection, now: datetime) -> datetime:
    newest = newest_moment(connection, [_EVERY_STORY])
    return (min(now, newest) if newest is not None else now) - 2 * WINDOW


def articles_sharing(
    connection: Connection, hashes: Iterable[int], *, since: datetime, besides: str, least: int
) -> list[str]:
    """The ids of articles first seen at `since` or later that share `least` hashes or more, most shared first, at most
    20, without the id `besides`."""
    shared: dict[str, int] = {}
    for some in in_batches(hashes):
        query = (
            select(text_hashes.c.article_id, func.count())
            .where(text_hashes.c.hash.in_(some), text_hashes.c.first_seen >= since)
            .group_by(text_hashes.c.article_id)
        )
        for article_id, number in connection.execute(query):
            shared[article_id] = shared.get(article_id, 0) + number
    enough = [article_id for article_id, number in shared.items() if number >= least and article_id != besides]
    return sorted(enough, key=lambda article_id: (-shared[article_id], article_id))[:_MOST]
