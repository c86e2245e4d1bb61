"""Newsroom: one site's definition, read from a TOML file that a person without Python can write."""

from __future__ import annotations

import hashlib
import re
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from ipaddress import IPv6Address
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, PrivateAttr, field_validator, model_validator

from newscrawler.date_words import DateWords
from newscrawler.dates import parse_date
from newscrawler.pace import Duration
from newscrawler.toml_files import StrictModel, matching
from newscrawler.urls import absolute, canonical_address, host_of, is_web_address, without_user


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _web_address(url: str) -> str:
    if not is_web_address(url):
        raise ValueError(f"{url!r} is not an absolute http or https address")
    if without_user(url) != url:
        raise ValueError("holds a user name or password, which are never sent")
    return url


_HOST = re.compile(r"\w[\w.-]*")
NAME = r"[a-z][a-z0-9_]*"
NAME_IN_WORDS = "small Latin letters, digits and _, a letter first"

Texts = Annotated[tuple[str, ...], BeforeValidator(_as_list)]
"""One text, or a list of them in order of preference."""


# In characters. Longer ones are no articles', and PostgreSQL cannot keep them apart by an index.
_LONGEST_ADDRESS = 2000


def _is_host(host: str) -> bool:
    if ":" not in host:
        return _HOST.fullmatch(host) is not None
    try:
        IPv6Address(host)
    except ValueError:
        return False
    return True


class SourceKind(StrEnum):
    """What a source of article addresses is."""

    LISTING = "listing"
    FEED = "feed"
    SITEMAP = "sitemap"


class Source(StrictModel):
    """A place that tells which articles there are.

    The selectors say how to read a listing: `item` one entry, and inside it `link`, `date`, `title`;
    `day_heading` an element that stands before the entries of one day and carries their date;
    `next_page` the link to the next page, or `page_url` its address with `{page}`; `url` is page `first_page`.
    `json_html` names the field of a JSON answer that holds the listing's HTML.
    """

    kind: SourceKind
    url: str
    item: str | None = None
    link: str = "a"
    date: str | None = None
    title: str | None = None
    day_heading: str | None = None
    next_page: str | None = None
    page_url: str | None = None
    first_page: int = Field(default=1, ge=0)
    json_html: str | None = None
    max_pages: int = Field(default=20, ge=1, le=10_000)

    @field_validator("url")
    @classmethod
    def _absolute(cls, url: str) -> str:
        return _web_address(url)

    @model_validator(mode="after")
    def _listing_keys(self) -> Source:
        if self.page_url is not None and "{page}" not in self.page_url:
            raise ValueError("page_url must hold {page}")
        if self.page_url is not None and self.next_page is not None:
            raise ValueError("give next_page or page_url, not both")
        if self.day_heading is not None and self.item is None:
            raise ValueError("day_heading needs item")
        return self


