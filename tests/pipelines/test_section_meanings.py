"""What section and address say of an article."""

from __future__ import annotations

import pytest

from newscrawler.article import Where
from newscrawler.newsroom import Meaning, Newsroom
from newscrawler.vocabulary import Vocabulary
from pipelines.section_meanings import section_meanings
from pipelines.step import StepContext
from tests.conftest import NOW, an_article

NEWSROOM = Newsroom(
    name="newsroom_test",
    title="Newsroom.test",
    site="https://newsroom.test/",
    hosts=("newsroom.test",),
    languages=("kk",),
    sections={"Ел тынысы": Meaning(scope="national"), "Спорт": Meaning(topic="lifestyle")},
    addresses={
        "/kk/": Meaning(scope="national"),
        "/kk/news/1-": Meaning(region="KZ-61", topic="economy"),
        "https://newsroom.test/ru/": Meaning(topic="sport"),
    },
)


@pytest.fixture
def context(vocabulary: Vocabulary) -> StepContext:
    return StepContext(vocabulary=vocabulary, now=NOW, newsroom=NEWSROOM)


def test_the_longest_beginning_of_the_address_counts(context: StepContext) -> None:
    (said,) = section_meanings(an_article(1), context)
    assert (said.meaning.region, said.meaning.topic) == ("KZ-61", "economy")
    assert (said.evidence.words, said.evidence.where) == ("/kk/news/1-", Where.ADDRESS)
    (other,) = section_meanings(an_article(2), context)
    assert other.meaning.scope == "national"


def test_a_whole_address_may_be_named(context: StepContext) -> None:
    (said,) = section_meanings(an_article(canonical_url="https://newsroom.test/ru/1"), context)
    assert said.meaning.topic == "sport"


def test_the_map_of_the_newsroom_comes_before_the_names_known_everywhere(context: StepContext) -> None:
    said = section_meanings(an_article(section="СПОРТ", canonical_url="https://newsroom.test/x"), context)
    assert [item.meaning.topic for item in said] == ["lifestyle"]
    assert said[0].evidence.where is Where.SECTION


@pytest.mark.parametrize(
    ("section", "topic", "scope"),
    [
        ("Спорт", "sport", None),
        ("экономика", "economy", None),
        ("Руханият", "culture", None),
        ("В мире", None, "world"),
        ("Әлем", None, "world"),
        ("Жаңалықтар / Спорт", "sport", None),
    ],
)
def test_names_of_sections_that_are_known_everywhere(
    section: str, topic: str | None, scope: str | None, vocabulary: Vocabulary
) -> None:
    (said,) = section_meanings(an_article(section=section), StepContext(vocabulary=vocabulary, now=NOW))
    assert (said.meaning.topic, said.meaning.scope) == (topic, scope)


@pytest.mark.parametrize("section", [None, "Басты", "Аймақ", "Мнения"])
def test_other_sections_say_nothing(section: str | None, vocabulary: Vocabulary) -> None:
    assert section_meanings(an_article(section=section), StepContext(vocabulary=vocabulary, now=NOW)) == []
