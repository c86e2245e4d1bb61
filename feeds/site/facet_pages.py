"""Facet pages: a page a facet, with its latest headlines, its feeds, and the ways to the facets around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from feeds.facet import Facet, FacetNames
from feeds.feed_format import Envelope, FeedFormat
from feeds.opml import region_list, topic_list
from feeds.site.neighbours import Neighbours
from feeds.site.page import OPML_MEDIA_TYPE, PAGE_LANGUAGES, Link, feed_links, front_page, language_link, page_of
from feeds.site.templating import render
from newscrawler.config import Config
from newscrawler.facets import ANY

# The pages of facets lie two folders deep, those of newsrooms too.
_ROOT = "../../"
# No text in a page can hold this: every `<` of a text is escaped.
_MARKER = Markup("<!--entries-->")


@dataclass(slots=True, kw_only=True, frozen=True)
class Month:
    """The feeds of an archive; `title` is its month."""

    title: str
    links: Sequence[Link]


@dataclass(slots=True, kw_only=True, frozen=True)
class FacetList:
    """The pages of facets around one, as markup; `name` is the id of its heading."""

    name: str
    title: str
    items: Markup


class FacetPages:
    """Makes the pages of facets, all of which `neighbours` knows."""

    def __init__(
        self, neighbours: Neighbours, names: FacetNames, config: Config, formats: Sequence[FeedFormat]
    ) -> None:
        self.neighbours = neighbours
        self._names = names
        self._config = config
        self._formats = formats
        self._items: dict[tuple[str, str], Markup] = {}

    def envelope(self, facet: Facet, archives: Sequence[str] = ()) -> Envelope:
        """The page of `facet` without its headlines; `archives` are the paths of its months, oldest first."""
        wording = self._names.wordings.of(facet.language)
        title = self._names.title(facet)
        page = page_of(
            f"{title} — {self._config.title}",
            facet.language,
            self._config,
            root=_ROOT,
            languages=self._languages(facet),
            style="",
            with_script=True,
        )
        written = render(
            "facet.html",
            page=page,
            wording=wording,
            title=title,
            feeds=feed_links(facet.path, _ROOT, self._config, self._formats),
            subscriptions=self._subscriptions(facet),
            lists=list(self._lists(facet)),
            archives=[
                Month(title=path.rpartition("/")[2], links=feed_links(path, _ROOT, self._config, self._formats))
                for path in reversed(archives)
            ],
            marker=_MARKER,
        )
        before, _, after = written.encode().partition(_MARKER.encode())
        return Envelope(before=before, after=after)

    def _languages(self, facet: Facet) -> list[Link]:
        others = {other.language: other for other in self.neighbours.languages(facet)}
        return [
            language_link(
                language,
                _way(others[language]) if language in others else front_page(language, _ROOT),
                self._names,
                current=language == facet.language,
                same=language in others,
            )
            for language in PAGE_LANGUAGES
        ]

    def _subscriptions(self, facet: Facet) -> Link | None:
        if facet.newsroom is not None:
            return None
        if facet.region == ANY and facet.topic != ANY:
            href, text = topic_list(facet), self._names.topic(facet.topic, facet.language)
        else:
            href, text = region_list(facet), self._names.region(facet.region, facet.language)
        return Link(href=f"{_ROOT}{href}", text=f"OPML: {text}", media_type=OPML_MEDIA_TYPE)

    def _lists(self, facet: Facet) -> Iterator[FacetList]:
        wording = self._names.wordings.of(facet.language)
        if facet.newsroom is not None:
            found = self.neighbours.newsrooms(facet.language)
            yield from self._list("newsrooms", wording.newsrooms, facet, found, self._newsroom_name)
            return
        topics, regions = self.neighbours.topics(facet), self.neighbours.regions(facet)
        of_region = wording.topics_here if facet.region in self._names.regions else wording.topics
        of_topic = wording.regions_here if facet.topic != ANY else wording.regions
        yield from self._list("topics", of_region, facet, topics, self._topic_name)
        yield from self._list("regions", of_topic, facet, regions, self._region_name)

    def _list(
        self, name: str, title: str, facet: Facet, facets: Sequence[Facet], named: Callable[[Facet], str]
    ) -> Iterator[FacetList]:
        """The list, unless it would hold `facet` alone."""
        if len(facets) < 2:
            return
        # The lists of all pages of a region, or of a topic, differ only in what is marked as the page itself.
        key = name, facets[0].path
        items = self._items.get(key)
        if items is None:
            links = [Link(href=_way(other), text=named(other)) for other in facets]
            items = self._items[key] = Markup(render("links.html", links=links))  # noqa: S704 (our own template)
        here = f'href="{_way(facet)}"'
        yield FacetList(name=name, title=title, items=items.replace(here, Markup(f'{here} aria-current="page"')))  # noqa: S704 (paths)

    def _newsroom_name(self, facet: Facet) -> str:
        return self._names.newsroom(facet.newsroom or "")

    def _topic_name(self, facet: Facet) -> str:
        return self._names.topic(facet.topic, facet.language)

    def _region_name(self, facet: Facet) -> str:
        return self._names.region(facet.region, facet.language)


def _way(facet: Facet) -> str:
    return f"{_ROOT}{facet.path}.html"
