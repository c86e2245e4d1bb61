"""Kazinform: the pages of 2020 and of 2025, three hosts, two scripts, sections that are oblasts."""

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
    listed,
    page,
    paragraphs,
    read,
    shipped,
    source_at,
)

URL_2020 = "https://www.inform.kz/ru/v-kokshetau-proshla-osennyaya-yarmarka_a3725000"
URL_2025 = "https://www.inform.kz/ru/v-kokshetau-proshla-osennyaya-yarmarka-4f5a6b"
URL_KK = "https://kaz.inform.kz/kz/kokshetauda-zharmenke-otti-0c1d2e"
URL_LATIN = "https://qz.inform.kz/kz/kokshetauda-jarmenke-otti-7a8b9c"


@pytest.fixture(scope="module")
def newsroom() -> Newsroom:
    return shipped("inform_kz")


def test_a_page_of_2020(newsroom: Newsroom) -> None:
    related = (
        '<div class="read_also_block"><a href="/ru/drugaya-novost_a3725001">О другом событии той же недели</a></div>'
    )
    body = (
        f'<div class="article_title"><h1>{HEADLINE_RU}</h1></div>'
        '<div class="date_public_art">1 Декабря 2020 14:02</div>'
        f'<div class="article_news_body"><p>{RU[0]}</p>{related}{paragraphs(RU[1:])}</div>'
        '<div class="author_article_block"><div class="name_p">Олжас Ахметов</div></div>'
    )
    article = read(newsroom, URL_2020, page(body))
    assert article.headline == HEADLINE_RU
    assert article.body == RU
    assert article.authors == ["Олжас Ахметов"]
    assert article.date_published is not None
    assert article.date_published.isoformat() == "2020-12-01T14:02:00+06:00"


@pytest.mark.parametrize(
    ("url", "headline", "texts", "date", "moment"),
    [
        (URL_2025, HEADLINE_RU, RU, "13:51, 15 Август 2024", "2024-08-15T13:51:00+05:00"),
        (URL_KK, HEADLINE_KK, KK, "13:51, 15 Тамыз 2024", "2024-08-15T13:51:00+05:00"),
        (URL_LATIN, HEADLINE_KK, KK, "11:17, 17 Qazan 2023", "2023-10-17T11:17:00+06:00"),
    ],
)
def test_a_page_of_2025(newsroom: Newsroom, url: str, headline: str, texts: list[str], date: str, moment: str) -> None:
    lead = "Жәрмеңкеге келгендер саны биыл екі есе артты." if texts is KK else "Гостей на ярмарке стало вдвое больше."
    body = (
        f'<h1>{headline}</h1><div class="article__time">{date}</div><div class="article__description">{lead}</div>'
        f'<div class="article__body-text">{paragraphs(texts)}</div>'
    )
    article = read(newsroom, url, page(body))
    assert (article.headline, article.description, article.body) == (headline, lead, texts)
    assert article.date_published is not None
    assert article.date_published.isoformat() == moment


def test_addresses(newsroom: Newsroom) -> None:
    articles = [URL_2020, URL_2025, URL_KK, URL_LATIN, "https://www.inform.kz/ru/article/3725092"]
    others = [
        "https://www.inform.kz/ru",
        "https://www.inform.kz/ru/akmolinskaya-obl_s20774",
        "https://www.inform.kz/ru/yarmarka_t1234",
        "https://www.inform.kz/ru/olzhas-ahmetov_author555",
        "https://lenta.inform.kz/ru/novost_a3725000",
    ]
    assert accepted(newsroom, [*articles, *others]) == articles


def test_sources(newsroom: Newsroom) -> None:
    assert in_feed(newsroom, "https://www.inform.kz/rss/ru.xml", [URL_2025, "https://www.inform.kz/ru"]) == [URL_2025]
    source = source_at(newsroom, "https://kaz.inform.kz/")
    html = page(f'<div class="allNewsCard"><a href="{URL_KK}">{HEADLINE_KK}</a></div>')
    assert [(found.url, found.headline) for found in listed(newsroom, source, html)] == [(URL_KK, HEADLINE_KK)]


def test_an_oblast_as_section_says_the_region(newsroom: Newsroom) -> None:
    assert newsroom.sections["Акмолинская обл."].region == "KZ-11"
    assert len({meaning.region for meaning in newsroom.sections.values()}) == 20
