"""Basis: what every feed and page depends on besides its articles."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from feeds.entry import TEMPLATE_VERSION
from feeds.site.templating import site_version
from feeds.sources import Source
from feeds.wording import load_wordings
from newscrawler.config import Config
from newscrawler.vocabulary import Vocabulary


def basis_of_feeds(config: Config, vocabulary: Vocabulary, newsrooms: Mapping[str, Source]) -> str:
    """A digest of what every feed and page depends on besides its articles, and of where they are written: when it is
    another one, all of them are out of date."""
    values = [
        TEMPLATE_VERSION,
        site_version(),
        [config.base_url, config.title, config.feed_authority, config.entries, str(config.public.absolute())],
        [(region.code, region.slug, region.names) for region in vocabulary.regions],
        [(topic.slug, topic.medtop, topic.names) for topic in vocabulary.topics],
        [(name, known.title, known.site, known.content) for name, known in sorted(newsrooms.items())],
        load_wordings().model_dump(),
    ]
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()
