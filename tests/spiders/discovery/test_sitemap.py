import gzip
from datetime import datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from scrapy.http import XmlResponse

from newscrawler.article import DatePrecision
from newscrawler.errors import PageError
from newscrawler.newsroom import Newsroom
from spiders.discovery.sitemap import read_sitemap

NOW = datetime(2024, 5, 14, 18, 0, tzinfo=ZoneInfo("Asia/Almaty"))
PLUS_5 = timezone(timedelta(hours=5))
SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


def test_an_index_names_its_children_of_the_same_site(newsroom: Newsroom, answer: Any) -> None:
    xml = f"""<sitemapindex {SITEMAP}><sitemap><loc> https://newsroom.test/a.xml </loc><lastmod>2024-05-14</lastmod>
    </sitemap><sitemap><loc>/b.xml.gz</loc></sitemap><sitemap><loc>https://evil.test/c.xml</loc></sitemap>
    </sitemapindex>"""
    found = read_sitemap(answer("/sitemap.xml", xml, XmlResponse), newsroom, NOW)
    assert found.children == [("https://newsroom.test/a.xml", "2024-05-14"), ("https://newsroom.test/b.xml.gz", None)]
    assert (found.articles, found.entries) == ([], 3)


def test_a_url_set_gives_addresses_with_their_lastmod(newsroom: Newsroom, answer: Any) -> None:
    dates = ["2024-05-14T10:00:00+05:00", "2024-05-13", "0001-01-01", "2031-01-01", "x"]
    place = "<url><loc>https://newsroom.test/kk/news/{}</loc><lastmod>{}</lastmod></url>"
    urls = "".join(place.format(number, date) for number, date in enumerate(dates, 1))
    xml = f"<urlset {SITEMAP}>{urls}<url><loc>https://newsroom.test/about</loc></url><url/></urlset>"
    for body in (xml.encode(), gzip.compress(xml.encode())):
        found = read_sitemap(answer("/sitemap.xml", body, XmlResponse), newsroom, NOW)
        assert [item.date_modified for item in found.articles] == [
            datetime(2024, 5, 14, 10, 0, tzinfo=PLUS_5),
            datetime(2024, 5, 13, 12, 0, tzinfo=ZoneInfo("Asia/Almaty")),
            None,
            None,
            None,
        ]
        assert found.entries == 7


def test_a_news_sitemap_gives_title_and_date(newsroom: Newsroom, answer: Any) -> None:
    xml = f"""<urlset {SITEMAP} {NEWS}><url><loc>https://newsroom.test/kk/news/1</loc><news:news>
    <news:publication><news:name>N</news:name><news:language>kk</news:language></news:publication>
    <news:publication_date>2024-05-14T10:00:00+05:00</news:publication_date><news:title>Бір</news:title></news:news></url>
    </urlset>"""
    (item,) = read_sitemap(answer("/news.xml", xml, XmlResponse), newsroom, NOW).articles
    assert (item.headline, item.date_published, item.date_precision) == (
        "Бір",
        datetime(2024, 5, 14, 10, 0, tzinfo=PLUS_5),
        DatePrecision.MINUTE,
    )


def test_entities_of_a_document_are_not_read(newsroom: Newsroom, answer: Any) -> None:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 20))
    xml = f"""<?xml version="1.0"?><!DOCTYPE urlset [<!ENTITY a0 "x">{bomb}<!ENTITY f SYSTEM "file:///etc/passwd">]>
    <urlset {SITEMAP}><url><loc>https://newsroom.test/kk/news/1</loc></url>
    <url><loc>https://newsroom.test/kk/news/&a19;&f;2</loc></url></urlset>"""
    found = read_sitemap(answer("/sitemap.xml", xml, XmlResponse), newsroom, NOW)
    assert found.articles[0].url == "https://newsroom.test/kk/news/1"
    assert all(len(item.url) < 100 and "root" not in item.url for item in found.articles)


def test_a_sitemap_of_nothing_but_entities_says_so(newsroom: Newsroom, answer: Any) -> None:
    xml = f"""<!DOCTYPE urlset [<!ENTITY a "1">]><urlset {SITEMAP}><url><loc>https://newsroom.test/&a;</loc></url></urlset>"""
    with pytest.raises(PageError, match="by entities"):
        read_sitemap(answer("/sitemap.xml", xml, XmlResponse), newsroom, NOW)


@pytest.mark.parametrize("body", [b"", b"<html/>", b"plain", b"\x1f\x8b damaged gzip"])
def test_what_is_no_sitemap_is_an_error(body: bytes, newsroom: Newsroom, answer: Any) -> None:
    with pytest.raises(PageError, match=r"no XML|no sitemap|damaged gzip"):
        read_sitemap(answer("/sitemap.xml", body, XmlResponse), newsroom, NOW)


def test_a_gzip_bomb_is_refused(newsroom: Newsroom, answer: Any) -> None:
    body = gzip.compress(b"<urlset>" + b" " * (60 * 1024 * 1024))
    with pytest.raises(PageError, match="larger than 50 MB"):
        read_sitemap(answer("/sitemap.xml.gz", body, XmlResponse), newsroom, NOW)
