"""read_article: refusals, the promise about errors, and what the result rests on."""

from __future__ import annotations

from datetime import datetime

import pytest
from lxml.etree import _Element
from scrapy.http import Response

from newscrawler.address import Discovered
from newscrawler.article import DatePrecision, mint_article_id
from newscrawler.errors import NotAnArticle, PageError
from spiders.pages import read_article
from spiders.pages.page_tree import page_tree
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


def test_selectors_that_match_links_give_their_words_and_the_address_only_for_the_picture() -> None:
    fields = {
        "headline": "h1 a",
        "authors": "a.who",
        "section": "a.what",
        "description": "a.lead",
        "keywords": "a.tag",
        "date_published": "a.when",
        "image": "a.big",
        "image_credit": "a.credit",
        "image_caption": "a.caption",
    }
    links = "".join(
        f"<a class='{name}' href='/{name}'>{text}</a>"
        for name, text in (
            ("who", "Айгүл Сәрсенова"),
            ("what", "Саясат"),
            ("lead", "Көпір бүгін таңертең ашылды."),
            ("tag", "көпір"),
            ("when", "13 мамыр 2024, 10:00"),
            ("credit", "Ерлан Омар"),
            ("caption", "Жаңа көпір"),
        )
    )
    html = page_html(links + "<a class='big' href='/p/big.jpg'><img src='/p/small.jpg'></a>" + body())
    html = html.replace(f"<h1>{HEADLINE}</h1>", f"<h1><a href='/kk/news/101'>{HEADLINE}</a></h1>")
    found = article(html, newsroom(selectors=fields))
    assert found.headline == HEADLINE
    assert found.authors == ["Айгүл Сәрсенова"]
    assert (found.section, found.keywords) == ("Саясат", ["көпір"])
    assert found.description == "Көпір бүгін таңертең ашылды."
    assert found.date_published == datetime.fromisoformat("2024-05-13T10:00:00+05:00")
    image = found.images[0]
    assert (image.url, image.credit, image.caption) == ("https://zhanalyq.test/p/big.jpg", "Ерлан Омар", "Жаңа көпір")


@pytest.mark.parametrize("tag", ["div", "b", "font"])
def test_a_page_that_is_nested_too_deep_is_refused_and_not_cut_short(tag: str) -> None:
    with pytest.raises(NotAnArticle, match="nested too deep") as refusal:
        article(page_html(body() + f"<{tag}>" * 2100 + "<p>Жалғасы бар еді.</p>"))
    assert (refusal.value.url, refusal.value.newsroom) == (URL, "zhanalyq")
    assert "2048" in str(refusal.value)


@pytest.mark.parametrize("tag", ["div", "b", "span"])
def test_paragraphs_deep_inside_unclosed_elements_are_read(tag: str) -> None:
    assert article(page_html(f"<{tag}>" * 1900 + body())).body == PARAGRAPHS


def test_a_page_is_parsed_once_and_most_need_no_second_opinion(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[bytes] = []

    def counted(html: bytes) -> _Element:
        parsed.append(html)
        return page_tree(html)

    def unasked(root: _Element, url: str) -> str:
        raise AssertionError("our own reading is sure of itself")

    monkeypatch.setattr("spiders.pages.page.page_tree", counted)
    monkeypatch.setattr("spiders.pages.body.text_by_trafilatura", unasked)
    assert article(page_html(body())).body == PARAGRAPHS
    assert len(parsed) == 1
