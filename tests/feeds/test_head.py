"""Tests of `feeds.head`: what a feed says of itself."""

from __future__ import annotations

from feeds.facet import FacetNames, parse_facet
from feeds.head import Head, head_of
from feeds.wording import load_wordings
from newscrawler.config import Config
from tests.feeds.articles import NEWSROOMS, NOON, VOCABULARY

CONFIG = Config(base_url="https://news.example/feeds", title="A & B", feed_authority="news.example,2024")


def head(path: str, previous_archive: str | None = None) -> Head:
    names = FacetNames(VOCABULARY, NEWSROOMS, load_wordings())
    return head_of(parse_facet(path), names, CONFIG, NOON, previous_archive)


def test_head() -> None:
    assert head("ru/turkistan/economy") == Head(
        facet=parse_facet("ru/turkistan/economy"),
        id="tag:news.example,2024:ru/turkistan/economy",
        title="Туркестанская область · Экономика",
        subtitle="Новости редакций Казахстана. Собрано: A & B",
        rights="Права на тексты принадлежат опубликовавшим их редакциям.",
        language="ru",
        publisher="A & B",
        page="https://news.example/feeds/ru/turkistan/economy.html",
        address="https://news.example/feeds/ru/turkistan/economy",
        icon="https://news.example/feeds/icon.png",
        about="https://news.example/feeds/",
        updated=NOON,
    )
    assert (head("all/all/all").language, head("all/all/all").title) == ("en", "All news")


def test_an_archive_names_its_month_the_feed_it_belongs_to_and_the_archive_before() -> None:
    archive = head("kk/all/all/2024-05", "kk/all/all/2024-04")
    assert archive.title == "Барлық жаңалықтар · 2024-05"
    assert archive.address == "https://news.example/feeds/kk/all/all/2024-05"
    assert archive.page == "https://news.example/feeds/kk/all/all.html"
    assert archive.current == "https://news.example/feeds/kk/all/all"
    assert archive.previous_archive == "https://news.example/feeds/kk/all/all/2024-04"
    assert head("kk/all/all").current is None
