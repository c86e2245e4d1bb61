"""The table of addresses: queue, seen-set and journal of the crawl."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, func, insert, or_, select, update

from newscrawler.address import Address, AddressState, Discovered, Outcome
from newscrawler.store.tables import HAND_OUT_ORDER, addresses, articles

NO_OUTCOME = "no outcome"
_FIRST_RETRY = timedelta(minutes=10)
_LONGEST_RETRY = timedelta(days=1)
_CHUNK = 400


@dataclass(slots=True, kw_only=True, frozen=True)
class Recorded:
    """What came of recording addresses: `new` ones, those a source said had changed (`reopened`), and, of those that
    were there already, the run that recorded each first."""

    new: int
    reopened: int
    first_runs: dict[str, int | None]


def record(
    connection: Connection,
    newsroom: str,
    found: Sequence[Discovered],
    *,
    run: int,
    source_url: str,
    now: datetime,
) -> Recorded:
    """Puts the addresses in `found` into the table as pending.

    One that is there already keeps its state, takes over what it did not know, and becomes pending again when
    `date_modified` is later than any said of it before (and not in the future by more than a day), or when it gave an
    article without a date and `date_published` is known now.
    """
    first_runs: dict[str, int | None] = {}
    new = reopened = 0
    by_url = {item.url: item for item in reversed(found)}
    present = {row.url: row for row in _rows(connection, newsroom, list(by_url))}
    undated = _undated(connection, [row for url, row in present.items() if by_url[url].date_published is not None])
    fresh: list[dict[str, Any]] = []
    for item in by_url.values():
        row = present.get(item.url)
        if row is None:
            new += 1
            fresh.append(
                {
                    "newsroom": newsroom,
                    "url": item.url,
                    "state": AddressState.PENDING.value,
                    "first_run": run,
                    "first_seen": now,
                    "source_url": source_url,
                    "known": item.to_dict(),
                    "published_hint": item.date_published,
                    "modified_hint": item.date_modified,
                }
            )
            continue
        first_runs[item.url] = row.first_run
        changes = _changes(row, item, now)
        if row.article_id in undated:
            changes |= {"state": AddressState.PENDING.value, "tries": 0, "next_try": None}
        if changes:
            reopened += "state" in changes
            connection.execute(update(addresses).where(addresses.c.id == row.id).values(**changes))
    if fresh:
        connection.execute(insert(addresses), fresh)
    return Recorded(new=new, reopened=reopened, first_runs=first_runs)


def take(
    connection: Connection, newsroom: str, *, run: int, now: datetime, since: datetime | None = None
) -> Address | None:
    """Hands out the due address that was published last, or None.

    Due is what is pending, was not handed out in this run and has its next try behind it; with `since`, what is known
    to be published earlier is not due. The hand-out itself is kept: run, one more try, and the reason "no outcome",
    which stays when the process is killed.
    """
    conditions = [
        addresses.c.newsroom == newsroom,
        addresses.c.state == AddressState.PENDING.value,
        or_(addresses.c.handed_out_run.is_(None), addresses.c.handed_out_run != run),
        or_(addresses.c.next_try.is_(None), addresses.c.next_try <= now),
    ]
    if since is not None:
        conditions.append(or_(addresses.c.published_hint.is_(None), addresses.c.published_hint >= since))
    query = select(addresses).where(and_(*conditions)).order_by(HAND_OUT_ORDER, addresses.c.id).limit(1)
    row = connection.execute(query.with_for_update(skip_locked=True)).first()
    return _hand_out(connection, row, run) if row is not None else None


def take_address(connection: Connection, address_id: int, *, run: int) -> Address | None:
    """Hands out one address whatever its state, unless this run has had it already."""
    row = connection.execute(select(addresses).where(addresses.c.id == address_id)).first()
    return None if row is None or row.handed_out_run == run else _hand_out(connection, row, run)


def settle(connection: Connection, address: Address, outcome: Outcome, now: datetime, max_tries: int) -> AddressState:
    """Writes down what became of an address that gave no article; what state that left it in.

    With `retry` it stays pending for a later run, the first time at once, then after 10 minutes that double up to a
    day; after `max_tries` hand-outs it is parked.
    """
    state, next_try = outcome.state, outcome.next_try
    if outcome.retry:
        tries = address.tries
        state = AddressState.PARKED if tries >= max_tries else AddressState.PENDING
        if state is AddressState.PENDING and next_try is None and tries > 1:
            next_try = now + min(_FIRST_RETRY * 2 ** (tries - 2), _LONGEST_RETRY)
    values: dict[str, Any] = {"state": state.value, "reason": outcome.reason, "next_try": next_try, "last_fetched": now}
    if state not in (AddressState.PENDING, AddressState.PARKED):
        values["tries"] = 0
    connection.execute(update(addresses).where(addresses.c.id == address.id).values(**values))
    return state


def give_back(connection: Connection, address: Address) -> None:
    """Undoes a hand-out: the address is again as it was before, but this run does not get it a second time."""
    values = {"state": address.state.value, "tries": max(address.tries - 1, 0), "reason": None}
    connection.execute(update(addresses).where(addresses.c.id == address.id).values(**values))


def mark_done(
    connection: Connection, newsroom: str, urls: Iterable[str], article_id: str, *, run: int | None, now: datetime
) -> None:
    """Ties every address in `urls` to the article it gave; those not in the table yet are added."""
    wanted = list(dict.fromkeys(urls))
    values = {
        "state": AddressState.DONE.value,
        "tries": 0,
        "reason": None,
        "next_try": None,
        "last_fetched": now,
        "article_id": article_id,
    }
    present = {row.url for row in _rows(connection, newsroom, wanted)}
    own = addresses.c.newsroom == newsroom
    connection.execute(update(addresses).where(own, addresses.c.url.in_(wanted)).values(**values))
    missing = [url for url in wanted if url not in present]
    if missing:
        row = {"newsroom": newsroom, "first_run": run, "first_seen": now, "known": {}, **values}
        connection.execute(insert(addresses), [{"url": url, **row} for url in missing])


def counts_by_state(connection: Connection) -> dict[str, dict[str, int]]:
    """How many addresses of each newsroom are in each state."""
    query = select(addresses.c.newsroom, addresses.c.state, func.count()).group_by(
        addresses.c.newsroom, addresses.c.state
    )
    counts: dict[str, dict[str, int]] = {}
    for newsroom, state, number in connection.execute(query):
        counts.setdefault(newsroom, {})[state] = number
    return counts


def with_state(connection: Connection, states: Iterable[AddressState], newsroom: str | None = None) -> list[Row[Any]]:
    """The rows in one of `states`, newest first, for a person to look at; at most 1,000."""
    query = select(addresses).where(addresses.c.state.in_([state.value for state in states]))
    if newsroom is not None:
        query = query.where(addresses.c.newsroom == newsroom)
    return list(connection.execute(query.order_by(addresses.c.last_fetched.desc(), addresses.c.id).limit(1000)))


def ids_of(connection: Connection, newsroom: str, urls: Sequence[str]) -> list[int]:
    """The row numbers of `urls` in their order; addresses that are not in the table are left out."""
    numbers = {row.url: row.id for row in _rows(connection, newsroom, urls)}
    return [numbers[url] for url in urls if url in numbers]


def _rows(connection: Connection, newsroom: str, urls: Sequence[str]) -> list[Row[Any]]:
    rows: list[Row[Any]] = []
    for start in range(0, len(urls), _CHUNK):
        chunk = urls[start : start + _CHUNK]
        rows += connection.execute(
            select(addresses).where(addresses.c.newsroom == newsroom, addresses.c.url.in_(chunk))
        ).all()
    return rows


def _undated(connection: Connection, rows: Sequence[Row[Any]]) -> set[str]:
    """The articles without a date among those that addresses gave which no source had dated before."""
    ids = [row.article_id for row in rows if row.published_hint is None and row.article_id is not None]
    found: set[str] = set()
    for start in range(0, len(ids), _CHUNK):
        some = articles.c.id.in_(ids[start : start + _CHUNK])
        query = select(articles.c.id).where(some, articles.c.date_published.is_(None))
        found.update(connection.execute(query).scalars())
    return found


def _changes(row: Row[Any], item: Discovered, now: datetime) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    known = {**item.to_dict(), **{key: value for key, value in row.known.items() if value is not None}}
    if known != row.known:
        changes["known"] = known
    if row.published_hint is None and item.date_published is not None:
        changes["published_hint"] = item.date_published
    modified = item.date_modified
    if modified is None or modified > now + timedelta(days=1):
        return changes
    if row.modified_hint is None or modified > row.modified_hint:
        changes["modified_hint"] = modified
        before = row.modified_hint or row.last_fetched
        if row.state != AddressState.PENDING.value and before is not None and modified > before:
            changes |= {"state": AddressState.PENDING.value, "tries": 0, "next_try": None}
    return changes


def _hand_out(connection: Connection, row: Row[Any], run: int) -> Address:
    values = {"handed_out_run": run, "tries": row.tries + 1, "reason": NO_OUTCOME}
    connection.execute(update(addresses).where(addresses.c.id == row.id).values(**values))
    return Address(
        id=row.id,
        newsroom=row.newsroom,
        url=row.url,
        state=AddressState(row.state),
        tries=row.tries + 1,
        known=Discovered.from_dict(row.url, row.known),
        article_id=row.article_id,
    )
