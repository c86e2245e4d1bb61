"""The XML formats of feeds, made with feedgen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from lxml import etree

from feeds.entry import Entry, RottenArticle
from feeds.feed_format import LARGEST_ENTRY, Envelope, FeedFormat, cannot_be_made
from feeds.feedgen_entry import feedgen_entry
from feeds.feedgen_feed import MARKER, feedgen_feed
from feeds.head import Head
from feeds.xml_envelope import Template, stand_in_for

_Kind = tuple[bool, bool, tuple[tuple[str, str], ...]]
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


@dataclass(slots=True, kw_only=True, frozen=True)
class XmlFormat:
    """RSS or Atom, made with feedgen: `element` turns feedgen's entry into an element, `document` its feed into bytes.

    `name` is the suffix of the files, `numeric_titles` are those of `rss_texts`. `namespaces` are declared at the root
    of every feed, so that an entry need not declare them.
    """

    name: str
    label: str
    media_type: str
    namespaces: Mapping[str, str]
    element: Callable[[FeedEntry], etree._Element]
    document: Callable[[FeedGenerator], bytes]
    numeric_titles: bool = False
    _templates: dict[_Kind, Template] = field(default_factory=dict, compare=False, repr=False)

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
        others = tuple((one.name, one.media_type) for one in formats if one.name != self.name)
        template = self._template(stand_in_for(head), others)
        try:
            document = template.filled(head, numeric_titles=self.numeric_titles).encode()
        except ValueError as cause:
            raise cannot_be_made(head, cause) from cause
        before, _, after = document.partition(f"<!--{MARKER}-->".encode())
        return Envelope(before=before, after=after)

    def _template(self, head: Head, others: tuple[tuple[str, str], ...]) -> Template:
        key = head.previous_archive is None, head.current is None, others
        template = self._templates.get(key)
        if template is None:
            document: bytes = self.document(self.feed(head, others, marked=True))
            template = self._templates[key] = Template.of(document.decode())
        return template

    def feed(self, head: Head, others: Iterable[tuple[str, str]], *, marked: bool = False) -> FeedGenerator:
        """The feed of `head` as feedgen's, to which entries can be added; `others` are the names and media types of the
        other formats in which it is published. See `feedgen_feed`."""
        return feedgen_feed(
            head,
            suffix=self.name,
            media_type=self.media_type,
            namespaces=self.namespaces,
            other_formats={f"{head.address}.{name}": kind for name, kind in others},
            marked=marked,
        )
