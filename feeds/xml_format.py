"""The XML formats of feeds, made with feedgen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from lxml import etree

from feeds.entry import Entry, RottenArticle
from feeds.feed_format import LARGEST_ENTRY, Envelope, FeedFormat
from feeds.feedgen_entry import feedgen_entry
from feeds.feedgen_feed import MARKER, feedgen_feed
from feeds.head import Head
from newscrawler.errors import PublishError

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


@dataclass(slots=True, kw_only=True, frozen=True)
class XmlFormat:
    """RSS or Atom, made with feedgen: `element` turns feedgen's entry into an element, `document` its feed into bytes.

    `name` is the suffix of the files. `namespaces` are declared at the root of every feed, so that an entry need not
    declare them.
    """

    name: str
    label: str
    media_type: str
    namespaces: Mapping[str, str]
    element: Callable[[FeedEntry], etree._Element]
    document: Callable[[FeedGenerator], bytes]

    def fragment(self, entry: Entry) -> bytes:
        """The bytes of `entry` as they stand in every feed of this format, read back inside a root like a feed's; see
        `FeedFormat`."""
        try:
            root = etree.Element("root", nsmap=dict(self.namespaces))
            root.append(self.element(feedgen_entry(entry)))
            written = etree.tostring(root, encoding="utf-8")
            if len(written) > LARGEST_ENTRY:
                raise RottenArticle(f"its entry has {len(written)} bytes, more than {LARGEST_ENTRY}", url=entry.link)
            etree.fromstring(written, _PARSER)
        except (ValueError, etree.LxmlError) as cause:
            raise RottenArticle(f"XML cannot hold it: {cause}", url=entry.link) from cause
        return written[written.index(b">") + 1 : written.rindex(b"</")]

    def envelope(self, head: Head, formats: Iterable[FeedFormat]) -> Envelope:
        """The feed of `head` without entries; see `FeedFormat`."""
        try:
            document = self.document(self.feed(head, formats, marked=True))
        except ValueError as cause:
            raise PublishError(
                f"the feed {head.address} cannot be made", cause=cause, remedy="Look at the title and the names"
            ) from cause
        before, _, after = document.partition(f"<!--{MARKER}-->".encode())
        return Envelope(before=before, after=after)

    def feed(self, head: Head, formats: Iterable[FeedFormat], *, marked: bool = False) -> FeedGenerator:
        """The feed of `head` as feedgen's, to which entries can be added; see `feedgen_feed`."""
        return feedgen_feed(
            head,
            suffix=self.name,
            media_type=self.media_type,
            namespaces=self.namespaces,
            other_formats={f"{head.address}.{one.name}": one.media_type for one in formats if one is not self},
            marked=marked,
        )
