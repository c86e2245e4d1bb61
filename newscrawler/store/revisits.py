"""Revisits: when the page of a known article is looked at again, and what its last answer said to ask it with."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select, update

from newscrawler.address import AddressState, Visit
from newscrawler.store.tables import addresses

_DONE = addresses.c.state == AddressState.DONE.value


def plan_revisit(connection: Connection, newsroom: str, article_id: str, visit: Visit, due: datetime | None) -> None:
    """Keeps that the article answered as `visit` says, and is looked at again at the moment `due`, if that is given:
    under the address of that answer alone, whatever others lead to it."""
    of_article = addresses.c.newsroom == newsroom, addresses.c.article_id == article_id, _DONE
    own = addresses.c.url == visit.url
    values = {"next_try": due, "etag": visit.etag, "last_modified": visit.last_modified}
    connection.execute(update(addresses).where(*of_article, own).values(**values))
    connection.execute(update(addresses).where(*of_article, ~own).values(next_try=None))


def keep_unchanged(connection: Connection, address_id: int, now: datetime, due: datetime | None) -> None:
    """Keeps that the page answered 304 at the moment `now`; it is looked at again at the moment `due`."""
    values = {"state": AddressState.DONE.value, "tries": 0, "reason": None, "next_try": due, "last_fetched": now}
    connection.execute(update(addresses).where(addresses.c.id == address_id).values(**values))


def look_again(connection: Connection, article_id: str, now: datetime, *, besides: int | None = None) -> bool:
    """Makes an address of the article, not the one with the row number `besides`, due to be looked at; False where
    there is none."""
    query = select(addresses.c.id).where(addresses.c.article_id == article_id, _DONE)
    if besides is not None:
        query = query.where(addresses.c.id != besides)
    found = connection.execute(query.order_by(addresses.c.next_try.is_(None), addresses.c.id).limit(1)).scalar()
    if found is not None:
        connection.execute(update(addresses).where(addresses.c.id == found).values(next_try=now))
    return found is not None


def reopen_refused(connection: Connection, newsroom: str, reason: str) -> int:
    """Makes the addresses that were refused for `reason` due again; how many that were."""
    refused = addresses.c.state == AddressState.REJECTED.value, addresses.c.reason == reason
    values = {"state": AddressState.PENDING.value, "tries": 0, "next_try": None, "reason": None}
    return connection.execute(
        update(addresses).where(addresses.c.newsroom == newsroom, *refused).values(**values)
    ).rowcount
