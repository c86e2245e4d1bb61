"""Tests of `feeds.feedgen_feed`: what a feed says of itself in RSS and in Atom."""

from __future__ import annotations

from lxml import etree

from feeds.atom import ATOM_FEED
from feeds.facet import FacetNames, parse_facet
from feeds.head import Head, head_of
from feeds.publish import FORMATS
from feeds.rss import RSS
from feeds.wording import load_wordings
from newscrawler.config import Config
from tests.feeds.articles import NEWSROOMS, NOON, VOCABULARY

ATOM = {"a": "http://www.w3.org/2005/Atom"}
CONFIG = Config(base_url="https://news.example/feeds", title="A & B", feed_authority="news.example,2024")


def head(path: str) -> Head:
    return head_of(parse_facet(path), FacetNames(VOCABULARY, NEWSROOMS, load_wordings()), CONFIG, NOON)


def test_an_atom_feed() -> None:
    feed = etree.fromstring(ATOM_FEED.envelope(head("kk/turkistan/economy"), FORMATS).around([]))
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "kk"
    said = {etree.QName(one).localname: one.text for one in feed if one.text}
    assert said == {
        "id": "tag:news.example,2024:kk/turkistan/economy",
        "title": "Түркістан облысы · Экономика",
        "subtitle": "Қазақстан редакцияларының жаңалықтары. Жинаған: A & B",
        "rights": "Мәтіндерге құқық оларды жариялаған редакцияларға тиесілі.",
        "updated": "2024-05-14T12:00:00+05:00",
        "generator": "newscrawler",
    }
    assert [one.text for one in feed.findall("a:author/*", ATOM)] == ["A & B", "https://news.example/feeds/"]
    assert [(one.get("rel"), one.get("type"), one.get("href")) for one in feed.findall("a:link", ATOM)] == [
        ("self", "application/atom+xml", "https://news.example/feeds/kk/turkistan/economy.atom"),
        ("alternate", "application/rss+xml", "https://news.example/feeds/kk/turkistan/economy.rss"),
        ("alternate", "text/html", "https://news.example/feeds/"),
    ]


def test_an_rss_feed() -> None:
    channel = etree.fromstring(RSS.envelope(head("newsrooms/kaynar_kz/kk"), FORMATS).around([]))[0]
    said = {one.tag: one.text for one in channel if one.text and one.tag != "docs"}
    assert said == {
        "title": "Қайнар & Ко · қазақша",
        "link": "https://news.example/feeds/",
        "description": "Қазақстан редакцияларының жаңалықтары. Жинаған: A & B",
        "copyright": "Мәтіндерге құқық оларды жариялаған редакцияларға тиесілі.",
        "generator": "newscrawler",
        "language": "kk",
        "lastBuildDate": "Tue, 14 May 2024 12:00:00 +0500",
    }
    links = [one for one in channel if etree.QName(one).localname == "link"]
    assert links[0].tag == "link"
    assert [(one.get("rel"), one.get("type"), one.get("href")) for one in links[1:]] == [
        ("self", "application/rss+xml", "https://news.example/feeds/newsrooms/kaynar_kz/kk.rss"),
        ("alternate", "application/atom+xml", "https://news.example/feeds/newsrooms/kaynar_kz/kk.atom"),
    ]


def test_the_title_of_an_rss_feed_has_numeric_references() -> None:
    before = RSS.envelope(head("newsrooms/kaynar_kz/kk"), FORMATS).before
    assert "<title>Қайнар &#x26; Ко · қазақша</title>".encode() in before
