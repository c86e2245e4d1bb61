"""Status page: what the operator wants to know of the newsrooms, without a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from markupsafe import Markup
from sqlalchemy import Connection

from feeds.facet import FacetNames
from feeds.site.day_chart import DAYS, day_chart
from feeds.site.page import PAGE_LANGUAGES, Link, front_page, language_link, page_of
from feeds.site.templating import render
from newscrawler.config import Config
from newscrawler.crawl import FINISHED
from newscrawler.facets import ANY
from newscrawler.store.activity import articles_by_day, day_of
from newscrawler.store.articles import article_counts
from newscrawler.store.attention import Attention, needs_attention
from newscrawler.store.runs import Run, last_runs, last_successes

STATUS_NAME = "status.html"
_PROBLEMS_SHOWN = 100
_TALL, _LOW = 80, 24


@dataclass(slots=True, kw_only=True, frozen=True)
class StatusFacts:
    """What the page tells of the store; `days` counts each newsroom's articles by day, up to the `newest`."""

    runs: Mapping[str, Run]
    successes: Mapping[str, datetime]
    counts: Mapping[str, Mapping[str, int]]
    days: Mapping[str, Mapping[date, int]]
    newest: date | None
    attention: Sequence[Attention]


@dataclass(slots=True, kw_only=True, frozen=True)
class NewsroomRow:
    """A newsroom in the table."""

    title: str
    success: str
    run: str
    ended: str
    articles: int
    attention: int
    chart: Markup | str


@dataclass(slots=True, kw_only=True, frozen=True)
class Total:
    """All newsrooms together."""

    said: str
    chart: Markup


def status_facts(connection: Connection, newest: datetime | None) -> StatusFacts:
    """What the store holds; `newest` is when its newest article was published. Raises StoreError."""
    last = day_of(newest) if newest is not None else None
    return StatusFacts(
        runs=last_runs(connection),
        successes=last_successes(connection, FINISHED),
        counts=article_counts(connection),
        days=articles_by_day(connection, last - timedelta(days=DAYS - 1)) if last is not None else {},
        newest=last,
        attention=needs_attention(connection),
    )


def status_page(facts: StatusFacts, *, names: FacetNames, config: Config) -> bytes:
    """The page, in English."""
    wording = names.wordings.of(ANY)
    page = page_of(
        f"{wording.status} — {config.title}",
        ANY,
        config,
        root="",
        languages=[_language_link(language, names) for language in PAGE_LANGUAGES],
        style="front.css",
        with_script=False,
    )
    shown = facts.attention[:_PROBLEMS_SHOWN]
    return render(
        "status.html",
        page=page,
        wording=wording,
        total=_total(facts),
        newsrooms=_rows(facts, names),
        problems=shown,
        unlisted=len(facts.attention) - len(shown),
    ).encode()


def _language_link(language: str, names: FacetNames) -> Link:
    return language_link(language, front_page(language), names, current=False, same=False)


def _total(facts: StatusFacts) -> Total | None:
    if facts.newest is None:
        return None
    numbers: Counter[date] = Counter()
    for days in facts.days.values():
        numbers.update(days)
    first, most = facts.newest - timedelta(days=DAYS - 1), max(numbers.values(), default=0)
    said = f"{sum(numbers.values())} articles in the {DAYS} days from {first} to {facts.newest}, at most {most} a day"
    return Total(said=said, chart=day_chart(numbers, facts.newest, height=_TALL, said=said))


def _rows(facts: StatusFacts, names: FacetNames) -> list[NewsroomRow]:
    owed = Counter(item.newsroom for item in facts.attention)
    rows = []
    for name in sorted({*facts.runs, *facts.counts, *owed}):
        run, days = facts.runs.get(name), facts.days.get(name, {})
        said = f"{sum(days.values())} articles of {names.newsroom(name)} in {DAYS} days"
        rows.append(
            NewsroomRow(
                title=names.newsroom(name),
                success=_moment(facts.successes.get(name)),
                run=_moment(run.started if run is not None else None),
                ended=run.ending if run is not None else "",
                articles=facts.counts.get(name, {}).get("live", 0),
                attention=owed[name],
                chart=day_chart(days, facts.newest, height=_LOW, said=said) if facts.newest is not None else "",
            )
        )
    return rows


def _moment(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment is not None else "never"
