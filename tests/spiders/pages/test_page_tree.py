from __future__ import annotations

import pytest
from lxml import etree

from spiders.pages.page_tree import NestedTooDeep, cut_out, page_tree
from spiders.pages.visible_text import text_of


def test_comments_and_instructions_are_no_part_of_the_tree() -> None:
    root = page_tree("<p>бір<!-- жоқ --> екі<?php жоқ ?> үш</p>".encode())
    assert [element.tag for element in root.iter()] == ["html", "body", "p"]
    assert text_of(root) == "бір екі үш"


def test_zero_bytes_do_not_end_the_page() -> None:
    assert text_of(page_tree(b"<p>one\0 two</p>\0<p>three</p>")) == "one two three"


def test_the_deepest_nesting_and_one_more() -> None:
    assert text_of(page_tree(b"<div>" * 2045 + b"deep" + b"</div>" * 2045 + b"<p>after</p>")) == "deep after"
    with pytest.raises(NestedTooDeep):
        page_tree(b"<div>" * 2100 + b"deep" + b"</div>" * 2100 + b"<p>after</p>")
    assert text_of(page_tree(b"<p>the next page</p>")) == "the next page"


def test_nothing_is_an_empty_page() -> None:
    for nothing in (b"<!-- x -->", b" \n", b"\0"):
        assert [element.tag for element in page_tree(nothing).iter()] == ["html"]


def test_what_follows_an_element_stays_when_it_is_cut_out() -> None:
    root = page_tree("<p>бір<b>екі</b>үш<i>төрт</i>бес</p>".encode())
    for tag in ("i", "b"):
        cut_out(next(root.iter(tag)))
    assert etree.tostring(next(root.iter("p")), encoding="unicode") == "<p>бірүшбес</p>"
    cut_out(root)
    assert text_of(root) == "бірүшбес"
