from __future__ import annotations

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from parsel import Selector

from spiders.pages.body_blocks import Block, BlockWalk, Run

LONG = "Бұл сөйлем алпыс таңбадан ұзын болуы керек, сондықтан оған тағы бірнеше сөз қостық."


def _blocks(html: str) -> list[Block]:
    root = Selector(text=f"<html><body><div>{html}</div></body></html>").root
    return BlockWalk(lambda element: element.get("class") == "out").walk([root.find("body")])


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<p>бір</p>екі<p>үш</p>төрт", ["бір", "екі", "үш", "төрт"]),
        ("бір<br><br>екі<br> \n <br>үш", ["бір", "екі", "үш"]),
        ("қысқа жол<br>екінші жол", ["қысқа жол\nекінші жол"]),
        (f"{LONG}<br>{LONG}", [LONG, LONG]),
        (f"{LONG[:-1]}<br>жалғасы", [f"{LONG[:-1]}\nжалғасы"]),
        ("<p>а <b>ә</b>,\n б<span>в</span></p>", ["а ә, бв"]),
        ("<p>бір<span class='out'>жоқ</span> екі</p>", ["бір екі"]),
        ("<p>бір<script>жоқ</script><!-- жоқ --> екі</p>", ["бір екі"]),
        ("<b>бір<br><br>екі</b>", ["бір", "екі"]),
        ("<ul><li>бір<p>екі</p></li></ul>", ["бір", "екі"]),
        (
            "<table><tr><td>USD</td><td>447,5</td></tr><tr><td>EUR</td><td>480</td></tr></table>",
            ["USD 447,5", "EUR 480"],
        ),
        ("<table><tr><td><p>бір</p></td><td><p>екі</p></td></tr></table>", ["бір", "екі"]),
        ("<p>12\u00a0км</p><p>\u00a0\u200b</p>", ["12\u00a0км"]),
        ("<br><br>", []),
    ],
)
def test_where_paragraphs_end(html: str, texts: list[str]) -> None:
    assert [block.text for block in _blocks(html)] == texts


def test_kinds_and_groups() -> None:
    found = _blocks("<h1>а</h1><h4>ә</h4><ul><li>б</li><li>в</li></ul><ol><li>г</li></ol><blockquote>ғ</blockquote>")
    assert [(block.kind, block.ordered) for block in found] == [
        *[("h2", False), ("h3", False), ("li", False), ("li", False), ("li", True), ("blockquote", False)]
    ]
    assert found[2].group == found[3].group != found[4].group


def test_links_and_bold_are_measured() -> None:
    linked, half, plain = _blocks("<p><a href='/x'>бәрі</a></p><p><a href='/x'>төрт</a>төрт</p><p><b>қалың</b></p>")
    assert (linked.link_share, half.link_share, plain.link_share) == (1.0, 0.5, 0.0)


def test_nesting_deeper_than_python_may_call_is_survived() -> None:
    deep = _blocks("<div>" * 900 + "терең<p>екі <b>сөз</b><script>жоқ</script></p>соң" + "</div>" * 900 + "<p>таяз</p>")
    assert [block.text for block in deep] == ["терең", "екі сөз", "соң", "таяз"]


@given(
    st.lists(st.sampled_from(["<p>", "</p>", "<b>", "</b>", "<br>", "сөз ", "<ul><li>", "</ul>", "<td>", "<a href=x>"]))
)
def test_no_block_is_empty_and_no_word_is_lost(pieces: list[str]) -> None:
    html = "".join(pieces)
    found = _blocks(html)
    assert all(block.text for block in found)
    assert sum(block.text.count("сөз") for block in found) == html.count("сөз")


def test_a_block_joins_its_runs() -> None:
    block = Block("p", [Run("а "), Run("ә", ("strong",)), Run("\n"), Run(" б")], lxml.html.fragment_fromstring("<p/>"))
    assert block.text == "а ә\nб"
