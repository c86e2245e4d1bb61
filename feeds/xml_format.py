"""An XML format of feeds: entries as fragments of bytes, and the envelope in which fragments make a whole feed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from lxml import etree

from feeds.entry import Entry, RottenArticle
from feeds.feedgen_entry import feedgen_entry
from feeds.feedgen_feed import MARKER, feedgen_feed
from feeds.head import Head
from newscrawler.errors import PublishError

# One article must not make a feed that readers give up on: 50 of this size are already more than most take.
_LARGEST_ENTRY = 1_000_000
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


@dataclass(slots=True, kw_only=True, frozen=True)
class Envelope:
    """A feed without its entries, as the bytes before and after them."""

    before: bytes
    after: bytes

    def around(self, fragments: Iterable[bytes]) -> bytes:
        """The whole feed."""
        return b"".join([self.before, *fragments, self.after])


@dataclass(slots=True, kw_only=True, frozen=True)
class XmlFormat:
    """RSS or Atom, made with feedgen: `element` turns feedgen's entry into an element, `document` its feed into bytes.

    `name` is the suffix of the files. `namespaces` are declared at the root of every feed, so that an entry need not
    declare them.
    """

    name: str
    media_type: str
    namespaces: Mapping[str, str]
    element: Callable[[FeedEntry], etree._Element]
    document: Callable[[FeedGenerator], bytes]

    def fragment(self, entry: Entry) -> bytes:
        """The bytes of `entry` as they stand in every feed of this format, read back inside a root like a feed's.

        Raises RottenArticle when XML cannot hold the entry, or readers would not.
        """
        try:
            root = etree.Element("root", nsmap=dict(self.namespaces))
            root.append(self.element(feedgen_entry(entry)))
            written = etree.tostring(root, encoding="utf-8")
            if len(written) > _LARGEST_ENTRY:
                raise RottenArticle(f"its entry has {len(written)} bytes, more than {_LARGEST_ENTRY}", url=entry.link)
            etree.fromstring(written, _PARSER)
        except (ValueError, etree.LxmlError) as cause:
            raise RottenArticle(f"XML cannot hold it: {cause}", url=entry.link) from cause
        return written[written.index(b">") + 1 : written.rindex(b"</")]

    def envelope(self, head: Head, formats: Iterable[XmlFormat]) -> Envelope:
        """The feed of `head` without entries; `formats` are all in which it is published.

        Raises PublishError when the configured title or names hold characters that XML cannot hold.
        """
        try:
            document = self.document(self.feed(head, formats, marked=True))
        except ValueError as cause:
            raise PublishError(
                f"the feed {head.address} cannot be made", cause=cause, remedy="Look at the title and the names"
            ) from cause
        before, _, after = document.partition(f"<!--{MARKER}-->".encode())
        return Envelope(before=before, after=after)

    def feed(self, head: Head, formats: Iterable[XmlFormat], *, marked: bool = False) -> FeedGenerator:
        """The feed of `head` as feedgen's, to which entries can be added; see `feedgen_feed`."""
        return feedgen_feed(
            head,
            suffix=self.name,
            media_type=self.media_type,
            namespaces=self.namespaces,
            other_formats={f"{head.address}.{one.name}": one.media_type for one in formats if one is not self},
            marked=marked,
        )
