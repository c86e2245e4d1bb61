"""Attention: what a person should look at, of everything that the store holds."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from newscrawler.address import AddressState
from newscrawler.store.addresses import with_state
from newscrawler.store.articles import undated_articles
from newscrawler.store.entries import entry_problems
from newscrawler.store.sources import SourceState, source_states


@dataclass(slots=True, kw_only=True, frozen=True)
class Attention:
    """Something that needs attention: `what` it is, at which address, and what is known of it, possibly nothing."""

    newsroom: str
    what: str
    url: str
    note: str = ""


def needs_attention(connection: Connection) -> list[Attention]:
    """Sources that fail, addresses put aside or waiting, articles without a date or left out of the feeds, and pages
    that were no article, in this order; at most 1,000 of a kind."""
    items = [
        Attention(newsroom=source.newsroom, what=_source_trouble(source), url=source.url, note=source.outcome or "")
        for source in source_states(connection)
        if source.failures
    ]
    items += [
        Attention(newsroom=row.newsroom, what="put aside", url=row.url, note=f"{row.reason}, {row.tries} tries")
        for row in with_state(connection, [AddressState.PARKED])
    ]
    items += [
        Attention(newsroom=row.newsroom, what="waits for its next try", url=row.url, note=row.reason or "")
        for row in with_state(connection, [AddressState.PENDING])
        if row.next_try is not None
    ]
    items += [
        Attention(newsroom=newsroom, what="no date", url=url, note=headline)
        for newsroom, url, headline in undated_articles(connection)
    ]
    items += [
        Attention(newsroom=problem.newsroom, what="left out of the feeds", url=problem.url, note=problem.problem)
        for problem in entry_problems(connection)
    ]
    items += [
        Attention(newsroom=row.newsroom, what="no article", url=row.url, note=row.reason or "")
        for row in with_state(connection, [AddressState.REJECTED])
    ]
    return items


def _source_trouble(source: SourceState) -> str:
    return f"source failed {source.failures} times" if source.failures > 1 else "source failed"
