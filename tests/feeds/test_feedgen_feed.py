"""Tests of `feeds.feedgen_feed`: what a feed says of itself in RSS and in Atom."""

from __future__ import annotations

import pytest
from lxml import etree

from feeds.atom import ATOM_FEED
from feeds.facet import FacetNames, parse_facet
from feeds.feedgen_feed import HISTORY, SYNDICATION
from feeds.head import Head, head_of
from feeds.publish import FORMATS
from feeds.rss import RSS
from feeds.wording import load_wordings
from feeds.xml_format import XmlFormat
from newscrawler.config import Config
from tests.feeds.articles import NEWSROOMS, NOON, VOCABULARY

ATOM = {"a": "http://www.w3.org/2005/Atom"}
CONFIG = Config(base_url="https://news.example/feeds", title="A & B", feed_authority="news.example,2024")


def head(path: str, previous_archive: str | None = None) -> Head:
    names = FacetNames(VOCABULARY, NEWSROOMS, load_wordings())
    return head_of(parse_facet(path), names, CONFIG, NOON, previous_archive)


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
        "icon": "https://news.example/feeds/icon.png",
        "logo": "https://news.example/feeds/icon.png",
    }
    assert [one.text for one in feed.findall("a:author/*", ATOM)] == [
        "A & B",
        "https://news.example/feeds/kk/turkistan/economy.html",
    ]
    assert [(one.get("rel"), one.get("type"), one.get("href")) for one in feed.findall("a:link", ATOM)] == [
        ("self", "application/atom+xml", "https://news.example/feeds/kk/turkistan/economy.atom"),
        ("alternate", "application/rss+xml", "https://news.example/feeds/kk/turkistan/economy.rss"),
        ("alternate", "application/feed+json", "https://news.example/feeds/kk/turkistan/economy.json"),
        ("alternate", "text/html", "https://news.example/feeds/kk/turkistan/economy.html"),
    ]


def test_an_rss_feed() -> None:
    channel = etree.fromstring(RSS.envelope(head("newsrooms/kaynar_kz/kk"), FORMATS).around([]))[0]
    said = {one.tag: one.text for one in channel if one.text and one.tag != "docs"}
    assert said == {
        "title": "Қайнар & Ко · қазақша",
        "link": "https://news.example/feeds/newsrooms/kaynar_kz/kk.html",
        "description": "Қазақстан редакцияларының жаңалықтары. Жинаған: A & B",
        "copyright": "Мәтіндерге құқық оларды жариялаған редакцияларға тиесілі.",
        "generator": "newscrawler",
        "language": "kk",
        "ttl": "10",
        f"{{{SYNDICATION}}}updatePeriod": "hourly",
        f"{{{SYNDICATION}}}updateFrequency": "6",
        "lastBuildDate": "Tue, 14 May 2024 12:00:00 +0500",
    }
    links = [one for one in channel if etree.QName(one).localname == "link"]
    assert links[0].tag == "link"
    assert [(one.get("rel"), one.get("type"), one.get("href")) for one in links[1:]] == [
        ("self", "application/rss+xml", "https://news.example/feeds/newsrooms/kaynar_kz/kk.rss"),
        ("alternate", "application/atom+xml", "https://news.example/feeds/newsrooms/kaynar_kz/kk.atom"),
        ("alternate", "application/feed+json", "https://news.example/feeds/newsrooms/kaynar_kz/kk.json"),
    ]


def test_the_title_of_an_rss_feed_has_numeric_references() -> None:
    before = RSS.envelope(head("newsrooms/kaynar_kz/kk"), FORMATS).before
    assert "<title>Қайнар &#x26; Ко · қазақша</title>".encode() in before


def test_an_rss_feed_has_a_picture_with_its_own_title_and_link() -> None:
    channel = etree.fromstring(RSS.envelope(head("kk/all/all"), FORMATS).around([]))[0]
    assert {one.tag: one.text for one in channel.find("image")} == {  # type: ignore[union-attr]
        "url": "https://news.example/feeds/icon.png",
        "title": "Барлық жаңалықтар",
        "link": "https://news.example/feeds/kk/all/all.html",
    }


@pytest.mark.parametrize(("form", "links"), [(ATOM_FEED, "a:link"), (RSS, "channel/a:link")])
def test_a_feed_leads_to_its_archives_and_an_archive_back(form: XmlFormat, links: str) -> None:
    def linked(path: str) -> dict[str | None, str | None]:
        feed = etree.fromstring(form.envelope(head(path, "kk/all/all/2024-04"), FORMATS).around([]))
        assert (feed.find(f".//{{{HISTORY}}}archive") is not None) is (path != "kk/all/all")
        return {one.get("rel"): one.get("href") for one in feed.findall(links, ATOM)}

    before = f"https://news.example/feeds/kk/all/all/2024-04.{form.name}"
    assert linked("kk/all/all")["prev-archive"] == before
    assert "current" not in linked("kk/all/all")
    archive = linked("kk/all/all/2024-05")
    assert archive["prev-archive"] == before
    assert archive["current"] == f"https://news.example/feeds/kk/all/all.{form.name}"
    assert archive["self"] == f"https://news.example/feeds/kk/all/all/2024-05.{form.name}"
