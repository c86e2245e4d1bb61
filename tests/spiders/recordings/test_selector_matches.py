"""Which selectors of a newsroom file match, and which are told of."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from scrapy.http import HtmlResponse, TextResponse

from newscrawler.errors import PageError
from newscrawler.newsroom import Newsroom
from spiders.recordings.selector_matches import (
    NamedSelector,
    PageMatches,
    UnmatchedSelector,
    article_matches,
    listing_matches,
    unmatched_selectors,
)

MOMENT = datetime.fromisoformat("2024-05-14T18:00:00+05:00")
FIRST, SECOND, LIST = "https://small.test/a/1", "https://small.test/a/2", "https://small.test/list"
SOURCE = f"source {LIST}"


def newsroom(source: dict[str, Any] | None = None, **selectors: Any) -> Newsroom:
    return Newsroom.model_validate(
        {
            "name": "small",
            "title": "Шағын",
            "site": "https://small.test/",
            "hosts": "small.test",
            "languages": "kk",
            "sources": ({"kind": "listing", "url": LIST, **(source or {})},),
            "selectors": selectors,
        }
    )


def page(html: str, url: str = FIRST) -> HtmlResponse:
    return HtmlResponse(url, body=f"<html><body>{html}</body></html>".encode())


def test_article_selectors_are_tried_on_what_remove_leaves() -> None:
    html = (
        '<div class="ad"><h1>Жарнама</h1></div><h2 class="title">Көпір</h2><time datetime="2024-05-14">14 мамыр</time>'
    )
    small = newsroom(remove=[".ad", ".none"], headline=["h1", ".title"], date_published="time::attr(datetime)")
    response = page(html)
    assert article_matches(response, small, MOMENT).matched == {
        NamedSelector("selectors", "remove", ".ad"): True,
        NamedSelector("selectors", "remove", ".none"): False,
        NamedSelector("selectors", "headline", "h1"): False,
        NamedSelector("selectors", "headline", ".title"): True,
        NamedSelector("selectors", "date_published", "time::attr(datetime)"): True,
    }
    assert response.css("h1")


def matched(small: Newsroom, response: TextResponse) -> dict[str, bool]:
    found = listing_matches(response, small.sources[0], small)
    assert all(selector.table == SOURCE for selector in found.matched)
    return {selector.key: value for selector, value in found.matched.items()}


def test_list_selectors_inside_an_entry_are_tried_where_there_are_entries() -> None:
    small = newsroom({"item": "li", "date": ".date", "title": ".none", "day_heading": "h3", "next_page": ".next"})
    html = '<h3>Бүгін</h3><li><a href="/a/1">Көпір</a><i class="date">10:00</i></li><i class="none"></i>'
    assert matched(small, page(html, LIST)) == {
        "item": True,
        "link": True,
        "date": True,
        "title": False,
        "day_heading": True,
        "next_page": False,
    }
    assert matched(small, page("<p>Бос</p>", LIST)) == {"item": False, "day_heading": False, "next_page": False}


def test_a_list_without_item_is_judged_by_its_links() -> None:
    small = newsroom({"title": "b"})
    assert matched(small, page('<a href="/a/1"><b>Көпір</b></a>', LIST)) == {"title": True}


def test_a_list_in_json_is_read_and_its_end_says_nothing() -> None:
    small = newsroom({"item": "li", "json_html": "html"})
    answer = TextResponse(LIST, body=b'{"html": "<li><a href=\\"/a/1\\">x</a></li>"}', encoding="utf-8")
    assert matched(small, answer) == {"item": True, "link": True}
    assert matched(small, TextResponse(LIST, body=b'{"html": ""}', encoding="utf-8")) == {}
    with pytest.raises(PageError):
        listing_matches(TextResponse(LIST, body=b"{}", encoding="utf-8"), small.sources[0], small)


def matches(url: str, **values: bool) -> PageMatches:
    return PageMatches(url, {NamedSelector("selectors", key, f".{key}"): value for key, value in values.items()})


def test_a_selector_that_matches_on_no_page_is_told_once_with_a_page() -> None:
    found = unmatched_selectors(
        [matches(FIRST, headline=False, section=False), matches(SECOND, headline=False, section=True)], {FIRST, SECOND}
    )
    assert found == [UnmatchedSelector("selectors", "headline", (".headline",), FIRST, everywhere=True)]
    assert found[0].is_error
    assert "headline '.headline' matches nothing" in str(found[0])
    assert FIRST in str(found[0])


def test_a_needed_field_is_told_of_each_page_without_a_match() -> None:
    found = unmatched_selectors(
        [matches(FIRST, body=True, section=True), matches(SECOND, body=False, section=False)], {FIRST, SECOND}
    )
    assert found == [UnmatchedSelector("selectors", "body", (".body",), SECOND, everywhere=False)]
    assert str(found[0]).endswith(f"matches nothing on {SECOND}")


def tried(url: str, key: str, **values: bool) -> PageMatches:
    return PageMatches(url, {NamedSelector("selectors", key, f".{name}"): value for name, value in values.items()})


def test_one_of_several_selectors_for_a_field_is_enough_on_a_page() -> None:
    pages = [tried(FIRST, "body", old=True, new=False), tried(SECOND, "body", old=False, new=True)]
    assert unmatched_selectors(pages, {FIRST, SECOND}) == []


@pytest.mark.parametrize("key", ["headline", "section", "remove"])
def test_an_era_that_is_not_recorded_is_a_warning_that_names_its_selector(key: str) -> None:
    pages = [tried(url, key, old=False, older=False, new=True) for url in (FIRST, SECOND)]
    found = unmatched_selectors(pages, {FIRST, SECOND})
    assert [(each.css, each.url, each.is_error) for each in found] == [
        ((".old",), FIRST, False),
        ((".older",), FIRST, False),
    ]
    assert str(found[0]) == f"selectors: {key} '.old' matches nothing on any recorded page, such as {FIRST}"


@pytest.mark.parametrize("key", ["headline", "section", "remove"])
def test_a_field_of_which_no_selector_matches_anything_is_one_error(key: str) -> None:
    pages = [tried(url, key, old=False, new=False) for url in (FIRST, SECOND)]
    assert unmatched_selectors(pages, {FIRST, SECOND}) == [
        UnmatchedSelector("selectors", key, (".old", ".new"), FIRST, everywhere=True)
    ]


def test_a_page_on_which_no_selector_of_a_needed_field_matches_is_an_error_beside_the_warning() -> None:
    pages = [tried(FIRST, "body", old=False, new=True), tried(SECOND, "body", old=False, new=False)]
    found = unmatched_selectors(pages, {FIRST, SECOND})
    assert [(each.css, each.url, each.everywhere, each.is_error) for each in found] == [
        ((".old",), FIRST, True, False),
        ((".old", ".new"), SECOND, False, True),
    ]
    optional = [tried(FIRST, "authors", old=True), tried(SECOND, "authors", old=False)]
    assert unmatched_selectors(optional, {FIRST, SECOND}) == []


def test_the_selectors_of_one_list_say_nothing_of_anothers() -> None:
    other = "https://small.test/other"
    pages = [
        PageMatches(LIST, {NamedSelector(SOURCE, "item", "li"): True}),
        PageMatches(other, {NamedSelector(f"source {other}", "item", "li"): False}),
    ]
    (found,) = unmatched_selectors(pages, set())
    assert (found.table, found.is_error) == (f"source {other}", True)


def test_pages_that_are_no_articles_are_not_judged_by_article_selectors() -> None:
    pages = [matches(FIRST, headline=True), matches(SECOND, headline=False)]
    assert unmatched_selectors(pages, {FIRST}) == []
    item = PageMatches(LIST, {NamedSelector(SOURCE, "item", "li"): False})
    (found,) = unmatched_selectors([*pages, item], {FIRST})
    assert (found.table, found.key, found.css, found.url) == (SOURCE, "item", ("li",), LIST)
