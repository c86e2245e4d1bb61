"""OPML 2.0: feeds in a file for a news reader to take over at once: all, those of a language, a region or a topic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml import etree

from feeds.facet import Facet, FacetNames
from newscrawler.config import Config
from newscrawler.facets import ANY, FEED_LANGUAGES

OPML_SUFFIX = "opml"
OPML_NAME = f"feeds.{OPML_SUFFIX}"
# One format a feed: a reader that is given both shows every article twice. RSS is what every reader takes.
_SUFFIX = "rss"
_BETWEEN = " · "


def opml_lists(facets: Sequence[Facet], names: FacetNames, config: Config) -> dict[str, bytes]:
    """Every list of the feeds of `facets`, by the name of its file: OPML_NAME all of them, `<language>/feeds.opml`
    those of a language, `<language>/<region>/feeds.opml` those of a region, and `<language>/all/<topic>.opml` those of
    a topic in any region."""
    lists = {OPML_NAME: _document(config.title, _all_groups(facets, names, config))}
    for path, title, own in _parts(facets, names, config):
        lists[path] = _document(title, [_feed(facet, names, config) for facet in own])
    return lists


def opml_names(facets: Iterable[Facet]) -> set[str]:
    """The names of the files that `opml_lists` gives for these facets, but for OPML_NAME."""
    return {path for facet in facets for path in _paths(facet)}


def language_list(language: str) -> str:
    """The name of the list of all feeds of a language."""
    return f"{language}/{OPML_NAME}"


def region_list(facet: Facet) -> str:
    """The name of the list of all feeds of the facet's region, in its language."""
    return f"{facet.language}/{facet.region}/{OPML_NAME}"


def topic_list(facet: Facet) -> str:
    """The name of the list of all feeds of the facet's topic, in its language."""
    return f"{facet.language}/{ANY}/{facet.topic}.{OPML_SUFFIX}"


def _parts(facets: Sequence[Facet], names: FacetNames, config: Config) -> Iterable[tuple[str, str, Sequence[Facet]]]:
    found: dict[str, list[Facet]] = {}
    for facet in facets:
        for path in _paths(facet):
            found.setdefault(path, []).append(facet)
    for path, own in found.items():
        first = own[0]
        language = names.wordings.of(first.language)
        title = [config.title, language.language if first.language != ANY else language.everything]
        if path == topic_list(first):
            title.append(names.topic(first.topic, first.language))
        elif path != language_list(first.language):
            title.append(names.region(first.region, first.language))
        yield path, _BETWEEN.join(title), own


def _paths(facet: Facet) -> list[str]:
    if facet.newsroom is not None:
        return [language_list(facet.language)]
    paths = [language_list(facet.language), region_list(facet)]
    return paths if facet.topic == ANY else [*paths, topic_list(facet)]


def _document(title: str, outlines: Iterable[etree._Element]) -> bytes:
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = title
    etree.SubElement(root, "body").extend(outlines)
    etree.indent(root, space=" ")
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"


def _all_groups(facets: Sequence[Facet], names: FacetNames, config: Config) -> Iterable[etree._Element]:
    """The feeds grouped by language, then by region; those of newsrooms in a group of their own."""
    for language in (*FEED_LANGUAGES, ANY):
        own = [facet for facet in facets if facet.language == language]
        if not own:
            continue
        wording = names.wordings.of(language)
        group = _group(wording.language if language != ANY else wording.everything)
        for region in dict.fromkeys(facet.region for facet in own if facet.newsroom is None):
            told = [facet for facet in own if facet.newsroom is None and facet.region == region]
            group.append(_group(names.region(region, language), [_feed(facet, names, config) for facet in told]))
        newsrooms = [_feed(facet, names, config) for facet in own if facet.newsroom is not None]
        if newsrooms:
            group.append(_group(wording.newsrooms, newsrooms))
        yield group


def _group(text: str, outlines: Iterable[etree._Element] = ()) -> etree._Element:
    group = etree.Element("outline", text=text)
    group.extend(outlines)
    return group


def _feed(facet: Facet, names: FacetNames, config: Config) -> etree._Element:
    title = names.feed_title(facet)
    attributes = {"type": "rss", "text": title, "title": title}
    addresses = {
        "xmlUrl": f"{config.base_url}{facet.path}.{_SUFFIX}",
        "htmlUrl": f"{config.base_url}{facet.path}.html",
    }
    return etree.Element("outline", attributes | addresses | {"language": facet.title_language})
