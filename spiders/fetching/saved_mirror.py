"""Mirrors: folders of HTML files as wget and HTTrack leave them, where a file's place tells its address and links lead
from file to file."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape, unescape
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from newscrawler.urls import host_of
from spiders.fetching.saved_html import HtmlClues, SavedHtml, html_clues, is_made_by_httrack
from spiders.fetching.saved_page import Found, Opening

# Links that lead from file to file are relative; each value is looked at once and is no longer than an address.
_LINK = re.compile(rb"""(\b(?:href|content)\s*=\s*)(["'])(?![a-zA-Z][a-zA-Z0-9+.-]*:|[/\#?])([^"'<>]{1,2000})\2""")
# What `content` says is mostly no link: a section or a keyword may be called as a file beside the page is.
_FILE_NAME = re.compile(r"/|\.x?html?\b", re.IGNORECASE)
_NUMBERED = re.compile(r"(.+)\.\d+", re.DOTALL)
_PORT = re.compile(r"[:+]\d+$")
_WINDOWS_QUERY = re.compile(r"@(?=[\w.%-]+=)")
_ADDED = (".html", ".htm")
# What wget calls the page at a folder's own address.
_OF_FOLDERS = ("index.html", "index.htm")
_IN_PATHS, _IN_QUERIES = "/%:@!$&'()*+,;=~", "/%:@!$&'()*+,;=~?"
_ORIGINAL = ".orig"


@dataclass(slots=True, frozen=True)
class MirroredPage:
    """A page in a folder of files; `addresses` tells, when the archive is open, the address of each file in it. `page`
    may have its bytes from the original beside `file`."""

    file: Path
    page: SavedHtml
    addresses: Mapping[str, str]

    @property
    def url(self) -> str:
        """The address under which it was fetched."""
        return self.page.url

    @property
    def fetched_at(self) -> datetime:
        """The moment in the saving tool's comment, else that of the file."""
        return self.page.fetched_at

    @property
    def status(self) -> int:
        """200: a file says nothing else."""
        return self.page.status

    def headers(self) -> list[tuple[str, str]]:
        """Only the media type."""
        return self.page.headers()

    def body(self) -> bytes:
        """The file's bytes, with the addresses of pages where the tool wrote the names of files. Raises ArchiveError
        when they cannot be read."""
        body = self.page.body()
        if len(self.addresses) <= 1 or self.page.media_type != "text/html":
            return body
        folder = os.path.dirname(os.path.abspath(self.file))  # noqa: PTH100, PTH120
        return _LINK.sub(lambda link: self._restored(link, folder), body)

    def _restored(self, link: re.Match[bytes], folder: str) -> bytes:
        value, _, fragment = unescape(link[3].decode("utf-8", "replace")).partition("#")
        path, mark, query = value.partition("?")
        url = self._address(folder, value)
        if url is None and mark and (page := self._address(folder, path)) is not None:
            url = f"{page.partition('?')[0]}?{quote(query, safe=_IN_QUERIES)}"
        if url is None or (link[1][:1] in b"cC" and not _FILE_NAME.search(value)):
            return link[0]
        return link[1] + link[2] + escape(f"{url}#{fragment}" if fragment else url).encode() + link[2]

    def _address(self, folder: str, name: str) -> str | None:
        return self.addresses.get(os.path.normpath(os.path.join(folder, unquote(name)))) if name else None  # noqa: PTH118


@dataclass(slots=True, frozen=True)
class _Waiting:
    """A file without a tool's comment, and the addresses that its place may stand for, the most literal first."""

    file: Path
    clues: HtmlClues
    places: tuple[str, ...] = ()


class HtmlForm:
    """SavedForm of HTML files, and of feeds, sitemaps and JSON beside them.

    A file's address is the one in the saving tool's comment. In a folder that is named as one of the archive's hosts it
    is the file's place (`HOST/path`), once some page there says so of itself or none says anything else; where wget
    appended `.html` is told by such pages too. Else it is what the page says of itself. Where wget kept the original
    beside a page whose links it converted (`-K`), the original is read. Hosts that the opening does not name are those
    that pages say of themselves.
    """

    def __init__(self, opening: Opening) -> None:
        self._opening = opening
        self._waiting: list[_Waiting] = []
        self._addresses: dict[str, str] = {}

    def takes(self, file: Path, head: bytes) -> bool:
        """Every file."""
        return True

    def read(self, file: Path) -> Iterator[Found]:
        """The page, if the file says its address. Raises ArchiveError when it is no HTML."""
        if is_made_by_httrack(file):
            return
        clues = html_clues(file)
        if clues.url is not None:
            yield clues.form, self._page(clues.url, clues, file)
            return
        self._waiting.append(_Waiting(file, clues))

    def rest(self) -> Iterator[Found]:
        """The pages whose address is found by comparing the files; those without one are named."""
        self._place()
        agreed = {waiting.file: self._agreed(waiting) for waiting in self._waiting}
        some_agree = any(place is not None for place in agreed.values())
        votes = Counter(agreed[waiting.file] for waiting in self._waiting if len(waiting.places) > 1)
        for waiting in self._waiting:
            place = agreed[waiting.file]
            if place is None and waiting.places and (some_agree or not waiting.clues.claims):
                place = max(range(len(waiting.places)), key=votes.__getitem__)
            if place is None:
                yield "HTML", self._page(waiting.clues.claims[0], waiting.clues, waiting.file)
            else:
                yield "mirror", self._page(waiting.places[place], waiting.clues, waiting.file)
        self._waiting.clear()

    def _place(self) -> None:
        """Finds what the places of the files may stand for."""
        if not self._opening.hosts:
            origins = Counter(urlsplit(claim)[:2] for waiting in self._waiting for claim in waiting.clues.claims)
            if origins:
                self._opening.scheme = origins.most_common(1)[0][0][0]
            self._opening.hosts = tuple(sorted({host_of(f"{scheme}://{place}") for scheme, place in origins} - {""}))
        waiting, self._waiting = self._waiting, []
        for each in waiting:
            if Path(os.path.normpath(each.file)) in self._opening.attached:
                continue
            places = tuple(places_of(each.file, self._opening.hosts, self._opening.scheme))
            if places or each.clues.claims:
                self._waiting.append(replace(each, places=places))
            else:
                self._opening.unplaced.append((self._opening.name_of(each.file), "carries no address of its own"))

    def _agreed(self, waiting: _Waiting) -> int | None:
        """Which of its places a page says is its address."""
        claims = {self._opening.canonical(claim) for claim in waiting.clues.claims}
        places = [self._opening.canonical(place) for place in waiting.places]
        return next((each for each, place in enumerate(places) if place in claims), None)

    def _page(self, url: str, clues: HtmlClues, file: Path) -> MirroredPage:
        self._addresses[os.path.abspath(file)] = self._opening.canonical(url) or url  # noqa: PTH100
        original = next((twin for twin in _originals(file) if self._opening.holds(twin)), file)
        page = SavedHtml(url, clues.fetched_at, original, media_type=clues.media_type)
        return MirroredPage(file, page, self._addresses)


def places_of(file: Path, hosts: tuple[str, ...], scheme: str) -> Iterator[str]:
    """The addresses of `scheme` that a file's place may stand for when it lies in a folder named as one of `hosts`:
    with its name as it is, then without the suffix that `wget -E` appends; only one of them where the original beside
    it tells."""
    parts = Path(os.path.abspath(file)).parts  # noqa: PTH100
    folders = [_PORT.sub("", part).lower() for part in parts[:-1]]
    at = next((each for each in reversed(range(len(folders))) if folders[each] in hosts), None)
    if at is None:
        return
    port = _PORT.search(parts[at])
    site = f"{scheme}://{folders[at]}{':' + port[0][1:] if port else ''}/"
    name = parts[-1]
    numbered = _NUMBERED.fullmatch(name)
    if numbered and _is_there(file.with_name(numbered[1])):
        name = numbered[1]
    names = [name]
    if name not in _OF_FOLDERS:
        names += [name.removesuffix(suffix) for suffix in _ADDED if name.endswith(suffix)]
    names = [each for each in names if _is_there(file.with_name(each + _ORIGINAL))] or names
    if "?" not in name:
        names = [_WINDOWS_QUERY.sub("?", each, count=1) for each in names]
    # A query that ends in .html is one to which it was appended.
    for each in names[-1:] if "?" in names[0] else names:
        path, mark, query = "/".join([*parts[at + 1 : -1], each]).partition("?")
        # Names may hold bytes that are no UTF-8.
        yield site + quote(os.fsencode(path), safe=_IN_PATHS) + mark + quote(os.fsencode(query), safe=_IN_QUERIES)


def _originals(file: Path) -> Iterator[Path]:
    """The names under which `wget -K` keeps what it converted into `file`."""
    yield file.with_name(file.name + _ORIGINAL)
    yield from (file.with_name(file.name.removesuffix(end) + _ORIGINAL) for end in _ADDED if file.name.endswith(end))


def _is_there(file: Path) -> bool:
    # Path's own asks too, but raises where a name is too long for the system.
    return os.path.exists(file)  # noqa: PTH110
