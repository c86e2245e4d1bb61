"""Address: a page that may hold an article, what is known of it before it is fetched, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from newscrawler.article import DatePrecision


class AddressState(StrEnum):
    """What became of an address.

    PENDING is due, now or at its next try. DONE gave an article. GONE answered 410. MISSING answered 404. REJECTED was
    read and is no article, or one that a step refused. PARKED failed in as many runs as it is given.
    """

    PENDING = "pending"
    DONE = "done"
    GONE = "gone"
    MISSING = "missing"
    REJECTED = "rejected"
    PARKED = "parked"


@dataclass(slots=True, kw_only=True, frozen=True)
class Discovered:
    """An article's address as a list, feed or sitemap gives it; dates carry an offset, `headline` is plain text."""

    url: str
    headline: str | None = None
    language: str | None = None
    date_published: datetime | None = None
    date_precision: DatePrecision | None = None
    date_modified: datetime | None = None

    def to_dict(self) -> dict[str, Any]:
        """The values as JSON knows them, without the address; None for what is unknown."""
        return {
            "headline": self.headline,
            "language": self.language,
            "date_published": self.date_published and self.date_published.isoformat(),
            "date_precision": self.date_precision and self.date_precision.value,
            "date_modified": self.date_modified and self.date_modified.isoformat(),
        }

    @classmethod
    def from_dict(cls, url: str, values: dict[str, Any]) -> Discovered:
        """What `to_dict` gave `values` for."""
        published, modified = values.get("date_published"), values.get("date_modified")
        return cls(
            url=url,
            headline=values.get("headline"),
            language=values.get("language"),
            date_published=datetime.fromisoformat(published) if published else None,
            date_precision=DatePrecision(values["date_precision"]) if values.get("date_precision") else None,
            date_modified=datetime.fromisoformat(modified) if modified else None,
        )


@dataclass(slots=True, kw_only=True, frozen=True)
class Address:
    """One row of the table of addresses, as it is handed out to be fetched: DONE is one whose article is looked at
    again. `etag` and `last_modified` are the validators of the page's last answer (RFC 9110)."""

    id: int
    newsroom: str
    url: str
    state: AddressState
    tries: int
    known: Discovered
    article_id: str | None = None
    last_fetched: datetime | None = None
    left_without_outcome: bool = False
    etag: str | None = None
    last_modified: str | None = None


@dataclass(slots=True, kw_only=True, frozen=True)
class Visit:
    """How a page answered that gave an article: the address it answered under, and the validators of the answer."""

    url: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(slots=True, kw_only=True, frozen=True)
class Outcome:
    """What became of a page that gave no article; `reason` is a short stable phrase that is counted and shown.

    With `retry` the address stays pending (or is parked after its last try); `of_host` says that the fault is the
    site's, not the page's, which uses up no try as long as no page of the site answers. Else `state` holds, with
    `recheck` after the page has been looked at again a few times in the next hours.
    """

    state: AddressState
    reason: str
    retry: bool = False
    next_try: datetime | None = None
    of_host: bool = False
    recheck: bool = False
