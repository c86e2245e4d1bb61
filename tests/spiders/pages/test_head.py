from __future__ import annotations

import lxml.html

from spiders.pages.head import read_head
from tests.spiders.pages.page_samples import URL


def test_meta_links_and_title() -> None:
    root = lxml.html.document_fromstring(
        """<html><head><base href="/kk/"><title> Көпір
        ашылды </title><meta property="og:title" name="title" content="Көпір"><meta name="OG:Title" content="Екінші">
        <meta name="empty" content=" "><link rel="shortcut icon" href="/i.png"><link rel=canonical href=" news/1 ">
        <link rel="canonical" href="/other"><link rel="amphtml" href="/amp/1"><link rel="alternate" href="/rss">
        <link rel="alternate" hreflang="tt" href="/arab/1"></head><body><svg><title>сурет</title></svg></body></html>"""
    )
    head = read_head(root, URL)
    assert head.title == "Көпір ашылды"
    assert head.every("og:title") == ["Көпір", "Екінші"]
    assert head.first("empty", "title") == "Көпір"
    assert head.first("none") is None
    assert (head.canonical, head.amp) == ("news/1", "/amp/1")
    assert head.hreflang == [("tt", "/arab/1")]
    assert head.base == "https://zhanalyq.test/kk/"


def test_a_base_that_is_no_address_is_left_out() -> None:
    assert read_head(lxml.html.document_fromstring("<base href='http://[::1'><p>x</p>"), URL).base == URL
