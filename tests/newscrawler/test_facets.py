from typing import Any

import pytest

from newscrawler.article import Article, Relation, Scope, Tag
from newscrawler.facets import facet_paths, is_archive
from newscrawler.vocabulary import Vocabulary
from tests.conftest import an_article


def a_tagged_article(**values: Any) -> Article:
    tags: dict[str, Any] = {
        "regions": [Tag(code="KZ-61", score=2.0)],
        "topics": [Tag(code="economy", score=3.0)],
        "scope": Scope.REGIONAL,
    }
    return an_article(**{**tags, **values})


def test_an_article_is_in_its_own_feeds_and_in_those_of_all(vocabulary: Vocabulary) -> None:
    assert facet_paths(a_tagged_article(), vocabulary) == [
        "all/all/all",
        "all/all/all/2024-05",
        "all/all/economy",
        "all/turkistan/all",
        "all/turkistan/economy",
        "kk/all/all",
        "kk/all/all/2024-05",
        "kk/all/economy",
        "kk/turkistan/all",
        "kk/turkistan/economy",
        "newsrooms/newsroom_test/all",
        "newsrooms/newsroom_test/kk",
    ]


def test_an_untagged_article_is_in_the_feeds_of_all(vocabulary: Vocabulary) -> None:
    article = an_article(language="ru")
    assert facet_paths(article, vocabulary) == [
        "all/all/all",
        "all/all/all/2024-05",
        "newsrooms/newsroom_test/all",
        "newsrooms/newsroom_test/ru",
        "ru/all/all",
        "ru/all/all/2024-05",
    ]


def test_several_regions_and_topics_give_every_pair_once(vocabulary: Vocabulary) -> None:
    regions = [Tag(code="KZ-61", score=2.0), Tag(code="KZ-75", score=1.0)]
    topics = [Tag(code="economy", score=2.0), Tag(code="sport", score=1.0)]
    paths = facet_paths(a_tagged_article(regions=regions, topics=topics), vocabulary)
    pairs = {
        f"kk/{region}/{topic}"
        for region in ("all", "turkistan", vocabulary.region("KZ-75").slug)
        for topic in ("all", "economy", "sport")
    }
    assert {path for path in paths if path.startswith("kk/")} == {*pairs, "kk/all/all/2024-05"}
    assert len(paths) == len(set(paths)) == 2 * len(pairs) + 4


@pytest.mark.parametrize("scope", [Scope.NATIONAL, Scope.WORLD])
def test_a_scope_that_is_not_regional_is_a_feed_beside_the_regions(scope: Scope, vocabulary: Vocabulary) -> None:
    paths = facet_paths(a_tagged_article(scope=scope, regions=[]), vocabulary)
    assert {f"kk/{scope.value}/all", f"all/{scope.value}/economy", "kk/all/economy"} <= set(paths)
    assert not any("regional" in path for path in facet_paths(a_tagged_article(), vocabulary))


@pytest.mark.parametrize("language", ["en", "und", "uz"])
def test_a_language_without_feeds_is_in_those_of_all_languages_alone(language: str, vocabulary: Vocabulary) -> None:
    paths = facet_paths(a_tagged_article(language=language), vocabulary)
    assert "all/turkistan/economy" in paths
    assert "newsrooms/newsroom_test/all" in paths
    assert not any(language in path.split("/") for path in paths)


def test_an_article_without_a_date_has_no_place_in_a_feed(vocabulary: Vocabulary) -> None:
    assert facet_paths(a_tagged_article(date_published=None), vocabulary) == []


@pytest.mark.parametrize("relation", [Relation.SAME_TEXT, Relation.NEAR_TEXT])
def test_a_copy_is_in_its_newsrooms_feeds_only(relation: Relation, vocabulary: Vocabulary) -> None:
    assert facet_paths(a_tagged_article(relation=relation), vocabulary) == [
        "newsrooms/newsroom_test/all",
        "newsrooms/newsroom_test/kk",
    ]


def test_a_translation_is_in_the_feeds_of_its_language_but_not_under_all(vocabulary: Vocabulary) -> None:
    paths = facet_paths(a_tagged_article(relation=Relation.TRANSLATION), vocabulary)
    assert {"kk/turkistan/economy", "kk/all/all", "newsrooms/newsroom_test/all"} <= set(paths)
    assert not any(path.startswith("all/") for path in paths)


def test_the_same_text_in_another_script_is_nowhere(vocabulary: Vocabulary) -> None:
    assert facet_paths(a_tagged_article(relation=Relation.OTHER_SCRIPT), vocabulary) == []


def test_a_region_that_the_vocabulary_lost_has_no_feed(vocabulary: Vocabulary) -> None:
    lost = a_tagged_article(regions=[Tag(code="KZ-00", score=1.0)])
    assert facet_paths(lost, vocabulary) == facet_paths(a_tagged_article(regions=[]), vocabulary)


def test_an_archive_is_known_by_its_path() -> None:
    assert is_archive("kk/all/all/2024-05")
    assert not any(is_archive(path) for path in ("kk/all/all", "newsrooms/newsroom_test/all", "kk/turkistan/economy"))
