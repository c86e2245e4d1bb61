"""read_article on broken and hostile pages: an article or a PageError, time and memory no more than the page's size."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from scrapy.http import HtmlResponse

from newscrawler.errors import PageError
from spiders.pages import read_article
from tests.newsroom.edition import edition
from tests.newsroom.templates import render
from tests.spiders.pages.page_of_megabytes import KINDS
from tests.spiders.pages.page_samples import NOW, PARAGRAPHS, URL, body, newsroom, page_html

_PAGES = [
    html
    for _, html in sorted(
        {version.template: render(edition(1).page(version))[0] for version in edition(1).articles}.items()
    )
]
_SETTINGS = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
_TAG = re.compile(rb"<[^<>]*>")
_PIECES = (
    *(b"<div>", b"</div>", b"<p", b'"', b"<!--", b"<br>", b"{", b"</script>", b"<svg>", b"<table>", b"<select>", b"\0"),
    *(b"&#0;", b"&#x110000;", b"<base href='//['>", b"<a href='http://[::1'>", b"<img src='http://]'>", b"<plaintext>"),
    *(b"<time datetime='9999-99-99T99:99'>", b"[caption]", b"<i itemprop='articleBody'>", b"\xff\xfe", b"<template>"),
)


def check_it_is_read_or_refused(html: bytes, content_type: bytes = b"text/html") -> None:
    answer = HtmlResponse(URL, body=html, headers={"Content-Type": content_type})
    for room in (newsroom(), None):
        try:
            found = read_article(answer, room, NOW)
        except PageError:
            continue
        assert found.headline
        assert all(found.body)


@settings(_SETTINGS, max_examples=60)
@given(
    st.binary(max_size=2000), st.sampled_from([b"text/html", b"text/html; charset=idna", b"text/html; charset=utf-16"])
)
@example(b"<h1>\xff\xfe</h1>" * 9, b"text/html; charset=punycode")
def test_any_bytes(html: bytes, content_type: bytes) -> None:
    check_it_is_read_or_refused(html, content_type)


@settings(_SETTINGS, max_examples=60)
@given(st.data())
def test_a_page_with_pieces_replaced(data: st.DataObject) -> None:
    page = data.draw(st.sampled_from(_PAGES))
    for _ in range(data.draw(st.integers(1, 8))):
        start = data.draw(st.integers(0, len(page)))
        stop = min(len(page), start + data.draw(st.integers(0, 400)))
        piece = data.draw(st.one_of(st.binary(max_size=12), st.sampled_from(_PIECES)))
        page = page[:start] + piece * data.draw(st.sampled_from([1, 1, 1, 300])) + page[stop:]
    check_it_is_read_or_refused(page)


@settings(_SETTINGS, max_examples=60)
@given(st.sampled_from(_PAGES), st.data())
def test_a_page_with_tags_lost_doubled_and_swapped(page: bytes, data: st.DataObject) -> None:
    tags = _TAG.findall(page)
    texts = _TAG.split(page)
    for _ in range(data.draw(st.integers(1, 12))):
        place = data.draw(st.integers(0, len(tags) - 1))
        other = data.draw(st.integers(0, len(tags) - 1))
        tags[place] = data.draw(st.sampled_from([b"", tags[place] * 2, tags[other], tags[other] + tags[place]]))
    check_it_is_read_or_refused(b"".join(text + tag for text, tag in zip(texts, [*tags, b""], strict=True)))


@settings(_SETTINGS, max_examples=40)
@given(
    st.sampled_from(_PAGES),
    st.floats(0, 1),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 7)), max_size=30),
    st.sampled_from(["utf-8", "cp1251", "kz1048", "koi8-r", "utf-16", "utf-16-be", "cp866"]),
    st.sampled_from([b"text/html", b"text/html; charset=utf-8", b"text/html; charset=gb18030", b"image/png"]),
)
def test_a_page_cut_off_with_bits_flipped_in_any_charset(
    page: bytes, end: float, flips: list[tuple[float, int]], charset: str, content_type: bytes
) -> None:
    broken = bytearray(page.decode("utf-8", "replace").encode(charset, "replace"))
    for place, bit in flips:
        broken[int(place * (len(broken) - 1))] ^= 1 << bit
    check_it_is_read_or_refused(bytes(broken[: int(end * len(broken))]), content_type)


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.floats()
    | st.integers()
    | st.text(max_size=12)
    | st.sampled_from([URL, *PARAGRAPHS]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["name", "url", "@type", "x"]), inner),
    max_leaves=12,
)
_FIELDS = (
    *("headline", "name", "alternativeHeadline", "description", "articleBody", "articleSection", "keywords", "author"),
    *("datePublished", "dateModified", "image", "publisher", "mainEntity", "mainEntityOfPage", "itemListElement"),
)


@settings(_SETTINGS, max_examples=80)
@given(st.sampled_from(["NewsArticle", "WebPage", "BreadcrumbList"]), st.dictionaries(st.sampled_from(_FIELDS), _JSON))
@example("NewsArticle", {"datePublished": float("inf"), "image": [[{}]], "author": {"name": [["x"], {"name": 1}]}})
def test_any_values_in_json_ld(kind: str, values: dict[str, Any]) -> None:
    script = json.dumps({"@graph": [{"@type": kind} | values]}).replace("</", "<\\/")
    check_it_is_read_or_refused(
        page_html(body(), head=f'<script type="application/ld+json">{script}</script>').encode()
    )


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 5000 + page_html(body()) + "</div>" * 5000,
        "<b>" * 3000 + page_html(body()),
        page_html("<div>" * 1990 + body()),
        page_html("<ul>" + "<li>" * 3000 + "</ul>" + body()),
        page_html(body(), head='<script type="application/ld+json">' + "[" * 100_000 + "</script>"),
        page_html(body(), head='<script type="application/ld+json">{"datePublished": ' + "9" * 5000 + "}</script>"),
        page_html(body(), head="<link rel='canonical' href='http://[::1'><base href='http://['>"),
        page_html("<img src='http://['><a href='http://['>x</a>" + body()),
    ],
    ids=range(8),
)
def test_what_is_nested_too_deep_or_no_address(html: str) -> None:
    check_it_is_read_or_refused(html.encode())


@pytest.mark.parametrize(
    "html",
    [
        page_html("<p>x</p>" * 60_000 + body()),
        page_html(body() + "<div><p>Бұл сөйлем жиырма бес таңбадан ұзын.</p></div>" * 10_000),
        page_html("<div>" + "a<span></span>" * 60_000 + "</div>"),
        page_html("<div>" + "жол<br>" * 60_000 + "<img src='/a.jpg'>" * 5_000 + "</div>"),
        page_html("<div class='date author caption'>" * 200 + "1 мамыр 2024 <img src='/a'>" * 5_000),
        page_html("<div class='date'>1 мамыр 2024, 10:00</div>" * 20_000 + body()),
        page_html(body(), head="<meta property='og:title' content='Көпір ашылды бүгін'>" * 8_000),
        page_html("<h1>Көпір бүгін ашылды</h1>" * 20_000 + body()),
        page_html(body() + "<img src='/a.jpg' srcset='b 1w'>" * 20_000),
        page_html("<b>" * 1_500 + "<i>Бұл сөйлем жиырма бес таңбадан ұзын.</i>" * 5_000),
        page_html("<p>" + "[caption]" * 40_000 + "</p>" + body()),
        page_html("<i itemprop='x'>y</i>" * 30_000 + body()),
        page_html("<div><p>x</p>" + "<aside>Бұл сөйлем жиырма бес таңбадан ұзын.</aside>" * 10_000 + "</div>"),
        page_html(body(), headline="сөз | " * 60_000),
    ],
    ids=range(14),
)
def test_a_page_of_many_pieces_takes_no_more_than_its_size(html: str) -> None:
    # Whatever grows with the square of these numbers makes this test take minutes.
    check_it_is_read_or_refused(html.encode())


def test_pages_of_four_megabytes_take_seconds_and_no_gigabytes() -> None:
    """In a process of its own, which the system ends when it takes more than 1.5 GB or 60 s of computing."""
    child = subprocess.run(
        [sys.executable, "-m", "tests.spiders.pages.page_of_megabytes"], capture_output=True, text=True, timeout=180
    )
    assert child.returncode == 0, child.stderr
    assert child.stdout.split() == list(KINDS)
