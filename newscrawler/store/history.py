"""History: how the articles of a newsroom usually look, run by run, so that a run that looks otherwise is noticed."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import dropwhile, pairwise
from typing import Any, Self

from sqlalchemy import Connection, delete, insert, select

from newscrawler.article import Article, DatePrecision, Relation
from newscrawler.folding import folded_words
from newscrawler.store.tables import histories

FIELDS = ("headline", "date", "body", "lead", "author", "image", "section")
"""The fields whose coverage is kept."""
ARTICLES, REFUSED, FOLLOWING = "articles", "refused", "following"
"""What a profile counts besides fields and what articles share: articles, pages that should have been one and were
refused, and articles that follow another as a copy of its text."""

FEWEST = 20
"""So many articles make a history. Of a fault that none of them has, the true share is below one in seven with a
certainty of 19 in 20 (the rule of three: 3 / 20)."""

# What a newsroom looks like changes slowly: older articles than these say little of the next.
_MOST_ARTICLES = 200
_MOST_RUNS = 200
_MOST_RECENT = 3
_LATEST = 10
_DISPENSABLE = ("lead", "author", "image", "section")
# A run after a weekend finds articles of these days.
_OF_LATE = timedelta(days=4)
_COPIES = (Relation.SAME_TEXT, Relation.NEAR_TEXT)
_FEWEST_GAPS = 10
_TIMES_LONGEST_GAP = 3
_SHORTEST_SILENCE = timedelta(days=2)


@dataclass(slots=True, kw_only=True, frozen=True)
class Look:
    """What an article looks like from outside: which of FIELDS it has, its body's `length` in characters, and digests
    of what articles must not share. `date` is the minute in which it was published, or the day where more is not known
    and it is no day of late, on which articles of one run may well be of one day."""

    url: str
    fields: frozenset[str]
    length: int
    language: str
    following: bool
    headline: str
    text: str
    date: str | None

    @property
    def size(self) -> int:
        """The size class of the body: each is twice the one below it, 0 for no body."""
        return self.length.bit_length()


@dataclass(slots=True, kw_only=True)
class Profile:
    """How many articles there are, and how many of them have what; profiles of several runs can be added up.

    `counts` has the keys ARTICLES, REFUSED and FOLLOWING, the FIELDS, and `same headline`, `same text` and `same date`
    for articles that shared these with most of their run. `recent` are headline, text and date of the last few.
    """

    counts: Counter[str] = field(default_factory=Counter)
    sizes: Counter[int] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    recent: list[tuple[str, str, str | None]] = field(default_factory=list)

    @classmethod
    def of(cls, looks: Iterable[Look], *, refused: int = 0, shared: Counter[str] | None = None) -> Self:
        """The profile of articles that look so, `shared` of which are the same, and of pages that were refused."""
        told = list(looks)
        profile = cls(counts=Counter({ARTICLES: len(told), REFUSED: refused}))
        for look in told:
            profile.counts.update(look.fields)
            profile.counts[FOLLOWING] += look.following
            profile.sizes[look.size] += 1
            profile.languages[look.language] += 1
        profile.counts.update(shared or {})
        profile.recent = [(look.headline, look.text, look.date) for look in told[-_MOST_RECENT:]]
        return profile

    def add(self, older: Profile) -> None:
        """Adds what an older run counted."""
        self.counts.update(older.counts)
        self.sizes.update(older.sizes)
        self.languages.update(older.languages)
        self.recent = [*older.recent, *self.recent][-_MOST_RECENT:]

    @property
    def articles(self) -> int:
        """How many articles there are."""
        return self.counts[ARTICLES]

    def to_dict(self) -> dict[str, Any]:
        """The values as JSON knows them."""
        return {
            "counts": {name: number for name, number in self.counts.items() if number},
            "sizes": {str(size): number for size, number in self.sizes.items()},
            "languages": dict(self.languages),
            "recent": [list(shared) for shared in self.recent],
        }

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        """What `to_dict` gave `values` for."""
        return cls(
            counts=Counter(values["counts"]),
            sizes=Counter({int(size): number for size, number in values["sizes"].items()}),
            languages=Counter(values["languages"]),
            recent=[(headline, text, date) for headline, text, date in values["recent"]],
        )


@dataclass(slots=True, kw_only=True, frozen=True)
class Silence:
    """A newsroom has brought no article since `since`, while it never was silent for longer than `longest` before."""

    since: datetime
    longest: timedelta


@dataclass(slots=True, kw_only=True, frozen=True)
class Fading:
    """A field that `having` of the last `of` articles of a newsroom have, and `having_before` of those before."""

    newsroom: str
    field: str
    having: int
    of: int
    having_before: int
    of_before: int


def look_of(article: Article) -> Look:
    """What `article` looks like."""
    length = sum(map(len, article.body))
    present = {
        "headline": article.headline,
        "date": article.date_published,
        "body": length,
        "lead": article.description,
        "author": article.authors,
        "image": article.images,
        "section": article.section,
    }
    return Look(
        url=article.url,
        fields=frozenset(name for name in FIELDS if present[name]),
        length=length,
        language=article.language,
        following=article.relation in _COPIES,
        headline=_digest(article.headline),
        text=_digest(" ".join(article.body)) if length else "",
        date=_telling_date(article),
    )


def keep_profile(
    connection: Connection, newsroom: str, profile: Profile, *, run: int, now: datetime, restarts: bool = False
) -> None:
    """Keeps what a run that ended at the moment `now` let through; with `restarts` the history begins anew with it. All
    but the last 200 rows of the newsroom are forgotten."""
    values = {"newsroom": newsroom, "run": run, "ended": now, "articles": profile.articles, "restarts": restarts}
    connection.execute(insert(histories).values(**values, profile=profile.to_dict()))
    own = histories.c.newsroom == newsroom
    older = select(histories.c.id).where(own).order_by(histories.c.id.desc()).offset(_MOST_RUNS).limit(1)
    connection.execute(delete(histories).where(own, histories.c.id <= older.scalar_subquery()))


def read_history(connection: Connection, newsroom: str) -> Profile:
    """What the last runs of a newsroom that let articles through have in common, about 200 articles of them, and no
    further back than a person last let held articles through; without the runs since that gave none."""
    history = Profile()
    own = histories.c.newsroom == newsroom
    query = select(histories).where(own).order_by(histories.c.id.desc()).limit(_MOST_RUNS)
    for row in dropwhile(lambda row: not row.articles, connection.execute(query)):
        history.add(Profile.from_dict(row.profile))
        if row.restarts or history.articles >= _MOST_ARTICLES:
            break
    return history


def refused_since_articles(connection: Connection, newsroom: str) -> int:
    """How many pages were refused in the runs since the last that let an article through."""
    own = histories.c.newsroom == newsroom
    query = select(histories.c.profile, histories.c.articles).where(own).order_by(histories.c.id.desc())
    refused = 0
    for row in connection.execute(query.limit(_MOST_RUNS)):
        if row.articles:
            break
        refused += row.profile["counts"].get(REFUSED, 0)
    return refused


def let_through_since(connection: Connection, newsroom: str, run: int) -> int:
    """How many articles the runs after `run` let through."""
    later = histories.c.newsroom == newsroom, histories.c.run > run
    return sum(connection.execute(select(histories.c.articles).where(*later)).scalars())


def fading_fields(connection: Connection) -> list[Fading]:
    """The leads, authors, images and sections that fewer than a quarter of a newsroom's last ten articles have, while
    three quarters of those before had one, by newsroom: what feeds can be without, but not unnoticed."""
    found: list[Fading] = []
    for newsroom in connection.execute(
        select(histories.c.newsroom).distinct().order_by(histories.c.newsroom)
    ).scalars():
        latest, before = Profile(), Profile()
        own = histories.c.newsroom == newsroom
        query = select(histories.c.profile).where(own).order_by(histories.c.id.desc()).limit(_MOST_RUNS)
        for row in connection.execute(query):
            (latest if latest.articles < _LATEST else before).add(Profile.from_dict(row.profile))
        if latest.articles < _LATEST or before.articles < FEWEST:
            continue
        found += [
            Fading(
                newsroom=newsroom,
                field=name,
                having=latest.counts[name],
                of=latest.articles,
                having_before=before.counts[name],
                of_before=before.articles,
            )
            for name in _DISPENSABLE
            if latest.counts[name] < latest.articles / 4 and before.counts[name] > before.articles * 3 / 4
        ]
    return found


def silence_of(connection: Connection, newsroom: str, now: datetime) -> Silence | None:
    """That the newsroom has been silent three times as long as ever in its last 200 runs that brought articles, and for
    two days at least; None where it has not, or where there are fewer than ten such gaps to go by.

    So nights, weekends and holidays that were once seen are no silence.
    """
    brought = histories.c.newsroom == newsroom, histories.c.articles > 0
    query = select(histories.c.ended).where(*brought).order_by(histories.c.id.desc()).limit(_MOST_RUNS)
    moments = list(connection.execute(query).scalars())
    gaps = [later - earlier for later, earlier in pairwise(moments)]
    if len(gaps) < _FEWEST_GAPS:
        return None
    longest = max(gaps)
    if now - moments[0] <= max(_TIMES_LONGEST_GAP * longest, _SHORTEST_SILENCE):
        return None
    return Silence(since=moments[0], longest=longest)


def _telling_date(article: Article) -> str | None:
    published = article.date_published
    if published is None:
        return None
    if article.date_precision is DatePrecision.DAY:
        return published.date().isoformat() if article.fetched_at - published > _OF_LATE else None
    return published.isoformat(timespec="minutes")


def _digest(text: str) -> str:
    return hashlib.sha256(" ".join(folded_words(text)).encode()).hexdigest()[:16]
