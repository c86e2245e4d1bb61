"""A feed without entries in feedgen's hands: its FeedGenerator, and an extension for what feedgen gets wrong."""

from __future__ import annotations

from collections.abc import Mapping

from feedgen.ext.base import BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from feeds.feedgen_entry import ATOM
from feeds.head import GENERATOR, Head
from feeds.rss_texts import rfc822_date, write_plain

MARKER = "entries"
SYNDICATION = "http://purl.org/rss/1.0/modules/syndication/"
HISTORY = "http://purl.org/syndication/history/1.0"
# How often a reader may ask: a crawl every ten minutes brings nothing sooner.
_MINUTES = 10
_PAGE_TYPE = "text/html"


class FeedExtension(BaseExtension):  # type: ignore[misc]
    """Mends what feedgen 1.0 made of `head`: declares the namespaces of the entries, and in RSS writes title and dates
    as `rss_texts` says and the links that feedgen leaves out. With `marked` a comment stands where entries belong."""

    head: Head
    namespaces: Mapping[str, str]
    other_formats: Mapping[str, str]
    suffix: str
    media_type: str
    marked: bool = False

    def extend_ns(self) -> dict[str, str]:
        """The namespaces to declare, by prefix."""
        return dict(self.namespaces)

    def extend_atom(self, feed: etree._Element) -> etree._Element:
        """Mends an Atom feed."""
        self._add_archives(feed, "link")
        if self.marked:
            feed.append(etree.Comment(MARKER))
        return feed

    def extend_rss(self, feed: etree._Element) -> etree._Element:
        """Mends an RSS feed."""
        channel = feed[0]
        for title in channel.iter("title"):
            write_plain(title, self.head.title)
        for description in channel.iter("description"):
            write_plain(description, self.head.subtitle)
        etree.SubElement(channel, "lastBuildDate").text = rfc822_date(self.head.updated)
        for href, kind in self.other_formats.items():
            attributes = {"href": href, "rel": "alternate", "type": kind}
            etree.SubElement(channel, f"{{{ATOM}}}link", attributes)
        self._add_archives(channel, f"{{{ATOM}}}link")
        etree.SubElement(channel, f"{{{SYNDICATION}}}updatePeriod").text = "hourly"
        etree.SubElement(channel, f"{{{SYNDICATION}}}updateFrequency").text = str(60 // _MINUTES)
        if self.marked:
            channel.append(etree.Comment(MARKER))
        return feed

    def _add_archives(self, feed: etree._Element, name: str) -> None:
        """Says what RFC 5005 (section 4) wants of a feed with archives, and of an archive."""
        head = self.head
        if head.previous_archive is not None:
            link = {"rel": "prev-archive", "type": self.media_type, "href": f"{head.previous_archive}.{self.suffix}"}
            etree.SubElement(feed, name, link)
        if head.current is not None:
            link = {"rel": "current", "type": self.media_type, "href": f"{head.current}.{self.suffix}"}
            etree.SubElement(feed, name, link)
            # RFC 5005 would have it in the oldest archive too, but the W3C validator takes one that leads to none
            # before it for incomplete.
            if head.previous_archive is not None:
                etree.SubElement(feed, f"{{{HISTORY}}}archive")


def feedgen_feed(
    head: Head,
    *,
    suffix: str,
    media_type: str,
    namespaces: Mapping[str, str],
    other_formats: Mapping[str, str],
    marked: bool = False,
) -> FeedGenerator:
    """The feed of `head` as feedgen's. `other_formats` gives the media type of each other address of the same feed.

    Raises ValueError for characters that XML cannot hold.
    """
    feed = FeedGenerator()
    feed.id(head.id)
    feed.title(head.title)
    feed.subtitle(head.subtitle)
    feed.rights(head.rights)
    feed.language(head.language)
    feed.generator(GENERATOR)
    feed.author(name=head.publisher, uri=head.page)
    feed.updated(head.updated)
    feed.ttl(_MINUTES)
    feed.icon(head.icon)
    feed.image(url=head.icon, title=head.title, link=head.page)
    # feedgen would write this date itself, and set the locale of the whole process for it.
    feed._FeedGenerator__rss_lastBuildDate = None
    feed.link(href=f"{head.address}.{suffix}", rel="self", type=media_type)
    for href, kind in other_formats.items():
        feed.link(href=href, rel="alternate", type=kind)
    # The last link is the one that RSS gets.
    feed.link(href=head.page, rel="alternate", type=_PAGE_TYPE)
    feed.register_extension("feed_extension", FeedExtension)
    feed.feed_extension.head = head
    feed.feed_extension.namespaces = namespaces
    feed.feed_extension.other_formats = other_formats
    feed.feed_extension.suffix = suffix
    feed.feed_extension.media_type = media_type
    feed.feed_extension.marked = marked
    return feed
