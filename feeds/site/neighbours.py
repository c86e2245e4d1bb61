"""Neighbours: the facets that a facet's page links to."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence

from feeds.facet import Facet
from newscrawler.article import Scope
from newscrawler.facets import ANY, FEED_LANGUAGES

_LANGUAGES = (*FEED_LANGUAGES, ANY)


class Neighbours:
    """Knows all facets that have pages; `regions` and `topics` are slugs in the order in which people are shown them,
    slugs that are not among them come last."""

    def __init__(self, facets: Iterable[Facet], regions: Sequence[str], topics: Sequence[str]) -> None:
        region_places = _places([ANY, Scope.NATIONAL.value, Scope.WORLD.value, *regions])
        topic_places = _places([ANY, *topics])
        ordered = sorted(
            facets,
            key=lambda facet: (
                _LANGUAGES.index(facet.language) if facet.language in _LANGUAGES else len(_LANGUAGES),
                region_places.get(facet.region, len(region_places)),
                topic_places.get(facet.topic, len(topic_places)),
                facet.path,
            ),
        )
        self.facets = {facet.path: facet for facet in ordered}
        self._groups: dict[Hashable, list[Facet]] = {}
        for facet in ordered:
            for key in _keys(facet):
                self._groups.setdefault(key, []).append(facet)

    def languages(self, facet: Facet) -> list[Facet]:
        """The same facet in every language, its own too."""
        return self._groups.get(_language_key(facet), [])

    def topics(self, facet: Facet) -> list[Facet]:
        """The facets of the same language and region; none for a newsroom's."""
        return self._groups.get(_topics_key(facet), []) if facet.newsroom is None else []

    def regions(self, facet: Facet) -> list[Facet]:
        """The facets of the same language and topic; none for a newsroom's."""
        return self._groups.get(_regions_key(facet), []) if facet.newsroom is None else []

    def newsrooms(self, language: str) -> list[Facet]:
        """The facets of newsrooms in a language, by name."""
        return self._groups.get(("newsrooms", language), [])

    def of(self, facets: Iterable[Facet]) -> set[str]:
        """The paths of all facets whose pages link to one of `facets`, those themselves among them."""
        keys = {key for facet in facets for key in _keys(facet)}
        return {facet.path for key in keys for facet in self._groups.get(key, ())}


def outdated_pages(now: Neighbours, *, paged: Collection[str], due: Collection[str], expected: Neighbours) -> set[str]:
    """The paths of the pages whose links are not those that `now` gives.

    All pages were written when there were the facets `paged`; since then those of the facets `due` were written with
    the links that were `expected`.
    """
    new = now.of(now.facets[path] for path in now.facets.keys() - set(paged)) - set(due)
    missing = expected.of(expected.facets[path] for path in expected.facets.keys() - now.facets.keys()) & set(due)
    return (new | missing) & now.facets.keys()


def _places(slugs: Collection[str]) -> dict[str, int]:
    return {slug: place for place, slug in enumerate(slugs)}


def _language_key(facet: Facet) -> Hashable:
    return ("languages", facet.newsroom, facet.region, facet.topic)


def _topics_key(facet: Facet) -> Hashable:
    return ("topics", facet.language, facet.region)


def _regions_key(facet: Facet) -> Hashable:
    return ("regions", facet.language, facet.topic)


def _keys(facet: Facet) -> list[Hashable]:
    if facet.newsroom is not None:
        return [_language_key(facet), ("newsrooms", facet.language)]
    return [_language_key(facet), _topics_key(facet), _regions_key(facet)]
