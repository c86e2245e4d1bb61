"""zakon.kz: the lead in structured data alone, a body that ends at a share block, a list that a button loads."""

from __future__ import annotations

import json

import pytest

from newscrawler.newsroom import Newsroom
from tests.spiders.newsrooms.shipped import (
    HEADLINE_KK,
    HEADLINE_RU,
    KK,
    RU,
    accepted,
    in_feed,
    listed,
    page,
    paragraphs,
    read,
    shipped,
    source_at,
)

URL = "https://www.zakon.kz/obshestvo/6512345-v-kokshetau-proshla-yarmarka.html"
LEAD = "Осенняя ярмарка в Кокшетау собрала рекордное число участников, сообщает корреспондент."


@pytest.fixture(scope="module")
def newsroom() -> Newsroom:
    return shipped("zakon_kz")


def template(headline: str, texts: list[str], lead: str, link: str = "") -> str:
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": headline,
        "datePublished": "2024-12-10T13:02:00+05:00",
        "articleBody": " ".join([lead, *texts]),
    }
    head = (
        f"<link rel=canonical href={link or URL}>"
        f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'
    )
    body = (
        f'<article class="article"><h1>{headline}</h1><a href="/authors/77-berik/">Берик Сапаров</a>'
        f'<div class="article__block"><div class="content">{paragraphs(texts)}'
        '<div class="willShare"><p>Отправьте эту новость тем, кому она будет полезна.</p></div>'
        '<div class="google-news-follow"><p>Читайте нас в ленте поисковой системы каждый день.</p></div>'
        '<div class="newsTags"><a href="/tag/1">ярмарка</a></div></div></div></article>'
    )
    return page(body, head, title=f"{headline}: Zakon.kz")


def test_the_lead_of_structured_data_and_the_body_of_the_page(newsroom: Newsroom) -> None:
    article = read(newsroom, URL, template(HEADLINE_RU, RU, LEAD))
    assert article.headline == HEADLINE_RU
    assert article.description == LEAD
    assert article.body == RU
    assert article.authors == ["Берик Сапаров"]
    assert article.date_published is not None
    assert article.date_published.isoformat() == "2024-12-10T13:02:00+05:00"
    assert article.canonical_url == URL


def test_kazakh_pages_are_read_alike(newsroom: Newsroom) -> None:
    url = "https://kaz.zakon.kz/qogam/6512346-kokshetauda-zharmenke-otti.html"
    lead = "Көкшетаудағы күзгі жәрмеңкеге биыл бұрынғыдан көп шаруа қатысты, деп хабарлады тілші."
    article = read(newsroom, url, template(HEADLINE_KK, KK, lead, url))
    assert (article.headline, article.description, article.body) == (HEADLINE_KK, lead, KK)


def test_addresses(newsroom: Newsroom) -> None:
    articles = [URL, "https://kaz.zakon.kz/qogam/6512346-kokshetauda-zharmenke-otti.html"]
    others = [
        "https://www.zakon.kz/news/",
        "https://www.zakon.kz/obshestvo/",
        "https://www.zakon.kz/authors/77-berik/",
        "https://www.zakon.kz/tag/6512345-fair.html",
        "https://online.zakon.kz/document/6512345-zakon.html",
    ]
    assert accepted(newsroom, [*articles, *others]) == articles


def test_sources(newsroom: Newsroom) -> None:
    source = source_at(newsroom, "https://www.zakon.kz/news/?handler=LoadMoreNews&p=1&type=list")
    assert source.page_url == "https://www.zakon.kz/news/?handler=LoadMoreNews&p={page}&type=list"
    html = (
        '<div class="newscard"><a href="/obshestvo/6512345-v-kokshetau-proshla-yarmarka.html">'
        f"{HEADLINE_RU}</a><span>10.12.2024</span></div>"
    )
    [found] = listed(newsroom, source, html)
    assert (found.url, found.headline) == (URL, HEADLINE_RU)
    assert in_feed(newsroom, "https://www.zakon.kz/rss/news.xml", [URL, "https://www.zakon.kz/news/"]) == [URL]
