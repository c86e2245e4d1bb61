"""egemen.kz: three scripts on four hosts, a day without a time beside the section."""

from __future__ import annotations

import pytest

from newscrawler.article import DatePrecision
from newscrawler.newsroom import Newsroom
from tests.spiders.newsrooms.shipped import (
    HEADLINE_KK,
    HEADLINE_RU,
    KK,
    RU,
    accepted,
    in_sitemap,
    listed,
    page,
    paragraphs,
    read,
    shipped,
    source_at,
)

URL = "https://egemen.kz/article/234567-kokshetauda-kuzgi-zharmenke-otti"


@pytest.fixture(scope="module")
def newsroom() -> Newsroom:
    return shipped("egemen_kz")


def template(headline: str, texts: list[str], line: str, author: str) -> str:
    return page(
        f'<div class="head"><span>{line}</span></div><h1 class="responsive_title">{headline}</h1>'
        f'<div itemprop="articleBody">{paragraphs(texts)}<div class="social-links"><p>Парақшамызға тіркелу</p></div>'
        f"<p>Осы айдағы ең көп оқылған мақалалар тізімі төменде.</p></div>"
        f'<div class="name-auth"><h4>{author}</h4></div>'
    )


@pytest.mark.parametrize(
    ("url", "headline", "texts", "line", "author", "day"),
    [
        (URL, HEADLINE_KK, KK, "Қоғам • 30 Сәуір, 2020", "Асқар Нұрлыбаев", "2020-04-30"),
        (
            *("https://ru.egemen.kz/article/34567-v-kokshetau-proshla-yarmarka", HEADLINE_RU, RU),
            *("Общество • 30 Апреля, 2020", "Аскар Нурлыбаев", "2020-04-30"),
        ),
    ],
)
def test_a_page(
    newsroom: Newsroom, url: str, headline: str, texts: list[str], line: str, author: str, day: str
) -> None:
    article = read(newsroom, url, template(headline, texts, line, author))
    assert (article.headline, article.body, article.authors) == (headline, texts, [author])
    assert article.date_published is not None
    assert article.date_published.isoformat() == f"{day}T12:00:00+06:00"
    assert article.date_precision is DatePrecision.DAY


def test_addresses(newsroom: Newsroom) -> None:
    articles = [
        URL,
        "https://lat.egemen.kz/article/234567-kokshetauda-kuzgi-jarmenke",
        "https://ar.egemen.kz/article/234567-kokshetauda",
        "https://egemen.kz/news/234567",
    ]
    others = [
        "https://egemen.kz/amp/article/234567-kokshetauda-kuzgi-zharmenke-otti",
        "https://egemen.kz/rubric/qogham",
        "https://egemen.kz/search?month=4&page=41&year=2020",
        "https://egemen.kz/",
    ]
    assert accepted(newsroom, [*articles, *others]) == articles


def test_sources(newsroom: Newsroom) -> None:
    [found] = listed(newsroom, source_at(newsroom, "https://egemen.kz/"), page(f'<a href="{URL}">{HEADLINE_KK}</a>'))
    assert (found.url, found.headline) == (URL, HEADLINE_KK)
    rubric = "https://egemen.kz/rubric/qogham"
    assert [entry.url for entry in in_sitemap(newsroom, "https://egemen.kz/sitemap.xml", [URL, rubric])] == [URL]
