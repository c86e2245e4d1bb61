"""A store in the working directory for the verbs of this room."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from newscrawler.article import Article
from newscrawler.facets import facet_paths
from newscrawler.store import Store, open_store
from newscrawler.store.articles import save_article
from newscrawler.vocabulary import Vocabulary
from pipelines.near_text import sampled_hashes
from pipelines.step import StepContext
from pipelines.understanding import understand
from tests.conftest import NOW, an_article


@pytest.fixture
def working_store(tmp_path: Path) -> Iterator[Store]:
    """The store that a verb called in `tmp_path` finds without configuration."""
    with open_store(f"sqlite:///{tmp_path / 'newscrawler.db'}") as store:
        yield store


@pytest.fixture
def keep(working_store: Store, vocabulary: Vocabulary) -> Callable[..., Article]:
    """Keeps an article, understood as a crawl would."""

    def kept(number: int, *, minutes: int = 0, **values: object) -> Article:
        now = NOW + timedelta(minutes=minutes)
        article = understand(an_article(number, fetched_at=now, **values), StepContext(vocabulary=vocabulary, now=now))
        hashes = sampled_hashes(article)
        with working_store.write() as connection:
            save_article(
                connection, article, facets_of=lambda one: facet_paths(one, vocabulary), hashes=hashes, now=now
            )
        return article

    return kept
