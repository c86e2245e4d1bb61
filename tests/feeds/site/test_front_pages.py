"""Tests of `feeds.site.front_pages`: three front pages that lead to everything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from lxml import html

from feeds.facet import parse_facet
from feeds.publish import FORMATS
from feeds.site.front_pages import FrontFacts, front_pages
from newscrawler.config import Config
from tests.feeds.articles import NOON, VOCABULARY
from tests.feeds.site.pages import NAMES, PATHS, assert_asks_nobody, hrefs, neighbours, parsed

NOTHING = FrontFacts(newest=None, counts={}, newest_by_facet={}, headlines={})
FACTS = FrontFacts(
    newest=NOON,
    counts={"kk/turkistan/all": 12, "kk/turkistan/sport": 3, "newsrooms/bulaq_kz/kk": 15},
    newest_by_facet={path: NOON - timedelta(days=len(path)) for path in PATHS if path != "kk/turkistan/sport"},
    headlines={
        "kk/all/all": [b'<li class="entry" lang="kk"><h3><a href="https://bulaq.test/kk/1/">\xd0\x90</a></h3></li>'],
    },
)


def fronts(
    facts: FrontFacts = FACTS, paths: Iterable[str] = PATHS, title: str = "Жаңалық"
) -> dict[str, html.HtmlElement]:
    made = front_pages(
        neighbours(paths), facts, names=NAMES, config=Config(title=title), vocabulary=VOCABULARY, formats=FORMATS
    )
    return {name: parsed(page) for name, page in made.items()}


def test_each_language_has_its_own_and_leads_to_the_others() -> None:
    made = fronts()
    assert {name: tree.get("lang") for name, tree in made.items()} == {
        "index.html": "en",
        "kk/index.html": "kk",
        "ru/index.html": "ru",
    }
    links = "//nav[@class='languages']//a"
    assert hrefs(made["index.html"], links) == ["kk/index.html", "ru/index.html", "index.html"]
    assert hrefs(made["ru/index.html"], links) == ["../kk/index.html", "../ru/index.html", "../index.html"]


def test_the_map_and_the_list_lead_to_the_regions() -> None:
    tree = fronts()["kk/index.html"]
    drawn = tree.xpath("//svg//a")
    assert {(one.get("aria-label"), one.get("href")) for one in drawn} == {
        ("Түркістан облысы: 12", "../kk/turkistan/all.html"),
        ("Астана қаласы: 0", "../kk/astana/all.html"),
    }
    assert hrefs(tree, "//ul[@class='places']//a") == ["../kk/turkistan/all.html", "../kk/astana/all.html"]
    assert [one.text_content().split() for one in tree.xpath("//ul[@class='places']/li")] == [
        ["Түркістан", "облысы", "12"],
        ["Астана", "қаласы", "0"],
    ]


def test_the_table_has_counts_and_dates() -> None:
    table = fronts()["kk/index.html"].xpath("//table")[0]
    assert table.xpath("./thead//th/text()") == ["Барлық тақырыптар", "Спорт", "Экономика"]
    assert table.xpath("./tbody/tr/th/text()") == [
        *("Барлық өңірлер", "Қазақстан", "Әлем", "Түркістан облысы", "Астана қаласы", "atlantis"),
    ]
    cells = table.xpath("./tbody/tr[th='Түркістан облысы']/td")
    assert [(hrefs(cell, ".//a"), cell.text_content()) for cell in cells] == [
        (["../kk/turkistan/all.html"], "12 28.04.24"),
        (["../kk/turkistan/sport.html"], "3"),
        (["../kk/turkistan/economy.html"], "0 24.04.24"),
    ]
    assert table.xpath("./tbody/tr[th='Әлем']/td[3]//text()") == []
    assert table.xpath("./tbody//time/@datetime")[0] == "2024-05-04"


def test_sums_do_not_pale_what_they_are_made_of() -> None:
    counts = {
        "kk/all/all": 900,
        "kk/national/all": 500,
        "kk/turkistan/all": 160,
        "kk/astana/all": 7,
        "kk/all/sport": 90,
        "kk/all/economy": 3,
        "kk/turkistan/sport": 9,
        "kk/astana/sport": 1,
    }
    facts = FrontFacts(newest=NOON, counts=counts, newest_by_facet=FACTS.newest_by_facet, headlines={})
    rows = fronts(facts)["kk/index.html"].xpath("//table/tbody/tr")
    assert [[cell.get("class") for cell in row.iterchildren("td")] for row in rows] == [
        ["level4", "level4", "level1"],
        ["level4", None, None],
        ["level0", "level0", None],
        ["level4", "level4", "level0"],
        ["level1", "level1", "level0"],
        ["level0", None, None],
    ]


def test_all_facets_of_a_language_can_be_reached() -> None:
    made = fronts()
    for language, name, root in (
        ("all", "index.html", ""),
        ("kk", "kk/index.html", "../"),
        ("ru", "ru/index.html", "../"),
    ):
        wanted = {f"{root}{path}.html" for path in PATHS if parse_facet(path).language == language}
        assert wanted <= set(hrefs(made[name], "//main//a")), language


def test_headlines_are_those_of_all_news() -> None:
    tree = fronts()["kk/index.html"]
    assert hrefs(tree, "//ol[@class='entries']//a") == ["https://bulaq.test/kk/1/"]
    assert hrefs(tree, "//h2[@id='latest']/a") == ["../kk/all/all.html"]
    assert fronts()["ru/index.html"].xpath("//ol") == []


def test_days_are_those_of_kazakhstan() -> None:
    late = datetime(2024, 5, 14, 21, 30, tzinfo=UTC)
    facts = replace(FACTS, newest_by_facet={"kk/all/all": late})
    assert fronts(facts)["kk/index.html"].xpath("//table//time/@datetime") == ["2024-05-15"]


def test_newsrooms_and_feeds() -> None:
    tree = fronts()["kk/index.html"]
    assert [one.text_content() for one in tree.xpath("//ul[@class='newsrooms']/li")] == ["Bulaq.kz 15", "Қайнар & Ко 0"]
    assert hrefs(tree, "//section[@class='subscribe']//a") == [
        *(f"../kk/all/all.{suffix}" for suffix in ("rss", "atom", "json")),
        "../kk/feeds.opml",
    ]
    assert hrefs(fronts()["index.html"], "//section[@class='subscribe']//a")[-1] == "feeds.opml"
    assert hrefs(tree, "//head/link[@type][@rel='alternate']") == [
        f"../kk/all/all.{suffix}" for suffix in ("rss", "atom", "json")
    ]


def test_the_days_are_those_before_the_newest_article() -> None:
    assert "07.05.2024 – 14.05.2024" in fronts()["index.html"].xpath("string(//p[@class='note'])")


@pytest.mark.parametrize(
    ("name", "said"), [("index.html", "There is no feed yet."), ("kk/index.html", "Әзірге арна жоқ.")]
)
def test_without_articles_it_says_so(name: str, said: str) -> None:
    tree = fronts(NOTHING, [])[name]
    assert tree.xpath("string(//p[@class='none'])") == said
    assert tree.xpath("//table | //svg//a") == []
    assert hrefs(tree, "//section[@class='subscribe']//a") == (["feeds.opml"] if name == "index.html" else [])


def test_they_ask_nobody_and_a_title_is_text() -> None:
    for tree in fronts(title="</title><script>alert(1)</script>&amp;\u202e").values():
        assert_asks_nobody(tree)
        assert tree.findtext("head/title") == tree.findtext(".//h1") == "</title><script>alert(1)</script>&amp;"
        assert len(tree.xpath("//script")) == 1
