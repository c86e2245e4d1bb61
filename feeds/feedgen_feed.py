"""A feed without entries in feedgen's hands: its FeedGenerator, and an extension for what feedgen gets wrong."""

from __future__ import annotations

from collections.abc import Mapping

from feedgen.ext.base import BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from feeds.feedgen_entry import ATOM
from feeds.head import GENERATOR, Head
from feeds.rss_texts import rfc822_date, write_title

MARKER = "entries"
_PAGE_TYPE = "text/html"


class FeedExtension(BaseExtension):  # type: ignore[misc]
    """Mends what feedgen 1.0 made of `head`: declares the namespaces of the entries, and in RSS writes title and dates
    as `rss_texts` says and the links that feedgen leaves out. With `marked` a comment stands where entries belong."""

    head: Head
    namespaces: Mapping[str, str]
    other_formats: Mapping[str, str]
    marked: bool = False

    def extend_ns(self) -> dict[str, str]:
        """The namespaces to declare, by prefix."""
        return dict(self.namespaces)

    def extend_atom(self, feed: etree._Element) -> etree._Element:
        """Mends an Atom feed."""
        if self.marked:
            feed.append(etree.Comment(MARKER))
        return feed

    def extend_rss(self, feed: etree._Element) -> etree._Element:
        """Mends an RSS feed."""
        channel = feed[0]
        title = channel.find("title")
        if title is not None:
            write_title(title, self.head.title)
        etree.SubElement(channel, "lastBuildDate").text = rfc822_date(self.head.updated)
        for href, kind in self.other_formats.items():
            attributes = {"href": href, "rel": "alternate", "type": kind}
            etree.SubElement(channel, f"{{{ATOM}}}link", attributes)
        if self.marked:
            channel.append(etree.Comment(MARKER))
        return feed


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
    feed.feed_extension.marked = marked
    return feed
