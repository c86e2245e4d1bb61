"""Tests of `feeds.site.index`: a page that leads to every feed, loads nothing and holds no markup of others."""

from __future__ import annotations

from lxml import html

from feeds.atom import ATOM_FEED
from feeds.facet import FacetNames, parse_facet
from feeds.rss import RSS
from feeds.site.index import index_page
from feeds.wording import load_wordings
from newscrawler.config import Config
from tests.feeds.articles import NEWSROOMS, VOCABULARY

PATHS = [
    *(
        f"{language}/{region}/{topic}"
        for language in ("all", "kk", "ru")
        for region in ("all", "astana", "turkistan")
        for topic in ("all", "economy", "sport")
    ),
    "kk/atlantis/all",
    "kk/national/all",
    "kk/world/sport",
    "newsrooms/bulaq_kz/kk",
    "newsrooms/kaynar_kz/all",
]


def page(paths: list[str], title: str = "Жаңалық") -> html.HtmlElement:
    names = FacetNames(VOCABULARY, NEWSROOMS, load_wordings())
    made = index_page([parse_facet(path) for path in paths], names, Config(title=title), (RSS, ATOM_FEED), "feeds.opml")
    assert made.startswith(b"<!DOCTYPE html>\n<html ")
    return html.document_fromstring(made.decode())


def test_it_leads_to_every_feed_and_to_nothing_else() -> None:
    links = [str(one.get("href")) for one in page(PATHS).iter("a")]
    feeds = [f"{path}.{suffix}" for path in PATHS for suffix in ("rss", "atom")]
    assert sorted(links) == sorted([*feeds, "feeds.opml", "#kk", "#ru", "#all"])


def test_regions_and_topics_stand_in_the_order_of_the_vocabulary() -> None:
    section = page(PATHS).xpath("//section[@lang='kk']")[0]
    assert section.xpath(".//thead//th/text()") == ["Барлық тақырыптар", "Спорт", "Экономика"]
    assert section.xpath(".//tbody//th/text()") == [
        *("Барлық өңірлер", "Қазақстан", "Әлем", "Түркістан облысы", "Астана қаласы", "atlantis"),
    ]
    row = section.xpath(".//tbody/tr[th='Әлем']/td")
    assert [[str(one.get("href")) for one in cell.iter("a")] for cell in row] == [
        [],
        ["kk/world/sport.rss", "kk/world/sport.atom"],
        [],
    ]


def test_sections_speak_their_language() -> None:
    tree = page(PATHS)
    assert tree.get("lang") == "kk"
    assert [(one.get("lang"), one.findtext("h2")) for one in tree.iter("section")] == [
        ("kk", "Қазақша"),
        ("ru", "Русский"),
        ("en", "All news"),
    ]
    assert [one.text_content().strip() for one in tree.xpath("//ul[@class='newsrooms']/li")] == [
        "Bulaq.kz RSS Atom",
        "Қайнар & Ко RSS Atom",
    ]


def test_readers_find_the_main_feeds_by_themselves() -> None:
    found = [(one.get("type"), one.get("href")) for one in page(PATHS).xpath("//head/link[@rel='alternate']")]
    assert found == [
        (f"application/{suffix}+xml", f"{language}/all/all.{suffix}")
        for language in ("kk", "ru", "all")
        for suffix in ("rss", "atom")
    ]


def test_it_loads_nothing_and_runs_nothing() -> None:
    tree = page(PATHS)
    assert tree.xpath("//script | //img | //iframe | //link[@rel='stylesheet'] | //@src | //@style") == []
    style = tree.findtext("head/style")
    assert style is not None
    assert "url(" not in style
    assert "@import" not in style


def test_a_title_is_text() -> None:
    tree = page(["kk/all/all"], title="</title><script>alert(1)</script>&amp;")
    assert tree.findtext("head/title") == tree.findtext(".//h1") == "</title><script>alert(1)</script>&amp;"
    assert not list(tree.iter("script"))


def test_without_feeds_it_says_so() -> None:
    tree = page([])
    assert tree.findtext(".//main/p") == "There is no feed yet."
    assert tree.get("lang") == "en"
