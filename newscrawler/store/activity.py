"""Activity: how many articles there are of late, and whether anything happened since somebody looked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from datetime import date, datetime, timedelta, timezone

from sqlalchemy import BigInteger, Connection, func, select, type_coerce

from newscrawler.store.addresses import counts_by_state
from newscrawler.store.runs import last_runs
from newscrawler.store.tables import LIVE, article_facets, articles, counters, facets, holding

# All of Kazakhstan has been at +05:00 since 2024-03-01 (tz database, release 2024a).
_OFFSET = timedelta(hours=5)
_EPOCH = date(1970, 1, 1)
_MICROSECOND = timedelta(microseconds=1)


def newest_moment(connection: Connection, facets: Collection[str]) -> datetime | None:
    """When the newest article of all `facets` was published, in UTC; None where they hold none."""
    query = select(func.max(article_facets.c.date_published)).where(article_facets.c.facet.in_(facets))
    return connection.execute(query).scalar()


def facet_counts(connection: Connection, since: datetime) -> dict[str, int]:
    """How many articles of each facet were published after `since`; facets without any are not there."""
    query = select(article_facets.c.facet, func.count().label("number")).where(article_facets.c.date_published > since)
    rows = connection.execute(query.group_by(article_facets.c.facet))
    return {row.facet: row.number for row in rows}


def newest_by_facet(connection: Connection) -> dict[str, datetime]:
    """When the newest article of each facet was published, in UTC; facets without any are not there."""
    # A look at the end of the index a facet; grouping would read all of it.
    newest = select(func.max(article_facets.c.date_published)).where(article_facets.c.facet == facets.c.facet)
    rows = connection.execute(select(facets.c.facet, newest.scalar_subquery().label("newest")))
    return {row.facet: row.newest for row in rows if row.newest is not None}


def articles_by_day(connection: Connection, since: date) -> dict[str, dict[date, int]]:
    """How many live articles each newsroom published on each day of Kazakhstan's time, from `since` on."""
    offset, day = _OFFSET // _MICROSECOND, timedelta(days=1) // _MICROSECOND
    number = (type_coerce(articles.c.date_published, BigInteger) + offset) // day
    query = (
        select(articles.c.newsroom, number, func.count())
        .where(articles.c.state == LIVE, number >= (since - _EPOCH).days)
        .group_by(articles.c.newsroom, number)
        .order_by(articles.c.newsroom, number)
    )
    found: dict[str, dict[date, int]] = {}
    for newsroom, days, count in connection.execute(query):
        found.setdefault(newsroom, {})[_EPOCH + timedelta(days=days)] = count
    return found


def day_of(moment: datetime) -> date:
    """The day of Kazakhstan's time in which the moment lies."""
    return moment.astimezone(timezone(_OFFSET)).date()


def state_of_store(connection: Connection) -> str:
    """A digest that is another one after every change of an article, every crawl, and every change of how many
    addresses or held pages of a newsroom are in which state."""
    change = connection.execute(select(counters.c.value).where(counters.c.name == "change")).scalar()
    crawls = [
        (name, run.id, run.finished.isoformat() if run.finished is not None else None)
        for name, run in last_runs(connection).items()
    ]
    held = select(holding.c.newsroom, holding.c.state, func.count()).group_by(holding.c.newsroom, holding.c.state)
    values = [change, crawls, counts_by_state(connection), sorted(map(list, connection.execute(held)))]
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()
