"""How a list is read: the selectors of a [[sources]] table, found on the page and tried on it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from lxml.etree import _Element
from parsel import Selector
from scrapy.http import TextResponse

from newscrawler.newsroom import Newsroom, Source, SourceKind
from spiders.discovery.listing import read_listing
from spiders.drafting.page_links import PageLink
from spiders.drafting.selectors import own_selectors, selectors_for
from spiders.pages.visible_text import text_of

# A selector is worth writing when it holds for so many of a list's entries.
_MOST_OF = 0.8
_LEAST_ENTRIES = 3
# In characters: what states a date and nothing else is short.
_LONGEST_DATE = 40
_BARE_TIME = re.compile(r"\D{0,3}\d{1,2}[:.]\d\d\D{0,3}")


@dataclass(slots=True, frozen=True)
class ListReading:
    """Selectors for a list, and what they give on its first page: how many articles, how many of them dated."""

    item: str | None = None
    date: str | None = None
    day_heading: str | None = None
    articles: int = 0
    dated: int = 0


def find_list_reading(response: TextResponse, links: list[PageLink], newsroom: Newsroom, now: datetime) -> ListReading:
    """Selectors for the entries of the list in `response`, whose `links` lead to the articles of `newsroom` and
    elsewhere; `now` is when it was fetched. Only such as give all that the whole page gives outside its margins.
    """
    found: dict[str, PageLink] = {}
    for link in links:
        if newsroom.is_article_address(link.url) and not link.in_furniture and not link.in_aside:
            found.setdefault(link.url, link)
    plain = ListReading(articles=len(found))
    entries = _entries([link for link in links if link.url in found], found)
    if len(entries) < _LEAST_ENTRIES:
        return plain
    item = _common(entries, response, of=len(found))
    if item is None or all(entry.tag == "a" for entry in entries):
        return plain
    shown = [element.root for element in response.css(item)]
    dates, heading = _dates(shown, now, newsroom), None
    if dates is not None and _are_bare_times(shown, dates):
        heading = _day_heading(response, shown, now, newsroom)
        dates = dates if heading is not None else None
    source = Source(
        kind=SourceKind.LISTING, url=response.url, item=item, date=dates, day_heading=heading if dates else None
    )
    read = read_listing(response, source, newsroom, now, 1).articles
    if len(read) < _MOST_OF * len(found):
        return plain
    dated = sum(entry.date_published is not None for entry in read)
    return ListReading(item, dates, heading, len(read), dated)


def _entries(links: list[PageLink], found: dict[str, PageLink]) -> list[_Element]:
    """For each article the largest element around its link that leads to no other article."""
    holders: dict[_Element, set[str]] = {}
    for link in links:
        for step in (link.element, *link.element.iterancestors()):
            holders.setdefault(step, set()).add(link.url)
    entries: dict[_Element, None] = {}
    for link in found.values():
        entry = link.element
        for step in link.element.iterancestors():
            if holders[step] != {link.url} or step.tag in ("body", "html"):
                break
            entry = step
        entries[entry] = None
    return list(entries)


def _entry_selectors(element: _Element) -> Iterator[str]:
    parent = element.getparent()
    yield from (selector for selector in own_selectors(element) if not selector.startswith(("#", "[")))
    if parent is not None:
        yield from (f"{selector} > {element.tag}" for selector in own_selectors(parent))


def _common(elements: list[_Element], response: TextResponse, of: int) -> str | None:
    """The selector that most of `elements` have in common, where it finds nearly all of them and little else."""
    counts: Counter[str] = Counter()
    for element in elements:
        counts.update(list(dict.fromkeys(_entry_selectors(element))))
    wanted = set(elements)
    for selector, count in sorted(counts.items(), key=lambda pair: (-pair[1], len(pair[0]))):
        if count < _MOST_OF * of:
            return None
        matched = [element.root for element in response.css(selector)]
        # Advertisements look like entries; elements within entries do not count for them.
        if sum(element in wanted for element in matched) >= _MOST_OF * of and len(matched) <= 2 * len(wanted):
            return selector
    return None


def _dates(entries: list[_Element], now: datetime, newsroom: Newsroom) -> str | None:
    """A selector within an entry that states its date, in most entries, once in each."""
    counts: Counter[str] = Counter()
    for entry in entries:
        selectors = (selector for element in _dated(entry, now, newsroom) for selector in own_selectors(element))
        counts.update(list(dict.fromkeys(selectors)))
    if not counts:
        return None
    selector, count = min(counts.items(), key=lambda pair: (-pair[1], len(pair[0])))
    return selector if count >= _MOST_OF * len(entries) else None


def _dated(entry: _Element, now: datetime, newsroom: Newsroom) -> Iterator[_Element]:
    for element in entry.iterdescendants():
        if isinstance(element.tag, str) and element.tag != "a" and next(element.iter("a"), None) is None:
            text = text_of(element)
            if text and len(text) <= _LONGEST_DATE and newsroom.read_date(text, now) is not None:
                yield element


def _are_bare_times(entries: list[_Element], selector: str) -> bool:
    texts = [text for entry in entries for found in Selector(root=entry).css(selector) if (text := text_of(found.root))]
    return bool(texts) and all(_BARE_TIME.fullmatch(text) for text in texts)


def _day_heading(response: TextResponse, entries: list[_Element], now: datetime, newsroom: Newsroom) -> str | None:
    """A selector for the elements outside the entries that state a day, the first of them before the first entry."""
    inside = {step for entry in entries for step in entry.iter()}
    around = {step for entry in entries for step in entry.iterancestors()}
    counts: Counter[str] = Counter()
    for element in response.selector.root.iter():
        if element in inside or element in around or not isinstance(element.tag, str):
            continue
        text = text_of(element) if len(element) < 3 else ""
        if text and len(text) <= _LONGEST_DATE:
            stated = newsroom.read_date(text, now)
            if isinstance(stated, date) and not isinstance(stated, datetime):
                counts.update(list(dict.fromkeys(selectors_for(element))))
    for selector, _ in sorted(counts.items(), key=lambda pair: (-pair[1], len(pair[0]))):
        matched = [found.root for found in response.css(selector)]
        if not any(element in inside for element in matched) and _comes_first(response, matched, entries):
            return selector
    return None


def _comes_first(response: TextResponse, headings: list[_Element], entries: list[_Element]) -> bool:
    wanted = {*headings, *entries}
    return next((element for element in response.selector.root.iter() if element in wanted), None) in headings
