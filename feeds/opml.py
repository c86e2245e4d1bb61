"""OPML 2.0: every feed in one file, grouped, for a news reader to take over at once."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from feeds.facet import Facet, FacetNames
from newscrawler.config import Config
from newscrawler.facets import ANY, FEED_LANGUAGES

# One format a feed: a reader that is given both shows every article twice. RSS is what every reader takes.
_SUFFIX = "rss"


def opml(facets: Sequence[Facet], names: FacetNames, config: Config) -> bytes:
    """The feeds of `facets` grouped by language, then by region; those of newsrooms in a group of their own."""
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = config.title
    body = etree.SubElement(root, "body")
    for language in (*FEED_LANGUAGES, ANY):
        own = [facet for facet in facets if facet.language == language]
        if not own:
            continue
        wording = names.wordings.of(language)
        group = _group(body, wording.language if language != ANY else wording.everything)
        for region in dict.fromkeys(facet.region for facet in own if facet.newsroom is None):
            subgroup = _group(group, names.region(region, language))
            for facet in own:
                if facet.newsroom is None and facet.region == region:
                    _feed(subgroup, facet, names, config)
        newsrooms = [facet for facet in own if facet.newsroom is not None]
        if newsrooms:
            subgroup = _group(group, wording.newsrooms)
            for facet in newsrooms:
                _feed(subgroup, facet, names, config)
    etree.indent(root, space=" ")
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"


def _group(parent: etree._Element, text: str) -> etree._Element:
    return etree.SubElement(parent, "outline", text=text)


def _feed(group: etree._Element, facet: Facet, names: FacetNames, config: Config) -> None:
    title = names.title(facet)
    attributes = {"type": "rss", "text": title, "title": title}
    addresses = {"xmlUrl": f"{config.base_url}{facet.path}.{_SUFFIX}", "htmlUrl": config.base_url}
    language = {"language": facet.title_language}
    etree.SubElement(group, "outline", attributes | addresses | language)
