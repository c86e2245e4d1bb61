import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from scrapy.http import Response, TextResponse

from newscrawler.article import DatePrecision
from newscrawler.errors import PageError
from newscrawler.newsroom import Newsroom, Source, SourceKind
from spiders.discovery.found import Found
from spiders.discovery.listing import read_listing

ALMATY = ZoneInfo("Asia/Almaty")
NOW = datetime(2024, 5, 14, 18, 0, tzinfo=ALMATY)
LIST = "https://newsroom.test/kk/news/"


def source(**keys: Any) -> Source:
    return Source(kind=SourceKind.LISTING, url=LIST, **keys)


def test_entries_give_address_title_and_date(newsroom: Newsroom, answer: Any) -> None:
    html = """<ul><li class="item"><span class="date">Кеше, 18:20</span> <a href="/kk/news/1-bir?utm_source=tg">Бірінші
    жаңалық</a></li><li class="item"><span class="date">12 мамыр 2024</span> <a href="2-eki">Екінші</a></li></ul>
    <a href="/kk/news/3-sidebar">Басқа</a>"""
    found = read_listing(answer("/kk/news/", html), source(item="li.item", date=".date"), newsroom, NOW, 1)
    assert [(item.url, item.headline, item.date_published, item.date_precision) for item in found.articles] == [
        (LIST + "1-bir", "Бірінші жаңалық", datetime(2024, 5, 13, 18, 20, tzinfo=ALMATY), DatePrecision.MINUTE),
        (LIST + "2-eki", "Екінші", datetime(2024, 5, 12, 12, 0, tzinfo=ALMATY), DatePrecision.DAY),
    ]
    assert found.entries == 2


def test_a_day_heading_dates_the_entries_below_it(newsroom: Newsroom, answer: Any) -> None:
    html = """<h3>Сегодня</h3><p><i>14:05</i><a href="/ru/news/1">a</a></p><h3>12 мая</h3><p><i>09:10</i>
    <a href="/ru/news/2">b</a></p><p><a href="/ru/news/3">c</a></p>"""
    found = read_listing(answer("/ru/news/", html), source(item="p", date="i", day_heading="h3"), newsroom, NOW, 1)
    assert [item.date_published for item in found.articles] == [
        datetime(2024, 5, 14, 14, 5, tzinfo=ALMATY),
        datetime(2024, 5, 12, 9, 10, tzinfo=ALMATY),
        datetime(2024, 5, 12, 12, 0, tzinfo=ALMATY),
    ]


def test_without_item_every_link_to_an_article_counts_once(newsroom: Newsroom, answer: Any) -> None:
    html = """<a href="/kk/news/1-a#comments">a</a><a href="http://www.newsroom.test/kk/news/1-a">A</a>
    <a href="//newsroom.test/ru/news/2-b">b</a><a href="https://ads.test/kk/news/3">ad</a><a href="/about">c</a>
    <a href="mailto:a@b.kz">d</a><a href="javascript:void(0)">e</a><a href="http://[bad/">f</a><a>g</a>"""
    found = read_listing(answer("/", html), source(), newsroom, NOW, 1)
    assert [item.url for item in found.articles] == [LIST + "1-a", "https://newsroom.test/ru/news/2-b"]


def test_html_inside_json_and_its_end(newsroom: Newsroom, answer: Any) -> None:
    ajax = source(item=".card", json_html="data.html", page_url=LIST + "?p={page}")
    body = json.dumps({"data": {"html": '<div class="card"><a href="/kk/news/1">Жаңалық</a></div>'}})
    found = read_listing(answer("/ajax", body, TextResponse), ajax, newsroom, NOW, 1)
    assert [item.url for item in found.articles] == [LIST + "1"]
    assert found.next_url == LIST + "?p=2"
    end = read_listing(answer("/ajax", '{"data": {"html": ""}}', TextResponse), ajax, newsroom, NOW, 2)
    assert end == Found()


@pytest.mark.parametrize("body", ["no json", "[]", '{"data": 1}', '{"data": {}}'])
def test_json_that_is_none_or_lacks_the_field_is_an_error(body: str, newsroom: Newsroom, answer: Any) -> None:
    with pytest.raises(PageError, match=r"newsroom_test, https://newsroom\.test/ajax: .*'data\.html'"):
        read_listing(answer("/ajax", body, TextResponse), source(json_html="data.html"), newsroom, NOW, 1)


def test_an_answer_that_is_no_text_is_an_error(newsroom: Newsroom) -> None:
    with pytest.raises(PageError, match="no text"):
        read_listing(Response(LIST, body=b"\x89PNG"), source(), newsroom, NOW, 1)


def test_the_next_page_by_number_or_by_link(newsroom: Newsroom, answer: Any) -> None:
    html = '<a href="/kk/news/1">a</a><a class="next" href="?page=4">next</a>'
    by_number = source(page_url=LIST + "?page={page}", first_page=0)
    assert read_listing(answer("/kk/news/", html), by_number, newsroom, NOW, 3).next_url == LIST + "?page=3"
    by_link = source(next_page="a.next")
    assert read_listing(answer("/kk/news/?page=3", html), by_link, newsroom, NOW, 3).next_url == LIST + "?page=4"
    away = '<a href="/kk/news/1">a</a><a class="next" href="https://ads.test/">next</a>'
    assert read_listing(answer("/kk/news/", away), by_link, newsroom, NOW, 1).next_url is None


def test_a_list_without_entries_has_no_next_page(newsroom: Newsroom, answer: Any) -> None:
    numbered = source(item=".item", page_url=LIST + "?page={page}")
    found = read_listing(answer("/kk/news/?page=9", "<p>nothing here</p>"), numbered, newsroom, NOW, 9)
    assert (found.articles, found.entries, found.next_url) == ([], 0, None)
