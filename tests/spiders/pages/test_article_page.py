"""read_article: refusals, the promise about errors, and what the result rests on."""

from __future__ import annotations

import tracemalloc
from datetime import datetime

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from scrapy.http import HtmlResponse, Response

from newscrawler.address import Discovered
from newscrawler.article import DatePrecision, mint_article_id
from newscrawler.errors import NotAnArticle, PageError
from spiders.pages import read_article
from tests.newsroom.edition import edition
from tests.newsroom.templates import render
from tests.spiders.pages.page_samples import (
    HEADLINE,
    NOW,
    PARAGRAPHS,
    URL,
    article,
    body,
    newsroom,
    page_html,
    response,
)

_PAGES = sorted({version.template: render(edition(1).page(version))[0] for version in edition(1).articles}.items())


def test_gives_the_article_with_its_sources() -> None:
    found = article(page_html(body()))
    assert found.headline == HEADLINE
    assert found.body == PARAGRAPHS
    assert found.url == found.canonical_url == URL
    assert found.newsroom == "zhanalyq"
    assert found.id == mint_article_id("zhanalyq", URL)
    assert found.fetched_at == NOW
    assert found.sources["headline"] == "h1"
    assert found.sources["body"] == "text"


def test_reads_a_page_of_an_unknown_site_under_its_host() -> None:
    found = read_article(response(page_html(body())), None, NOW)
    assert found.newsroom == "zhanalyq.test"
    assert found.body == PARAGRAPHS


def test_what_discovery_knows_comes_last() -> None:
    moment = datetime.fromisoformat("2024-05-13T09:15:00+05:00")
    known = Discovered(
        url=URL, headline="Тізімдегі тақырып", date_published=moment, date_precision=DatePrecision.MINUTE
    )
    found = article(page_html(body()), known=known)
    assert found.headline == HEADLINE
    assert found.date_published == moment
    assert found.date_source == "discovery"


def test_refuses_an_empty_answer_as_a_page_error() -> None:
    with pytest.raises(PageError) as refusal:
        article(b" \n")
    assert not isinstance(refusal.value, NotAnArticle)
    assert (refusal.value.url, refusal.value.newsroom) == (URL, "zhanalyq")


@pytest.mark.parametrize(
    ("html", "problem"),
    [
        (
            page_html("<div class='article__body'></div>", around="<aside>" + body() + "</aside>"),
            "the article is empty",
        ),
        (page_html("<div itemprop='articleBody'> </div>", around="<div>" + body() + "</div>"), "the article is empty"),
        (page_html(body(), headline="404: Бет табылмады"), "it is an error page"),
        (page_html(body(), head="<link rel='canonical' href='/'>"), "its canonical address is no article's"),
        (page_html(body(), head="<link rel='canonical' href='/kk/region/'>"), "its canonical address is no article's"),
        ("<html><body>" + body() + "</body></html>", "it has no headline"),
    ],
)
def test_refuses_what_is_no_article(html: str, problem: str) -> None:
    with pytest.raises(NotAnArticle) as refusal:
        article(html)
    assert refusal.value.problem == problem
    assert (refusal.value.url, refusal.value.newsroom) == (URL, "zhanalyq")


def test_refuses_an_address_that_the_newsroom_knows_is_a_list() -> None:
    with pytest.raises(NotAnArticle, match="its address is not an article's"):
        article(page_html(body()), url="https://zhanalyq.test/kk/region/turkistan/")


def test_needs_to_know_when_the_page_was_fetched() -> None:
    with pytest.raises(ValueError, match="offset"):
        read_article(response(page_html(body())), newsroom(), datetime(2024, 5, 14))  # noqa: DTZ001


def test_reads_an_answer_that_scrapy_took_for_no_text() -> None:
    answer = Response(URL, body=page_html(body()).encode())
    assert read_article(answer, newsroom(), NOW).body == PARAGRAPHS


