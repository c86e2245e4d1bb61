"""Holding: articles that are kept apart until it is known whether their pages were read well."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, null, select, update

from newscrawler.address import AddressState, Visit
from newscrawler.article import Article, article_from_dict, article_to_dict
from newscrawler.store.batches import in_batches
from newscrawler.store.tables import addresses, holding

HELD = "held"
"""The `reason` of an address whose article is kept apart."""
DROPPED = "held, then dropped"
"""The `reason` of an address whose article a person refused."""
_ABSENT = (AddressState.GONE.value, AddressState.MISSING.value)


class HeldState(StrEnum):
    """Why a page stands in the table: WAITING for the verdict on its run, or for a person after that; BACK, a version
    of a known article that says much less than the one that stays; REFUSED, a page that gave no article in a run that
    was held; DROPPED by a person."""

    WAITING = "waiting"
    BACK = "back"
    REFUSED = "refused"
    DROPPED = "dropped"


@dataclass(slots=True, kw_only=True, frozen=True)
class Held:
    """A page in the table: the first `run` that read its present text, how many times in a row it was read so, and the
    digest of the newsroom's file as it was then. `faults` are those of its run in words, with `first_page` that shows
    the first of them; None until there is a verdict."""

    id: int
    newsroom: str
    url: str
    state: HeldState
    run: int
    readings: int
    definition: str
    faults: list[str] | None
    first_page: str | None


def hold(
    connection: Connection,
    article: Article,
    state: HeldState,
    *,
    run: int,
    now: datetime,
    definition: str,
    visit: Visit | None = None,
    next_look: Callable[[Article], datetime | None] | None = None,
) -> Held:
    """Keeps `article` apart as it is, in the place of what was read of its page before, and settles its addresses.

    Moment and addresses of its first reading stay. `next_look` says when the page of an article with that moment is
    looked at again.
    """
    own = holding.c.newsroom == article.newsroom, holding.c.url == article.url
    row = connection.execute(select(holding).where(*own)).first()
    first_seen, known, same = now, article.addresses or [article.url], False
    if row is not None and row.document is not None:
        before = article_from_dict(row.document)
        same = row.definition == definition and (before.headline, before.body) == (article.headline, article.body)
        first_seen = before.first_seen or now
        known = sorted({*known, *before.addresses})
    connection.execute(delete(holding).where(*own))
    values: dict[str, Any] = {
        "state": state.value,
        "run": row.run if row is not None and same else run,
        "held": now,
        "readings": row.readings + 1 if row is not None and same else 1,
        "definition": definition,
        "document": article_to_dict(article) | {"first_seen": first_seen.isoformat(), "addresses": known},
        "visit": asdict(visit) if visit is not None else None,
    }
    query = insert(holding).values(newsroom=article.newsroom, url=article.url, **values).returning(*_SHOWN)
    kept = _held(connection.execute(query).one())
    due = next_look(replace(article, first_seen=first_seen)) if next_look is not None else None
    _settle(connection, article, known, visit, due)
    return kept


def held_pages(connection: Connection, newsroom: str | None = None) -> list[Held]:
    """What is kept apart (of one newsroom), in the order in which it was read; nothing that was dropped."""
    query = select(*_SHOWN).where(holding.c.state != HeldState.DROPPED.value)
    if newsroom is not None:
        query = query.where(holding.c.newsroom == newsroom)
    return [_held(row) for row in connection.execute(query.order_by(holding.c.newsroom, holding.c.id))]


def held_article(connection: Connection, row_id: int) -> tuple[Article, Visit | None] | None:
    """The article in the row with that number, and how its page answered; None where there is none."""
    query = select(holding.c.document, holding.c.visit).where(holding.c.id == row_id, holding.c.document.is_not(None))
    row = connection.execute(query).first()
    if row is None:
        return None
    return article_from_dict(row.document), Visit(**row.visit) if row.visit is not None else None


def count_held(connection: Connection, newsroom: str) -> int:
    """How many pages of the newsroom wait for a person, those of known articles that stay as they are not counted."""
    states = (HeldState.WAITING.value, HeldState.REFUSED.value)
    query = select(func.count()).where(holding.c.newsroom == newsroom, holding.c.state.in_(states))
    return connection.execute(query).scalar_one()


def note_faults(connection: Connection, ids: Iterable[int], faults: Sequence[str], first_page: str) -> None:
    """Keeps the verdict on the rows with these numbers."""
    values = {"faults": list(faults), "first_page": first_page}
    for some in in_batches(ids):
        connection.execute(update(holding).where(holding.c.id.in_(some)).values(**values))


def first_refused(connection: Connection, newsroom: str, run: int) -> tuple[int, str]:
    """How many pages were refused for the first time in the run, and the first of them."""
    first = (addresses.c.handed_out_run == run) & (addresses.c.tries == 1)
    query = select(addresses.c.url).where(*_refused(newsroom), first)
    urls = list(connection.execute(query.order_by(addresses.c.last_fetched, addresses.c.id)).scalars())
    return len(urls), urls[0] if urls else ""


def hold_refused(
    connection: Connection,
    newsroom: str,
    *,
    run: int,
    now: datetime,
    definition: str,
    faults: Sequence[str],
    first_page: str,
) -> None:
    """Notes the pages that were refused in the run, which was held, so that they are asked again when the newsroom's
    file has changed."""
    query = select(addresses.c.url).where(*_refused(newsroom), addresses.c.handed_out_run == run)
    present = select(holding.c.url).where(holding.c.newsroom == newsroom)
    shared = {"newsroom": newsroom, "state": HeldState.REFUSED.value, "run": run, "held": now, "readings": 1}
    verdict = {"definition": definition, "faults": list(faults), "first_page": first_page}
    urls = connection.execute(query.where(addresses.c.url.not_in(present)).order_by(addresses.c.id)).scalars()
    rows = [{**shared, **verdict, "url": url} for url in urls]
    if rows:
        connection.execute(insert(holding), rows)


def forget_held(connection: Connection, newsroom: str, url: str) -> None:
    """Forgets what is kept apart of the page at `url`: its article stands where it belongs."""
    connection.execute(delete(holding).where(holding.c.newsroom == newsroom, holding.c.url == url))


def forget_refused(connection: Connection, newsroom: str) -> None:
    """Forgets which pages were refused: the newsroom gives articles again."""
    refused = holding.c.newsroom == newsroom, holding.c.state == HeldState.REFUSED.value
    connection.execute(delete(holding).where(*refused))


def forget_absent(connection: Connection, newsroom: str) -> None:
    """Forgets the held articles whose pages the site has taken away since."""
    absent = select(addresses.c.url).where(addresses.c.newsroom == newsroom, addresses.c.state.in_(_ABSENT))
    connection.execute(delete(holding).where(holding.c.newsroom == newsroom, holding.c.url.in_(absent)))


def ask_again(connection: Connection, newsroom: str, definition: str) -> int:
    """Makes the pages due that were held, refused or dropped when the newsroom's file said otherwise than now, where
    its digest is `definition`; once for each. How many there were."""
    other = holding.c.definition != definition, holding.c.asked_for.is_distinct_from(definition)
    rows = connection.execute(select(holding).where(holding.c.newsroom == newsroom, *other)).all()
    due = {"state": AddressState.PENDING.value, "tries": 0, "reason": None, "next_try": None}
    for row in rows:
        page = addresses.c.newsroom == newsroom, addresses.c.url == _asked(connection, row)
        connection.execute(update(addresses).where(*page).values(**due, etag=None, last_modified=None))
    for some in in_batches(row.id for row in rows):
        done = holding.c.state.in_((HeldState.DROPPED.value, HeldState.REFUSED.value))
        connection.execute(delete(holding).where(holding.c.id.in_(some), done))
        connection.execute(update(holding).where(holding.c.id.in_(some)).values(asked_for=definition))
    return len(rows)


def drop_held(connection: Connection, newsroom: str) -> int:
    """Refuses every article of the newsroom that is kept apart; how many there were. Their pages are asked again when
    its file changes; a known article stays as it is."""
    dropped = 0
    gone = {"state": HeldState.DROPPED.value, "document": null(), "faults": null(), "visit": null()}
    refused = {"state": AddressState.REJECTED.value, "reason": DROPPED, "next_try": None}
    for page in held_pages(connection, newsroom):
        kept = held_article(connection, page.id)
        connection.execute(update(holding).where(holding.c.id == page.id).values(**gone))
        if kept is None:
            continue
        dropped += 1
        urls = addresses.c.newsroom == newsroom, addresses.c.url.in_({page.url, *kept[0].addresses})
        unknown = addresses.c.article_id.is_(None)
        connection.execute(update(addresses).where(*urls, unknown).values(**refused))
        connection.execute(update(addresses).where(*urls, ~unknown).values(reason=None))
    return dropped


_SHOWN = tuple(
    holding.c[name]
    for name in ("id", "newsroom", "url", "state", "run", "readings", "definition", "faults", "first_page")
)


def _settle(
    connection: Connection, article: Article, urls: Sequence[str], visit: Visit | None, due: datetime | None
) -> None:
    own = addresses.c.newsroom == article.newsroom, addresses.c.url.in_(urls)
    # Without validators: the page is to be read again whole, as it may be read otherwise by then.
    settled = {"state": AddressState.DONE.value, "tries": 0, "reason": HELD, "etag": None, "last_modified": None}
    values = {**settled, "next_try": None, "last_fetched": article.fetched_at}
    connection.execute(update(addresses).where(*own).values(**values))
    if due is not None:
        page = addresses.c.url == (visit.url if visit is not None else article.url)
        connection.execute(update(addresses).where(*own, page).values(next_try=due))


def _refused(newsroom: str) -> tuple[Any, Any]:
    return addresses.c.newsroom == newsroom, addresses.c.state == AddressState.REJECTED.value


def _asked(connection: Connection, row: Row[Any]) -> str:
    """An address of the page that stands in the table of addresses, its own where it does."""
    urls = [row.url, *(row.document or {}).get("addresses", [])]
    query = select(addresses.c.url).where(addresses.c.newsroom == row.newsroom, addresses.c.url.in_(urls))
    return min(connection.execute(query).scalars(), key=urls.index, default=str(row.url))


def _held(row: Row[Any]) -> Held:
    return Held(**{**row._mapping, "state": HeldState(row.state)})
