"""Front pages: the map, the latest headlines and the table of all feeds, a page a language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from markupsafe import Markup

from feeds.facet import Facet, FacetNames
from feeds.feed_format import FeedFormat
from feeds.opml import OPML_NAME, language_list
from feeds.site.levels import Levels
from feeds.site.neighbours import Neighbours
from feeds.site.page import OPML_MEDIA_TYPE, PAGE_LANGUAGES, Link, feed_links, front_page, language_link, page_of
from feeds.site.region_map import region_map
from feeds.site.templating import render
from newscrawler.config import Config
from newscrawler.facets import ANY
from newscrawler.store.activity import day_of
from newscrawler.vocabulary import Vocabulary

# What "of late" means on the front pages, back from the newest article.
RECENT = timedelta(days=7)
HEADLINES_SHOWN = 12


@dataclass(slots=True, kw_only=True, frozen=True)
class FrontFacts:
    """What front pages tell of the store: when the newest article of all was published; by facet how many it has in the
    time RECENT before that, and when the newest of its own was published; and the `headlines` (markup) of some."""

    newest: datetime | None
    counts: Mapping[str, int]
    newest_by_facet: Mapping[str, datetime]
    headlines: Mapping[str, Sequence[bytes]]


@dataclass(slots=True, kw_only=True, frozen=True)
class NewsroomLink:
    """A newsroom's page, and how many articles it has of late."""

    href: str
    text: str
    count: int


@dataclass(slots=True, kw_only=True, frozen=True)
class Cell:
    """A facet in the table; `newest` is the day of its newest article, None where it has none any more."""

    href: str
    count: int
    level: int
    newest: date | None


@dataclass(slots=True, kw_only=True, frozen=True)
class Row:
    """A region in the table: a cell a topic, None where there is no such facet."""

    region: str
    cells: Sequence[Cell | None]


@dataclass(slots=True, kw_only=True, frozen=True)
class Latest:
    """The headlines of a facet, as markup."""

    href: str
    entries: Markup


def headline_facet(language: str) -> str:
    """The path of the facet whose headlines the front page of `language` shows."""
    return f"{language}/{ANY}/{ANY}"


def front_pages(
    neighbours: Neighbours,
    facts: FrontFacts,
    *,
    names: FacetNames,
    config: Config,
    vocabulary: Vocabulary,
    formats: Sequence[FeedFormat],
) -> dict[str, bytes]:
    """The front page of each language, by the name of its file."""
    return {
        front_page(language): _FrontPage(language, neighbours, facts, names, config, vocabulary, formats).document()
        for language in PAGE_LANGUAGES
    }


class _FrontPage:
    def __init__(
        self,
        language: str,
        neighbours: Neighbours,
        facts: FrontFacts,
        names: FacetNames,
        config: Config,
        vocabulary: Vocabulary,
        formats: Sequence[FeedFormat],
    ) -> None:
        self._language = language
        self._neighbours = neighbours
        self._facts = facts
        self._names = names
        self._config = config
        self._vocabulary = vocabulary
        self._formats = formats
        self._root = "" if language == ANY else "../"
        self._wording = names.wordings.of(language)

    def document(self) -> bytes:
        regions = self._neighbours.regions(Facet(path="", language=self._language))
        topics = self._neighbours.topics(Facet(path="", language=self._language))
        return render(
            "front.html",
            page=page_of(
                self._config.title,
                self._language,
                self._config,
                root=self._root,
                languages=[self._language_link(language) for language in PAGE_LANGUAGES],
                style="front.css",
                with_script=True,
            ),
            wording=self._wording,
            tagline=self._wording.subtitle.format(title=self._config.title),
            recent=self._wording.recent.format(days=RECENT.days),
            period=self._period(),
            map=region_map(
                self._language,
                names=self._names,
                vocabulary=self._vocabulary,
                facets=self._neighbours.facets,
                counts=self._facts.counts,
                root=self._root,
            ),
            headlines=self._headlines(),
            topics=[self._names.topic(facet.topic, self._language) for facet in topics],
            rows=self._rows(regions, topics),
            newsrooms=list(self._newsrooms()),
            feeds=self._feeds(),
            subscriptions=self._subscriptions(),
        ).encode()

    def _language_link(self, language: str) -> Link:
        href = front_page(language, self._root)
        return language_link(language, href, self._names, current=language == self._language, same=True)

    def _period(self) -> str:
        if self._facts.newest is None:
            return ""
        return f"{day_of(self._facts.newest - RECENT):%d.%m.%Y} – {day_of(self._facts.newest):%d.%m.%Y}"

    def _headlines(self) -> Latest | None:
        path = headline_facet(self._language)
        if not self._facts.headlines.get(path):
            return None
        entries = b"".join(self._facts.headlines[path]).decode()
        return Latest(href=f"{self._root}{path}.html", entries=Markup(entries))  # noqa: S704 (our markup)

    def _rows(self, regions: Iterable[Facet], topics: Sequence[Facet]) -> list[Row]:
        counts = {
            path: self._facts.counts.get(path, 0)
            for path, facet in self._neighbours.facets.items()
            if facet.language == self._language and facet.newsroom is None
        }
        # Sums would leave every other cell at the lowest level; regions have the levels of the map.
        whole = Levels(counts.get(f"{self._language}/{slug}/{ANY}", 0) for slug in self._names.regions)
        sums = Levels(counts.get(f"{self._language}/{ANY}/{slug}", 0) for slug in self._names.topics)
        single = Levels(number for path, number in counts.items() if ANY not in path.split("/")[1:])
        levels = {(False, True): whole, (True, True): whole, (True, False): sums, (False, False): single}
        return [
            Row(
                region=self._names.region(region.region, self._language),
                cells=[
                    self._cell(
                        f"{self._language}/{region.region}/{topic.topic}", counts, levels[_is_sum(region, topic)]
                    )
                    for topic in topics
                ],
            )
            for region in regions
        ]

    def _cell(self, path: str, counts: Mapping[str, int], levels: Levels) -> Cell | None:
        if path not in counts:
            return None
        newest = self._facts.newest_by_facet.get(path)
        return Cell(
            href=f"{self._root}{path}.html",
            count=counts[path],
            level=levels.of(counts[path]),
            newest=day_of(newest) if newest is not None else None,
        )

    def _newsrooms(self) -> Iterable[NewsroomLink]:
        for facet in self._neighbours.newsrooms(self._language):
            yield NewsroomLink(
                href=f"{self._root}{facet.path}.html",
                text=self._names.newsroom(facet.newsroom or ""),
                count=self._facts.counts.get(facet.path, 0),
            )

    def _subscriptions(self) -> Link | None:
        """The list of the language's feeds; that of all feeds where all languages stand together."""
        if self._language != ANY and not self._feeds():
            return None
        href = OPML_NAME if self._language == ANY else f"{self._root}{language_list(self._language)}"
        return Link(href=href, text=self._wording.subscriptions, media_type=OPML_MEDIA_TYPE)

    def _feeds(self) -> list[Link]:
        path = headline_facet(self._language)
        if path not in self._neighbours.facets:
            return []
        return feed_links(path, self._root, self._config, self._formats)


def _is_sum(region: Facet, topic: Facet) -> tuple[bool, bool]:
    return region.region == ANY, topic.topic == ANY
