from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newscrawler.urls import absolute
from spiders.pages.page_links import PageLinks

BASE = "https://zhanalyq.test/kk/news/101?a=1"


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("/kk/news/1", "https://zhanalyq.test/kk/news/1"),
        ("https://other.test/a?b=1&c=%20", "https://other.test/a?b=1&c=%20"),
        ("../x", "https://zhanalyq.test/kk/x"),
        ("/a/../b", "https://zhanalyq.test/b"),
        ("//cdn.test/a.jpg", "https://cdn.test/a.jpg"),
        ("/a b#c", "https://zhanalyq.test/a%20b"),
        ("javascript:void(0)", None),
    ],
)
def test_links(link: str, address: str | None) -> None:
    assert PageLinks(BASE).absolute(link) == address


@given(
    st.sampled_from([BASE, "https://zhanalyq.test", "http://[::1]/", "https://a.test:8080/x/", "file:///x", ""]),
    st.text("htps:/.?#&=ab%1@[]; \n", max_size=25) | st.from_regex(r"\A(https?:/)?/[a.]{1,3}/?[a/.?&;:]{0,8}\Z"),
)
@example(BASE, "http:///a")
@example(BASE, "http://.../a")
@example("https://a.test/x", "/%2e%2e/a")
def test_the_short_way_leads_where_the_long_one_does(base: str, link: str) -> None:
    assert PageLinks(base).absolute(link) == absolute(base, link)
