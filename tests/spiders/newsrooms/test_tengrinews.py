"""tengrinews: markup of three eras, lists and addresses as the facts have them."""

from __future__ import annotations

import pytest

from newscrawler.newsroom import Newsroom
from tests.spiders.newsrooms.shipped import (
    HEADLINE_KK,
    HEADLINE_RU,
    KK,
    RU,
    accepted,
    in_feed,
    in_sitemap,
    listed,
    page,
    paragraphs,
    read,
    shipped,
    source_at,
)

URL = "https://tengrinews.kz/kazakhstan_news/v-kokshetau-proshla-yarmarka-556677/"
CRUMBS = '<ol class="date-time"><li><a href="/kazakhstan_news/">Казахстан</a></li><li>10 декабря 2024, 13:02</li></ol>'
COMMENTS = '<div id="comm"><p>Мнение читателя о ценах на осенних ярмарках области.</p></div><p>Ещё мнение читателя.</p>'
NEW = f'<h1 class="head-single">{HEADLINE_RU}</h1>{CRUMBS}'
AFTER = (
    '<div class="content_main_text_tags"><a href="/tag/fair/">ярмарка</a></div>'
    "<p>Самые яркие события дня выходят в другой рубрике.</p>"
)


@pytest.fixture(scope="module")
def newsroom() -> Newsroom:
    return shipped("tengrinews")


@pytest.mark.parametrize(
    "body",
    [
        f'{NEW}<div class="content_main_text">{paragraphs(RU)}{AFTER}</div>',
        f'{NEW}<div class="content_main_text">{paragraphs(RU)}{COMMENTS}</div>',
        f'<h1 class="tn-content-title">{HEADLINE_RU}</h1>{CRUMBS}<div class="tn-news-text">{paragraphs(RU)}</div>',
        f'<h1 class="tn-content-title">{HEADLINE_RU}</h1>{CRUMBS}<div class="tn-news-content">{paragraphs(RU)}</div>',
    ],
)
def test_every_era_of_the_page(newsroom: Newsroom, body: str) -> None:
    article = read(newsroom, URL, page(body, title="Новости Казахстана"))
    assert article.headline == HEADLINE_RU
    assert article.body == RU
    assert article.date_published is not None
    assert article.date_published.isoformat() == "2024-12-10T13:02:00+05:00"
    assert article.sources["body"].startswith("selector")


def test_yesterday_is_counted_from_the_fetch(newsroom: Newsroom) -> None:
    crumbs = CRUMBS.replace("10 декабря 2024, 13:02", "Кеше, 13:26")
    url = "https://kaz.tengrinews.kz/kazakhstan_news/kokshetauda-zharmenke-otti-445566/"
    body = f'<h1>{HEADLINE_KK}</h1>{crumbs}<div class="content_main_text">{paragraphs(KK)}</div>'
    article = read(newsroom, url, page(body))
    assert (article.headline, article.body) == (HEADLINE_KK, KK)
    assert article.date_published is not None
    assert article.date_published.isoformat() == "2024-12-10T13:26:00+05:00"


def test_addresses(newsroom: Newsroom) -> None:
    articles = [
        URL,
        "https://tengrinews.kz/world_news/vyiboryi-v-evrope-556678/",
        "https://tengrinews.kz/story/kak-zhivut-v-aule-556679/",
        "https://kaz.tengrinews.kz/kazakhstan_news/kokshetauda-zharmenke-otti-445566/",
    ]
    others = [
        "https://tengrinews.kz/news/",
        "https://tengrinews.kz/news/page/2/",
        "https://tengrinews.kz/kazakhstan_news/",
        "https://tengrinews.kz/tag/556677/",
        "https://tengrinews.kz/kazakhstan_news/page/20000/",
        "https://sport.tengrinews.kz/football/match-556680/",
    ]
    assert accepted(newsroom, [*articles, *others]) == articles


def test_sources(newsroom: Newsroom) -> None:
    assert in_feed(newsroom, "https://tengrinews.kz/news.rss", [URL, "https://tengrinews.kz/tag/a/"]) == [URL]
    source = source_at(newsroom, "https://kaz.tengrinews.kz/news/")
    assert source.page_url == "https://kaz.tengrinews.kz/news/page/{page}/"
    html = page(f'<div><a href="/kazakhstan_news/kokshetauda-zharmenke-otti-445566/">{HEADLINE_KK}</a></div>')
    assert [found.headline for found in listed(newsroom, source, html)] == [HEADLINE_KK]
    second = "https://tengrinews.kz/story/kak-zhivut-v-aule-556679/"
    first, other = in_sitemap(newsroom, "https://tengrinews.kz/sitemap-news1.xml", [URL, second])
    assert first.date_modified is not None
    assert (other.url, other.date_modified) == (second, None)


def test_world_news_say_so_by_their_address(newsroom: Newsroom) -> None:
    assert newsroom.addresses["/world_news/"].scope == "world"
