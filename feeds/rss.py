"""RSS 2.0, with Dublin Core, content, Media RSS and Atom links."""

from __future__ import annotations

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from feeds.feedgen_entry import ATOM
from feeds.feedgen_feed import HISTORY, SYNDICATION
from feeds.picture_extension import MEDIA
from feeds.xml_format import XmlFormat

RSS = XmlFormat(
    name="rss",
    label="RSS",
    media_type="application/rss+xml",
    namespaces={
        "dc": "http://purl.org/dc/elements/1.1/",
        "media": MEDIA,
        "atom": ATOM,
        "sy": SYNDICATION,
        "fh": HISTORY,
        "content": "http://purl.org/rss/1.0/modules/content/",
    },
    element=FeedEntry.rss_entry,
    document=FeedGenerator.rss_str,
    numeric_titles=True,
)
