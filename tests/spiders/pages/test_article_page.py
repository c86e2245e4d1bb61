"""read_article: refusals, the promise about errors, and what the result rests on."""

from __future__ import annotations

from datetime import datetime

import pytest
from scrapy.http import Response

from newscrawler.address import Discovered
from newscrawler.article import DatePrecision, mint_article_id
from newscrawler.errors import NotAnArticle, PageError
from spiders.pages import read_article
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
