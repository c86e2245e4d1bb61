"""Tests of `feeds.xml_format`: fragments and envelopes, against whole feeds made by feedgen."""

from __future__ import annotations

import hashlib
import locale
from dataclasses import replace
from datetime import timedelta

import pytest
from feedgen.entry import FeedEntry
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from feeds.content import Content
from feeds.entry import TEMPLATE_VERSION, Entry, RottenArticle, entry_of
from feeds.feedgen_entry import feedgen_entry
from feeds.head import Head
from feeds.publish import FORMATS
from feeds.xml_format import XmlFormat
from newscrawler.errors import PublishError
from tests.feeds.articles import HEAD, NEWSROOMS, NOON, VOCABULARY, article
from tests.feeds.publishing import XML_FORMATS

each_format = pytest.mark.parametrize("form", XML_FORMATS, ids=lambda form: form.name)


def entry(number: int = 1, **changes: object) -> Entry:
    newsroom = NEWSROOMS["kaynar_kz" if number % 2 else "bulaq_kz"]
    made = entry_of(
        article(number, newsroom=newsroom.name), newsroom=newsroom, vocabulary=VOCABULARY, authority="news.example,2024"
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def whole(form: XmlFormat, head: Head, entries: list[Entry]) -> bytes:
    feed = form.feed(head, [(one.name, one.media_type) for one in XML_FORMATS if one.name != form.name])
    for one in entries:
        feed.add_entry(feedgen_entry(one), order="append")
    return form.document(feed)


@each_format
def test_joined_fragments_are_the_whole_feed_as_feedgen_writes_it(form: XmlFormat) -> None:
    entries = [entry(number) for number in range(5)]
    entries.append(
        entry(5, translations={}, picture=None, authors=(), title="A & B < C", content=Content(summary="", body=""))
    )
    joined = form.envelope(HEAD, XML_FORMATS).around(form.fragment(one) for one in entries)
    assert joined == whole(form, HEAD, entries)
    assert whole(form, HEAD, []) == form.envelope(HEAD, XML_FORMATS).around([])


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), min_size=1, max_size=40)


@each_format
@settings(deadline=None)
@given(title=TEXT, text=TEXT, author=TEXT, feed_title=TEXT)
def test_joined_fragments_are_the_whole_feed_whatever_the_text(
    form: XmlFormat, title: str, text: str, author: str, feed_title: str
) -> None:
    one = entry(2, title=title, content=Content(summary=text, body=text), authors=(author,), source_title=author)
    head = replace(HEAD, title=feed_title, publisher=feed_title)
    joined = form.envelope(head, XML_FORMATS).around([form.fragment(one), form.fragment(entry(3))])
    assert joined == whole(form, head, [one, entry(3)])
    of_picture = "{*}channel/{*}image/{*}title"
    tree = etree.fromstring(joined)
    picture_title = tree.find(of_picture)
    titles = [found.text for found in tree.iter("{*}title") if found is not picture_title]
    assert titles[:2] == [feed_title, title]
    assert picture_title is None or picture_title.text == feed_title


@each_format
def test_a_feed_is_made_without_the_clock_and_the_locale(form: XmlFormat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(locale, "setlocale")
    made = form.envelope(HEAD, XML_FORMATS).around([form.fragment(entry())])
    dates = [
        element.text
        for element in etree.fromstring(made).iter()
        if etree.QName(element).localname in ("updated", "published", "pubDate", "lastBuildDate")
    ]
    assert len(dates) == {"rss": 2, "atom": 4}[form.name]
    assert {"2024-05-14" in str(date) or "14 May 2024" in str(date) for date in dates} == {True}


@each_format
@pytest.mark.parametrize("field", ["title", "link", "source_title"])
def test_what_xml_cannot_hold_is_a_rotten_article(form: XmlFormat, field: str) -> None:
    with pytest.raises(RottenArticle, match="XML cannot hold it"):
        form.fragment(replace(entry(), **{field: "a\x01b"}))  # type: ignore[arg-type]


@each_format
def test_what_cannot_be_read_back_is_a_rotten_article(form: XmlFormat) -> None:
    def with_an_undeclared_entity(made: FeedEntry) -> etree._Element:
        element = form.element(made)
        element.append(etree.Entity("undeclared"))
        return element

    with pytest.raises(RottenArticle, match="undeclared"):
        replace(form, element=with_an_undeclared_entity).fragment(entry())


@each_format
def test_an_entry_that_readers_would_choke_on_is_a_rotten_article(form: XmlFormat) -> None:
    with pytest.raises(RottenArticle, match="bytes, more than 1000000"):
        form.fragment(entry(content=Content(summary="", body="а" * 500_000)))
    assert form.fragment(entry(content=Content(summary="", body="а" * 490_000)))


@each_format
def test_a_title_that_xml_cannot_hold_is_named(form: XmlFormat) -> None:
    with pytest.raises(PublishError, match="kk/all/all"):
        form.envelope(replace(HEAD, title="a\x01"), XML_FORMATS)


@each_format
def test_text_that_looks_like_the_marker_splits_nothing(form: XmlFormat) -> None:
    head = replace(HEAD, title="<!--entries-->", publisher="<!--entries-->")
    fragment = form.fragment(entry(title="<!--entries-->"))
    joined = form.envelope(head, XML_FORMATS).around([fragment])
    assert joined == whole(form, head, [entry(title="<!--entries-->")])


def test_the_bytes_of_this_template_version() -> None:
    """When this fails, entries look different: raise TEMPLATE_VERSION, so that kept ones are made anew, and then mend
    the digest."""
    everything = entry(2, title="A & B", updated=NOON + timedelta(hours=1))
    digest = hashlib.sha256(b"".join(form.fragment(everything) for form in FORMATS)).hexdigest()
    assert (TEMPLATE_VERSION, digest[:16]) == (5, "d130448c3c24976d")
