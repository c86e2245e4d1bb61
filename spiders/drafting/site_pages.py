"""SitePages: where a draft gets pages from, the network or an archive."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Protocol

from scrapy.http import Response

from newscrawler.errors import PageError
from newscrawler.urls import host_of
from spiders.drafting.site import Site
from spiders.fetching.saved_anywhere import open_any_pages
from spiders.fetching.saved_page import answer_of
from spiders.fetching.saved_pages import SavedPages, open_saved_pages


class SitePages(Protocol):
    """Pages of one site. `left` says how many more may be asked for; `saved` are the addresses of an archive, none
    where the network is asked."""

    @property
    def left(self) -> int:
        """How many more pages may be asked for."""

    @property
    def saved(self) -> list[str]:
        """The addresses of all pages there are, where that is known."""

    async def get(self, url: str) -> Response:
        """The answer with status 200 at `url`, with `meta["fetched_at"]`. Raises PageError or NotSaved."""

    def robots_text(self, url: str) -> str:
        """The robots.txt of the host of `url`, empty where there is none or it was not asked for yet."""


class SavedSitePages:
    """The pages of the site that an archive holds most pages of."""

    def __init__(self, archive: SavedPages) -> None:
        self._archive = archive

    @property
    def left(self) -> int:
        """There is no limit to reading files."""
        return len(self._archive) + 1

    @property
    def saved(self) -> list[str]:
        """The addresses of all pages, sorted."""
        return self._archive.addresses()

    async def get(self, url: str) -> Response:
        """The saved answer at `url`. Raises PageError, NotSaved and ArchiveError."""
        page = self._archive.page(url)
        if page.status != 200:
            raise PageError(f"status {page.status}", url=url)
        response = answer_of(page, page.url)
        response.request = response.follow("").replace(meta={"fetched_at": page.fetched_at})
        return response

    def robots_text(self, url: str) -> str:
        """Of a site on file nothing is asked, so its rules are not needed."""
        return ""


def open_saved_site(path: Path) -> tuple[SavedSitePages, Site]:
    """The pages in the folder or file at `path` that belong to the site most of them are of, and that site.

    Raises ArchiveError when there are none.
    """
    archive = open_any_pages(path)
    hosts = Counter(host_of(url) for url in archive.addresses())
    sites: Counter[str] = Counter()
    for host, count in hosts.items():
        sites[Site(f"https://{host}/").domain] += count
    domain = sites.most_common(1)[0][0]
    of_site = {host: count for host, count in hosts.items() if Site(f"https://{host}/").domain == domain}
    # Of several hosts the one without a language's label is the main one, else the one with most pages.
    main = min(of_site, key=lambda host: (host.removeprefix("www.") != domain, -of_site[host], host))
    scheme = next(url for url in archive.addresses() if host_of(url) == main).partition(":")[0]
    site = Site(f"{scheme}://{main}/")
    for url in archive.addresses():
        site.meet(url)
    # Opened again by its hosts: some ways of saving keep no more of an address than them.
    return SavedSitePages(open_saved_pages(path, site.newsroom())), site
