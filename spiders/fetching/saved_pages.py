"""SavedPages: an archive of saved pages, each with its own address and fetch time, in place of the network."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from newscrawler.errors import ArchiveError, NotSaved
from newscrawler.newsroom import Newsroom
from spiders.fetching.saved_forms import read_archive
from spiders.fetching.saved_page import Opening, SavedPage, Unused, header, is_page_type

_NO_PAGES = frozenset({"/robots.txt", "/favicon.ico"})
# What the site answers when it says nothing about the page, or not all of it.
_FAULTS = frozenset({206, 401, 403, 407, 408, 421, 425, 429})
_FIRST_FAULT_OF_SERVER = 500


@dataclass(slots=True, kw_only=True)
class SavedPages:
    """The pages of one newsroom in a folder or file, by canonical address.

    Of several captures the newest counts; one of a fault (403, 429, 5xx) only where there is no other. `unplaced` names
    what was found and could not be used, and why, `unreadable` what the system would not open, `elsewhere` pages of
    other sites.
    """

    path: Path
    newsroom: Newsroom
    unplaced: Unused = field(default_factory=list)
    unreadable: Unused = field(default_factory=list)
    elsewhere: Unused = field(default_factory=list)
    _pages: dict[str, SavedPage] = field(default_factory=dict)
    _forms: dict[str, str] = field(default_factory=dict)

    def __contains__(self, url: str) -> bool:
        return url in self._pages

    def __len__(self) -> int:
        return len(self._pages)

    @property
    def formats(self) -> Counter[str]:
        """How many of the pages were saved in which form."""
        return Counter(self._forms.values())

    def addresses(self) -> list[str]:
        """The canonical addresses of all pages, sorted."""
        return sorted(self._pages)

    def page(self, url: str) -> SavedPage:
        """The page at `url`. Raises NotSaved, which says nothing about the live page."""
        try:
            return self._pages[self.newsroom.canonical(url)]
        except (KeyError, ValueError):
            raise NotSaved(
                "this page is not in the archive",
                url=url,
                newsroom=self.newsroom.name,
                remedy=f"Save it to {self.path}",
            ) from None

    def add(self, form: str, page: SavedPage) -> None:
        """Takes a page in, unless it is another site's, no page at all (a picture, robots.txt), or a capture that
        counts for more is there."""
        if not self.newsroom.is_own(page.url):
            self.elsewhere.append((page.url, f"not on a host of {self.newsroom.name}"))
            return
        try:
            address = self.newsroom.canonical(page.url)
        except ValueError:
            self.unplaced.append((page.url, "no web address"))
            return
        if urlsplit(address).path in _NO_PAGES or not is_page_type(header(page.headers(), "Content-Type")):
            return
        before = self._pages.get(address)
        if before is None or _weight(before) <= _weight(page):
            self._pages[address] = page
            self._forms[address] = form

    def summary(self) -> dict[str, Any]:
        """How many pages were found, in which forms, and how much could not be used."""
        return {
            "pages": len(self),
            "forms": dict(self.formats.most_common()),
            "unplaced": len(self.unplaced),
            "unreadable": len(self.unreadable),
            "elsewhere": len(self.elsewhere),
        }


def open_saved_pages(path: Path, newsroom: Newsroom) -> SavedPages:
    """The newsroom's pages in the folder or file at `path`, in whatever form they were saved (docs/saved-pages.md).

    Raises ArchiveError when `path` is not there, cannot be read, or holds no page of the newsroom.
    """
    opening = Opening(path=path, hosts=newsroom.hosts, scheme=urlsplit(newsroom.site).scheme)
    saved = SavedPages(path=path, newsroom=newsroom, unplaced=opening.unplaced, unreadable=opening.unreadable)
    for form, page in read_archive(opening):
        saved.add(form, page)
    if not saved:
        unused = [*saved.unreadable, *saved.unplaced, *saved.elsewhere]
        first = f", the first is {unused[0][0]}: {unused[0][1]}" if unused else ""
        raise ArchiveError(
            f"{path} holds no page of {newsroom.name} (files not used: {len(unused)}{first})",
            remedy=f"Give a folder with saved pages of {', '.join(newsroom.hosts)}",
        )
    return saved


def _weight(page: SavedPage) -> tuple[bool, float]:
    """What says more about a page: any answer of it before a fault of the site, a newer one before an older."""
    is_fault = page.status in _FAULTS or page.status >= _FIRST_FAULT_OF_SERVER
    return not is_fault, page.fetched_at.timestamp()
