from __future__ import annotations

import re

import lxml.html
import nh3
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.urls import absolute
from spiders.pages.body_blocks import Block, BlockWalk, Run
from spiders.pages.body_html import body_html

BASE = "https://zhanalyq.test/kk/news/1"


def _html(source: str) -> str:
    root = lxml.html.fragment_fromstring(f"<div>{source}</div>")
    return body_html(BlockWalk(lambda _: False).walk([root]), lambda link: absolute(BASE, link))


def test_marks_and_links() -> None:
    assert _html("<p>Ол <b>көп <i>айтты</i></b>, <a href='/x?a=1&b=2' onclick='y()'>мына жерде</a>.</p>") == (
        "<p>Ол <strong>көп </strong><strong><em>айтты</em></strong>, "
        '<a href="https://zhanalyq.test/x?a=1&amp;b=2">мына жерде</a>.</p>'
    ).replace("көп </strong><strong>", "көп</strong> <strong>")


def test_links_that_lead_to_no_web_page_leave_their_words() -> None:
    assert _html("<p><a href='javascript:alert(1)'>бас</a> <a href='data:text/html,x'>екі</a></p>") == "<p>бас екі</p>"


def test_lists_and_quotations_are_put_together() -> None:
    assert _html("<ol><li>а</li><li>ә</li></ol><ul><li>б</li></ul><blockquote><p>в</p><p>г</p></blockquote>") == (
        "<ol><li>а</li><li>ә</li></ol>\n<ul><li>б</li></ul>\n<blockquote><p>в</p><p>г</p></blockquote>"
    )


def test_lines_of_a_verse_are_kept() -> None:
    assert _html("<p>Бірінші жол<br>екінші жол</p>") == "<p>Бірінші жол<br>екінші жол</p>"


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["p", "h2", "h3", "li", "blockquote"]),
            st.text("аб <>&\"'/\\\n\u00a0javascript:", min_size=1, max_size=30),
            st.sampled_from([None, "/a", "javascript:x", '"><script>', "http://[x"]),
        ),
        max_size=8,
    )
)
def test_always_safe_and_one_to_one(parts: list[tuple[str, str, str | None]]) -> None:
    element = lxml.html.fragment_fromstring("<p/>")
    blocks = [Block(kind, [Run(text, ("strong",), href)], element) for kind, text, href in parts]
    blocks = [block for block in blocks if block.text and "\n" not in block.text]
    html = body_html(blocks, lambda link: absolute(BASE, link))
    assert not re.search(r"<(?!/?(?:p|h2|h3|ul|ol|li|blockquote|a|strong|em|br)\b)", html)
    assert set(re.findall(r"<\w+ ([a-z]+)=", html)) <= {"href"}
    assert nh3.clean(html, attributes={"a": {"href"}}, url_schemes={"http", "https"}, link_rel=None) == html
    assert len(re.findall(r"<(?:p|h2|h3|li)>", html)) == len(blocks)
