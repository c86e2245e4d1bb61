"""Tests of `feeds.site.top_files`: what tells of the whole store, gathered from it."""

from __future__ import annotations

from datetime import timedelta

from lxml import etree

from feeds.publish import FORMATS
from feeds.rendering import Rendering
from feeds.site.headlines import HEADLINES
from feeds.site.top_files import top_files
from newscrawler.article import Scope, Tag
from newscrawler.config import Config
from newscrawler.store import Store
from tests.feeds.articles import NEWSROOMS, NOON, VOCABULARY, article, save
from tests.feeds.site.pages import NAMES, hrefs, neighbours, parsed

PATHS = "kk/all/all", "kk/turkistan/all", "kk/national/all", "ru/all/all", "all/all/all"


def made(store: Store, config: Config) -> dict[str, bytes]:
    rendering = Rendering(
        formats=(*FORMATS, HEADLINES),
        authority=config.feed_authority,
        vocabulary=VOCABULARY,
        newsrooms=NEWSROOMS,
    )
    return top_files(
        *(store, rendering, neighbours(PATHS)),
        names=NAMES,
        config=config,
        vocabulary=VOCABULARY,
        formats=FORMATS,
    )


def test_the_icon_is_a_square_picture_and_a_drawing(store: Store, config: Config) -> None:
    found = made(store, config)
    assert set(found) == {"index.html", "kk/index.html", "ru/index.html", "status.html", "icon.png", "icon.svg"}
    png = found["icon.png"]
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")) == (180, 180)
    drawing = etree.fromstring(found["icon.svg"])
    assert drawing.get("viewBox") == "0 0 180 180"


def test_numbers_are_those_of_the_week_before_the_newest_article(store: Store, config: Config) -> None:
    save(
        store,
        article(1),
        article(2, date_published=NOON - timedelta(days=6)),
        article(3, date_published=NOON - timedelta(days=7)),
        article(4, language="ru", scope=Scope.NATIONAL, regions=[Tag(code="KZ-71", score=1)]),
    )
    found = made(store, config)
    regions = parsed(found["kk/index.html"]).xpath("//ul[@class='places']/li")
    assert [one.text_content().split()[-1] for one in regions] == ["2", "0"]
    assert "4 articles in the 30 days" in found["status.html"].decode()


def test_headlines_come_from_the_store_whatever_they_are_about(store: Store, config: Config) -> None:
    old = article(40, scope=Scope.NATIONAL, regions=[], date_published=NOON - timedelta(days=900))
    save(store, old, *(article(number) for number in range(10, 30)))
    tree = parsed(made(store, config)["kk/index.html"])
    shown = hrefs(tree, "//ol[@class='entries']//h3/a")
    assert shown == [article(number).canonical_url for number in range(29, 17, -1)]
