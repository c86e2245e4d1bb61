"""Sitemaps, feeds and the manners of the server."""

import gzip
import re
import xml.etree.ElementTree as ET
from datetime import datetime
from email.utils import parsedate_to_datetime

import pytest

from .article import SITE
from .client import Client, links_in_xml, path_of
from .rss import FEEDS, OLD_FEED
from .server import NewsroomServer
from .site import build_site
from .truth import truth

VALIDATED = ["/", "/ru/", "/kk/news/", "/ru/news/?page=2", "/kk/news/?page=99", "/ajax/more?p=2", "/sitemap.xml"]
VALIDATED += [
    "/sitemaps/2024-05.xml",
    "/sitemaps/archive-2018-2021.xml.gz",
    "/news-sitemap.xml",
    *FEEDS.values(),
    OLD_FEED,
]


@pytest.mark.parametrize("target", VALIDATED)
def test_unchanged_documents_answer_304(client: Client, target: str) -> None:
    fresh = client.get(target)
    tag, date = fresh.headers["ETag"], fresh.headers["Last-Modified"]
    assert client.get(target, If_None_Match=tag).status == 304
    assert client.get(target, If_None_Match=f'"x", W/{tag}').status == 304
    assert client.get(target, If_Modified_Since=date).status == 304
    assert client.get(target, If_Modified_Since="Mon, 13 May 2024 00:00:00 GMT").status == 200
    assert client.get(target, If_None_Match='"other"', If_Modified_Since=date).status == 200
    reply = client.get(target, If_None_Match=tag)
    assert reply.body == b""
    assert reply.headers["ETag"] == tag
    client.server.switch_to(2)
    same = build_site(1).answer(target).body == build_site(2).answer(target).body
    assert client.get(target, If_None_Match=tag).status == client.get(target, If_Modified_Since=date).status
    assert client.get(target, If_None_Match=tag).status == (304 if same else 200)
    assert same == (target in ("/rss/old.xml", "/sitemaps/archive-2018-2021.xml.gz"))


def test_articles_have_no_validators(client: Client) -> None:
    reply = client.get(path_of(truth(1)[0]["url"]))
    assert "ETag" not in reply.headers
    assert "Last-Modified" not in reply.headers


def test_robots(client: Client) -> None:
    lines = client.get("/robots.txt").body.decode().splitlines()
    assert {"Crawl-delay: 1", "Disallow: /search", "Disallow: /amp/"} <= set(lines)
    assert len([line for line in lines if line.startswith("Sitemap: https://newsroom.test/")]) == 2


def test_sitemap_index_and_its_children(client: Client) -> None:
    children = links_in_xml(client.get("/sitemap.xml").body)
    statuses = {path_of(child): client.get(path_of(child)).status for child in children}
    assert sorted(statuses.values()) == [200, 200, 200, 200, 404]
    archive = client.get("/sitemaps/archive-2018-2021.xml.gz")
    assert "Content-Encoding" not in archive.headers
    assert len(links_in_xml(gzip.decompress(archive.body))) == 8
    nested = links_in_xml(client.get("/sitemaps/qazaq-scripts.xml").body)
    twins = [url for child in nested for url in links_in_xml(client.get(path_of(child)).body)]
    assert sorted(twins) == sorted(record["url"] for record in truth(1) if record["twin_of"])


@pytest.mark.parametrize("day", [1, 2])
def test_lastmod_is_modified_or_published(client: Client, day: int) -> None:
    client.server.switch_to(day)
    records = {record["url"]: record for record in truth(day)}
    rows = re.findall(r"<loc>(.*?)</loc><lastmod>(.*?)<", client.get("/sitemaps/2024-05.xml").body.decode())
    for url, lastmod in rows:
        if url in records:
            assert lastmod == (records[url]["modified"] or records[url]["published"])
    assert len([url for url, _ in rows if url not in records]) == day - 1
    index = dict(re.findall(r"<loc>(.*?)</loc><lastmod>(.*?)<", client.get("/sitemap.xml").body.decode()))
    assert index[f"{SITE}/sitemaps/2024-05.xml"] == max(lastmod for _, lastmod in rows)
    assert index[f"{SITE}/sitemaps/qazaq-scripts.xml"] < "2024-05-15"


