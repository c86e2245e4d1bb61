"""Lists: the pages of a site that name its newest articles, as HTML or as JSON that holds HTML."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from parsel import Selector, SelectorList
from scrapy.http import Response, TextResponse

from newscrawler.address import Discovered
from newscrawler.article import DatePrecision
from newscrawler.dates import at_noon
from newscrawler.errors import PageError
from newscrawler.newsroom import Newsroom, Source
from newscrawler.urls import absolute
from spiders.discovery.found import Found, each_once


def read_listing(response: Response, source: Source, newsroom: Newsroom, now: datetime, page: int) -> Found:
    """The articles on one page of a list, in its order; `page` is its number, from 1, `now` when it was fetched.

    Without `item` in the newsroom file every link that may lead to an article counts. Raises PageError when the
    answer is no text, or no JSON where JSON is expected.
    """
    selector = listed_html(response, source, newsroom)
    found = Found()
    if selector is None:
        return found
    entries = selector.css(source.item) if source.item else selector.css("a[href]")
    found.entries = len(entries)
    own = newsroom.canonical(response.url)
    headings = _day_headings(selector, source)
    for entry in entries:
        links = entry.css(source.link) if source.item else SelectorList([entry])
        for link in links:
            url = newsroom.article_address(response.url, link.attrib.get("href", ""))
            if url is not None and url != own:
                found.articles.append(_entry(url, entry, link, source, newsroom, headings, now))
                break
    found.articles = each_once(found.articles)
    found.next_url = _next_url(selector, response.url, source, newsroom, page) if found.entries else None
    return found


def listed_html(response: Response, source: Source, newsroom: Newsroom) -> Selector | None:
    """The list's HTML; None for a JSON answer that says there is no more. Raises PageError when the answer is no text,
    or no JSON where JSON is expected."""
    if not isinstance(response, TextResponse):
        raise PageError("the list is no text", url=response.url, newsroom=newsroom.name)
    if source.json_html is None:
        return response.selector
    try:
        html = json.loads(response.text)
        for key in source.json_html.split("."):
            html = html[key]
        if not isinstance(html, str):
            raise TypeError(f"it is {type(html).__name__}, no text")
    except (ValueError, KeyError, TypeError, RecursionError) as cause:
        raise PageError(
            f"the answer has no text in the JSON field {source.json_html!r}",
            url=response.url,
            newsroom=newsroom.name,
            cause=cause,
        ) from cause
    text = html.encode("utf-8", errors="replace").decode()
    return Selector(text=text, type="html") if text.strip() else None


def _entry(
    url: str,
    entry: Selector,
    link: Selector,
    source: Source,
    newsroom: Newsroom,
    headings: dict[Any, str],
    now: datetime,
) -> Discovered:
    title = _text(entry.css(source.title)) if source.title else _text(link)
    published: datetime | None = None
    precision: DatePrecision | None = None
    if source.date is not None:
        text = _text(entry.css(source.date))
        heading = headings.get(entry.root)
        line = f"{heading}, {text}" if heading else text
        moment = newsroom.read_date(line, now) if line else None
        if isinstance(moment, datetime):
            published, precision = moment, DatePrecision.MINUTE
        elif isinstance(moment, date):
            published, precision = at_noon(moment, newsroom.zone), DatePrecision.DAY
    return Discovered(url=url, headline=title or None, date_published=published, date_precision=precision)


def _day_headings(selector: Selector, source: Source) -> dict[Any, str]:
    """For each entry the nearest day heading before it in the document."""
    if source.day_heading is None or source.item is None:
        return {}
    headings = {heading.root: _text(heading) for heading in selector.css(source.day_heading)}
    entries = {entry.root for entry in selector.css(source.item)}
    found: dict[Any, str] = {}
    current: str | None = None
    for element in selector.root.iter():
        if element in headings:
            current = headings[element]
        elif element in entries and current is not None:
            found[element] = current
    return found


def _next_url(selector: Selector, base: str, source: Source, newsroom: Newsroom, page: int) -> str | None:
    if source.page_url is not None:
        return source.page_url.replace("{page}", str(source.first_page + page))
    if source.next_page is None:
        return None
    href = selector.css(source.next_page).attrib.get("href")
    url = absolute(base, href) if href else None
    return url if url is not None and url != base and newsroom.is_own(url) else None


def _text(found: Selector | SelectorList[Selector]) -> str:
    return " ".join(" ".join(found.xpath("string()").getall()).split())
