from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from scrapy.http import XmlResponse

from newscrawler.errors import PageError
from newscrawler.newsroom import Newsroom
from spiders.discovery.feed import read_feed

PLUS_5 = timezone(timedelta(hours=5))
KK = "https://newsroom.test/kk/news/"


def test_rss(newsroom: Newsroom, answer: Any) -> None:
    xml = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>t</title>
    <item><title>Бір &amp;amp; екі&amp;nbsp;үш</title><link>https://newsroom.test/kk/news/1?utm_source=rss</link>
    <pubDate>Tue, 14 May 2024 17:47:00 +0600</pubDate></item>
    <item><title>No guid, relative link</title><link>/kk/news/2</link></item>
    <item><title>Guid only</title><guid isPermaLink="true">https://newsroom.test/kk/news/3</guid></item>
    <item><title>elsewhere</title><link>https://other.test/kk/news/4</link></item><item/>
    </channel></rss>"""
    found = read_feed(answer("/rss/kk.xml", xml, XmlResponse), newsroom)
    assert [(item.url, item.headline) for item in found.articles] == [
        (KK + "1", "Бір & екі үш"),
        (KK + "2", "No guid, relative link"),
        (KK + "3", "Guid only"),
    ]
    moment = datetime(2024, 5, 14, 17, 47, tzinfo=timezone(timedelta(hours=6)))
    assert [item.date_published for item in found.articles] == [moment, None, None]
    assert found.entries == 5


def test_atom(newsroom: Newsroom, answer: Any) -> None:
    xml = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Бір</title><id>tag:newsroom.test,2024:1</id>
    <link rel="enclosure" href="https://newsroom.test/a.mp3"/><link href="https://newsroom.test/kk/news/1"/>
    <published>2024-05-14T10:00:00+05:00</published><updated>2024-05-14T11:00:00+05:00</updated></entry></feed>"""
    (item,) = read_feed(answer("/atom.xml", xml, XmlResponse), newsroom).articles
    assert (item.url, item.headline) == (KK + "1", "Бір")
    assert item.date_published == datetime(2024, 5, 14, 10, 0, tzinfo=PLUS_5)
    assert item.date_modified == datetime(2024, 5, 14, 11, 0, tzinfo=PLUS_5)


def test_windows_1251_under_a_utf8_declaration(newsroom: Newsroom, answer: Any) -> None:
    xml = """<?xml version="1.0" encoding="utf-8"?><rss><channel><item><title>Новости</title>
    <link>https://newsroom.test/ru/news/1</link></item></channel></rss>"""
    (item,) = read_feed(answer("/rss/old.xml", xml.encode("cp1251"), XmlResponse), newsroom).articles
    assert item.headline == "Новости"


def test_a_feed_that_breaks_off_gives_what_came_before(newsroom: Newsroom, answer: Any) -> None:
    xml = "<rss><channel><item><link>https://newsroom.test/kk/news/1</link></item><item><li"
    assert [item.url for item in read_feed(answer("/rss", xml, XmlResponse), newsroom).articles] == [KK + "1"]


@pytest.mark.parametrize("body", ["", "not xml", "<html><body>404</body></html>", "<", "{}"])
def test_what_is_no_feed_is_an_error(body: str, newsroom: Newsroom, answer: Any) -> None:
    with pytest.raises(PageError, match=r"newsroom_test, https://newsroom\.test/rss: (no feed|no XML|broken XML)"):
        read_feed(answer("/rss", body, XmlResponse), newsroom)
