"""Facet: what one feed is about, taken from its path, and how it is called in the feed's language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from feeds.sources import Source
from feeds.wording import Wordings
from newscrawler.article import Scope
from newscrawler.errors import PublishError
from newscrawler.facets import ANY
from newscrawler.vocabulary import Vocabulary

_PATH = re.compile(r"[a-z0-9_-]+/[a-z0-9_-]+/[a-z0-9_-]+(?:/\d{4}-\d\d)?")
NEWSROOMS = "newsrooms"
_TITLE_LANGUAGE = {"kk": "kk", "ru": "ru", ANY: "en"}
_BETWEEN = " · "


@dataclass(slots=True, kw_only=True, frozen=True)
class Facet:
    """What a feed is about: a language with a region and a topic, or with a newsroom; `all` stands for any.

    `region` is a region's slug, `national` or `world`; `topic` is a topic's slug. Both are `all` beside a `newsroom`.
    `month` is that of an archive, such as `2024-05`: it holds all entries of one month, the feed itself the newest.
    """

    path: str
    language: str
    region: str = ANY
    topic: str = ANY
    newsroom: str | None = None
    month: str | None = None

    @property
    def of(self) -> str:
        """The path of the feed whose archive this is; its own path where it is none."""
        return self.path if self.month is None else self.path.rpartition("/")[0]

    @property
    def title_language(self) -> str:
        """The code of the language in which the feed itself speaks: English where any language may stand in it."""
        return _TITLE_LANGUAGE.get(self.language, "en")


def parse_facet(path: str) -> Facet:
    """The facet at `path`, such as `kk/turkistan/economy` or `newsrooms/newsroom_kz/ru`.

    Raises PublishError for anything that could not be the path of a feed below the output folder.
    """
    if not _PATH.fullmatch(path):
        raise PublishError(f"{path!r} is no path of a feed", remedy="Report this; the store may be damaged")
    first, second, third, *months = path.split("/")
    month = months[0] if months else None
    if first == NEWSROOMS:
        return Facet(path=path, language=third, newsroom=second, month=month)
    return Facet(path=path, language=first, region=second, topic=third, month=month)


class _Named(Protocol):
    @property
    def names(self) -> Mapping[str, str]: ...


class FacetNames:
    """How facets, regions and topics are called. What the vocabulary no longer knows is called by its slug."""

    def __init__(self, vocabulary: Vocabulary, newsrooms: Mapping[str, Source], wordings: Wordings) -> None:
        self.wordings = wordings
        self.regions = [region.slug for region in vocabulary.regions]
        self.topics = [topic.slug for topic in vocabulary.topics]
        self._regions: dict[str, _Named] = {region.slug: region for region in vocabulary.regions}
        self._topics: dict[str, _Named] = {topic.slug: topic for topic in vocabulary.topics}
        self._newsrooms = newsrooms

    def title(self, facet: Facet) -> str:
        """The facet's title in its own language, such as `Түркістан облысы · Экономика`."""
        wording = self.wordings.of(facet.language)
        if facet.newsroom is not None:
            return wording.in_language.format(name=self.newsroom(facet.newsroom), title="")
        parts = []
        if facet.region != ANY:
            parts.append(self.region(facet.region, facet.language))
        if facet.topic != ANY:
            parts.append(self.topic(facet.topic, facet.language))
        parts = parts or [wording.everything]
        return _BETWEEN.join(parts if facet.month is None else [*parts, facet.month])

    def feed_title(self, facet: Facet) -> str:
        """The title of the facet's feed, which a reader shows beside others: topics alone are called the same in more
        than one language, and are told apart by it."""
        title = self.title(facet)
        if facet.newsroom is not None or facet.region != ANY or facet.topic == ANY:
            return title
        return self.wordings.of(facet.language).in_language.format(name=title, title="")

    def region(self, slug: str, language: str) -> str:
        """The name of the region, or of the whole country or the world; `language` may be `all`."""
        wording = self.wordings.of(language)
        beyond = {ANY: wording.every_region, Scope.NATIONAL: wording.national, Scope.WORLD: wording.world}
        return beyond.get(slug) or _name(self._regions.get(slug), slug, language)

    def topic(self, slug: str, language: str) -> str:
        """The name of the topic; `language` may be `all`."""
        if slug == ANY:
            return self.wordings.of(language).every_topic
        name = _name(self._topics.get(slug), slug, language)
        # The IPTC writes its English names small.
        return name[:1].upper() + name[1:]

    def newsroom(self, name: str) -> str:
        """The title of the newsroom called `name`."""
        return self._newsrooms[name].title if name in self._newsrooms else name


def _name(named: _Named | None, slug: str, language: str) -> str:
    return named.names[_TITLE_LANGUAGE.get(language, "en")] if named is not None else slug
