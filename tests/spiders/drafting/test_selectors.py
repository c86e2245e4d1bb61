"""Selectors by names that last."""

from __future__ import annotations

import pytest
from lxml import html

from spiders.drafting.selectors import is_stable, own_selectors, selectors_for


@pytest.mark.parametrize("name", ["article-date", "postBody", "news_text", "date", "b-article__text"])
def test_names_that_mean_something_are_stable(name: str) -> None:
    assert is_stable(name)


@pytest.mark.parametrize(
    "name", ["css-1x9ab2", "sc-bdVaJa", "post-12345", "_3fK2s", "jss42", "a1", "aB3dE9", "md:flex", ""]
)
def test_names_of_builds_and_single_articles_are_not(name: str) -> None:
    assert not is_stable(name)


def test_own_names_come_first_the_surest_first() -> None:
    element = html.fromstring('<div id="material" class="col-md-8 css-9xk2 news-text"></div>')
    assert list(own_selectors(element)) == ["#material", ".news-text", "div.news-text"]


def test_an_element_without_names_is_found_by_those_around_it() -> None:
    root = html.fromstring('<html><body><section class="foot"><p><b class="x1">a</b></p></section></body></html>')
    assert list(selectors_for(next(root.iter("b")))) == [".foot p > b", "section.foot p > b"]


def test_every_selector_finds_its_element() -> None:
    root = html.fromstring(
        '<html><body><div class="head"><div class="info line"><span>1</span></div></div><time>2</time></body></html>'
    )
    for element in root.iter("div", "span", "time"):
        for selector in selectors_for(element):
            assert element in root.cssselect(selector), selector