def test_news_sitemap_is_mixed_recent_and_twice_wrong(client: Client) -> None:
    text = client.get("/news-sitemap.xml").body.decode()
    rows = re.findall(r"<loc>https://newsroom.test/(..)/.*?<lastmod>(.*?)<.*?language>(..)<.*?_date>(.*?)<", text)
    assert {language for language, *_ in rows} == {"kk", "ru"}
    assert len([row for row in rows if row[0] != row[2]]) == 1
    assert len([row for row in rows if row[1].startswith("0001-")]) == 1
    assert all("2024-05-12T18:00" < row[3] <= "2024-05-14T18:00" for row in rows)


@pytest.mark.parametrize("feed", ["kk", "ru"])
def test_feeds_have_the_faults_of_feeds(client: Client, feed: str) -> None:
    channel = ET.fromstring(client.get(f"/rss/{feed}.xml").body)
    items = channel.findall(".//item")
    assert len(items) == 20
    assert len([item for item in items if item.find("guid") is None]) == 1
    titles = [item.findtext("title") or "" for item in items]
    assert len([title for title in titles if "&" in title and ";" in title]) == 1
    dates = [item.findtext("pubDate") or "" for item in items]
    assert {date[-5:] for date in dates} == {"+0500", "+0600"}
    published = {record["url"]: record["published"] for record in truth(1)}
    for item, date in zip(items, dates, strict=True):
        assert parsedate_to_datetime(date) == datetime.fromisoformat(published[item.findtext("link") or ""])
    moments = [parsedate_to_datetime(date) for date in dates]
    assert moments == sorted(moments, reverse=True)


def test_old_feed_lies_about_its_charset(client: Client) -> None:
    reply = client.get("/rss/old.xml")
    assert reply.headers["Content-Type"].endswith("charset=utf-8")
    with pytest.raises(UnicodeDecodeError):
        reply.body.decode()
    assert 'encoding="windows-1251"' in reply.body.decode("cp1251")
    assert len(ET.fromstring(reply.body).findall(".//item")) == 4


def test_html_is_compressed_for_those_who_can(client: Client) -> None:
    plain, packed = client.get("/kk/news/"), client.get("/kk/news/", Accept_Encoding="gzip, br")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert "Content-Encoding" not in client.get("/rss/kk.xml", Accept_Encoding="gzip").headers


def test_hosts_clock_and_log(client: Client) -> None:
    assert client.get("/", host="www.newsroom.test").status == 200
    assert client.get("/", host="NEWSROOM.TEST:8080").status == 200
    assert client.get("/", host="other.test").status == 421
    assert client.get("http://newsroom.test/ru/", host="ignored.test").status == 200
    assert client.get("/").headers["Date"] == "Tue, 14 May 2024 13:00:00 GMT"
    client.server.switch_to(2)
    assert client.get("/", X_Note="here").headers["Date"] == "Wed, 15 May 2024 13:00:00 GMT"
    log = client.server.requests
    assert [entry.status for entry in log] == [200, 200, 421, 200, 200, 200]
    assert (log[3].host, log[3].target) == ("newsroom.test", "/ru/")
    assert (log[2].method, log[2].host, log[5].headers["X-Note"]) == ("GET", "other.test", "here")
    client.server.clear()
    assert client.server.requests == []


def test_head_has_no_body_and_the_connection_stays(client: Client) -> None:
    client.connection.request("HEAD", "/", headers={"Host": "newsroom.test"})
    response = client.connection.getresponse()
    assert response.read() == b""
    assert int(response.headers["Content-Length"]) > 1000
    socket = client.connection.sock
    assert client.get("/").status == 200
    assert client.connection.sock is socket


def test_two_servers_at_once() -> None:
    with (
        NewsroomServer(1) as first,
        NewsroomServer(2) as second,
        Client(first) as first_client,
        Client(second) as second_client,
    ):
        assert first.address != second.address
        assert first_client.get("/").body != second_client.get("/").body
