"""Pages of a newsroom of our own making, small and to the point, for the tests of the page readers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from scrapy.http import HtmlResponse

from newscrawler.address import Discovered
from newscrawler.article import Article
from newscrawler.newsroom import Newsroom
from spiders.pages import read_article
from spiders.pages.page import Page, open_page

URL = "https://zhanalyq.test/kk/news/101-zhana-kopir"
NOW = datetime.fromisoformat("2024-05-14T18:00:00+05:00")
HEADLINE = "Шымкентте жаңа көпір ашылды"
PARAGRAPHS = [
    "Шымкент қаласында Бадам өзені арқылы өтетін жаңа көпір пайдалануға берілді, оның ұзындығы үш жүз метрге жуық.",
    "Құрылыс екі жылға созылды. Қала әкімдігінің мәліметінше, жобаға сегіз миллиард теңге жұмсалған.",
    "Көпір күніне отыз мың көлікті өткізе алады, сөйтіп орталықтағы кептелісті азайтады деп күтіледі.",
]


def newsroom(**values: Any) -> Newsroom:
    """A newsroom at zhanalyq.test whose articles are numbered."""
    defaults: dict[str, Any] = {
        "name": "zhanalyq",
        "title": "Zhanalyq.test",
        "site": "https://zhanalyq.test/",
        "hosts": ["zhanalyq.test"],
        "languages": ["kk"],
        "articles": {"include": [r"^/(kk|ru)/news/\d"]},
    }
    return Newsroom.model_validate({**defaults, **values})


def body(paragraphs: list[str] | None = None) -> str:
    """Paragraphs as `p` elements."""
    return "".join(f"<p>{text}</p>" for text in (PARAGRAPHS if paragraphs is None else paragraphs))


def page_html(main: str, head: str = "", around: str = "", headline: str = HEADLINE) -> str:
    """A page with `main` under its headline in an `article`, `head` in the head, `around` after the article."""
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{headline} | Zhanalyq.test</title>{head}</head>"
        f"<body><header><a href='/'>Zhanalyq.test</a></header><article><h1>{headline}</h1>{main}</article>{around}"
        "</body></html>"
    )


def response(html: str | bytes, url: str = URL, headers: dict[str, str] | None = None) -> HtmlResponse:
    """An answer with the page."""
    return HtmlResponse(url, body=html.encode() if isinstance(html, str) else html, headers=headers or {})


def opened(html: str, room: Newsroom | None = None, known: Discovered | None = None) -> Page:
    """The page as the readers of single fields get it."""
    answer = HtmlResponse(URL, body=html.encode(), encoding="utf-8")
    return open_page(answer, newsroom() if room is None else room, NOW, known)


def article(
    html: str | bytes, room: Newsroom | None = None, known: Discovered | None = None, url: str = URL
) -> Article:
    """The article that the page gives."""
    return read_article(response(html, url), newsroom() if room is None else room, NOW, known)
