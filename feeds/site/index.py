"""The index page: every feed in a table of regions and topics, a section a language."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lxml import etree, html
from lxml.html.builder import E

from feeds.facet import Facet, FacetNames
from feeds.feed_format import FeedFormat
from feeds.head import GENERATOR
from newscrawler.article import Scope
from newscrawler.config import Config
from newscrawler.facets import ANY, FEED_LANGUAGES

_STYLE = Path(__file__).with_name("index.css")


def index_page(
    facets: Sequence[Facet], names: FacetNames, config: Config, formats: Sequence[FeedFormat], opml_name: str
) -> bytes:
    """The page at the top of the output folder, as HTML in UTF-8 that loads nothing and needs no script; its links are
    relative, so that it works from a disk too."""
    page = _IndexPage(facets, names, config, formats)
    return page.document(opml_name)


class _IndexPage:
    def __init__(
        self, facets: Sequence[Facet], names: FacetNames, config: Config, formats: Sequence[FeedFormat]
    ) -> None:
        self._facets = {facet.path: facet for facet in facets}
        self._names = names
        self._config = config
        self._formats = formats
        self._languages = [
            language
            for language in (*FEED_LANGUAGES, ANY)
            if any(facet.language == language for facet in self._facets.values())
        ]

    def document(self, opml_name: str) -> bytes:
        first = self._languages[0] if self._languages else ANY
        wording = self._names.wordings.of(first)
        body = E.body(E.header(E.h1(self._config.title), self._navigation(opml_name)))
        main = etree.SubElement(body, "main")
        for language in self._languages:
            main.append(self._section(language))
        if not self._languages:
            main.append(E.p(wording.nothing_yet))
        page = E.html(self._head(), body, lang=_code(first))
        document: bytes = html.tostring(page, encoding="utf-8", doctype="<!DOCTYPE html>")
        return document + b"\n"

    def _head(self) -> etree._Element:
        head: etree._Element = E.head(
            E.meta(charset="utf-8"),
            E.meta(name="viewport", content="width=device-width, initial-scale=1"),
            E.meta(name="generator", content=GENERATOR),
            E.title(self._config.title),
            E.style(_STYLE.read_text(encoding="utf-8")),
        )
        for language in self._languages:
            facet = self._facets.get(f"{language}/{ANY}/{ANY}")
            if facet is None:
                continue
            for one in self._formats:
                title = f"{self._names.title(facet)} ({one.label})"
                head.append(E.link(rel="alternate", type=one.media_type, title=title, href=f"{facet.path}.{one.name}"))
        return head

    def _navigation(self, opml_name: str) -> etree._Element:
        links = [
            E.li(E.a(self._section_title(language), href=f"#{language}", lang=_code(language)))
            for language in self._languages
        ]
        wording = self._names.wordings.of(self._languages[0] if self._languages else ANY)
        navigation: etree._Element = E.nav(E.ul(*links, E.li(E.a(wording.subscriptions, href=opml_name))))
        return navigation

    def _section(self, language: str) -> etree._Element:
        wording = self._names.wordings.of(language)
        title = E.h2(self._section_title(language), id=language)
        section: etree._Element = E.section(title, E.p(wording.guide, " ", wording.rights), lang=_code(language))
        section.set("aria-labelledby", language)
        own = [facet for facet in self._facets.values() if facet.language == language]
        if any(facet.newsroom is None for facet in own):
            section.append(self._matrix(language, [facet for facet in own if facet.newsroom is None]))
        newsrooms = [facet for facet in own if facet.newsroom is not None]
        if newsrooms:
            items = [E.li(self._names.newsroom(facet.newsroom or ""), " ", *self._links(facet)) for facet in newsrooms]
            section.extend([E.h3(wording.newsrooms), E.ul(*items, {"class": "newsrooms"})])
        return section

    def _section_title(self, language: str) -> str:
        wording = self._names.wordings.of(language)
        return wording.language if language != ANY else wording.everything

    def _matrix(self, language: str, facets: Sequence[Facet]) -> etree._Element:
        wording = self._names.wordings.of(language)
        regions = _in_order(
            {facet.region for facet in facets}, [ANY, Scope.NATIONAL, Scope.WORLD, *self._names.regions]
        )
        topics = _in_order({facet.topic for facet in facets}, [ANY, *self._names.topics])
        columns = [_heading(self._names.topic(topic, language), "col") for topic in topics]
        rows = [
            E.tr(
                _heading(self._names.region(region, language), "row"),
                *(E.td(*self._links(self._facets.get(f"{language}/{region}/{topic}"))) for topic in topics),
            )
            for region in regions
        ]
        table = E.table(E.thead(E.tr(E.td(), *columns)), E.tbody(*rows))
        # What scrolls must be reachable by keyboard, and then needs a name (WCAG 2.1.1, 4.1.2).
        matrix: etree._Element = E.div(table, {"class": "matrix"}, tabindex="0", role="region")
        matrix.set("aria-label", f"{self._section_title(language)}: {wording.regions}")
        return matrix

    def _links(self, facet: Facet | None) -> list[etree._Element]:
        if facet is None:
            return []
        links = [E.a(one.label, href=f"{facet.path}.{one.name}") for one in self._formats]
        for link in links[:-1]:
            link.tail = " "
        return links


def _code(language: str) -> str:
    return language if language in FEED_LANGUAGES else "en"


def _in_order(found: set[str], order: Sequence[str]) -> list[str]:
    return [one for one in order if one in found] + sorted(found.difference(order))


def _heading(text: str, scope: str) -> etree._Element:
    heading: etree._Element = E.th(text, scope=scope)
    return heading
