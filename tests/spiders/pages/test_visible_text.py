from __future__ import annotations

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from parsel import Selector

from spiders.pages.visible_text import paragraph_text, plain, short_text_of, text_of


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  бір \n\t екі ", "бір екі"),
        ("12\u00a0км", "12 км"),
        ("сөз\u00adдік\u200b \ufeff\ufffcсоңы", "сөздік соңы"),
        ("а\x00б\x1fв\x85г", "аб в г"),
        ("نۇر\u200cلان", "نۇر\u200cلان"),
    ],
)
def test_one_line(text: str, line: str) -> None:
    assert plain(text) == line


def test_no_break_spaces_of_a_paragraph_stay_where_they_stand_alone() -> None:
    assert paragraph_text("\u00a012\u00a0км \u00a0жол\u00a0") == "12\u00a0км жол"


def test_text_of_an_element() -> None:
    html = "<div>бір<script>жоқ</script><b>екі</b> <p>үш</p><!-- жоқ -->төрт<br>бес<style>жоқ</style></div>"
    root = lxml.html.fragment_fromstring(html)
    assert text_of(root) == "бірекі үш төрт бес"
    assert text_of(root, between=" | ") == "бірекі | үш | төрт | бес"
    assert text_of(root[0]) == ""


def test_a_short_text_is_one_of_few_characters_and_few_elements() -> None:
    root = lxml.html.fragment_fromstring("<div><b>бір</b> екі</div>")
    assert short_text_of(root, 8) == "бір екі"
    assert short_text_of(root, 6) is None
    assert short_text_of(lxml.html.fragment_fromstring("<div>" + "<b></b>" * 5000 + "x</div>"), 100) is None


def test_text_nested_deeper_than_python_may_call() -> None:
    root = Selector(text="<div>" * 1500 + "терең" + "</div>" * 1500).root
    assert text_of(root) == "терең"


@given(st.text())
def test_plain_is_plain_already(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    assert paragraph_text(paragraph_text(text)) == paragraph_text(text)
