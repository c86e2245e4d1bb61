"""Tests of `feeds.opml`: every feed once, where one looks for it."""

from __future__ import annotations

from lxml import etree

from feeds.facet import FacetNames, parse_facet
from feeds.opml import OPML_NAME, opml_lists, opml_names
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


def lists(paths: list[str]) -> dict[str, etree._Element]:
    names = FacetNames(VOCABULARY, NEWSROOMS, load_wordings())
    made = opml_lists([parse_facet(path) for path in paths], names, CONFIG)
    return {name: etree.fromstring(content) for name, content in made.items()}


def made(paths: list[str]) -> etree._Element:
    return lists(paths)[OPML_NAME]


def feeds_of(tree: etree._Element) -> list[str]:
    addresses = [str(one.get("xmlUrl")) for one in tree.iter("outline") if one.get("xmlUrl")]
    return [address.removeprefix("https://news.example/").removesuffix(".rss") for address in addresses]


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


def test_a_language_a_region_and_a_topic_have_a_list_of_their_own() -> None:
    found = lists(PATHS)
    assert {name: feeds_of(tree) for name, tree in found.items() if name != OPML_NAME} == {
        "all/feeds.opml": ["all/all/all", "newsrooms/bulaq_kz/all"],
        "all/all/feeds.opml": ["all/all/all"],
        "kk/feeds.opml": ["kk/all/all", "kk/turkistan/all", "kk/turkistan/economy", "newsrooms/bulaq_kz/kk"],
        "kk/all/feeds.opml": ["kk/all/all"],
        "kk/turkistan/feeds.opml": ["kk/turkistan/all", "kk/turkistan/economy"],
        "kk/all/economy.opml": ["kk/turkistan/economy"],
        "ru/feeds.opml": ["ru/world/sport"],
        "ru/world/feeds.opml": ["ru/world/sport"],
        "ru/all/sport.opml": ["ru/world/sport"],
    }
    assert opml_names([parse_facet(path) for path in PATHS]) == found.keys() - {OPML_NAME}


def test_a_list_is_called_after_what_is_in_it() -> None:
    titles = {name: tree.findtext("head/title") for name, tree in lists(PATHS).items()}
    assert titles["kk/feeds.opml"] == "A & B · Қазақша"
    assert titles["kk/turkistan/feeds.opml"] == "A & B · Қазақша · Түркістан облысы"
    assert titles["kk/all/economy.opml"] == "A & B · Қазақша · Экономика"
    assert titles["all/feeds.opml"] == "A & B · All news"


def test_a_feed_leads_to_its_page() -> None:
    (feed, *_) = [one for one in made(PATHS).iter("outline") if one.get("xmlUrl")]
    assert feed.get("htmlUrl") == "https://news.example/kk/all/all.html"
