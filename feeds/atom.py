"""Atom (RFC 4287), with Media RSS."""

from __future__ import annotations

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from feeds.feedgen_feed import HISTORY
from feeds.picture_extension import MEDIA
from feeds.xml_format import XmlFormat

ATOM_FEED = XmlFormat(
    name="atom",
    label="Atom",
    media_type="application/atom+xml",
    namespaces={"media": MEDIA, "fh": HISTORY},
    element=FeedEntry.atom_entry,
    document=FeedGenerator.atom_str,
)
