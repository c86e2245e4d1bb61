"""Every feed of the fixture newsroom is valid, and so are feeds of hostile articles; the checks find what is broken."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from lxml import etree

from newscrawler.article import Image
from newscrawler.config import Config
from newscrawler.store import open_store
from tests.feeds.articles import article, save
from tests.feeds.published import BASE_URL, Published
from tests.feeds.publishing import run
from tests.feeds.validators.atom import atom_problems, atom_schema
from tests.feeds.validators.json_feed import json_feed_problems
from tests.feeds.validators.rss import rss_problems

VALIDATORS: Mapping[str, Callable[[bytes, str], list[str]]] = {
    "rss": rss_problems,
    "atom": atom_problems,
    "json": json_feed_problems,
}


@pytest.mark.parametrize("suffix", VALIDATORS)
def test_every_feed_of_the_newsroom_is_valid(newsroom_feeds: Published, suffix: str) -> None:
    found = _problems(newsroom_feeds, suffix)
    assert len(found) > 200
    assert {name: problems for name, problems in found.items() if problems} == {}


@pytest.mark.parametrize("suffix", VALIDATORS)
def test_feeds_of_hostile_articles_are_valid(hostile_feeds: Published, suffix: str) -> None:
    found = _problems(hostile_feeds, suffix)
    assert {name: problems for name, problems in found.items() if problems} == {}


def _problems(published: Published, suffix: str) -> dict[str, list[str]]:
    names = [f"{facet}.{suffix}" for facet in published.facets]
    return {name: VALIDATORS[suffix]((published.folder / name).read_bytes(), f"{BASE_URL}{name}") for name in names}


@pytest.fixture(scope="module")
def feeds(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], bytes]:
    """A valid feed of two articles, by its format."""
    folder = tmp_path_factory.mktemp("valid")
    config = Config(base_url=BASE_URL, title="Жаңалық", feed_authority="news.example,2024", public=folder / "public")
    images = [Image(url="https://bulaq.test/1.jpg", credit="Ерлан Сағын")]
    with open_store(f"sqlite:///{folder / 'news.db'}") as store:
        save(store, article(1), article(2, images=images, headline="Бір & екі"))
        run(store, config)
    return lambda suffix: (config.public / f"kk/all/all.{suffix}").read_bytes()


BROKEN = {
    "rss": [
        ("<title>Бір &#x26; екі</title>", "<title>Бір &amp; екі</title>", "could be taken for HTML"),
        ("<title>Бір &#x26; екі</title>", "<title><![CDATA[Бір]]></title>", "could be taken for HTML"),
        ("<title>Бір &#x26; екі</title>", "", "item has no title"),
        ("<language>kk</language>", "<language>Kazakh!</language>", "language"),
        ("<language>kk</language>", "<language>kk</language><language>ru</language>", "2 elements language"),
        ("<language>kk</language>", "<language>kk</language><lang>kk</lang>", "unknown element lang"),
        ("<ttl>10</ttl>", "<ttl>0</ttl>", "ttl"),
        ("Tue, 14 May 2024 12:01:00 +0500", "Mon, 14 May 2024 12:01:00 +0500", "pubDate"),
        ("Tue, 14 May 2024 12:01:00 +0500", "2024-05-14T12:01:00+05:00", "pubDate"),
        ("Tue, 14 May 2024 12:01:00 +0500", "Tue, 14 May 24 12:01:00 +0500", "pubDate"),
        ('isPermaLink="false"', 'isPermaLink="true"', "is no address"),
        ("<link>https://bulaq.test/kk/1/</link>", "<link>/kk/1/</link>", "has the link '/kk/1/'"),
        ('rel="self"', 'rel="related"', "links to itself"),
        ("https://news.example/icon.png", "icon.png", "image"),
        ('<source url="https://bulaq.test/">', '<source url="bulaq">', "source"),
        ("&lt;p&gt;", "&lt;script&gt;alert(1)&lt;/script&gt;&lt;p&gt;", "<script> in HTML"),
        ("&lt;p&gt;", "&lt;img src='/1.jpg'&gt;&lt;p&gt;", "'/1.jpg' in HTML"),
        ("&lt;p&gt;", "&lt;p onclick='x'&gt;", "onclick"),
        ("<pubDate>", '<enclosure url="https://a.test/1.jpg" type="image/jpeg"/><pubDate>', "length"),
        ("<pubDate>", '<enclosure url="1.jpg" type="jpeg" length="5"/><pubDate>', "type"),
        ("<pubDate>", "<author>Әсел</author><pubDate>", "mail address"),
        ('version="2.0"', 'version="0.92"', "RSS 2.0"),
    ],
    "atom": [
        ("<title>Бір &amp; екі</title>", "", "title"),
        ("<title>Бір &amp; екі</title>", "<title> </title>", "empty title"),
        ("<title>Бір &amp; екі</title>", "<title>1</title><title>2</title>", "title"),
        ("2024-05-14T12:01:00+05:00", "2024-05-14 12:01", "dateTime"),
        ("<published>2024-05-14T12:01:00+05:00</published>", "", "without a date of publication"),
        ("<updated>2024-05-14T12:01:00+05:00", "<updated>2024-05-14T11:01:00+05:00", "before it was published"),
        ('xml:lang="kk"', 'xml:lang="Қазақ"', "lang"),
        ('rel="self"', 'rel="related"', "links to itself"),
        ('hreflang="ru"', 'hreflang="kk"', "2 alternate links"),
        ('href="https://bulaq.test/kk/1/"', 'href="/kk/1/"', "is not absolute"),
        ("<generator>", "<pubDate/><generator>", "pubDate"),
        ('<content type="html">', '<content type="html" src="https://a.test/">', ""),
        ("<entry ", "<entry order='1' ", "order"),
        ("&lt;p&gt;", "&lt;p&gt;&lt;iframe&gt;&lt;/iframe&gt;", "<iframe> in HTML"),
        ("tag:news.example,2024:kk/all/all<", "kk/all/all<", "no absolute IRI"),
    ],
    "json": [
        ('"version": "https://jsonfeed.org/version/1.1"', '"version": "1.1"', "version"),
        ('"title": "Бір & екі"', '"title": ""', "title"),
        ('"title": "Бір & екі"', '"titel": "Бір"', "titel"),
        ('"date_published": "2024-05-14T12:01:00+05:00"', '"date_published": "2024-05-14"', "date_published"),
        ('"url": "https://bulaq.test/kk/1/"', '"url": "/kk/1/"', "url"),
        ('"feed_url": "https://news.example/', '"feed_url": "https://old.example/', "feed_url is"),
        ('"language": "kk"', '"language": "Kazakh"', "language"),
        ("\\u003cp>", "\\u003cp style='x'>", "style"),
        ('"image": "https://bulaq.test/1.jpg"', '"image": "1.jpg"', "image"),
    ],
}


@pytest.mark.parametrize(
    ("suffix", "old", "new", "says"), [(suffix, *case) for suffix, cases in BROKEN.items() for case in cases]
)
def test_what_is_broken_is_found(feeds: Callable[[str], bytes], suffix: str, old: str, new: str, says: str) -> None:
    document, address = feeds(suffix).decode(), f"{BASE_URL}kk/all/all.{suffix}"
    assert VALIDATORS[suffix](document.encode(), address) == []
    assert old in document
    problems = VALIDATORS[suffix](document.replace(old, new).encode(), address)
    assert any(says in problem for problem in problems), problems


@pytest.mark.parametrize("suffix", VALIDATORS)
def test_an_entry_that_is_there_twice_is_found(feeds: Callable[[str], bytes], suffix: str) -> None:
    document = feeds(suffix).decode()
    first, second = (f"tag:news.example,2024:{article(number).id}" for number in (1, 2))
    problems = VALIDATORS[suffix](document.replace(first, second).encode(), f"{BASE_URL}kk/all/all.{suffix}")
    assert problems == [f"the {'guid' if suffix == 'rss' else 'id'} {second} is there 2 times"]


def test_the_schema_of_atom_takes_what_the_rfc_shows() -> None:
    # RFC 4287, section 1.1, its shorter example.
    document = b"""<?xml version="1.0" encoding="utf-8"?>
    <feed xmlns="http://www.w3.org/2005/Atom"><title>Example Feed</title><link href="http://example.org/"/>
    <updated>2003-12-13T18:30:02Z</updated><author><name>John Doe</name></author>
    <id>urn:uuid:60a76c80-d399-11d9-b93C-0003939e0af6</id>
    <entry><title>Atom-Powered Robots Run Amok</title><link href="http://example.org/2003/12/13/atom03"/>
    <id>urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a</id><updated>2003-12-13T18:30:02Z</updated>
    <summary>Some text.</summary></entry></feed>"""
    assert atom_schema().validate(etree.fromstring(document)), atom_schema().error_log
