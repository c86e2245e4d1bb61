"""Tests of `feeds.rendering`: entries are made once, and again when what they are made from changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from feeds import rendering
from feeds.atom import ATOM_FEED
from feeds.entry import TEMPLATE_VERSION
from feeds.rendering import Rendering
from feeds.rss import RSS
from newscrawler.newsroom import Newsroom
from newscrawler.store import Store
from newscrawler.vocabulary import Vocabulary
from tests.feeds.articles import NEWSROOMS, VOCABULARY, article, save


def renderer(
    authority: str = "news.example,2024",
    vocabulary: Vocabulary = VOCABULARY,
    newsrooms: Mapping[str, Newsroom] = NEWSROOMS,
) -> Rendering:
    return Rendering(formats=(RSS, ATOM_FEED), authority=authority, vocabulary=vocabulary, newsrooms=newsrooms)


def test_an_entry_is_made_once_a_format_and_then_kept(store: Store) -> None:
    ids = [article(number).id for number in range(3)]
    save(store, *map(article, range(3)))
    first, second = renderer(), renderer()
    made = first.entries(store, ids)
    assert set(made) == set(ids)
    assert first.made == 6
    assert second.entries(store, ids) == made
    assert second.made == 0
    assert b"<item>" in made[ids[0]].fragments["rss"]
    assert b"<entry" in made[ids[0]].fragments["atom"]
    assert made[ids[0]].updated == article(0).date_published


def test_a_changed_article_alone_is_made_anew(store: Store) -> None:
    ids = [article(number).id for number in range(3)]
    save(store, *map(article, range(3)))
    before = renderer().entries(store, ids)
    save(store, article(1, headline="Басқа тақырып"))
    again = renderer()
    after = again.entries(store, ids)
    assert again.made == 2
    assert [one for one in ids if before[one] != after[one]] == [ids[1]]


@pytest.mark.parametrize(
    "changed",
    [
        {"authority": "other.example,2024"},
        {"newsrooms": NEWSROOMS | {"bulaq_kz": NEWSROOMS["bulaq_kz"].model_copy(update={"title": "Бұлақ"})}},
        {"newsrooms": NEWSROOMS | {"bulaq_kz": NEWSROOMS["bulaq_kz"].model_copy(update={"content": "excerpt"})}},
        {"newsrooms": {}},
        {"vocabulary": replace(VOCABULARY, topics=())},
    ],
    ids=["authority", "newsroom's title", "newsroom's policy", "newsroom gone", "vocabulary"],
)
def test_what_entries_depend_on_makes_them_anew(store: Store, changed: dict[str, Any]) -> None:
    save(store, article(1))
    before = renderer().entries(store, [article(1).id])
    again = renderer(**changed)
    after = again.entries(store, [article(1).id])
    assert again.made == 2
    assert after != before


def test_another_newsroom_makes_nothing_anew(store: Store) -> None:
    save(store, article(1))
    renderer().entries(store, [article(1).id])
    again = renderer(newsrooms={"bulaq_kz": NEWSROOMS["bulaq_kz"]})
    again.entries(store, [article(1).id])
    assert again.made == 0


def test_a_new_template_version_makes_everything_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    save(store, article(1))
    renderer().entries(store, [article(1).id])
    monkeypatch.setattr(rendering, "TEMPLATE_VERSION", TEMPLATE_VERSION + 1)
    again = renderer()
    again.entries(store, [article(1).id])
    assert again.made == 2


def test_a_rotten_article_is_given_in_no_format_and_named_each_time(store: Store) -> None:
    rotten = article(1, headline="а\x01б")
    save(store, rotten, article(2))
    for _ in range(2):
        one = renderer()
        assert set(one.entries(store, [rotten.id, article(2).id])) == {article(2).id}
        assert [(problem.newsroom, problem.url) for problem in one.problems.values()] == [
            ("bulaq_kz", rotten.canonical_url)
        ]
        assert "XML" in one.problems[rotten.id].problem


def test_many_articles_are_made_in_several_goes(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "_AT_ONCE", 2)
    save(store, *map(article, range(5)))
    one = renderer()
    assert len(one.entries(store, [article(number).id for number in range(5)])) == 5
    assert one.made == 10


def test_articles_that_are_not_there_are_given_by_nothing(store: Store) -> None:
    assert renderer().entries(store, ["nothing"]) == {}
