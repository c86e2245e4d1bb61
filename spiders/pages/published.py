"""When an article was published and changed, of all the dates a page gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import islice
from typing import Any

from lxml.etree import _Element

from newscrawler.article import DatePrecision
from newscrawler.dates import at_noon
from spiders.pages.article_area import ArticleArea
from spiders.pages.microdata import words_of
from spiders.pages.page import Page
from spiders.pages.visible_text import short_text_of

# Clocks differ; what claims to be later than this after the fetch was not published yet.
FUTURE_ALLOWED = timedelta(minutes=10)
_PUBLISHED_META = (
    *("article:published_time", "article:published", "og:published_time", "og:article:published_time", "datepublished"),
    *("pubdate", "publishdate", "publish_date", "publish-date", "publication_date", "dc.date.issued", "dcterms.issued"),
    *("dcterms.created", "dc.date", "date", "sailthru.date", "parsely-pub-date", "mediator_published_time"),
)
_MODIFIED_META = (
    *("article:modified_time", "article:modified", "og:updated_time", "og:modified_time", "datemodified"),
    *("last-modified", "dcterms.modified", "dc.date.modified", "lastmod"),
)
_DAY_IN_ADDRESS = re.compile(r"/(?:[^/]*?\b)?((?:19|20)\d\d)([/-]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")
_DAY_LIKE = re.compile(r"(?:19|20)\d\d|\d[./]\d")
# A date line is short, in characters.
_LONGEST_LINE = 120
_MOST_LINES = 6
_MOST_OTHERS = 3

# What the reader of the page sees.
_SEEN = ("time", "text")
_DIGIT = re.compile(r"\d")
# A time without a day is the length of a film more often than a date; year 1 is what programs write for no date.
_NO_DATE = re.compile(r"(?=.{0,8}$)(?=.*:)[\d\s:./–—-]*|[^\d:]*0{1,2}:00|000[01]-.*", re.DOTALL)

Stated = datetime | date


@dataclass(slots=True, kw_only=True)
class Dates:
    """The dates of an article, and for `published` and `modified` which evidence won; `disagreement` names the other
    evidence for the publication that tells another moment."""

    published: datetime | None = None
    precision: DatePrecision | None = None
    published_source: str | None = None
    modified: datetime | None = None
    modified_source: str | None = None
    disagreement: str | None = None


def read_dates(page: Page, area: ArticleArea) -> Dates:
    """The dates of the page's article; None where no evidence can be trusted. Never the time of the fetch.

    The rule, where several dates disagree: the first in the order of evidence (selector, JSON-LD, microdata, `meta`,
    `time`, visible text, discovery, address) that is no more than ten minutes later than the fetch; but
    - a day gives way to a moment on that day further down the order, and so does a midnight;
    - a moment that differs from the visible one by exactly the offset of the newsroom's zone is UTC under a local
      offset, or the other way round: the visible one is taken, as that is what the reader saw.
    What of the evidence looked at says otherwise is named in `disagreement`. A change counts only if it is later than
    the publication.
    """
    evidence = _DateEvidence(page, area)
    candidates: list[tuple[Stated, str]] = []
    for stated, source in evidence.published():
        if _is_future(page, stated):
            continue
        candidates.append((stated, source))
        # The rest is read only where it can still change the answer.
        if isinstance(stated, datetime) and stated.time() != time(0) and (page.newsroom is None or source in _SEEN):
            break
    dates = Dates()
    if not candidates:
        return dates
    chosen, source = candidates[0]
    shift = timedelta(0)
    if isinstance(chosen, datetime) and source not in _SEEN and page.newsroom is not None:
        seen = next((stated for stated, kind in candidates if kind in _SEEN and isinstance(stated, datetime)), None)
        if seen is not None and _is_shifted(page, chosen, seen):
            shift = seen - chosen
            chosen, source = seen, f"text ({source} is off by {abs(shift)})"
    if not isinstance(chosen, datetime) or chosen.time() == time(0):
        chosen, source = _more_precise(page, chosen, source, candidates[1:])
    if isinstance(chosen, datetime):
        dates.published, dates.precision = _local(page, chosen), DatePrecision.MINUTE
    else:
        dates.published, dates.precision = at_noon(chosen, page.zone), DatePrecision.DAY
    dates.published_source = source
    others = (f"{kind} {stated.isoformat()}" for stated, kind in candidates if not _is_same(page, stated, chosen))
    dates.disagreement = "; ".join(dict.fromkeys(islice(others, _MOST_OTHERS))) or None
    for stated, kind in evidence.modified():
        moment = _later(page, stated, dates, shift)
        if moment is not None:
            dates.modified, dates.modified_source = moment, kind
            break
    return dates


class _DateEvidence:
    """What one page states about its dates, in the order of evidence, read no further than asked for."""

    def __init__(self, page: Page, area: ArticleArea) -> None:
        self._page = page
        self._area = area
        self._known: dict[str, Stated | None] = {}

    def published(self) -> Iterator[tuple[Stated, str]]:
        """Dates of publication and what states them."""
        page = self._page
        yield from self._structured("date_published", "datePublished", _PUBLISHED_META)
        for text, source, modified in self._lines:
            if not modified and (stated := self._read(text)) is not None:
                yield stated, source
        known = page.known
        if known is not None and known.date_published is not None:
            if known.date_precision is DatePrecision.DAY:
                yield known.date_published.astimezone(page.zone).date(), "discovery"
            else:
                yield known.date_published, "discovery"
        found = _DAY_IN_ADDRESS.search(page.url.partition("?")[0])
        if found is not None and (stated := self._read(f"{found[1]}-{found[3]}-{found[4]}")) is not None:
            yield stated, "address"

    def modified(self) -> Iterator[tuple[Stated, str]]:
        """Dates of the last change and what states them."""
        yield from self._structured("date_modified", "dateModified", _MODIFIED_META)
        for text, source, modified in self._lines:
            if modified and (stated := self._read(text)) is not None:
                yield stated, source
        known = self._page.known
        if known is not None and known.date_modified is not None:
            yield known.date_modified, "discovery"

    def _structured(self, selector: str, name: str, meta: tuple[str, ...]) -> Iterator[tuple[Stated, str]]:
        for text, source in self._written(selector, name, meta):
            if isinstance(text, (str, int)) and not isinstance(text, bool):
                stated = self._read(str(text))
                if stated is not None:
                    yield stated, source

    def _written(self, selector: str, name: str, meta: tuple[str, ...]) -> Iterator[tuple[Any, str]]:
        page = self._page
        for source, texts in page.selected_texts(selector):
            for text in texts:
                yield text, source
        for value in page.articles:
            yield value.get(name), "json-ld"
        for element in page.microdata.article.elements(name):
            yield words_of(element), "microdata"
        for property_name in meta:
            if property_name in page.head.properties:
                for text in page.head.every(property_name):
                    yield text, "og" if property_name.startswith(("article", "og")) else "meta"

    @cached_property
    def _lines(self) -> list[tuple[str, str, bool]]:
        return _date_lines(self._page, self._area)

    def _read(self, text: str) -> Stated | None:
        if not text or _NO_DATE.fullmatch(text):
            return None
        if text not in self._known:
            self._known[text] = self._page.read_date(text)
        return self._known[text]


def _date_lines(page: Page, area: ArticleArea) -> list[tuple[str, str, bool]]:
    """Short texts around the headline that may be dates: `time` elements, then those named as dates, then any with a
    digit above the body; and whether each is the date of a change."""
    timed: list[tuple[str, str, bool]] = []
    named: list[tuple[str, str, bool]] = []
    others: list[tuple[str, str, bool]] = []
    # The nearer above the headline, the likelier it is the article's.
    nearest = area.before[area.above :] + area.before[: area.above][::-1]
    for elements, is_above in ((nearest, True), (area.after, False)):
        for element in elements:
            if element.tag == "time":
                text = element.get("datetime") or short_text_of(element, _LONGEST_LINE) or ""
                timed.append((text, "time", _is_modified(page, element)))
                continue
            is_named_date = area.is_named("date", element)
            if not is_named_date and not (is_above and _has_own_day(element)):
                continue
            line = short_text_of(element, _LONGEST_LINE)
            if line and _DIGIT.search(line):
                changed = bool(page.words.modified_label.search(line))
                (named if is_named_date else others).append((line, "text", changed))
    return timed[:_MOST_LINES] + named[:_MOST_LINES] + others[:_MOST_LINES]


def _has_own_day(element: _Element) -> bool:
    """Whether a text directly in the element may state a day: it has a year, or two numbers with a dot between."""
    text = element.text
    if text and _DAY_LIKE.search(text):
        return True
    for child in element if len(element) else ():
        text = child.tail
        if text and _DAY_LIKE.search(text):
            return True
    return False


def _is_modified(page: Page, element: _Element) -> bool:
    """Whether a `time` element tells of a change: by its class, or by the words before it."""
    if "updated" in (element.get("class") or "").lower() or "modified" in (element.get("itemprop") or "").lower():
        return True
    before = element.getprevious()
    parent = element.getparent()
    words = (before.tail if before is not None else parent.text if parent is not None else None) or ""
    return bool(page.words.modified_label.search(words))


def _is_future(page: Page, stated: Stated) -> bool:
    limit = page.fetched_at + FUTURE_ALLOWED
    if isinstance(stated, datetime):
        return stated > limit
    return stated > limit.astimezone(page.zone).date()


def _is_shifted(page: Page, stated: datetime, seen: datetime) -> bool:
    offset = seen.astimezone(page.zone).utcoffset() or timedelta(0)
    difference = abs(seen - stated)
    return offset != timedelta(0) and abs(difference - abs(offset)) < timedelta(minutes=1)


def _more_precise(page: Page, stated: Stated, source: str, others: list[tuple[Stated, str]]) -> tuple[Stated, str]:
    """A moment on the stated day from further down the evidence; a midnight beside a bare day is that day."""
    day = stated.astimezone(page.zone).date() if isinstance(stated, datetime) else stated
    for other, other_source in others:
        if isinstance(other, datetime) and other.astimezone(page.zone).date() == day and other.time() != time(0):
            return other, other_source
    if isinstance(stated, datetime) and any(other == day for other, _ in others if not isinstance(other, datetime)):
        return day, source
    return stated, source


def _is_same(page: Page, one: Stated, other: Stated) -> bool:
    """Whether two dates are one, as far as both tell."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return abs(one - other) < timedelta(minutes=1)
    days = (stated.astimezone(page.zone).date() if isinstance(stated, datetime) else stated for stated in (one, other))
    return next(days) == next(days)


def _later(page: Page, stated: Stated, dates: Dates, shift: timedelta) -> datetime | None:
    if dates.published is None or _is_future(page, stated):
        return None
    if not isinstance(stated, datetime):
        return at_noon(stated, page.zone) if stated > dates.published.astimezone(page.zone).date() else None
    moment = _local(page, stated + shift)
    return moment if moment > dates.published else None


def _local(page: Page, moment: datetime) -> datetime:
    """A moment told in UTC in the newsroom's own time; any other offset is kept as the page gives it."""
    return moment.astimezone(page.zone) if moment.utcoffset() == timedelta(0) else moment