class ArticleAddresses(StrictModel):
    """Regular expressions over `path?query`: an address is an article's when one of `include` and none of `exclude`
    is found in it."""

    include: Texts = ()
    exclude: Texts = ()

    @field_validator("include", "exclude")
    @classmethod
    def _compile(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in patterns:
            try:
                re.compile(pattern)
            except re.error as cause:
                raise ValueError(f"{pattern!r} is no regular expression: {cause}") from cause
        return patterns


class Selectors(StrictModel):
    """CSS selectors a field of an article, tried in order before any other evidence; `remove` is cut out first."""

    headline: Texts = ()
    description: Texts = ()
    body: Texts = ()
    remove: Texts = ()
    authors: Texts = ()
    date_published: Texts = ()
    date_modified: Texts = ()
    section: Texts = ()
    keywords: Texts = ()
    image: Texts = ()
    image_caption: Texts = ()
    image_credit: Texts = ()

    @field_validator("*")
    @classmethod
    def _parse(cls, selectors: tuple[str, ...]) -> tuple[str, ...]:
        from parsel import Selector

        probe = Selector(text="<p></p>")
        for selector in selectors:
            try:
                probe.css(selector)
            except Exception as cause:
                raise ValueError(f"{selector!r} is no CSS selector: {cause}") from cause
        return selectors


class Wording(StrictModel):
    """Phrases of this newsroom: labels before a photo credit, words of an attribution tail, repeated boilerplate."""

    credit_labels: Texts = ()
    attributions: Texts = ()
    boilerplate: Texts = ()
    site_names: Texts = ()


class Meaning(StrictModel):
    """What a section's name or the beginning of an address says about its articles."""

    topic: str | None = None
    region: str | None = None
    scope: Literal["regional", "national", "world"] | None = None


class Newsroom(StrictModel):
    """One site: who it is, where its articles are listed, how its pages are read; `hosts` are written as in DNS.

    `max_requests`, `min_interval`, `max_interval` and `revisit` stand for those of the operator's configuration. Of one
    that is `expected_broken` nothing is published.
    """

    name: Annotated[str, matching(NAME, NAME_IN_WORDS)]
    title: str
    site: str
    hosts: Texts
    languages: Texts
    time_zone: str = "Asia/Almaty"
    verified: bool = False
    expected_broken: bool = False
    evidence: str = ""
    content: Literal["full", "excerpt", "headline"] = "excerpt"
    delay: float = Field(default=1.0, ge=0, le=600)
    max_requests: int | None = Field(default=None, ge=1, le=1_000_000)
    min_interval: Duration | None = None
    max_interval: Duration | None = None
    revisit: tuple[Duration, ...] | None = None
    sources: tuple[Source, ...] = ()
    articles: ArticleAddresses = ArticleAddresses()
    selectors: Selectors = Selectors()
    wording: Wording = Wording()
    sections: dict[str, Meaning] = Field(default_factory=dict)
    addresses: dict[str, Meaning] = Field(default_factory=dict)
    _date_words: DateWords | None = PrivateAttr(default=None)

    @field_validator("site")
    @classmethod
    def _site_address(cls, site: str) -> str:
        return _web_address(site)

    @field_validator("hosts")
    @classmethod
    def _some_host(cls, hosts: tuple[str, ...]) -> tuple[str, ...]:
        if not hosts or any(not _is_host(host) or host != host.lower() for host in hosts):
            raise ValueError("needs at least one bare host name in lower case")
        return tuple(host_of(f"//[{host}]" if ":" in host else f"//{host}") for host in hosts)

    @field_validator("languages")
    @classmethod
    def _some_language(cls, languages: tuple[str, ...]) -> tuple[str, ...]:
        if not languages:
            raise ValueError("needs at least one language code")
        return languages

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (KeyError, ValueError, OSError) as cause:
            raise ValueError(f"{zone!r} is not the name of a time zone (such as Asia/Almaty)") from cause
        return zone

    @model_validator(mode="after")
    def _own_hosts(self) -> Newsroom:
        strangers = [source.url for source in self.sources if not self.is_own(source.url)]
        if not self.is_own(self.site):
            strangers.insert(0, self.site)
        if strangers:
            raise ValueError(f"{strangers[0]} is on none of the newsroom's hosts ({', '.join(self.hosts)})")
        return self

    def read_date(self, text: str, now: datetime) -> datetime | date | None:
        """The moment or day that a date line of the newsroom states, see `newscrawler.dates.parse_date`."""
        return parse_date(text, now, self.zone, self._date_words)

    def with_date_words(self, words: DateWords) -> Newsroom:
        """The same newsroom, its dates read with `words`."""
        changed = self.model_copy()
        changed._date_words = words
        return changed

    @cached_property
    def zone(self) -> ZoneInfo:
        """The newsroom's time zone."""
        return ZoneInfo(self.time_zone)

    @property
    def digest(self) -> str:
        """Another one whenever the newsroom's file says something else."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    @cached_property
    def _include(self) -> list[re.Pattern[str]]:
        return [re.compile(pattern) for pattern in self.articles.include]

    @cached_property
    def _exclude(self) -> list[re.Pattern[str]]:
        return [re.compile(pattern) for pattern in self.articles.exclude]

    def is_own(self, url: str) -> bool:
        """Whether `url` is on one of the newsroom's hosts."""
        return host_of(url) in self.hosts

    def canonical(self, url: str) -> str:
        """The canonical form of `url`, its host and scheme those of the newsroom's site where it is one of its hosts.

        Raises ValueError when `url` is no web address.
        """
        return canonical_address(url, self.hosts, urlsplit(self.site).scheme)

    def article_address(self, base: str, link: str) -> str | None:
        """The canonical address of the article to which `link`, as it stands in a document at `base`, leads; None when
        it leads to none of this newsroom's."""
        url = absolute(base, link)
        if url is None:
            return None
        try:
            url = self.canonical(url)
        except ValueError:
            return None
        return url if self.is_article_address(url) else None

    def is_article_address(self, url: str) -> bool:
        """Whether `url` may be an article of this newsroom, going by host and address patterns alone."""
        if not self.is_own(url) or len(url) > _LONGEST_ADDRESS:
            return False
        parts = urlsplit(url)
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        if any(pattern.search(target) for pattern in self._exclude):
            return False
        return not self._include or any(pattern.search(target) for pattern in self._include)
