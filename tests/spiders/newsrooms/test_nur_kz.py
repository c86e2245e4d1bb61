"""nur.kz: structured data in a graph, marked times, sections in the address that name the topic."""

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

URL = "https://www.nur.kz/society/2178901-v-kokshetau-proshla-osennyaya-yarmarka/"
URL_KK = "https://kaz.nur.kz/society/2178902-kokshetauda-zharmenke-otti/"


@pytest.fixture(scope="module")
def newsroom() -> Newsroom:
    return shipped("nur_kz")


def template(headline: str, texts: list[str]) -> str:
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "NUR.KZ"},
            {"@type": "NewsArticle", "headline": headline, "articleBody": " ".join(texts)},
        ],
    }
    read_also = '<div class="read-also"><a href="/society/2178800-drugoe/">Другая новость этого дня в области</a></div>'
    body = (
        f'<h1 class="main-headline">{headline}</h1><time datetime="2024-12-10T13:02:00+05:00">Кеше</time>'
        '<div class="formatted-body"><div class="formatted-body__content--wrapper">'
        f"<p>{texts[0]}</p>{read_also}{paragraphs(texts[1:])}</div></div>"
    )
    return page(body, f'<script type="application/ld+json">{json.dumps(graph, ensure_ascii=False)}</script>')


@pytest.mark.parametrize(("url", "headline", "texts"), [(URL, HEADLINE_RU, RU), (URL_KK, HEADLINE_KK, KK)])
def test_a_page(newsroom: Newsroom, url: str, headline: str, texts: list[str]) -> None:
    article = read(newsroom, url, template(headline, texts))
    assert (article.headline, article.body) == (headline, texts)
    assert article.date_published is not None
    assert article.date_published.isoformat() == "2024-12-10T13:02:00+05:00"


def test_addresses(newsroom: Newsroom) -> None:
    articles = [URL, URL_KK, "https://www.nur.kz/politics/kazakhstan/pravitelstvo-prinyalo-novye-mery/"]
    others = [
        "https://www.nur.kz/society/",
        "https://www.nur.kz/politics/kazakhstan/",
        "https://www.nur.kz/latest",
        "https://www.nur.kz/about/2178901-kontakty/",
    ]
    assert accepted(newsroom, [*articles, *others]) == articles


def test_sources(newsroom: Newsroom) -> None:
    assert in_feed(newsroom, "https://www.nur.kz/rss/all.xml", [URL, "https://www.nur.kz/society/"]) == [URL]
    [found] = listed(
        newsroom, source_at(newsroom, "https://kaz.nur.kz/latest"), page(f'<a href="{URL_KK}">{HEADLINE_KK}</a>')
    )
    assert (found.url, found.headline) == (URL_KK, HEADLINE_KK)


def test_sections_in_the_address_say_the_topic(newsroom: Newsroom) -> None:
    said = {path.strip("/"): meaning.topic or meaning.scope for path, meaning in newsroom.addresses.items()}
    assert said == {
        "society": "society",
        "politics": "politics",
        "economy": "economy",
        "sport": "sport",
        "world": "world",
    }
