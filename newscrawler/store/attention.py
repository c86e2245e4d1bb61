"""Attention: what a person should look at, of everything that the store holds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Connection, select

from newscrawler.address import AddressState
from newscrawler.crawl_outcome import CONTAINER_GONE, NO_ENTRIES
from newscrawler.store.addresses import with_state
from newscrawler.store.articles import undated_articles
from newscrawler.store.entries import entry_problems
from newscrawler.store.history import fading_fields
from newscrawler.store.holding import Held, HeldState, held_pages
from newscrawler.store.runs import last_runs
from newscrawler.store.sources import SourceState, source_states
from newscrawler.store.tables import articles

_MOST = 1000


@dataclass(slots=True, kw_only=True, frozen=True)
class Attention:
    """Something that needs attention: `what` it is, at which address, and what is known of it, possibly nothing."""

    newsroom: str
    what: str
    url: str
    note: str = ""


def needs_attention(connection: Connection) -> list[Attention]:
    """Newsrooms whose articles are held, silent or changed ones, sources that fail, addresses put aside or waiting,
    articles without a date or left out of the feeds, and pages that were no article, in this order; at most 1,000 of a
    kind."""
    items = [*_held(connection), *_changed(connection)]
    items += [
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


def _held(connection: Connection) -> list[Attention]:
    """One for each newsroom and verdict, and one for each known article of which a shorter version is held back."""
    pages = held_pages(connection)
    verdicts = Counter(_verdict(page) for page in pages if page.state is not HeldState.BACK)
    items = [
        Attention(
            newsroom=newsroom,
            what=f"held, {number} {'page' if number == 1 else 'pages'}: {said}",
            url=url,
            note=f"see 'newscrawler newsroom check {newsroom}', then 'newscrawler newsroom release {newsroom}'",
        )
        for (newsroom, said, url), number in verdicts.items()
    ]
    return (
        items
        + [
            Attention(
                newsroom=page.newsroom,
                what="held back: it says less than a third of what it said",
                url=page.url,
                note=f"the stored version stays until 'newscrawler newsroom release {page.newsroom}'",
            )
            for page in pages
            if page.state is HeldState.BACK
        ][:_MOST]
    )


def _verdict(page: Held) -> tuple[str, str, str]:
    said = "; ".join(page.faults) if page.faults else "no verdict yet, or its file says expected_broken"
    return page.newsroom, said, page.first_page or ""


def _changed(connection: Connection) -> list[Attention]:
    items: list[Attention] = []
    for newsroom, run in last_runs(connection).items():
        if run.counts.get("works_again"):
            page = held_pages(connection, newsroom)[-1].url
            note = "take expected_broken out of its file"
            items.append(Attention(newsroom=newsroom, what="works again", url=page, note=note))
        if run.counts.get("silent"):
            note = f"see 'newscrawler newsroom check {newsroom}'"
            page = _newest_page(connection, newsroom)
            items.append(
                Attention(newsroom=newsroom, what="silent for too long, its last article", url=page, note=note)
            )
    return items + [
        Attention(
            newsroom=fading.newsroom,
            what=f"{fading.field} in {fading.having} of the last {fading.of} articles, in {fading.having_before} of "
            f"{fading.of_before} before",
            url=_newest_page(connection, fading.newsroom),
            note=f"see 'newscrawler newsroom check {fading.newsroom}'",
        )
        for fading in fading_fields(connection)
    ]


def _newest_page(connection: Connection, newsroom: str) -> str:
    query = select(articles.c.canonical_url).where(articles.c.newsroom == newsroom)
    return connection.execute(query.order_by(articles.c.first_seen.desc()).limit(1)).scalar() or ""


def _source_trouble(source: SourceState) -> str:
    if source.outcome in NO_ENTRIES:
        return CONTAINER_GONE
    return f"source failed {source.failures} times" if source.failures > 1 else "source failed"