def check_it_is_read_or_refused(html: bytes, content_type: bytes = b"text/html") -> None:
    answer = HtmlResponse(URL, body=html, headers={"Content-Type": content_type})
    for room in (newsroom(), None):
        try:
            found = read_article(answer, room, NOW)
        except PageError:
            continue
        assert found.headline
        assert all(found.body)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.binary(max_size=2000), st.sampled_from([b"text/html", b"text/html; charset=idna", b"text/html; charset=utf-16"])
)
@example(b"<h1>\xff\xfe</h1>" * 9, b"text/html; charset=punycode")
def test_any_bytes_are_read_or_refused(html: bytes, content_type: bytes) -> None:
    check_it_is_read_or_refused(html, content_type)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_broken_page_is_read_or_refused(data: st.DataObject) -> None:
    page = data.draw(st.sampled_from([html for _, html in _PAGES]))
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(page)))
        stop = min(len(page), start + data.draw(st.integers(0, 400)))
        piece = data.draw(
            st.one_of(
                st.binary(max_size=12), st.sampled_from([b"<div>", b"</div>", b"<p", b'"', b"<!--", b"<br>", b"{"])
            )
        )
        page = page[:start] + piece + page[stop:]
    check_it_is_read_or_refused(page)


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 5000 + page_html(body()) + "</div>" * 5000,
        "<b>" * 3000 + page_html(body()),
        page_html("<ul>" + "<li>" * 3000 + "</ul>" + body()),
        page_html(body(), head='<script type="application/ld+json">' + "[" * 100_000 + "</script>"),
        page_html(body(), head='<script type="application/ld+json">{"datePublished": ' + "9" * 5000 + "}</script>"),
        page_html(body(), head="<link rel='canonical' href='http://[::1'><base href='http://['>"),
        page_html("<img src='http://['><a href='http://['>x</a>" + body()),
    ],
)
def test_hostile_pages_arecheck_it_is_read_or_refusedd(html: str) -> None:
    check_it_is_read_or_refused(html.encode())


def test_a_long_line_in_no_charset_takes_no_more_than_its_size() -> None:
    check_it_is_read_or_refused(page_html(f"<script>{'x' * 400_000}</script>").encode() + b"\xff\xff")


@pytest.mark.parametrize(
    "html",
    [
        page_html("<p>x</p>" * 60_000 + body()),
        page_html(body() + "<div><p>Бұл сөйлем жиырма бес таңбадан ұзын.</p></div>" * 10_000),
        page_html("<div>" + "a<span></span>" * 60_000 + "</div>"),
        page_html("<div>" + "жол<br>" * 60_000 + "</div>"),
        page_html("<div class='date author caption'>" * 200 + "1 мамыр 2024 <img src='/a'>" * 5_000),
        page_html(body(), head="<meta property='og:title' content='Көпір ашылды бүгін'>" * 8_000),
        page_html("<h1>Көпір бүгін ашылды</h1>" * 20_000 + body()),
        page_html(body() + "<img src='/a.jpg' srcset='b 1w'>" * 20_000),
        page_html("<b>" * 1_500 + "<i>Бұл сөйлем жиырма бес таңбадан ұзын.</i>" * 5_000),
        page_html("<p>" + "[caption]" * 40_000 + "</p>" + body()),
        page_html("<i itemprop='x'>y</i>" * 30_000 + body()),
    ],
    ids=range(11),
)
def test_a_page_of_many_pieces_takes_no_more_than_its_size(html: str) -> None:
    # Whatever grows with the square of these numbers makes this test take minutes.
    check_it_is_read_or_refused(html.encode())


@pytest.mark.parametrize(
    "html",
    [
        page_html("<div>" * 800_000 + body()),
        page_html(body() + "</div>" * 600_000),
        page_html(f"<div class='{'a ' * 2_000_000}'>{body()}</div>"),
        page_html(f"<p>{'сөз ' * 500_000}</p>"),
        page_html(body(), head='<script type=\'application/ld+json\'>{"@type":"NewsArticle"}</script>' * 60_000),
        page_html(body(), head=f"<script type='application/ld+json'>{'[' * 4_000_000}</script>"),
        page_html(body() + "\0" * 4_000_000),
        page_html("&amp;&#1;&nosuch;" * 250_000 + body()),
    ],
    ids=["open", "closed", "attribute", "text", "many objects", "nested object", "NULs", "references"],
)
def test_a_page_of_four_megabytes_is_read_or_refused_in_bounded_memory(html: str) -> None:
    # What libxml2 holds for the tree is not counted: it grows with the page alone.
    page = html.encode()
    assert len(page) >= 3_000_000
    tracemalloc.start()
    try:
        check_it_is_read_or_refused(page)
        assert tracemalloc.get_traced_memory()[1] < 200_000_000
    finally:
        tracemalloc.stop()
