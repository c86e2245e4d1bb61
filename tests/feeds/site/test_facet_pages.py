"""Tests of `feeds.site.facet_pages`: a page leads to its feeds and to the facets around it, in its language."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from lxml import html

from feeds.facet import parse_facet
from feeds.publish import FORMATS
from feeds.site.facet_pages import FacetPages
from newscrawler.config import Config
from tests.feeds.site.pages import NAMES, assert_asks_nobody, hrefs, neighbours, parsed

ENTRY = b'<li class="entry" lang="ru"><article><h3><a href="https://bulaq.test/1">\xd0\x90</a></h3></article></li>\n'


def page(path: str, archives: Sequence[str] = (), title: str = "Жаңалық") -> html.HtmlElement:
    config = Config(title=title, base_url="https://news.example/")
    pages = FacetPages(neighbours(), NAMES, config, FORMATS)
    return parsed(pages.envelope(parse_facet(path), archives).around([ENTRY, ENTRY]))


def test_a_page_is_of_its_facet_and_in_its_language() -> None:
    tree = page("kk/turkistan/economy")
    assert tree.get("lang") == "kk"
    assert tree.findtext("head/title") == "Түркістан облысы · Экономика — Жаңалық"
    assert tree.findtext(".//h1") == "Түркістан облысы · Экономика"
    assert hrefs(tree, "//ol[@class='entries']/li//a") == ["https://bulaq.test/1"] * 2
    assert page("all/all/sport").get("lang") == "en"
    assert page("newsrooms/bulaq_kz/kk").findtext(".//h1") == "Bulaq.kz · қазақша"


def test_feeds_are_found_by_readers_and_by_people() -> None:
    tree = page("kk/turkistan/economy")
    feeds = [f"../../kk/turkistan/economy.{suffix}" for suffix in ("rss", "atom", "json")]
    found = tree.xpath("//head/link[@rel='alternate'][@type]")
    assert [(one.get("type"), one.get("href")) for one in found] == list(
        zip(["application/rss+xml", "application/atom+xml", "application/feed+json"], feeds, strict=True)
    )
    buttons = "//section[@class='subscribe']//a"
    assert hrefs(tree, buttons) == [*feeds, "../../kk/turkistan/feeds.opml"]
    assert tree.xpath("//button/@data-address") == [
        f"https://news.example/kk/turkistan/economy.{suffix}" for suffix in ("rss", "atom", "json")
    ]
    assert tree.xpath("//button[not(@hidden)]") == []
    assert hrefs(page("newsrooms/bulaq_kz/kk"), buttons)[-1] == "../../newsrooms/bulaq_kz/kk.json"


@pytest.mark.parametrize(
    ("path", "titles"),
    [
        ("all/turkistan/sport", ["Topics of this region", "This topic in the regions"]),
        ("all/turkistan/all", ["Topics of this region", "Regions"]),
        ("all/all/sport", ["Topics", "This topic in the regions"]),
        ("kk/world/all", ["Тақырыптар", "Өңірлер"]),
    ],
)
def test_lists_around_a_facet_say_of_what(path: str, titles: list[str]) -> None:
    navigation = page(path).xpath("//nav[not(contains(@class, 'languages'))]")
    assert [nav.findtext("h2") for nav in navigation] == titles


@pytest.mark.parametrize(
    ("path", "href", "text"),
    [
        ("kk/all/sport", "../../kk/all/sport.opml", "OPML: Спорт"),
        ("kk/all/all", "../../kk/all/feeds.opml", "OPML: Барлық өңірлер"),
        ("kk/turkistan/sport", "../../kk/turkistan/feeds.opml", "OPML: Түркістан облысы"),
    ],
)
def test_feeds_can_be_taken_over_at_once(path: str, href: str, text: str) -> None:
    (link,) = page(path).xpath("//section[@class='subscribe']//a[@type='text/x-opml']")
    assert (link.get("href"), link.text) == (href, text)


def test_it_leads_to_the_facets_around() -> None:
    tree = page("kk/world/sport")
    navigation = tree.xpath("//nav[not(contains(@class, 'languages'))]")
    assert [[str(a.text) for a in nav.iter("a")] for nav in navigation] == [
        ["Барлық тақырыптар", "Спорт"],
        ["Барлық өңірлер", "Әлем", "Түркістан облысы", "Астана қаласы"],
    ]
    assert hrefs(navigation[1], ".//a[@aria-current='page']") == ["../../kk/world/sport.html"]
    newsrooms = page("newsrooms/bulaq_kz/kk").xpath("//nav[@aria-labelledby='newsrooms']")[0]
    assert [str(a.text) for a in newsrooms.iter("a")] == ["Bulaq.kz", "Қайнар & Ко"]


def test_a_list_of_itself_alone_is_left_out() -> None:
    assert page("newsrooms/bulaq_kz/all").xpath("//*[@class='aside']") == []


@pytest.mark.parametrize(
    ("path", "ways", "current"),
    [
        ("ru/astana/all", ["kk/astana/all.html", "ru/astana/all.html", "all/astana/all.html"], "Русский"),
        ("kk/national/all", ["kk/national/all.html", "ru/index.html", "index.html"], "Қазақша"),
        (
            "newsrooms/bulaq_kz/all",
            ["newsrooms/bulaq_kz/kk.html", "ru/index.html", "newsrooms/bulaq_kz/all.html"],
            "English",
        ),
    ],
)
def test_every_language_can_be_reached(path: str, ways: list[str], current: str) -> None:
    tree = page(path)
    links = tree.xpath("//nav[@class='languages']//a")
    assert [one.get("href") for one in links] == [f"../../{way}" for way in ways]
    assert [(one.text, one.get("lang")) for one in links] == [("Қазақша", "kk"), ("Русский", "ru"), ("English", "en")]
    assert [one.text for one in links if one.get("aria-current")] == [current]
    same = {f"../../{way}" for way in ways if not way.endswith("index.html")}
    assert set(hrefs(tree, "//head/link[@hreflang]")) == same


def test_months_are_newest_first() -> None:
    tree = page("kk/all/all", ["kk/all/all/2024-04", "kk/all/all/2024-05"])
    archive = tree.xpath("//nav[@aria-labelledby='archive']")[0]
    assert archive.xpath(".//*[@class='month']/text()") == ["2024-05", "2024-04"]
    assert hrefs(archive, ".//a") == [
        f"../../kk/all/all/{month}.{suffix}" for month in ("2024-05", "2024-04") for suffix in ("rss", "atom", "json")
    ]


def test_an_empty_facet_says_so_and_is_whole() -> None:
    pages = FacetPages(neighbours(), NAMES, Config(), FORMATS)
    tree = parsed(pages.envelope(parse_facet("ru/all/sport")).around([]))
    # The style sheet shows the sentence where the list before it has nothing in it, no blank either.
    assert (tree.xpath("//ol[@class='entries']")[0].text or "") == ""
    assert (
        tree.xpath("string(//ol[@class='entries']/following-sibling::p[@class='none'])") == "Пока здесь нет новостей."
    )


@pytest.mark.parametrize("path", ["kk/all/all", "all/world/sport", "newsrooms/kaynar_kz/kk"])
def test_it_asks_nobody(path: str) -> None:
    assert_asks_nobody(page(path))


def test_a_title_is_text() -> None:
    tree = page("kk/all/all", title='</title><script>alert(1)</script>"\u202e')
    assert tree.findtext("head/title") == 'Барлық жаңалықтар — </title><script>alert(1)</script>"'
    assert len(tree.xpath("//script")) == 1
