"""Media types: how each file of the public folder is called to clients, and how long they may keep it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from feeds.atom import ATOM_FEED
from feeds.json_feed import JSON_FEED
from feeds.opml import OPML_SUFFIX
from feeds.rss import RSS

# A crawl every ten minutes brings nothing sooner; half of it keeps readers and proxies from lagging two crawls behind.
_FRESH = "public, max-age=300, must-revalidate"
_A_DAY = "public, max-age=86400"


@dataclass(slots=True, kw_only=True, frozen=True)
class MediaType:
    """`content_type` and `cache_control` as the headers say them; `is_text` where packing makes it smaller; `is_active`
    where a browser would run what it holds."""

    content_type: str
    cache_control: str = _FRESH
    is_text: bool = True
    is_active: bool = False


def _utf8(name: str) -> str:
    return f"{name}; charset=utf-8"


def _picture(name: str) -> MediaType:
    return MediaType(content_type=name, cache_control=_A_DAY, is_text=False)


# OPML has no registered type; text/x-opml is what readers send and take.
_BY_SUFFIX = {
    **{one.name: MediaType(content_type=_utf8(one.media_type)) for one in (RSS, ATOM_FEED)},
    # JSON takes no charset (RFC 8259, section 11).
    JSON_FEED.name: MediaType(content_type=JSON_FEED.media_type),
    OPML_SUFFIX: MediaType(content_type=_utf8("text/x-opml")),
    "html": MediaType(content_type=_utf8("text/html"), is_active=True),
    "css": MediaType(content_type=_utf8("text/css")),
    "js": MediaType(content_type=_utf8("text/javascript")),
    "txt": MediaType(content_type=_utf8("text/plain")),
    "xml": MediaType(content_type="application/xml"),
    "webmanifest": MediaType(content_type="application/manifest+json"),
    "svg": MediaType(content_type=_utf8("image/svg+xml"), cache_control=_A_DAY, is_active=True),
    "png": _picture("image/png"),
    "ico": _picture("image/vnd.microsoft.icon"),
    "jpg": _picture("image/jpeg"),
    "webp": _picture("image/webp"),
}
_UNKNOWN = MediaType(content_type="application/octet-stream", is_text=False)


def media_type_of(name: str) -> MediaType:
    """The media type of the file called `name`, by its suffix; of an unknown one, that of bytes to be saved."""
    return _BY_SUFFIX.get(PurePosixPath(name).suffix[1:].lower(), _UNKNOWN)
