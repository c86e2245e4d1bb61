"""Rewriting the blocks of an article's HTML."""

from __future__ import annotations

from html import escape

from hypothesis import given
from hypothesis import strategies as st

from newscrawler.normalising import normalise
from pipelines.blocks import link_texts, rewrite_blocks


def test_texts_are_rewritten_and_elements_stay() -> None:
    written = '<p>Сө\u00adз  <a href="https://newsroom.test/">тү\u200bр</a> соңы</p>\n<ul>\n<li>бір</li></ul>'
    expected = '<p>Сөз <a href="https://newsroom.test/">түр</a> соңы</p>\n<ul>\n<li>бір</li></ul>'
    assert rewrite_blocks(written, normalise, [], []) == expected


def test_the_first_block_that_says_it_is_dropped() -> None:
    html = "<p>қайта</p><blockquote><p>сөз</p></blockquote><p>қайта</p>"
    assert rewrite_blocks(html, normalise, ["қайта"], []) == "<blockquote><p>сөз</p></blockquote><p>қайта</p>"


def test_a_container_that_is_left_empty_goes_too() -> None:
    html = '<div><ul><li>Читайте также: <a href="/x">ещё</a></li></ul></div><p>соңы</p>'
    assert rewrite_blocks(html, normalise, ["Читайте также: ещё"], []) == "<p>соңы</p>"


def test_where_a_paragraph_is_no_block_the_body_is_written_anew() -> None:
    html = "<p>бір<br>екі</p>"
    assert rewrite_blocks(html, normalise, ["бір"], ["екі & үш"]) == "<p>екі &amp; үш</p>"


def test_what_is_no_html_is_escaped_text() -> None:
    assert rewrite_blocks("a < b & c", normalise, [], []) == "a &lt; b &amp; c"
    assert rewrite_blocks(" \n", normalise, [], []) == ""


def test_blocks_that_are_nothing_but_links() -> None:
    html = (
        '<p>Мәтін <a href="/a">сілтеме</a></p><ul><li><a href="/b">Бір <b>екі</b></a></li>'
        '<li> <a href="/c">Үш</a>\n</li></ul><p></p>'
    )
    assert link_texts(html) == {"Бір екі", "Үш"}
    assert link_texts("<p>сілтеме жоқ</p>") == set()


@given(st.lists(st.text(alphabet="аб<>&\"' \u00a0\u200b\u0301", max_size=8), max_size=5))
def test_rewriting_twice_changes_nothing(texts: list[str]) -> None:
    html = "".join(f"<p>{escape(text)} <b>{escape(text)}</b></p>" for text in texts)
    once = rewrite_blocks(html, normalise, [], [])
    assert rewrite_blocks(once, normalise, [], []) == once
