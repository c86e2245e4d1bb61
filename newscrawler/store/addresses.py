"""The table of addresses: queue, seen-set and journal of the crawl."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, or_, select, update

from newscrawler.address import Address, AddressState, Discovered, Outcome
from newscrawler.store.batches import in_batches
from newscrawler.store.tables import HAND_OUT_ORDER, addresses, articles

NO_OUTCOME = "no outcome"
KILLS = "killed the process each time"
_FIRST_RETRY = timedelta(minutes=10)
_LONGEST_RETRY = timedelta(days=1)
# Nothing is made to wait for more than a day; clocks of machines that share a store differ a little.
_LONGEST_WAIT = timedelta(days=2)
_RECHECKED = (AddressState.REJECTED.value, AddressState.MISSING.value)
_RECHECK_AFTER = (timedelta(hours=1), timedelta(hours=4), timedelta(hours=12))
# A run that comes later than this does not look again at what was refused: it would for ever on a site crawled daily.
_RECHECK_GRACE = timedelta(hours=4)
_CHANGEABLE = ("state", "tries", "next_try", "known", "published_hint", "modified_hint")


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
    by_url: dict[str, Discovered] = {}
    for item in found:
        by_url.setdefault(item.url, item)
    present = {row.url: row for row in _rows(connection, newsroom, list(by_url))}
    undated = _undated(connection, [row for url, row in present.items() if by_url[url].date_published is not None])
    fresh: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
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
            whole = {name: changes.get(name, getattr(row, name)) for name in _CHANGEABLE}
            changed.append({"row_id": row.id, **{f"new_{name}": value for name, value in whole.items()}})
    if changed:
        values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in _CHANGEABLE}
        connection.execute(update(addresses).where(addresses.c.id == bindparam("row_id")).values(**values), changed)
    if fresh:
        connection.execute(insert(addresses), fresh)
    return Recorded(new=new, reopened=reopened, first_runs=first_runs)


def take(
    connection: Connection,
    newsroom: str,
    *,
    run: int,
    now: datetime,
    max_tries: int,
    since: datetime | None = None,
) -> Address | None:
    """Hands out the address whose turn it is, or None.

    Due is what was not handed out in this run and is, in this order, pending (new addresses before those that failed,
    the last published first); refused, and to be looked at again about now; an article's, and to be looked at again
    (the longest due first); left by an earlier run with the reason "no outcome", as it may kill the process again. What
    gave no article and waits for a moment further ahead than anything is made to wait is due too: a clock was wrong.
    With `since`, what is known to be published earlier is not due. The hand-out itself is kept: run, one more try, and
    that reason, which stays when the process is killed. An address that was handed out `max_tries` times without ever
    an outcome kills the process: it is parked.
    """
    shared = [
        addresses.c.newsroom == newsroom,
        or_(addresses.c.handed_out_run.is_(None), addresses.c.handed_out_run != run),
    ]
    if since is not None:
        shared.append(or_(addresses.c.published_hint.is_(None), addresses.c.published_hint >= since))
    pending = [
        addresses.c.state == AddressState.PENDING.value,
        or_(
            addresses.c.next_try.is_(None),
            addresses.c.next_try <= now,
            addresses.c.next_try > now + _LONGEST_WAIT,
        ),
    ]
    refused = addresses.c.state.in_(_RECHECKED)
    recheck = [refused, addresses.c.next_try <= now, addresses.c.next_try > now - _RECHECK_GRACE]
    recheck_ahead = [refused, addresses.c.next_try > now + _LONGEST_WAIT]
    revisit = [addresses.c.state == AddressState.DONE.value, addresses.c.next_try <= now]
    is_new, suspect = addresses.c.reason.is_(None), addresses.c.reason == NO_OUTCOME
    newest, longest_due = (HAND_OUT_ORDER, addresses.c.id), (addresses.c.next_try, addresses.c.id)
    turns: list[tuple[list[Any], tuple[Any, ...]]] = [
        ([*pending, is_new], newest),
        ([*pending, ~suspect], newest),
        (recheck, newest),
        (recheck_ahead, newest),
        ([*revisit, or_(is_new, ~suspect)], longest_due),
        ([*pending, suspect], newest),
        ([*revisit, suspect], longest_due),
    ]
    for due, order in turns:
        query = select(addresses).where(*shared, *due).order_by(*order).limit(1)
        while (row := connection.execute(query.with_for_update(skip_locked=True)).first()) is not None:
            if row.reason != NO_OUTCOME or row.tries < max_tries:
                return _hand_out(connection, row, run)
            parked = {"state": AddressState.PARKED.value, "reason": KILLS}
            connection.execute(update(addresses).where(addresses.c.id == row.id).values(**parked))
    return None


def take_address(connection: Connection, address_id: int, *, run: int) -> Address | None:
    """Hands out one address whatever its state, unless this run has had it already."""
    row = connection.execute(select(addresses).where(addresses.c.id == address_id)).first()
    return None if row is None or row.handed_out_run == run else _hand_out(connection, row, run)


def settle(
    connection: Connection, address: Address, outcome: Outcome, *, now: datetime, fetched: datetime, max_tries: int
) -> AddressState:
    """Writes down what became of an address that gave no article; what state that left it in.

    With `retry` it stays pending for a later run, the first time at once, then after 10 minutes that double up to a
    day; after `max_tries` hand-outs it is parked. A fault `of_host` uses up no try and waits 10 minutes. What is to
    be looked at again is so 1, 4 and 12 hours later, if a run comes by then. `fetched` is when the answer came.
    """
    state, next_try, tries = outcome.state, outcome.next_try, address.tries
    if outcome.retry and outcome.of_host:
        # What gave an article before loses nothing by waiting.
        state = address.state if address.state is AddressState.DONE else AddressState.PENDING
        tries = max(tries - 1, 0)
        next_try = next_try or now + _FIRST_RETRY
    elif outcome.retry:
        state = AddressState.PARKED if tries >= max_tries else AddressState.PENDING
        if state is AddressState.PENDING and next_try is None and tries > 1:
            next_try = now + min(_FIRST_RETRY * 2 ** (tries - 2), _LONGEST_RETRY)
    elif outcome.recheck and tries <= len(_RECHECK_AFTER):
        next_try = now + _RECHECK_AFTER[tries - 1]
    else:
        tries = 0
    values: dict[str, Any] = {"state": state.value, "reason": outcome.reason, "next_try": next_try, "tries": tries}
    connection.execute(update(addresses).where(addresses.c.id == address.id).values(**values, last_fetched=fetched))
    return state


def give_back(connection: Connection, address: Address) -> None:
    """Undoes a hand-out: state and tries are again as before, but this run does not get the address a second time."""
    reason = NO_OUTCOME if address.left_without_outcome else None
    values = {"state": address.state.value, "tries": max(address.tries - 1, 0), "reason": reason}
    connection.execute(update(addresses).where(addresses.c.id == address.id).values(**values))


def mark_done(
    connection: Connection, newsroom: str, urls: Iterable[str], article_id: str, *, run: int | None, now: datetime
) -> None:
    """Ties every address in `urls`, under which an article was fetched at the moment `now`, to it; those not in the
    table yet are added. None of them is looked at again."""
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


def reopen_others(connection: Connection, article_id: str, urls: Iterable[str]) -> int:
    """Makes the addresses of an article other than `urls` pending and nobody's; how many there were."""
    others = addresses.c.article_id == article_id, addresses.c.url.not_in(list(urls))
    values = {"state": AddressState.PENDING.value, "tries": 0, "next_try": None, "article_id": None}
    return connection.execute(update(addresses).where(*others).values(**values)).rowcount


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


