"""Tests of `feeds.facet`: paths of feeds and how they are called."""

from __future__ import annotations

import pytest

from feeds.facet import Facet, FacetNames, parse_facet
from feeds.wording import load_wordings
from newscrawler.errors import PublishError
from tests.feeds.articles import NEWSROOMS, VOCABULARY

NAMES = FacetNames(VOCABULARY, NEWSROOMS, load_wordings())


def test_parse_facet() -> None:
    assert parse_facet("kk/turkistan/economy") == Facet(
        path="kk/turkistan/economy", language="kk", region="turkistan", topic="economy"
    )
    assert parse_facet("newsrooms/bulaq_kz/ru") == Facet(
        path="newsrooms/bulaq_kz/ru", language="ru", newsroom="bulaq_kz"
    )


@pytest.mark.parametrize(
    "path", ["", "kk", "kk/all", "kk/all/all/all", "../../etc", "kk/../all", "/kk/all", "kk/all/a b"]
)
def test_a_path_that_leads_elsewhere_is_refused(path: str) -> None:
    with pytest.raises(PublishError, match="no path of a feed"):
        parse_facet(path)


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("kk/turkistan/economy", "Түркістан облысы · Экономика"),
        ("ru/turkistan/economy", "Туркестанская область · Экономика"),
        ("all/turkistan/economy", "Turkistan Region · Economy, business and finance"),
        ("kk/all/sport", "Спорт"),
        ("ru/astana/all", "город Астана"),
        ("kk/all/all", "Барлық жаңалықтар"),
        ("ru/all/all", "Все новости"),
        ("all/all/all", "All news"),
        ("kk/national/sport", "Қазақстан · Спорт"),
        ("ru/world/all", "Мир"),
        ("newsrooms/kaynar_kz/kk", "Қайнар & Ко · қазақша"),
        ("newsrooms/kaynar_kz/all", "Қайнар & Ко"),
        ("newsrooms/gone_kz/ru", "gone_kz · на русском"),
        ("kk/atlantis/magic", "atlantis · Magic"),
    ],
)
def test_titles(path: str, title: str) -> None:
    assert NAMES.title(parse_facet(path)) == title


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("kk/all/sport", "Спорт · қазақша"),
        ("ru/all/sport", "Спорт · на русском"),
        ("all/all/sport", "Sport"),
        ("kk/turkistan/sport", "Түркістан облысы · Спорт"),
        ("kk/all/all", "Барлық жаңалықтар"),
        ("newsrooms/kaynar_kz/kk", "Қайнар & Ко · қазақша"),
    ],
)
def test_a_feed_can_be_told_from_those_of_other_languages(path: str, title: str) -> None:
    assert NAMES.feed_title(parse_facet(path)) == title


@pytest.mark.parametrize(("path", "language"), [("kk/all/all", "kk"), ("ru/all/all", "ru"), ("all/all/all", "en")])
def test_the_language_in_which_a_feed_speaks(path: str, language: str) -> None:
    assert parse_facet(path).title_language == language


def test_names_of_everything() -> None:
    assert NAMES.region("all", "ru") == "Все регионы"
    assert NAMES.topic("all", "all") == "All topics"
