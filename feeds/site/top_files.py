"""Top files: what stands beside the feeds, front pages, status page and icons, gathered from the store."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from feeds.facet import FacetNames
from feeds.feed_format import FeedFormat
from feeds.head import ICON_NAME
from feeds.rendering import Rendering
from feeds.site.front_pages import HEADLINES_SHOWN, RECENT, FrontFacts, front_pages, headline_facet
from feeds.site.headlines import HEADLINES
from feeds.site.neighbours import Neighbours
from feeds.site.page import PAGE_LANGUAGES
from feeds.site.status_page import STATUS_NAME, status_facts, status_page
from newscrawler.config import Config
from newscrawler.facets import ANY
from newscrawler.store import Store
from newscrawler.store.activity import facet_counts, newest_by_facet, newest_moment
from newscrawler.store.facets import newest_in_facet
from newscrawler.vocabulary import Vocabulary

_HERE = Path(__file__).parent
_ICONS = ("icon.svg", ICON_NAME)


def top_files(
    store: Store,
    rendering: Rendering,
    neighbours: Neighbours,
    *,
    names: FacetNames,
    config: Config,
    vocabulary: Vocabulary,
    formats: Sequence[FeedFormat],
) -> dict[str, bytes]:
    """By name the files that tell of the whole store: they depend on it alone. Raises StoreError."""
    with store.read() as connection:
        newest = newest_moment(connection, [f"{language}/{ANY}/{ANY}" for language in PAGE_LANGUAGES])
        counts = facet_counts(connection, newest - RECENT) if newest is not None else {}
        status = status_facts(connection, newest)
        newest_of_each = newest_by_facet(connection)
        shown = {
            path: newest_in_facet(connection, path, HEADLINES_SHOWN) for path in map(headline_facet, PAGE_LANGUAGES)
        }
    rendered = rendering.entries(store, list(dict.fromkeys(one for ids in shown.values() for one in ids)))
    headlines = {
        path: [rendered[one].fragments[HEADLINES.name] for one in ids if one in rendered] for path, ids in shown.items()
    }
    facts = FrontFacts(newest=newest, counts=counts, newest_by_facet=newest_of_each, headlines=headlines)
    return {
        **front_pages(neighbours, facts, names=names, config=config, vocabulary=vocabulary, formats=formats),
        STATUS_NAME: status_page(status, names=names, config=config),
        **{name: (_HERE / name).read_bytes() for name in _ICONS},
    }
