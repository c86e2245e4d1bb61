"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from feeds.entry import Entry, RottenArticle
from feeds.feed_format import LARGEST_ENTRY, Envelope, FeedFormat, cannot_be_made
from feeds.head import Head

_VERSION = "https://jsonfeed.org/version/1.1"
# Extensions are objects whose names begin with an underscore; `about` tells readers where they are described.
_EXTENSION = "_newscrawler"
_MARKER = "entries"


@dataclass(slots=True, kw_only=True, frozen=True)
class JsonFeed:
    """JSON Feed: one object a line, so that a changed article changes one line."""

    name: str = "json"
    label: str = "JSON Feed"
    media_type: str = "application/feed+json"

    def fragment(self, entry: Entry) -> bytes:
        """The bytes of `entry` as they stand in every feed of this format; see `FeedFormat`."""
        try:
            written = _bytes(_item(entry))
            json.loads(written)
        except ValueError as cause:
            raise RottenArticle(f"JSON cannot hold it: {cause}", url=entry.link) from cause
        if len(written) > LARGEST_ENTRY:
            raise RottenArticle(f"its entry has {len(written)} bytes, more than {LARGEST_ENTRY}", url=entry.link)
        return written

    def envelope(self, head: Head, formats: Iterable[FeedFormat]) -> Envelope:
        """The feed of `head` without entries; see `FeedFormat`."""
        try:
            written = _bytes({**_feed(head, self.name), "items": [_MARKER]})
        except ValueError as cause:
            raise cannot_be_made(head, cause) from cause
        before, _, after = written.rpartition(f'"{_MARKER}"'.encode())
        return Envelope(before=before + b"\n", after=b"\n" + after + b"\n", between=b",\n")


JSON_FEED = JsonFeed()


def _feed(head: Head, suffix: str) -> dict[str, Any]:
    feed: dict[str, Any] = {
        "version": _VERSION,
        "title": head.title,
        "home_page_url": head.page,
        "feed_url": f"{head.address}.{suffix}",
        "description": head.subtitle,
        "icon": head.icon,
        "favicon": head.icon,
        "authors": [{"name": head.publisher, "url": head.page}],
        "language": head.language,
    }
    if head.previous_archive is not None:
        feed["next_url"] = f"{head.previous_archive}.{suffix}"
    feed[_EXTENSION] = {
        "about": head.about,
        "id": head.id,
        "updated": head.updated.isoformat(),
        "rights": head.rights,
    }
    return feed


def _item(entry: Entry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.id,
        "url": entry.link,
        "title": entry.title,
        "content_html": entry.content.body or entry.content.summary,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "authors": [{"name": name} for name in entry.authors or (entry.source_title,)],
        "tags": list(dict.fromkeys(category.label for category in entry.categories)),
        "language": entry.language,
    }
    if entry.content.body and entry.content.summary_text:
        item["summary"] = entry.content.summary_text
    if entry.picture is not None:
        item["image"] = entry.picture.url
        if entry.picture.length is not None and entry.picture.media_type is not None:
            item["attachments"] = [
                {
                    "url": entry.picture.url,
                    "mime_type": entry.picture.media_type,
                    "size_in_bytes": entry.picture.length,
                }
            ]
    item[_EXTENSION] = {
        "source": {"title": entry.source_title, "url": entry.source_link},
        "categories": [{"term": one.term, "scheme": one.scheme, "label": one.label} for one in entry.categories],
        "translations": entry.translations,
        "also_at": list(entry.also_at),
        "image": _picture(entry),
    }
    return item


def _picture(entry: Entry) -> dict[str, Any] | None:
    picture = entry.picture
    if picture is None:
        return None
    values = {
        "caption": picture.caption,
        "credit": picture.credit,
        "width": picture.width,
        "height": picture.height,
    }
    return {name: value for name, value in values.items() if value is not None}


def _bytes(value: dict[str, Any]) -> bytes:
    # `<` would end a script element in a page that holds the feed.
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c").encode()
