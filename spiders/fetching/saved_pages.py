"""SavedPages: an archive of saved pages, each with its own address and fetch time, in place of the network."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from newscrawler.errors import ArchiveError, NotSaved
from newscrawler.newsroom import Newsroom
from spiders.fetching.saved_forms import read_archive
from spiders.fetching.saved_page import Found, Opening, SavedPage, Unused, header, is_page_type

_NO_PAGES = frozenset({"/robots.txt", "/favicon.ico"})
# What the site answers when it says nothing about the page, or not all of it.
_FAULTS = frozenset({206, 401, 403, 407, 408, 421, 425, 429})
_FIRST_FAULT_OF_SERVER = 500
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SUCCESS = 2


@dataclass(slots=True, kw_only=True)
class SavedPages:
    """The pages of one newsroom in a folder or file, by canonical address.

    Of several captures the newest counts; one that shows nothing (empty, damaged, a redirect that leads to no saved
    page) only where there is no better, one of a fault (403, 429, 5xx) only where there is no other. `unplaced` names
    what was found and could not be used, and why, `unreadable` what the system would not open, `elsewhere` pages of
    other sites.
    """

    path: Path
    newsroom: Newsroom
    unplaced: Unused = field(default_factory=list)
    unreadable: Unused = field(default_factory=list)
    elsewhere: Unused = field(default_factory=list)
    _captures: dict[str, list[Found]] = field(default_factory=dict)
    _chosen: dict[str, Found] = field(default_factory=dict)

    def __contains__(self, url: str) -> bool:
        return url in self._captures

    def __len__(self) -> int:
        return len(self._captures)

    @property
    def formats(self) -> Counter[str]:
        """How many of the pages were saved in which form."""
        return Counter(self._capture(address)[0] for address in self._captures)

    def addresses(self) -> list[str]:
        """The canonical addresses of all pages, sorted."""
        return sorted(self._captures)

    def page(self, url: str) -> SavedPage:
        """The page at `url`. Raises NotSaved, which says nothing about the live page."""
        try:
            return self._capture(self.newsroom.canonical(url))[1]
        except (KeyError, ValueError):
            raise NotSaved(
                "this page is not in the archive",
                url=url,
                newsroom=self.newsroom.name,
                remedy=f"Save it to {self.path}",
            ) from None

    def add(self, form: str, page: SavedPage) -> None:
        """Takes a page in, unless it is another site's, or no page at all (a picture, robots.txt)."""
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
        self._captures.setdefault(address, []).append((form, page))
        self._chosen.clear()

    def told_unused(self) -> str:
        """How many files or addresses were not used, and the first of them with its reason."""
        unused = [*self.unreadable, *self.unplaced, *self.elsewhere]
        first = f", the first is {unused[0][0]}: {unused[0][1]}" if unused else ""
        return f"files not used: {len(unused)}{first}"

    def _capture(self, address: str) -> Found:
        """The capture that counts at a canonical address. Raises KeyError."""
        captures = self._captures[address]
        if len(captures) == 1:
            return captures[0]
        if address not in self._chosen:
            # Whether a capture shows anything is asked of as few as can be: it may have to be unpacked.
            by_weight = sorted(captures, key=lambda found: _weight(found[1]))[::-1]
            telling = (found for found in by_weight if not _is_fault(found[1]) and self._shows(address, found[1]))
            self._chosen[address] = next(telling, by_weight[0])
        return self._chosen[address]

    def _shows(self, address: str, page: SavedPage) -> bool:
        """Whether a capture says anything of the page at `address`."""
        if page.status in _REDIRECTS:
            return self._leads_on(address, page)
        try:
            return page.status // 100 != _SUCCESS or bool(page.body().strip())
        except (ArchiveError, OSError):
            return False

    def _leads_on(self, address: str, redirect: SavedPage) -> bool:
        """Whether a redirect leads, maybe by others, to an answer at another address."""
        seen, waiting = {address}, [redirect]
        while waiting:
            target = self._target(waiting.pop())
            if target is None or target in seen:
                continue
            seen.add(target)
            answers = [page for _, page in self._captures.get(target, ()) if not _is_fault(page)]
            if any(page.status not in _REDIRECTS for page in answers):
                return True
            waiting += answers
        return False

    def _target(self, redirect: SavedPage) -> str | None:
        """The canonical address to which a redirect leads; None where that is none of the newsroom's."""
        location = header(redirect.headers(), "Location")
        try:
            return self.newsroom.canonical(urljoin(redirect.url, location)) if location else None
        except ValueError:
            return None

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
    saved = saved_pages_of(opening, newsroom)
    for form, page in read_archive(opening):
        saved.add(form, page)
    if not saved:
        raise ArchiveError(
            f"{path} holds no page of {newsroom.name} ({saved.told_unused()})",
            remedy=f"Give a folder with saved pages of {', '.join(newsroom.hosts)}",
        )
    return saved


def saved_pages_of(opening: Opening, newsroom: Newsroom) -> SavedPages:
    """No pages yet, of an archive that is being opened."""
    return SavedPages(path=opening.path, newsroom=newsroom, unplaced=opening.unplaced, unreadable=opening.unreadable)


def _is_fault(page: SavedPage) -> bool:
    return page.status in _FAULTS or page.status >= _FIRST_FAULT_OF_SERVER


def _weight(page: SavedPage) -> tuple[bool, float]:
    """What says more about a page: any answer of it before a fault of the site, a newer one before an older."""
    return not _is_fault(page), page.fetched_at.timestamp()
