"""SavedPages: an archive of saved pages, each with its own address and fetch time, in place of the network."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from newscrawler.errors import ArchiveError, NotSaved
from newscrawler.newsroom import Newsroom
from spiders.fetching import saved_html, saved_warc


class SavedPage(Protocol):
    """One saved page: where it was fetched, when, and what came back. `body` is read when asked for."""

    @property
    def url(self) -> str:
        """The absolute address under which it was fetched."""

    @property
    def fetched_at(self) -> datetime:
        """The moment it was fetched, with a zone."""

    @property
    def status(self) -> int:
        """The HTTP status of the answer; 200 where the archive does not keep one."""

    def headers(self) -> list[tuple[str, str]]:
        """The answer's HTTP headers, without those of transfer and compression, which no longer hold."""

    def body(self) -> bytes:
        """The page's bytes, decompressed. Raises ArchiveError when they cannot be read."""


@dataclass(slots=True, kw_only=True)
class SavedPages:
    """The pages of one newsroom in a folder or file, by canonical address; of several captures the newest counts.

    `unplaced` names what was found and could not be used, and why.
    """

    path: Path
    newsroom: Newsroom
    unplaced: list[tuple[str, str]] = field(default_factory=list)
    unreadable: list[tuple[str, str]] = field(default_factory=list)
    elsewhere: list[tuple[str, str]] = field(default_factory=list)
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
        """Takes a page in, unless it is another site's or a newer capture of the same address is there."""
        if not self.newsroom.is_own(page.url):
            self.elsewhere.append((page.url, f"not on a host of {self.newsroom.name}"))
            return
        try:
            address = self.newsroom.canonical(page.url)
        except ValueError:
            self.unplaced.append((page.url, "no web address"))
            return
        before = self._pages.get(address)
        if before is not None and before.fetched_at > page.fetched_at:
            return
        self._pages[address] = page
        self._forms[address] = form


def open_saved_pages(path: Path, newsroom: Newsroom) -> SavedPages:
    """The newsroom's pages in the folder or file at `path`: HTML files (a browser's, SingleFile's, any that carry an
    absolute address) and WARC files, in subfolders too; nothing outside the folder is read.

    Raises ArchiveError when `path` is not there, cannot be read, or holds no page of the newsroom.
    """
    saved = SavedPages(path=path, newsroom=newsroom)
    for file in _files(path, saved.unreadable):
        name = file.name if file == path else str(file.relative_to(path))
        try:
            if file.name.lower().endswith((".warc", ".warc.gz")):
                for page in saved_warc.read_warc(file, saved.unplaced):
                    saved.add("WARC", page)
                continue
            form, saved_page = saved_html.read_html_file(file)
        except ArchiveError as error:
            saved.unplaced.append((name, error.problem))
            continue
        except OSError as error:
            saved.unreadable.append((name, error.strerror or str(error)))
            continue
        saved.add(form, saved_page)
    if not saved:
        unused = [*saved.unreadable, *saved.unplaced, *saved.elsewhere]
        first = f", the first is {unused[0][0]}: {unused[0][1]}" if unused else ""
        raise ArchiveError(
            f"{path} holds no page of {newsroom.name} (files not used: {len(unused)}{first})",
            remedy=f"Give a folder with saved pages of {', '.join(newsroom.hosts)}",
        )
    return saved


def _files(path: Path, unreadable: list[tuple[str, str]]) -> Iterator[Path]:
    """The files that may be pages, sorted; folders that cannot be read are added to `unreadable`."""
    if path.is_file():
        yield path
        return
    if not path.is_dir():
        raise ArchiveError(f"there is no folder or file {path}", remedy="Check the path")

    def note(error: OSError) -> None:
        if error.filename == str(path):
            raise ArchiveError(f"cannot read {path}", cause=error, remedy="Check its permissions") from error
        unreadable.append((os.path.relpath(error.filename, path), error.strerror or str(error)))

    top = path.resolve()
    for folder, folders, files in os.walk(path, onerror=note):
        folders.sort()
        for name in sorted(files):
            file = Path(folder, name)
            if saved_html.may_be_page(file) and file.is_file() and file.resolve().is_relative_to(top):
                yield file
