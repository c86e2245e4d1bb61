"""Saved pages of any site: before an archive is opened nobody knows whose pages it holds."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from newscrawler.errors import ArchiveError, UsageError
from newscrawler.newsroom import Newsroom
from newscrawler.urls import canonical_address, host_of
from spiders.fetching.saved_forms import is_lone_page, read_archive
from spiders.fetching.saved_html import SavedHtml, html_clues, read_html_file
from spiders.fetching.saved_page import Opening, SavedPage
from spiders.fetching.saved_pages import SavedPages, saved_pages_of

_MOST_NAMED = 3


class _EverySite(Newsroom):
    """Takes every page for its own."""

    def is_own(self, url: str) -> bool:
        return bool(host_of(url))

    def canonical(self, url: str) -> str:
        return canonical_address(url)


def no_pages_yet(opening: Opening) -> SavedPages:
    """No pages yet, of an archive that is being opened, whose pages may be any site's."""
    everyone = _EverySite(
        name="every", title="any site", site="https://any.invalid/", hosts=("any.invalid",), languages=("und",)
    )
    return saved_pages_of(opening, everyone)


def open_any_pages(path: Path) -> SavedPages:
    """The pages in the folder or file at `path`, whatever site's they are and in whatever form they were saved.

    Raises ArchiveError when `path` is not there, cannot be read, or holds no page with an address.
    """
    opening = Opening(path=path)
    saved = no_pages_yet(opening)
    for form, page in read_archive(opening):
        saved.add(form, page)
    if not saved:
        raise ArchiveError(
            f"{path} holds no page with an address of its own ({saved.told_unused()})",
            remedy="Give saved pages (SingleFile, MHTML, HAR, WARC and others)",
        )
    return saved


def saved_page_at(path: Path, url: str | None) -> SavedPage:
    """One page of the folder or file at `path`: the one at the address `url`, whose scheme and `www.` matter only where
    there are several such, or the only one.

    A file that is a lone page is given that address, whether it carries one of its own or not. Raises ArchiveError when
    nothing can be read, and UsageError, which names some addresses, when it is not clear which page is meant.
    """
    wanted = _wanted(url) if url is not None else ""
    try:
        if path.is_file() and is_lone_page(path):
            return _lone_page(path, url)
    except OSError as cause:
        raise UsageError(f"cannot read {path}", cause=cause, remedy="Check its permissions") from cause
    saved = open_any_pages(path)
    addresses = {_bare(address): address for address in saved.addresses()}
    if url is None:
        if len(saved) == 1:
            return saved.page(saved.addresses()[0])
        # The longest addresses are articles' more often than lists'.
        some = sorted(saved.addresses(), key=len, reverse=True)[:_MOST_NAMED]
        raise UsageError(
            f"{path} holds {len(saved)} pages", remedy=f"Choose one with --url, such as --url {', or '.join(some)}"
        )
    if wanted in saved:
        return saved.page(wanted)
    bare_wanted = _bare(wanted)
    if bare_wanted in addresses:
        return saved.page(addresses[bare_wanted])
    near = [bare for bare in addresses if bare.startswith(bare_wanted)][:_MOST_NAMED]
    near = near or get_close_matches(bare_wanted, addresses, _MOST_NAMED)
    some = [addresses[bare] for bare in near or list(addresses)[:1]]
    raise UsageError(
        f"{path} holds no page of {url} (pages: {len(saved)}; {saved.told_unused()})",
        remedy=f"{'Near to it' if near else 'One that is there'} is --url {', or '.join(some)}",
    )


def _wanted(url: str) -> str:
    try:
        return canonical_address(url)
    except ValueError as cause:
        raise UsageError(f"--url is {url!r}, not an absolute http or https address") from cause


def _bare(address: str) -> str:
    """An address without what people get wrong: its scheme, and `www.`."""
    return address.partition("://")[2].removeprefix("www.")


def _lone_page(file: Path, url: str | None) -> SavedHtml:
    try:
        if url is None:
            return read_html_file(file)[1]
        clues = html_clues(file)
        return SavedHtml(url, clues.fetched_at, file, media_type=clues.media_type)
    except ArchiveError as error:
        remedy = "Give the address it was fetched from with --url" if url is None else "Give a page of HTML"
        raise ArchiveError(f"{file}: {error.problem}", cause=error.cause, remedy=remedy) from error