def has_given(connection: Connection, newsroom: str, source_url: str) -> bool:
    """Whether any address of the newsroom was first found in that source."""
    found = addresses.c.newsroom == newsroom, addresses.c.source_url == source_url
    return connection.execute(select(addresses.c.id).where(*found).limit(1)).first() is not None


def ids_of(connection: Connection, newsroom: str, urls: Sequence[str]) -> list[int]:
    """The row numbers of `urls` in their order; addresses that are not in the table are left out."""
    numbers = {row.url: row.id for row in _rows(connection, newsroom, urls)}
    return [numbers[url] for url in urls if url in numbers]


def _rows(connection: Connection, newsroom: str, urls: Sequence[str]) -> list[Row[Any]]:
    rows: list[Row[Any]] = []
    for some in in_batches(urls):
        query = select(addresses).where(addresses.c.newsroom == newsroom, addresses.c.url.in_(some))
        rows += connection.execute(query).all()
    return rows


def _undated(connection: Connection, rows: Sequence[Row[Any]]) -> set[str]:
    """The articles without a date among those that addresses gave which no source had dated before."""
    ids = [row.article_id for row in rows if row.published_hint is None and row.article_id is not None]
    found: set[str] = set()
    for some in in_batches(ids):
        query = select(articles.c.id).where(articles.c.id.in_(some), articles.c.date_published.is_(None))
        found.update(connection.execute(query).scalars())
    return found


def _changes(row: Row[Any], item: Discovered, now: datetime) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    known = {**item.to_dict(), **{key: value for key, value in row.known.items() if value is not None}}
    if item.date_modified is not None:
        known["date_modified"] = item.date_modified.isoformat()
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
        last_fetched=row.last_fetched,
        left_without_outcome=row.reason == NO_OUTCOME,
        etag=row.etag,
        last_modified=row.last_modified,
    )
