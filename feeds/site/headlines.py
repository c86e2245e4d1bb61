"""Headlines: an article as it stands in web pages, whatever the page's language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from markupsafe import Markup

from feeds.entry import Entry, RottenArticle
from feeds.feed_format import LARGEST_ENTRY
from feeds.site.templating import render
from newscrawler.article import DatePrecision


@dataclass(slots=True, kw_only=True, frozen=True)
class Place:
    """A link to the same news elsewhere; `language` is a code where that is what sets it apart."""

    href: str
    text: str
    language: str | None = None


@dataclass(slots=True, kw_only=True, frozen=True)
class Headlines:
    """The web pages' format of entries: when, whose, the headline linked to the source, and as much of the text as the
    newsroom lets feeds give in short. No picture: it would be asked for elsewhere."""

    name: str = "html"

    def fragment(self, entry: Entry) -> bytes:
        """The bytes of `entry` as they stand in every page; see `EntryFormat`."""
        # Every headline names its newsroom already.
        summary = entry.content.summary if entry.content.summary_text != entry.source_title else ""
        shown = "%d.%m.%Y" if entry.precision is DatePrecision.DAY else "%d.%m.%Y · %H:%M"
        try:
            written = render(
                "entry.html",
                entry=entry,
                moment=entry.published.date() if entry.precision is DatePrecision.DAY else entry.published,
                shown_time=entry.published.strftime(shown),
                summary=Markup(summary),  # noqa: S704 (safe HTML by the promise of Content)
                labels=list(dict.fromkeys(one.label for one in entry.categories if one.label != entry.source_title)),
                places=list(_places(entry)),
            ).encode()
        except ValueError as cause:
            raise RottenArticle(f"HTML cannot hold it: {cause}", url=entry.link) from cause
        if len(written) > LARGEST_ENTRY:
            raise RottenArticle(f"its entry has {len(written)} bytes, more than {LARGEST_ENTRY}", url=entry.link)
        return written


HEADLINES = Headlines()


def _places(entry: Entry) -> Iterator[Place]:
    for language, address in entry.translations.items():
        yield Place(href=address, text=language.upper(), language=language)
    for address in entry.also_at:
        yield Place(href=address, text=urlsplit(address).hostname or address)
