"""Tests of `feeds.basis`: what makes every feed be looked at again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import feeds.basis
from feeds.basis import basis_of_feeds
from newscrawler.config import Config
from newscrawler.vocabulary import Vocabulary
from tests.feeds.articles import NEWSROOMS, VOCABULARY

CONFIG = Config(public=Path("/srv/public"))
BASIS = basis_of_feeds(CONFIG, VOCABULARY, NEWSROOMS)


@pytest.mark.parametrize(
    "change",
    [
        {"base_url": "https://b.example/"},
        {"title": "Б"},
        {"feed_authority": "b.example,2025"},
        {"entries": 2},
        {"public": Path("/srv/other")},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_decision_that_feeds_show_is_part_of_it(change: dict[str, Any]) -> None:
    assert basis_of_feeds(CONFIG.model_copy(update=change), VOCABULARY, NEWSROOMS) != BASIS


def test_names_are_part_of_it() -> None:
    fewer = Vocabulary(regions=VOCABULARY.regions[:1], topics=VOCABULARY.topics)
    renamed = NEWSROOMS | {"bulaq_kz": NEWSROOMS["bulaq_kz"].model_copy(update={"title": "Бұлақ"})}
    assert len({BASIS, basis_of_feeds(CONFIG, fewer, NEWSROOMS), basis_of_feeds(CONFIG, VOCABULARY, renamed)}) == 3


@pytest.mark.parametrize(("name", "value"), [("TEMPLATE_VERSION", 0), ("site_version", lambda: "another")])
def test_what_feeds_and_pages_look_like_is_part_of_it(
    monkeypatch: pytest.MonkeyPatch, name: str, value: object
) -> None:
    monkeypatch.setattr(feeds.basis, name, value)
    assert basis_of_feeds(CONFIG, VOCABULARY, NEWSROOMS) != BASIS


def test_what_feeds_do_not_show_is_not() -> None:
    quiet = CONFIG.model_copy(update={"contact": "a@example.org", "max_tries": 9})
    slow = NEWSROOMS | {"bulaq_kz": NEWSROOMS["bulaq_kz"].model_copy(update={"delay": 9.0})}
    assert basis_of_feeds(quiet, VOCABULARY, slow) == BASIS
