"""Head: what a feed says of itself, the same in every format."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from feeds.entry import tag_uri
from feeds.facet import Facet, FacetNames
from newscrawler.config import Config

GENERATOR = "newscrawler"


@dataclass(slots=True, kw_only=True, frozen=True)
class Head:
    """What a feed says of itself.

    `id` is a tag URI. `page` is the absolute address of the page for people, `address` that of the feed without the
    format's suffix. `language` is the language in which the feed itself speaks; `updated` that of its newest entry.
    """

    id: str
    title: str
    subtitle: str
    rights: str
    language: str
    publisher: str
    page: str
    address: str
    updated: datetime


def head_of(facet: Facet, names: FacetNames, config: Config, updated: datetime) -> Head:
    """What the feed of `facet` says of itself."""
    wording = names.wordings.of(facet.language)
    return Head(
        id=tag_uri(config.feed_authority, facet.path),
        title=names.title(facet),
        subtitle=wording.subtitle.format(title=config.title, name=""),
        rights=wording.rights,
        language=facet.title_language,
        publisher=config.title,
        page=config.base_url,
        address=config.base_url + facet.path,
        updated=updated,
    )
