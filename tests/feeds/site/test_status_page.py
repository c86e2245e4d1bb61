"""Tests of `feeds.site.status_page`: what the store says of newsrooms, told without a terminal."""

from __future__ import annotations

from datetime import timedelta

from lxml import html

from feeds.site.status_page import status_facts, status_page
from newscrawler.config import Config
from newscrawler.store import Store
from newscrawler.store.runs import begin_run, finish_run
from tests.feeds.articles import NOON, article, save
from tests.feeds.site.pages import NAMES, assert_asks_nobody, parsed


def page(store: Store, **config: str) -> html.HtmlElement:
    with store.read() as connection:
        facts = status_facts(connection, NOON)
    return parsed(status_page(facts, names=NAMES, config=Config(**config)))


def crawled(store: Store, newsroom: str, days: int, reason: str | None, **counts: int) -> None:
    with store.write() as connection:
        run = begin_run(connection, newsroom, "live", NOON + timedelta(days=days))
        if reason is not None:
            finish_run(connection, run, NOON + timedelta(days=days, minutes=5), reason, counts)


def test_newsrooms_with_their_last_success(store: Store) -> None:
    save(store, article(1), article(2), article(3, newsroom="kaynar_kz", date_published=None))
    crawled(store, "bulaq_kz", 0, "finished", new=2)
    crawled(store, "bulaq_kz", 1, "finished", sources_failed=2)
    crawled(store, "kaynar_kz", 1, None)
    rows = page(store).xpath("//table[1]/tbody/tr[th]")
    assert [[cell.text_content().strip() for cell in row.iterchildren()][:6] for row in rows] == [
        ["Bulaq.kz", "2024-05-14 07:05 UTC", "2024-05-15 07:00 UTC", "finished, 2 failed, could not reach", "2", "0"],
        ["Қайнар & Ко", "never", "2024-05-15 07:00 UTC", "not yet, or killed", "1", "1"],
    ]


def test_articles_a_day(store: Store) -> None:
    late = NOON.replace(hour=0, minute=30)
    save(store, article(1), article(2), article(3, date_published=late - timedelta(days=1)))
    save(store, article(4, date_published=NOON - timedelta(days=30)))
    tree = page(store)
    said = "3 articles in the 30 days from 2024-04-15 to 2024-05-14, at most 2 a day"
    assert tree.xpath("string(//p[@class='note'])") == tree.xpath("string(//svg[1]/@aria-label)") == said
    assert tree.xpath("//section[1]//rect/title/text()")[-2:] == ["2024-05-13: 1", "2024-05-14: 2"]


def test_what_needs_attention_is_text(store: Store) -> None:
    headline = "<script>alert(1)</script>\u202e\x07"
    save(store, article(1, headline=headline, date_published=None, canonical_url="javascript:alert(1)"))
    tree = page(store, title="<b>A</b>")
    cells = tree.xpath("//section[@aria-labelledby='attention']//td/text()")
    assert cells == ["bulaq_kz", "no date", "javascript:alert(1)", "<script>alert(1)</script>"]
    assert tree.xpath("//script") == []
    assert_asks_nobody(tree)


def test_an_empty_store_is_told_as_one(store: Store) -> None:
    with store.read() as connection:
        facts = status_facts(connection, None)
    tree = parsed(status_page(facts, names=NAMES, config=Config()))
    assert tree.xpath("//p[@class='none']/text()") == [
        "There is no dated article yet.",
        "Nothing has been crawled yet.",
    ]
    assert tree.get("lang") == "en"


def test_a_long_list_is_cut_and_says_so(store: Store) -> None:
    save(store, *(article(number, date_published=None) for number in range(103)))
    tree = page(store)
    assert len(tree.xpath("//section[@aria-labelledby='attention']//tbody/tr")) == 100
    assert "And 3 more" in tree.text_content()
