"""What holds for all five drafts."""

from __future__ import annotations

import pytest

from newscrawler.config import config_of
from newscrawler.newsroom import SourceKind
from newscrawler.project import project_folder
from newscrawler.vocabulary import load_vocabulary
from tests.spiders.newsrooms.shipped import DRAFTS, shipped


@pytest.mark.parametrize("name", DRAFTS)
def test_is_a_draft_that_says_what_it_rests_on(name: str) -> None:
    newsroom = shipped(name)
    assert newsroom.verified is False
    assert "20" in newsroom.evidence
    assert "no live site" in newsroom.evidence
    assert newsroom.content == "excerpt"
    assert newsroom.sources
    assert newsroom.articles.include


@pytest.mark.parametrize("name", DRAFTS)
def test_its_lists_are_no_articles(name: str) -> None:
    newsroom = shipped(name)
    assert [source.url for source in newsroom.sources if newsroom.is_article_address(source.url)] == []
    assert not newsroom.is_article_address(newsroom.site)
    assert any(source.kind is not SourceKind.SITEMAP for source in newsroom.sources)


@pytest.mark.parametrize("name", DRAFTS)
def test_its_meanings_are_known_to_the_vocabulary(name: str) -> None:
    newsroom, vocabulary = shipped(name), load_vocabulary()
    meanings = [*newsroom.sections.values(), *newsroom.addresses.values()]
    assert {meaning.topic for meaning in meanings} - {None} <= {topic.slug for topic in vocabulary.topics}
    assert {meaning.region for meaning in meanings} - {None} <= {region.code for region in vocabulary.regions}


def test_all_are_known_and_none_is_enabled() -> None:
    config = config_of({}, project_folder(), "nothing")
    newsrooms, errors = config.all_newsrooms()
    assert errors == []
    assert set(DRAFTS) <= newsrooms.keys()
    assert config.newsrooms == ()
