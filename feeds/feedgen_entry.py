"""An entry in feedgen's hands: its FeedEntry, and an extension for what feedgen leaves out or gets wrong."""

from __future__ import annotations

from collections.abc import Iterator

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension
from feedgen.ext.dc import DcEntryExtension
from lxml import etree

from feeds.entry import Entry
from feeds.picture_extension import PictureExtension
from feeds.rss_texts import rfc822_date, write_plain

ATOM = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class EntryExtension(BaseEntryExtension):  # type: ignore[misc]
    """Mends what feedgen 1.0 made of `entry`.

    Atom: relation, type and language of the links, which feedgen drops; the language; the id of the source, without
    which the source is not whole. RSS: titles and dates, see `rss_texts`. Both: translations as alternate links, other
    places of the text as related ones, and a line for every entry.
    """

    entry: Entry

    def extend_atom(self, element: etree._Element) -> etree._Element:
        """Mends an Atom entry."""
        entry = self.entry
        element.set(_LANG, entry.language)
        etree.SubElement(element, "published").text = entry.published.isoformat()
        # The address comes before the source: sfeed opens the first link of an entry, the source's included.
        link = element.find("link")
        if link is not None:
            for name, value in _alternate(entry.language).items():
                link.set(name, value)
        _add_translations(element, "link", entry)
        _add_other_places(element, "link", entry)
        for attributes in _enclosures(entry):
            etree.SubElement(element, "link", {"rel": "enclosure", "href": attributes.pop("url"), **attributes})
        source = element.find("source")
        if source is not None:
            etree.SubElement(source, "id").text = entry.source_link
            etree.SubElement(source, "updated").text = entry.updated.isoformat()
        element.tail = "\n"
        return element

    def extend_rss(self, element: etree._Element) -> etree._Element:
        """Mends an RSS item."""
        entry = self.entry
        title = element.find("title")
        if title is not None:
            write_plain(title, entry.title)
        for attributes in _enclosures(entry):
            etree.SubElement(element, "enclosure", attributes)
        etree.SubElement(element, "pubDate").text = rfc822_date(entry.published)
        if entry.translations:
            own = {"href": entry.link, **_alternate(entry.language)}
            etree.SubElement(element, f"{{{ATOM}}}link", own)
        _add_translations(element, f"{{{ATOM}}}link", entry)
        _add_other_places(element, f"{{{ATOM}}}link", entry)
        element.tail = "\n"
        return element


def feedgen_entry(entry: Entry) -> FeedEntry:
    """`entry` as feedgen's, ready for both of its formats. Raises ValueError for characters that XML cannot hold."""
    made = FeedEntry()
    made.guid(entry.id, permalink=False)
    made.title(entry.title)
    made.link(href=entry.link)
    made.updated(entry.updated)
    if entry.content.summary:
        made.summary(entry.content.summary, type="html")
    if entry.content.body:
        made.content(entry.content.body, type="html")
    made.author([{"name": name} for name in entry.authors or (entry.source_title,)])
    made.category([{"term": one.term, "scheme": one.scheme, "label": one.label} for one in entry.categories])
    made.source(url=entry.source_link, title=entry.source_title)
    made.register_extension("dc", DcEntryExtension, atom=False)
    made.dc.dc_creator(list(entry.authors))
    made.dc.dc_language(entry.language)
    made.register_extension("picture", PictureExtension)
    made.picture.picture = entry.picture
    made.register_extension("entry_extension", EntryExtension)
    made.entry_extension.entry = entry
    return made


def _enclosures(entry: Entry) -> Iterator[dict[str, str]]:
    """The picture as an enclosure, whose length must be known (RSS 2.0)."""
    picture = entry.picture
    if picture is not None and picture.length is not None and picture.media_type is not None:
        yield {"url": picture.url, "length": str(picture.length), "type": picture.media_type}


def _alternate(language: str) -> dict[str, str]:
    return {"rel": "alternate", "type": "text/html", "hreflang": language}


def _add_translations(element: etree._Element, name: str, entry: Entry) -> None:
    """Adds the addresses of translations as alternate links, and the article's own once more behind them.

    Some readers open the first alternate link they find, others the last, few look at the language: so the article's
    own address is both, the second time without a language, as RFC 4287 (4.1.2) allows one link a type and language.
    """
    for language, url in entry.translations.items():
        etree.SubElement(element, name, {"href": url, **_alternate(language)})
    if entry.translations:
        etree.SubElement(element, name, {"href": entry.link, "rel": "alternate"})


def _add_other_places(element: etree._Element, name: str, entry: Entry) -> None:
    for url in entry.also_at:
        etree.SubElement(element, name, {"rel": "related", "href": url})
