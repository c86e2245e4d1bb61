"""Head: what a feed says of itself, the same in every format."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from feeds.entry import tag_uri
from feeds.facet import Facet, FacetNames
from newscrawler.config import Config

GENERATOR = "newscrawler"
ICON_NAME = "icon.png"


@dataclass(slots=True, kw_only=True, frozen=True)
class Head:
    """What a feed says of itself.

    `facet` is what it is about, `id` a tag URI. `page` is the absolute address of the page for people, `address` that
    of the feed without the format's suffix, `icon` that of a square PNG, `about` that of the site. `language` is the
    language in which the feed itself speaks; `updated` the moment of its newest entry. `previous_archive` is the
    address, without suffix, of the document with the entries before these (RFC 5005); `current` that of the feed whose
    archive this is, None for a feed that is no archive.
    """

    facet: Facet
    id: str
    title: str
    subtitle: str
    rights: str
    language: str
    publisher: str
    page: str
    address: str
    icon: str
    about: str
    updated: datetime
    previous_archive: str | None = None
    current: str | None = None


def head_of(
    facet: Facet, names: FacetNames, config: Config, updated: datetime, previous_archive: str | None = None
) -> Head:
    """What the feed of `facet` says of itself; `previous_archive` is the path of the archive before it."""
    wording = names.wordings.of(facet.language)
    return Head(
        facet=facet,
        id=tag_uri(config.feed_authority, facet.path),
        title=names.feed_title(facet),
        subtitle=wording.subtitle.format(title=config.title, name=""),
        rights=wording.rights,
        language=facet.title_language,
        publisher=config.title,
        page=f"{config.base_url}{facet.of}.html",
        address=config.base_url + facet.path,
        icon=f"{config.base_url}{ICON_NAME}",
        about=config.base_url,
        updated=updated,
        previous_archive=config.base_url + previous_archive if previous_archive is not None else None,
        current=config.base_url + facet.of if facet.month is not None else None,
    )
