"""Tests of `feeds.content`: how much is given, and that nothing in it is active."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from feeds.content import Content, content_of, plain_text, safe_html
from tests.feeds.articles import article

LEAD = "<p>Өңірде жаңа жұмыс орындары пайда болды.</p>"
FIRST = "<p>Кәсіпорын қаланың шетінде орналасқан.</p>"


def test_full_is_the_body_with_the_lead_as_summary() -> None:
    one = article()
    assert content_of(one, "full") == Content(
        summary=LEAD, body=one.body_html, summary_text="Өңірде жаңа жұмыс орындары пайда болды."
    )


def test_an_excerpt_is_the_lead_and_the_first_paragraph() -> None:
    assert content_of(article(), "excerpt") == Content(
        summary=LEAD + FIRST,
        body="",
        summary_text="Өңірде жаңа жұмыс орындары пайда болды.\n\nКәсіпорын қаланың шетінде орналасқан.",
    )


def test_a_headline_is_nothing_more() -> None:
    assert content_of(article(), "headline") == Content(summary="", body="")


@pytest.mark.parametrize(
    ("lead", "first", "expected"),
    [
        ("Бір екі.", "БІР  ЕКІ — үш төрт.", "<p>БІР  ЕКІ — үш төрт.</p>"),
        ("Бір екі үш төрт.", "Бір екі үш…", "<p>Бір екі үш төрт.</p>"),
        ("Бір.", "Екі.", "<p>Бір.</p><p>Екі.</p>"),
        (None, "Екі.", "<p>Екі.</p>"),
        ("Бір.", None, "<p>Бір.</p>"),
        (None, None, ""),
        ("", " ", ""),
    ],
)
def test_an_excerpt_says_nothing_twice(lead: str | None, first: str | None, expected: str) -> None:
    one = article(description=lead, body=[first] if first is not None else [])
    assert content_of(one, "excerpt").summary == expected


def test_an_excerpt_does_not_become_the_whole_of_a_text_in_one_paragraph() -> None:
    summary = content_of(article(description=None, body=["Өте ұзақ сөйлем, " * 400]), "excerpt").summary
    assert summary.startswith("<p>Өте ұзақ сөйлем, Өте")
    assert summary.endswith(("сөйлем…</p>", "ұзақ…</p>", "Өте…</p>"))
    assert 900 < len(summary) < 1020


def test_texts_are_not_taken_for_markup() -> None:
    one = article(description="5 < 6 & <script>alert(1)</script>", body=[])
    assert content_of(one, "excerpt").summary == "<p>5 &lt; 6 &amp; &lt;script&gt;alert(1)&lt;/script&gt;</p>"


@pytest.mark.parametrize(
    ("given_html", "expected"),
    [
        ("<p>a<script>x()</script>b</p>", "<p>ab</p>"),
        ("<p>a<style>p{}</style>b</p>", "<p>ab</p>"),
        ("<iframe src='https://e.example/'></iframe>z", "z"),
        ('<p onclick="x()" style="color:red" class="c" id="i">a</p>', "<p>a</p>"),
        ('<img src="https://t.example/p.gif" width="1" height="1">a', "a"),
        ('<a href="javascript:alert(1)">a</a>', "<a>a</a>"),
        ('<a href=" JaVaScRiPt:alert(1)">a</a>', "<a>a</a>"),
        ('<a href="data:text/html,a">a</a>', "<a>a</a>"),
        ('<a href="/relative">a</a>', "<a>a</a>"),
        ('<a href="//host.example/x">a</a>', "<a>a</a>"),
        ('<a href="https://a.kz/?b=1&amp;c=2" target="_blank">a</a>', '<a href="https://a.kz/?b=1&amp;c=2">a</a>'),
        ("<svg><script>x()</script></svg>a", "a"),
        ("<title>t</title><select><option>o</option></select><button>b</button>a", "a"),
        ("<math><mi xlink:href='javascript:x'>a</mi></math>b", "b"),
        ("a<!-- comment -->b", "ab"),
        ("<h2>a</h2><ul><li>b</li></ul><blockquote><p>c</p></blockquote><p><strong>d</strong><em>e</em><br>f</p>",) * 2,
        ("<p>&lt;script&gt;</p>", "<p>&lt;script&gt;</p>"),
        ("\u202eтерс\u2066", "терс"),
        ("<p>Бір&#x202E;екі&#x1;үш&#0;төрт\x0bбес</p>", "<p>Бірекіүштөртбес</p>"),
        ("&lt;s&#x202e;cript&gt;", "&lt;script&gt;"),
    ],
)
def test_safe_html(given_html: str, expected: str) -> None:
    assert safe_html(given_html) == expected


PIECES = (
    "<p> </p> <script> </script> <a§href=' javascript:x https://a.kz '> <img§src=x§ onerror=x <svg> </svg> <style> "
    '<!-- --> <math> <title> <noscript> &lt; &#x3c; ә " \u202e'
)
MARKUP = st.lists(st.sampled_from([piece.replace("§", " ") for piece in PIECES.split(" ")]), max_size=25).map("".join)
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=100)


@given(MARKUP | TEXT)
def test_nothing_active_is_left_of_anything(wild: str) -> None:
    safe = safe_html(wild)
    assert safe_html(safe) == safe
    for element in html.fragment_fromstring(safe, create_parent="div").iter():
        assert element.tag in {"div", "p", "br", "h2", "h3", "ul", "ol", "li", "blockquote", "a", "strong", "em"}
        assert set(element.attrib) <= {"href"}
        assert str(element.get("href", "https://")).startswith(("https://", "http://"))


def test_plain_text_keeps_its_direction() -> None:
    assert plain_text(" а\u202eб\u2069в \u200f") == "абв \u200f"
