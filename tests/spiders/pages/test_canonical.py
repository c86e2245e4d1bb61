from __future__ import annotations

import pytest
from scrapy.http import HtmlResponse

from newscrawler.article import Alternate
from newscrawler.errors import NotAnArticle
from spiders.pages.canonical import read_alternates, read_canonical
from spiders.pages.page import Page, open_page
from tests.spiders.pages.page_samples import NOW, URL, newsroom, opened


def _page(head: str) -> Page:
    return opened(f"<html><head>{head}</head><body><p>x</p></body></html>")


def _unknown(head: str, url: str = URL) -> Page:
    html = f"<html><head>{head}</head><body><p>x</p></body></html>"
    return open_page(HtmlResponse(url, body=html.encode(), encoding="utf-8"), None, NOW, None)


@pytest.mark.parametrize(
    ("head", "address", "source"),
    [
        ("<link rel=canonical href='/kk/news/7-x?utm_source=tg#c'>", "https://zhanalyq.test/kk/news/7-x", "canonical"),
        ("<link rel=canonical href='http://www.zhanalyq.test/kk/news/7'>", URL, "address"),
        ("<link rel=canonical href='https://mirror.test/kk/news/7'>", URL, "address"),
        ("<meta property=og:url content='https://zhanalyq.test/kk/news/8'>", "https://zhanalyq.test/kk/news/8", "og"),
        ("<meta property=og:url content='https://zhanalyq.test/kk/article/8'>", URL, "address"),
        ("<meta property=og:url content='https://zhanalyq.test/'>", URL, "address"),
        ("<link rel=canonical href='javascript:x'>", URL, "address"),
        ("", URL, "address"),
    ],
)
def test_the_address_that_the_page_claims(head: str, address: str, source: str) -> None:
    assert read_canonical(_page(head)) == (address, source)


def test_www_is_the_same_host_where_the_newsroom_says_so() -> None:
    room = newsroom(hosts=["zhanalyq.test", "www.zhanalyq.test"])
    html = "<html><head><link rel=canonical href='http://www.zhanalyq.test/kk/news/7'></head><body></body></html>"
    assert read_canonical(opened(html, room)) == ("https://zhanalyq.test/kk/news/7", "canonical")


@pytest.mark.parametrize("href", ["/", "/kk/", "/kk/news/", "/kk/region/turkistan/", "https://zhanalyq.test"])
def test_a_canonical_address_of_a_list_is_a_refusal(href: str) -> None:
    with pytest.raises(NotAnArticle):
        read_canonical(_page(f"<link rel=canonical href='{href}'>"))


@pytest.mark.parametrize(
    ("url", "href", "address"),
    [
        ("https://m.x.test/qogam/kopir/amp", "https://x.test/qogam/kopir", "https://x.test/qogam/kopir"),
        ("https://x.test/?p=77", "https://x.test/?p=77", "https://x.test/?p=77"),
        ("https://x.test/qogam/kopir", "https://y.test/z", "https://x.test/qogam/kopir"),
    ],
)
def test_a_page_of_an_unknown_site(url: str, href: str, address: str) -> None:
    assert read_canonical(_unknown(f"<link rel=canonical href='{href}'>", url))[0] == address


@pytest.mark.parametrize("href", ["https://x.test/", "https://x.test/ru", "https://x.test/qogam/"])
def test_a_list_of_an_unknown_site(href: str) -> None:
    with pytest.raises(NotAnArticle):
        read_canonical(_unknown(f"<link rel=canonical href='{href}'>", "https://x.test/qogam/kopir-ashyldy"))


def test_alternates_as_the_page_names_them() -> None:
    page = _page(
        "<link rel=alternate hreflang=x-default href='/ru/news/9'>"
        "<link rel=alternate hreflang=kk href='/kk/news/101-zhana-kopir'>"
        "<link rel=alternate hreflang=ru href='/ru/news/9'><link rel=alternate hreflang=tt href='/arab/news/1'>"
        "<link rel=alternate hreflang=en href='https://en.zhanalyq.test/'>"
        "<link rel=alternate hreflang=kk-Latn href='https://lat.other.test/news/1'>"
        "<link rel=amphtml href='/amp/kk/news/101'>"
    )
    assert read_alternates(page, URL) == [
        Alternate(url="https://zhanalyq.test/ru/news/9", hreflang="ru"),
        Alternate(url="https://zhanalyq.test/arab/news/1", hreflang="tt"),
        Alternate(url="https://lat.other.test/news/1", hreflang="kk-Latn"),
        Alternate(url="https://zhanalyq.test/amp/kk/news/101", kind="amp"),
    ]
