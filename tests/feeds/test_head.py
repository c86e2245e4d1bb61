"""Tests of `feeds.head`: what a feed says of itself."""

from __future__ import annotations

from feeds.facet import FacetNames, parse_facet
from feeds.head import Head, head_of
from feeds.wording import load_wordings
from newscrawler.config import Config
from tests.feeds.articles import NEWSROOMS, NOON, VOCABULARY

CONFIG = Config(base_url="https://news.example/feeds", title="A & B", feed_authority="news.example,2024")


def head(path: str) -> Head:
    return head_of(parse_facet(path), FacetNames(VOCABULARY, NEWSROOMS, load_wordings()), CONFIG, NOON)


def test_head() -> None:
    assert head("ru/turkistan/economy") == Head(
        id="tag:news.example,2024:ru/turkistan/economy",
        title="Туркестанская область · Экономика",
        subtitle="Новости редакций Казахстана. Собрано: A & B",
        rights="Права на тексты принадлежат опубликовавшим их редакциям.",
        language="ru",
        publisher="A & B",
        page="https://news.example/feeds/",
        address="https://news.example/feeds/ru/turkistan/economy",
        updated=NOON,
    )
    assert (head("all/all/all").language, head("all/all/all").title) == ("en", "All news")
