"""Leads: where a page says that feeds, lists and the site's other languages are."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from protego import Protego
from scrapy.http import TextResponse

from newscrawler.urls import absolute, host_of
from spiders.drafting.page_links import PageLink
from spiders.drafting.signs import load_signs
from spiders.drafting.site import Site

_FEED_TYPES = ("application/rss+xml", "application/atom+xml")
_WORD = re.compile(r"[a-z]+")
_LEAST_SCORE = 2


def named_feeds(response: TextResponse, links: list[PageLink], site: Site) -> list[str]:
    """The feeds that a page names in `link rel=alternate`, then those its links lead to; none of comments."""
    found: dict[str, None] = {}
    for kind in _FEED_TYPES:
        for element in response.css(f'link[rel~="alternate"][type="{kind}"]'):
            url = absolute(response.url, element.attrib.get("href", ""))
            if url is not None and site.owns(url) and not _is_other_feed(url):
                found[url] = None
    signs = load_signs().feeds
    for link in links:
        words = set(_WORD.findall(urlsplit(link.url).path.lower()))
        if words.intersection(signs.words) and not _is_other_feed(link.url):
            found.setdefault(link.url)
    return list(found)


def _is_other_feed(url: str) -> bool:
    return bool(set(_WORD.findall(urlsplit(url).path.lower())).intersection(load_signs().feeds.others))


def named_sitemaps(robots_text: str, site: Site) -> list[str]:
    """The sitemaps of this site that its robots.txt names."""
    return [url for url in dict.fromkeys(Protego.parse(robots_text).sitemaps) if site.owns(url)]


def other_languages(response: TextResponse, links: list[PageLink], site: Site) -> dict[str, str]:
    """The home pages in other languages that a page leads to, by address, with the language that the link names."""
    signs = load_signs()
    found: dict[str, str] = {}
    own = site.canonical(response.url, response.url)
    for element in response.css('link[rel~="alternate"][hreflang]'):
        url = site.canonical(response.url, element.attrib.get("href", ""))
        language = signs.language_of_label(element.attrib["hreflang"].partition("-")[0])
        if url is not None and url != own and language is not None and _is_home(url):
            found.setdefault(url, language)
    for link in links:
        if _is_home(link.url):
            language = signs.language_of_name(link.text) or language_of_address(link.url, site)
            if language is not None:
                found.setdefault(link.url, language)
    return found


def language_of_address(url: str, site: Site) -> str | None:
    """The language that the host of `url`, or the first folder of its path, names."""
    signs = load_signs()
    host = host_of(url).removeprefix("www.")
    if host != site.domain and (language := signs.language_of_label(host.partition(".")[0])):
        return language
    first = urlsplit(url).path.strip("/").partition("/")[0]
    return signs.language_of_label(first) if first else None


def _is_home(url: str) -> bool:
    parts = urlsplit(url)
    path = parts.path.strip("/")
    return not parts.query and (not path or load_signs().language_of_label(path) is not None)


def list_candidates(links: list[PageLink]) -> list[str]:
    """The pages that a page's links seem to lead to for a list of all news, the likeliest first: by the text of the
    link, by its address, and by how many of the page's headlines stand below it."""
    signs = load_signs().lists
    texts = {text.casefold() for text in signs.texts}
    headlines = [urlsplit(link.url) for link in links if link.is_headline]
    scores: dict[str, float] = {}
    for link in links:
        parts = urlsplit(link.url)
        path = parts.path.rstrip("/")
        if link.is_headline or not path or _is_home(link.url):
            continue
        below = sum(headline.netloc == parts.netloc and headline.path.startswith(f"{path}/") for headline in headlines)
        score = 2.0 * (link.text.strip(" .…»›→").casefold() in texts) + 2 * (
            path.rpartition("/")[2].lower() in signs.segments
        )
        score += min(below, 4) / 2
        if score >= _LEAST_SCORE:
            scores[link.url] = max(score, scores.get(link.url, 0))
    return sorted(scores, key=lambda url: (-scores[url], len(url)))
