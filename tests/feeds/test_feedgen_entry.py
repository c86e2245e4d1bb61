"""Tests of `feeds.feedgen_entry` and its extensions: what stands in an item of RSS and in an entry of Atom."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from feeds.atom import ATOM_FEED
from feeds.content import Content
from feeds.entry import Entry, Picture, entry_of
from feeds.rss import RSS
from feeds.xml_format import XmlFormat
from tests.feeds.articles import HEAD, NEWSROOMS, VOCABULARY, article
from tests.feeds.publishing import XML_FORMATS

NAMES = {
    "a": "http://www.w3.org/2005/Atom",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
    "content": "http://purl.org/rss/1.0/modules/content/",
}
ENTRY = entry_of(article(1), newsroom=NEWSROOMS["bulaq_kz"], vocabulary=VOCABULARY, authority="news.example,2024")


def written(form: XmlFormat, entry: Entry) -> etree._Element:
    feed = etree.fromstring(form.envelope(HEAD, XML_FORMATS).around([form.fragment(entry)]))
    found = feed.find(".//item") if form is RSS else feed.find("a:entry", NAMES)
    assert found is not None
    return found


def texts(element: etree._Element, path: str) -> list[str | None]:
    return [one.text for one in element.findall(path, NAMES)]


def test_an_item_of_rss() -> None:
    item = written(RSS, ENTRY)
    assert texts(item, "title") == [ENTRY.title]
    assert texts(item, "link") == [ENTRY.link]
    assert texts(item, "guid") == [ENTRY.id]
    assert item.find("guid").get("isPermaLink") == "false"  # type: ignore[union-attr]
    assert texts(item, "pubDate") == ["Tue, 14 May 2024 12:01:00 +0500"]
    assert texts(item, "description") == [ENTRY.content.summary]
    assert texts(item, "content:encoded") == [ENTRY.content.body]
    assert texts(item, "dc:creator") == ["Әсел Құрманбай"]
    assert texts(item, "dc:language") == ["kk"]
    assert [(one.get("domain"), one.text) for one in item.findall("category")] == [
        ("urn:iso:std:iso:3166:-2", "Түркістан облысы"),
        ("http://cv.iptc.org/newscodes/mediatopic/", "Экономика"),
        ("tag:news.example,2024:newsrooms", "Bulaq.kz"),
    ]
    source = item.find("source")
    assert source is not None
    assert (source.get("url"), source.text) == ("https://bulaq.test/", "Bulaq.kz")
    assert item.tail == "\n"


def test_an_entry_of_atom() -> None:
    entry = written(ATOM_FEED, ENTRY)
    assert entry.get("{http://www.w3.org/XML/1998/namespace}lang") == "kk"
    assert texts(entry, "a:title") == [ENTRY.title]
    assert texts(entry, "a:id") == [ENTRY.id]
    assert texts(entry, "a:published") == texts(entry, "a:updated") == ["2024-05-14T12:01:00+05:00"]
    assert texts(entry, "a:author/a:name") == ["Әсел Құрманбай"]
    summary, content = entry.find("a:summary", NAMES), entry.find("a:content", NAMES)
    assert summary is not None
    assert content is not None
    assert (summary.get("type"), summary.text) == ("html", ENTRY.content.summary)
    assert (content.get("type"), content.text) == ("html", ENTRY.content.body)
    assert [dict(one.attrib) for one in entry.findall("a:category", NAMES)][:2] == [
        {"term": "KZ-61", "scheme": "urn:iso:std:iso:3166:-2", "label": "Түркістан облысы"},
        {"term": "medtop:04000000", "scheme": "http://cv.iptc.org/newscodes/mediatopic/", "label": "Экономика"},
    ]
    source = entry.find("a:source", NAMES)
    assert source is not None
    assert texts(source, "a:title") == ["Bulaq.kz"]
    assert texts(source, "a:id") == ["https://bulaq.test/"]
    assert texts(source, "a:updated") == ["2024-05-14T12:01:00+05:00"]
    assert entry.tail == "\n"


def test_translations_are_alternates_and_the_article_is_first_and_last() -> None:
    own, russian = "https://bulaq.test/kk/1/", "https://bulaq.test/ru/1/"
    for form in XML_FORMATS:
        links = written(form, ENTRY).findall("a:link", NAMES)
        assert [(one.get("href"), one.get("rel"), one.get("hreflang")) for one in links] == [
            (own, "alternate", "kk"),
            (russian, "alternate", "ru"),
            (own, "alternate", None),
        ], form.name


def test_a_reader_that_takes_the_first_link_gets_the_article_and_not_its_source() -> None:
    assert next(one.get("href") for one in written(ATOM_FEED, ENTRY).iter("{*}link")) == ENTRY.link
    assert next(one.text for one in written(RSS, ENTRY).iter("{*}link")) == ENTRY.link


def test_without_translations_there_is_one_link() -> None:
    alone = replace(ENTRY, translations={})
    assert len(written(ATOM_FEED, alone).findall("a:link", NAMES)) == 1
    assert written(RSS, alone).findall("a:link", NAMES) == []


def test_the_picture_has_its_credit_and_caption() -> None:
    for form in XML_FORMATS:
        content = written(form, ENTRY).find("media:content", NAMES)
        assert content is not None
        assert dict(content.items()) == {
            "url": "https://bulaq.test/1.jpg",
            "medium": "image",
            "width": "1200",
            "height": "675",
        }
        assert texts(content, "media:credit") == ["Ерлан Сағын"]
        assert texts(content, "media:description") == ["Цех"]


def test_what_is_not_known_of_a_picture_is_not_said() -> None:
    bare = replace(ENTRY, picture=Picture(url="https://bulaq.test/1.jpg"))
    for form in XML_FORMATS:
        content = written(form, bare).find("media:content", NAMES)
        assert content is not None
        assert dict(content.items()) == {"url": "https://bulaq.test/1.jpg", "medium": "image"}
        assert len(content) == 0
        assert written(form, replace(ENTRY, picture=None)).find("media:content", NAMES) is None


def test_the_newsroom_stands_for_an_unnamed_author_in_atom_alone() -> None:
    anonymous = replace(ENTRY, authors=())
    assert texts(written(ATOM_FEED, anonymous), "a:author/a:name") == ["Bulaq.kz"]
    assert texts(written(RSS, anonymous), "dc:creator") == []


def test_a_headline_alone_has_neither_summary_nor_content() -> None:
    bare = replace(ENTRY, content=Content(summary="", body=""))
    assert texts(written(RSS, bare), "description") == []
    atom = written(ATOM_FEED, bare)
    assert atom.find("a:summary", NAMES) is None
    assert atom.find("a:content", NAMES) is None


def test_a_picture_of_known_length_is_an_enclosure_behind_the_article() -> None:
    picture = Picture(url="https://bulaq.test/1.jpg", length=48_213, media_type="image/jpeg")
    rss, atom = (written(form, replace(ENTRY, picture=picture)) for form in (RSS, ATOM_FEED))
    enclosure = rss.find("enclosure")
    assert enclosure is not None
    assert dict(enclosure.items()) == {"url": picture.url, "length": "48213", "type": "image/jpeg"}
    links = atom.findall("a:link", NAMES)
    assert links[0].get("href") == ENTRY.link
    assert dict(links[-1].items()) == {
        "rel": "enclosure",
        "href": picture.url,
        "length": "48213",
        "type": "image/jpeg",
    }


def test_a_picture_of_unknown_length_is_no_enclosure() -> None:
    for form in XML_FORMATS:
        made = written(form, replace(ENTRY, picture=Picture(url="https://bulaq.test/1.jpg", media_type="image/jpeg")))
        assert b"enclosure" not in etree.tostring(made)
