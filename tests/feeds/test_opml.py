"""Tests of `feeds.opml`: every feed once, where one looks for it."""

from __future__ import annotations

from lxml import etree

from feeds.facet import FacetNames, parse_facet
from feeds.opml import opml
from feeds.wording import load_wordings
from newscrawler.config import Config
from tests.feeds.articles import NEWSROOMS, VOCABULARY

CONFIG = Config(base_url="https://news.example/", title="A & B")
PATHS = [
    "all/all/all",
    "kk/all/all",
    "kk/turkistan/all",
    "kk/turkistan/economy",
    "newsrooms/bulaq_kz/all",
    "newsrooms/bulaq_kz/kk",
    "ru/world/sport",
]


def made(paths: list[str]) -> etree._Element:
    names = FacetNames(VOCABULARY, NEWSROOMS, load_wordings())
    return etree.fromstring(opml([parse_facet(path) for path in paths], names, CONFIG))


def test_every_feed_is_there_once() -> None:
    addresses = [one.get("xmlUrl") for one in made(PATHS).iter("outline") if one.get("xmlUrl")]
    assert sorted(map(str, addresses)) == [f"https://news.example/{path}.rss" for path in PATHS]


def test_feeds_are_grouped_by_language_and_region() -> None:
    tree = made(PATHS)
    assert tree.findtext("head/title") == "A & B"
    groups = [
        [str(above.get("text")) for above in reversed(list(one.iterancestors("outline")))] + [str(one.get("text"))]
        for one in tree.iter("outline")
        if one.get("xmlUrl")
    ]
    assert groups == [
        ["Қазақша", "Барлық өңірлер", "Барлық жаңалықтар"],
        ["Қазақша", "Түркістан облысы", "Түркістан облысы"],
        ["Қазақша", "Түркістан облысы", "Түркістан облысы · Экономика"],
        ["Қазақша", "Редакциялар", "Bulaq.kz · қазақша"],
        ["Русский", "Мир", "Мир · Спорт"],
        ["All news", "All regions", "All news"],
        ["All news", "Newsrooms", "Bulaq.kz"],
    ]


def test_without_feeds_it_is_empty_and_whole() -> None:
    assert len(made([]).findall("body/outline")) == 0
