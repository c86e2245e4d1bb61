"""Exploration: from a home page, or from saved pages, to what is known of a site."""

from __future__ import annotations

import logging
from collections import Counter
from urllib.parse import urlsplit

from scrapy.http import HtmlResponse, Response

from newscrawler.address import Discovered
from newscrawler.errors import NewscrawlerError, PageError
from newscrawler.languages import language_of
from spiders.drafting.findings import Findings, SeenPage
from spiders.drafting.leads import language_of_address, list_candidates, named_feeds, named_sitemaps, other_languages
from spiders.drafting.page_kind import claims_article, holds_article, text_length
from spiders.drafting.page_links import headline_links, page_links
from spiders.drafting.paging import html_in_json, more_addresses, without_page_number
from spiders.drafting.site import Site
from spiders.drafting.site_pages import SitePages
from spiders.drafting.source_reading import name_feeds, note_feed, note_sitemap, read_feeds, read_sitemaps

logger = logging.getLogger(__name__)

# How many requests each part may take of those a draft has; what is left is for articles.
_OTHER_HOMES = 2
_FEEDS = 2
_SITEMAPS = 5
_LISTS = 2
# More saved pages than these tell nothing new.
_MOST_SAVED = 400
_LEAST_HEADLINES = 3


async def explore(pages: SitePages, site: Site) -> Findings:
    """What the pages of a live site say, from its home page on. Raises PageError when that cannot be read."""
    home = await pages.get(site.home)
    if not isinstance(home, HtmlResponse):
        raise PageError("the home page is no HTML", url=home.url, remedy="Give the address of the site's first page")
    findings = Findings(site=Site(home.url) if site.owns(home.url) else site)
    site = findings.site
    _see_list(findings, home)
    homes = [home]
    languages = other_languages(home, page_links(home, site), site)
    for url in list(languages)[:_OTHER_HOMES]:
        site.meet(url)
        response = await _get(pages, url)
        if isinstance(response, HtmlResponse):
            _see_list(findings, response, languages[url])
            homes.append(response)
    feeds = [url for page in homes for url in named_feeds(page, page_links(page, site), site)]
    await read_feeds(pages, findings, feeds, _FEEDS)
    sitemaps = [url for page in homes for url in named_sitemaps(pages.robots_text(page.url), site)]
    await read_sitemaps(pages, findings, sitemaps, _SITEMAPS)
    candidates = [list_candidates(page_links(page, site)) for page in homes]
    chosen = list(dict.fromkeys(named[0] for named in candidates if named))
    for url in chosen[:_LISTS]:
        if (response := await _get(pages, url)) is not None:
            _see_list(findings, response)
    findings.not_tried += [url for named in candidates for url in named[:4] if url not in findings.lists]
    for url in list(dict.fromkeys(url for page in homes for url in more_addresses(page, site)))[:1]:
        if (response := await _get(pages, url)) is not None:
            _see_list(findings, response)
    return findings


async def explore_saved(pages: SitePages, site: Site) -> Findings:
    """What the saved pages of a site say. Raises PageError when none of them leads to an article."""
    findings = Findings(site=site)
    seen: list[SeenPage] = []
    feeds: dict[str, None] = {}
    for url in _some(pages.saved, _MOST_SAVED):
        try:
            response = await pages.get(url)
            if isinstance(response, HtmlResponse):
                links = page_links(response, site)
                seen.append(SeenPage(response=response, links=links, fetched_at=response.meta["fetched_at"]))
                feeds |= dict.fromkeys(named_feeds(response, links, site))
            elif html_in_json(response) is not None:
                _see_list(findings, response)
            else:
                _note_document(findings, response)
        except NewscrawlerError as error:
            logger.info("%s", error)
    above = _pages_above_others(seen)
    for page in seen:
        own = site.canonical(page.response.url, page.response.url) or page.response.url
        if page.response.url not in above and holds_article(page, site):
            findings.articles[own] = page.response
            findings.sure.setdefault(own, Discovered(url=own))
            for link in page.links:
                findings.others.setdefault(link.url)
        elif len(headline_links(page.links)) >= _LEAST_HEADLINES:
            _see_list(findings, page.response)
    if not findings.articles:
        _take_longest(findings, seen, above)
    name_feeds(findings, list(feeds), _FEEDS)
    return findings


def _take_longest(findings: Findings, seen: list[SeenPage], above: set[str]) -> None:
    """Takes for an article, where no saved page is one for certain, the page that is read with the longest text; else
    those that say they are articles and cannot be read, so that it is said why."""
    lengths: dict[str, int] = {}
    for page in seen:
        url = findings.site.canonical(page.response.url, page.response.url)
        if url is not None and page.response.url not in above and (length := text_length(page, findings.site)):
            lengths[url] = length
            findings.articles[url] = page.response
    chosen = [max(lengths, key=lengths.__getitem__)] if lengths else []
    if not chosen:
        findings.articles = {page.response.url: page.response for page in seen if claims_article(page)}
        chosen = list(findings.articles)
    for url in chosen:
        findings.lists.pop(url, None)
        findings.sure.setdefault(url, Discovered(url=url))


def _see_list(findings: Findings, response: Response, language: str | None = None) -> None:
    """Takes in a page that names articles: HTML, or a field of JSON that holds it, as buttons load."""
    site, json_html = findings.site, None
    moment = response.meta["fetched_at"]
    if not isinstance(response, HtmlResponse):
        loaded = html_in_json(response)
        if loaded is None:
            return
        json_html = loaded[0]
        response = HtmlResponse(response.url, body=loaded[1].encode("utf-8", errors="replace"), encoding="utf-8")
    links = page_links(response, site)
    texts = " ".join(link.text for link in links if link.is_headline)
    page = SeenPage(
        response=response,
        links=links,
        fetched_at=moment,
        language=language or language_of_address(response.url, site) or (language_of(texts) if texts else None),
        json_html=json_html,
    )
    findings.lists[site.canonical(response.url, response.url) or response.url] = page
    findings.see(page)


async def _get(pages: SitePages, url: str) -> Response | None:
    if not pages.left:
        return None
    try:
        return await pages.get(url)
    except NewscrawlerError as error:
        logger.info("%s", error)
        return None


def _note_document(findings: Findings, response: Response) -> None:
    try:
        note_feed(findings, response, "among the saved pages")
    except PageError:
        note_sitemap(findings, response)


def _pages_above_others(seen: list[SeenPage]) -> set[str]:
    """The saved addresses below which several links lead: those of sections and home pages."""
    below: Counter[str] = Counter()
    for url in {link.url for page in seen for link in page.links}:
        parts = urlsplit(url)
        steps = parts.path.strip("/").split("/")
        below.update("/".join([parts.netloc, *steps[:depth]]) for depth in range(len(steps)))
    found = set()
    for page in seen:
        parts = urlsplit(without_page_number(page.response.url))
        if below[f"{parts.netloc}{parts.path}".rstrip("/")] >= _LEAST_HEADLINES:
            found.add(page.response.url)
    return found


def _some(addresses: list[str], most: int) -> list[str]:
    step = max(1, -(-len(addresses) // most))
    return addresses[::step]
