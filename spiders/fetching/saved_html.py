"""Saved HTML files: finds in the file itself under which address and when it was fetched."""

from __future__ import annotations

import gzip
import re
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

from newscrawler.errors import ArchiveError
from newscrawler.urls import is_web_address
from spiders.fetching.saved_page import LARGEST_PAGE, moment_of, moment_of_mail_date, usable_moment

_HEAD = 256 * 1024
_PAGE_SUFFIXES = frozenset(
    {"", ".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx", ".xml", ".rss", ".json", ".warc", ".gz"}
    | {".mht", ".mhtml", ".webarchive", ".har", ".wacz", ".zip"}
)
_WGET_ENDING = re.compile(r"(\?.*|@[\w.%-]+=.*|\.\d+)$", re.DOTALL)
# The files are anybody's: no repetition may be tried over a whole file again and again, hence the bounds.
_SINGLE_FILE = re.compile(
    rb"<!--\s*Page saved with SingleFile\s+url:\s*(?P<url>\S+)\s+"
    rb"saved date:\s*+(?P<date>[^\n]{1,200}?)[^\S\n]{0,200}(?:-->|\n)"
)
_BROWSER = re.compile(rb"<!--\s*saved from url=\(\d+\)(?P<url>\S+?)\s*-->")
_HTTRACK = re.compile(rb"<!--\s*Mirrored from (?P<url>\S+) by HTTrack[^>]{0,300}?, (?P<date>[^>]{1,100}?)\s*-->")
_COMMENTS = (("SingleFile", _SINGLE_FILE, ""), ("browser", _BROWSER, ""), ("HTTrack", _HTTRACK, "http://"))
_CANONICAL = re.compile(
    rb"<link\b(?=[^<>]*\brel\s*=\s*[\"']?canonical\b)[^<>]*\bhref\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE
)
_OG_URL = re.compile(
    rb"<meta\b(?=[^<>]*\bproperty\s*=\s*[\"']?og:url\b)[^<>]*\bcontent\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE
)
_HTTRACKS_OWN = b"<!-- Mirror and index made by HTTrack"
_XML = re.compile(rb"(\xef\xbb\xbf)?\s*<(\?xml|rss|feed|urlset|sitemapindex)\b")
_XHTML = re.compile(rb"<!doctype\s+html|<html\b", re.IGNORECASE)
_BEGINNING = 2048
_JS_DATE = re.compile(r"\w{3} (\w{3}) (\d{1,2}) (\d{4}) (\d\d:\d\d:\d\d) GMT([+-]\d{4})")


@dataclass(slots=True, frozen=True)
class SavedHtml:
    """A page in a file of its own; the charset is the page's own business, so no headers are made up."""

    url: str
    fetched_at: datetime
    file: Path
    status: int = 200
    media_type: str = "text/html"

    def headers(self) -> list[tuple[str, str]]:
        """Only the media type."""
        return [("Content-Type", self.media_type)]

    def body(self) -> bytes:
        """The bytes of the file, decompressed where it is gzip under an .html name."""
        return _read(self.file, LARGEST_PAGE)


@dataclass(slots=True, frozen=True)
class HtmlClues:
    """What an HTML file says about where it comes from.

    `form` is that of the saving tool's comment, and `url` the address in it; without a comment `claims` are the
    absolute addresses that the page gives itself, the canonical link before og:url.
    """

    form: str
    url: str | None
    claims: tuple[str, ...]
    fetched_at: datetime
    media_type: str


def may_be_page(file: Path) -> bool:
    """Whether a file's name is that of a page or an archive; pictures and styles beside a page are not, nor is the
    original (`.orig`) that `wget -K` keeps beside a page.

    A query (`index.html?page=2`, on Windows `index.html@page=2`) and a number behind the name (`index.html.1`), as wget
    leaves them, do not count.
    """
    name = _WGET_ENDING.sub("", file.name)
    return Path(name).suffix.lower() in _PAGE_SUFFIXES and not name.startswith(".") and file.suffix != ".orig"


def read_html_file(file: Path) -> tuple[str, SavedHtml]:
    """The form a page was saved in ("SingleFile", "browser", "HTTrack", "HTML") and the page.

    The address is taken from the saving tool's comment, else from an absolute canonical link, else from og:url, what is
    no web address being passed over; the time from the comment, else from the file. Raises ArchiveError when the file
    is no HTML or carries no address.
    """
    clues = html_clues(file)
    url = clues.url or next(iter(clues.claims), None)
    if url is None:
        raise ArchiveError("carries no address of its own")
    return clues.form, SavedHtml(url, clues.fetched_at, file, media_type=clues.media_type)


def html_clues(file: Path) -> HtmlClues:
    """What the file says about itself. Raises ArchiveError when it is no HTML (nor XML, nor JSON that holds HTML)."""
    head = _read(file, _HEAD)
    if b"<" not in head:
        raise ArchiveError("no HTML")
    modified = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    media_type = _media_type(head)
    for form, pattern, scheme in _COMMENTS:
        found = pattern.search(head)
        if found and is_web_address(url := scheme + _text(found["url"])):
            return HtmlClues(form, url, (), _moment(found.groupdict().get("date", b"")) or modified, media_type)
    matches = (pattern.search(head) for pattern in (_CANONICAL, _OG_URL))
    claims = tuple(url for found in matches if found and is_web_address(url := _text(found[1])))
    return HtmlClues("HTML", None, claims, modified, media_type)


def is_made_by_httrack(file: Path) -> bool:
    """Whether a file is the list of mirrors that HTTrack lays beside them."""
    return file.name == "index.html" and _HTTRACKS_OWN in _read(file, _HEAD)


def _media_type(head: bytes) -> str:
    if _XML.match(head) and not _XHTML.search(head, 0, _BEGINNING):
        return "application/xml"
    return "application/json" if head.lstrip()[:1] in (b"{", b"[") else "text/html"


def _read(file: Path, most: int) -> bytes:
    try:
        with file.open("rb") as opened:
            is_gzip = opened.read(2) == b"\x1f\x8b"
            opened.seek(0)
            if not is_gzip:
                return opened.read(most)
            with gzip.open(opened) as unpacked:
                return unpacked.read(most)
    except (EOFError, zlib.error, gzip.BadGzipFile) as cause:
        raise ArchiveError("damaged gzip", cause=cause) from cause


def _text(found: bytes) -> str:
    return unescape(found.decode("utf-8", errors="replace"))


def _moment(found: bytes) -> datetime | None:
    text = _text(found)
    try:
        if parts := _JS_DATE.search(text):
            month, day, year, time, offset = parts.groups()
            return usable_moment(datetime.strptime(f"{day} {month} {year} {time} {offset}", "%d %b %Y %H:%M:%S %z"))
    except ValueError:
        return None
    return moment_of(text) if text[:1].isdigit() else moment_of_mail_date(text)
