"""How lists go on."""

from __future__ import annotations

import pytest
from scrapy.http import TextResponse

from spiders.drafting.paging import Paging, find_paging, html_in_json, more_addresses, numbered, without_page_number
from spiders.drafting.site import Site
from tests.spiders.drafting.site_in_memory import answer

SITE = Site("https://s.test/")


def at(url: str, body: str) -> TextResponse:
    response = answer(url, f"<!DOCTYPE html><html><body>{body}</body></html>")
    assert isinstance(response, TextResponse)
    return response


@pytest.mark.parametrize(
    ("pager", "paging"),
    [
        ('<a rel="next" href="?page=2">»</a>', Paging(next_page='a[rel="next"]')),
        ('<a class="pager-next" href="?start=20">Следующая</a>', Paging(next_page="a.pager-next")),
        ('<a class="forward" href="/news/page/2/"><i></i>Келесі</a>', Paging(next_page="a.forward")),
        (
            '<a href="/news/page/2/">2</a><a href="/news/page/3/">3</a>',
            Paging(page_url="https://s.test/news/page/{page}/"),
        ),
        ('<a href="?page=2">2</a>', Paging(page_url="https://s.test/news/?page={page}")),
        ('<a href="/sport/page/2/">2</a>', Paging()),
        ('<a rel="next" href="https://other.test/2">»</a>', Paging()),
        ('<a class="x" href="?p=2">»</a><a class="x" href="?p=9">»</a>', Paging()),
        ("", Paging()),
    ],
)
def test_by_a_link_that_says_so_else_by_numbers(pager: str, paging: Paging) -> None:
    assert find_paging(at("https://s.test/news/", pager), SITE) == paging


@pytest.mark.parametrize(
    "url",
    [
        *("https://s.test/news?page=3", "https://s.test/news/page/3/", "https://s.test/news?start=40"),
        *("https://s.test/news?PAGEN_1=3", "https://s.test/news"),
    ],
)
def test_the_pages_of_a_list_are_one_list(url: str) -> None:
    assert without_page_number(url) == "https://s.test/news"


def test_what_a_button_loads() -> None:
    page = at("https://s.test/", '<button data-url="/more?p=1">Ещё</button><i data-url="/logo.svg"></i>')
    assert more_addresses(page, SITE) == ["https://s.test/more?p=1"]
    assert numbered("https://s.test/more?p=1&kind=9") == Paging(
        page_url="https://s.test/more?p={page}&kind=9", first_page=1
    )


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ('{"html": "<a href=1>x</a>"}', ("html", "<a href=1>x</a>")),
        ('{"ok": true, "data": {"list": "<a href=1>x</a>"}}', ("data.list", "<a href=1>x</a>")),
        ('{"html": "no links"}', None),
        ("<html>", None),
        ("[" * 100_000, None),
    ],
)
def test_html_in_json(body: str, found: tuple[str, str] | None) -> None:
    assert html_in_json(answer("https://s.test/more", body)) == found
