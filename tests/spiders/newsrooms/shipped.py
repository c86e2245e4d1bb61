"""The newsroom files that the project ships, and markup of our own, written from the same facts, read through them.

Such a test proves that a file says what its facts say; whether the site still does, only a recording can.
"""

from __future__ import annotations

from datetime import datetime

from scrapy import Request
from scrapy.http import HtmlResponse, XmlResponse

from newscrawler.address import Discovered
from newscrawler.article import Article
from newscrawler.newsroom import Newsroom, Source
from newscrawler.newsroom_files import read_newsroom
from newscrawler.project import project_folder
from spiders.discovery.feed import read_feed
from spiders.discovery.listing import read_listing
from spiders.discovery.sitemap import read_sitemap
from spiders.pages import read_article

FETCHED = datetime.fromisoformat("2024-12-11T08:00:00+05:00")
DRAFTS = ("egemen_kz", "inform_kz", "nur_kz", "tengrinews", "zakon_kz")

KK = [
    "Көкшетауда күзгі жәрмеңкеге облыстың сегіз ауданынан ауыл шаруашылығы өнімдері жеткізілді.",
    "Ұйымдастырушылардың айтуынша, бір күнде қырық тоннаға жуық көкөніс пен он тонна ет сатылған.",
    "Келесі жәрмеңке екі аптадан кейін өтеді, оған көршілес өңірлерден де шаруалар шақырылмақ.",
]
RU = [
    "В Кокшетау на осеннюю ярмарку привезли продукцию фермеры из восьми районов области.",
    "По словам организаторов, за день продали около сорока тонн овощей и десять тонн мяса.",
    "Следующая ярмарка пройдёт через две недели, на неё позовут и крестьян из соседних регионов.",
]
HEADLINE_KK = "Көкшетауда күзгі жәрмеңке өтті"
HEADLINE_RU = "В Кокшетау прошла осенняя ярмарка"


def shipped(name: str) -> Newsroom:
    """The newsroom of that name, from its shipped file."""
    return read_newsroom(project_folder() / "spiders" / "newsrooms" / f"{name}.toml")


def paragraphs(texts: list[str], tag: str = "p") -> str:
    """The texts, an element each."""
    return "".join(f"<{tag}>{text}</{tag}>" for text in texts)


def page(body: str, head: str = "", title: str = "") -> str:
    """A page around a body, with links and notes that belong to no article."""
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>'
        '<header><a href="/">Басты бет</a> <a href="/ru/">Главная</a></header>'
        f"<main>{body}</main>"
        "<footer><p>Сетевое издание зарегистрировано, свидетельство № 00000-СИ.</p></footer></body></html>"
    )


def read(newsroom: Newsroom, url: str, html: str, *, known: Discovered | None = None) -> Article:
    """The article on a page, fetched at FETCHED."""
    return read_article(_response(url, html), newsroom, FETCHED, known)


def listed(newsroom: Newsroom, source: Source, html: str) -> list[Discovered]:
    """The articles of a list's first page."""
    return read_listing(_response(source.url, html), source, newsroom, FETCHED, 1).articles


def in_feed(newsroom: Newsroom, url: str, links: list[str]) -> list[str]:
    """The addresses of articles in an RSS feed with these links."""
    items = "".join(f"<item><title>А</title><link>{link}</link></item>" for link in links)
    feed = f"<rss version='2.0'><channel>{items}</channel></rss>"
    return [found.url for found in read_feed(XmlResponse(url, body=feed.encode()), newsroom).articles]


def in_sitemap(newsroom: Newsroom, url: str, links: list[str]) -> list[Discovered]:
    """The articles in a sitemap with these addresses, each changed in year 20240 but the first."""
    rows = [f"<url><loc>{link}</loc><lastmod>2024-12-10T13:02:00+05:00</lastmod></url>" for link in links[:1]]
    rows += [f"<url><loc>{link}</loc><lastmod>20240-01-01</lastmod></url>" for link in links[1:]]
    sitemap = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{"".join(rows)}</urlset>'
    return read_sitemap(XmlResponse(url, body=sitemap.encode()), newsroom, FETCHED).articles


def source_at(newsroom: Newsroom, url: str) -> Source:
    """The newsroom's source at that address."""
    return next(source for source in newsroom.sources if source.url == url)


def accepted(newsroom: Newsroom, urls: list[str]) -> list[str]:
    """Those of the addresses that may be articles'."""
    return [url for url in urls if newsroom.is_article_address(url)]


def _response(url: str, html: str) -> HtmlResponse:
    return HtmlResponse(url, body=html.encode(), encoding="utf-8", request=Request(url, meta={"fetched_at": FETCHED}))
