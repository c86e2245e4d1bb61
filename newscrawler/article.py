"""Article: one news article, in the terms of schema.org/NewsArticle, as it goes from page to store to feed."""

from __future__ import annotations

import dataclasses
import hashlib
from base64 import b32encode
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class DatePrecision(StrEnum):
    """How much of `date_published` the newsroom really said."""

    MINUTE = "minute"
    DAY = "day"


class Scope(StrEnum):
    """How far an article reaches: some regions of Kazakhstan, the whole country, or the world outside."""

    REGIONAL = "regional"
    NATIONAL = "national"
    WORLD = "world"


class Relation(StrEnum):
    """What ties an article to the article that leads its story."""

    SAME_TEXT = "same-text"
    NEAR_TEXT = "near-text"
    OTHER_SCRIPT = "other-script"
    TRANSLATION = "translation"


class Where(StrEnum):
    """The part of an article in which evidence for a tag stood."""

    HEADLINE = "headline"
    LEAD = "lead"
    BODY = "body"
    SECTION = "section"
    ADDRESS = "address"


@dataclass(slots=True, kw_only=True)
class Image:
    """A picture of an article; `url` is absolute; `width` and `height` in pixels, `length` in bytes and `media_type`,
    such as `image/jpeg`, are there where the page says them."""

    url: str
    caption: str | None = None
    credit: str | None = None
    width: int | None = None
    height: int | None = None
    length: int | None = None
    media_type: str | None = None


@dataclass(slots=True, kw_only=True)
class Evidence:
    """Words that led to a tag, as they stand in the text, and where."""

    words: str
    where: Where


@dataclass(slots=True, kw_only=True)
class Tag:
    """A region (ISO 3166-2 code) or topic (slug), how strongly the text speaks for it, and the evidence."""

    code: str
    score: float
    evidence: list[Evidence] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Alternate:
    """The same article in another language or script, or as AMP, as the page itself says; `hreflang` is as written."""

    url: str
    hreflang: str | None = None
    kind: str = "language"


@dataclass(slots=True, kw_only=True)
class Article:
    """One article.

    `body` is plain text, a paragraph an item, in order; `body_html` the same as safe HTML (no scripts, styles, event
    handlers; absolute addresses). `addresses` are those under which it was found this time. Dates carry the
    newsroom's offset at that moment; with `DatePrecision.DAY` the time is 12:00 by agreement, not by report.
    `sources` says for each field which evidence won. `story` is the id of the article that leads the story (its own
    id where it leads itself), `relation` what ties it to that one.
    """

    id: str
    url: str
    canonical_url: str
    newsroom: str
    headline: str
    fetched_at: datetime
    language: str = "und"
    script: str = "Zyyy"
    alternative_headline: str | None = None
    description: str | None = None
    body: list[str] = field(default_factory=list)
    body_html: str = ""
    images: list[Image] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    credited_to: str | None = None
    date_published: datetime | None = None
    date_precision: DatePrecision | None = None
    date_modified: datetime | None = None
    date_source: str | None = None
    section: str | None = None
    keywords: list[str] = field(default_factory=list)
    regions: list[Tag] = field(default_factory=list)
    topics: list[Tag] = field(default_factory=list)
    scope: Scope | None = None
    alternates: list[Alternate] = field(default_factory=list)
    first_seen: datetime | None = None
    addresses: list[str] = field(default_factory=list)
    story: str | None = None
    relation: Relation | None = None
    sources: dict[str, str] = field(default_factory=dict)


def mint_article_id(newsroom: str, canonical_url: str) -> str:
    """The id of an article first seen under `canonical_url`: 16 lower-case letters and digits (80 bits of SHA-256).

    The same two arguments give the same id on every machine and in a rebuilt store. The id never changes afterwards,
    whatever becomes of the address; the store keeps it.
    """
    digest = hashlib.sha256(f"{newsroom}\n{canonical_url}".encode()).digest()
    return b32encode(digest[:10]).decode().lower()


def article_to_dict(article: Article) -> dict[str, Any]:
    """`article` as values that JSON knows: datetimes as ISO 8601 with offset, enumerations as their values."""
    return {name: _plain(getattr(article, name)) for name in _FIELDS}


def article_from_dict(values: dict[str, Any]) -> Article:
    """The article that `article_to_dict` gave `values` for; keys of a newer version are ignored."""
    known = {name: values[name] for name in _FIELDS if name in values}
    for name in ("fetched_at", "date_published", "date_modified", "first_seen"):
        if known.get(name):
            known[name] = datetime.fromisoformat(known[name])
    for name, kind in (("date_precision", DatePrecision), ("scope", Scope), ("relation", Relation)):
        if known.get(name):
            known[name] = kind(known[name])
    known["images"] = [Image(**_known_to(Image, image)) for image in known.get("images", [])]
    known["alternates"] = [Alternate(**_known_to(Alternate, alternate)) for alternate in known.get("alternates", [])]
    for name in ("regions", "topics"):
        known[name] = [_tag_from_dict(tag) for tag in known.get(name, [])]
    return Article(**known)


_FIELDS = tuple(f.name for f in dataclasses.fields(Article))


def _known_to(kind: type[Image | Alternate], values: dict[str, Any]) -> dict[str, Any]:
    return {f.name: values[f.name] for f in dataclasses.fields(kind) if f.name in values}


def _tag_from_dict(values: dict[str, Any]) -> Tag:
    evidence = [Evidence(words=item["words"], where=Where(item["where"])) for item in values["evidence"]]
    return Tag(code=values["code"], score=values["score"], evidence=evidence)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    return dict(value) if isinstance(value, dict) else value
