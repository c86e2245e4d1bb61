from __future__ import annotations

import lxml.html
from lxml import etree

from spiders.pages.body_blocks import Block, Run
from spiders.pages.body_fallback import blocks_within, text_by_trafilatura
from tests.spiders.pages.page_samples import HEADLINE, PARAGRAPHS, URL, article, body, page_html


def test_the_second_opinion_leaves_the_tree_as_it_was() -> None:
    root = lxml.html.document_fromstring(page_html(f"<div>{body(PARAGRAPHS * 2)}</div>"))
    before = etree.tostring(root)
    assert PARAGRAPHS[0] in text_by_trafilatura(root, URL)
    assert etree.tostring(root) == before
    assert text_by_trafilatura(lxml.html.document_fromstring("<script>x</script>"), URL) == ""


def test_blocks_that_the_other_reading_holds_too() -> None:
    element = lxml.html.fragment_fromstring("<p/>")
    blocks = [Block("p", [Run(text)], element) for text in ("Бір екі үш төрт.", "Бес алты жеті сегіз.", "Бір", "...")]
    assert blocks_within(blocks, "бір екі үш төрт және басқа") == blocks[:1]


def test_it_is_asked_where_the_body_is_a_small_part_of_the_page() -> None:
    talk = "".join(
        f"<section><div><p>{number}. Бұл туралы көпшілік алуан түрлі ой айтып жатыр екен, тыңдайық.</p></div></section>"
        for number in range(40)
    )
    html = page_html("", around=f"<div class='entry-content'>{body()}</div><div class='thread'>{talk}</div>")
    found = article(html)
    assert found.headline == HEADLINE
    assert set(PARAGRAPHS) <= set(found.body) or found.body == PARAGRAPHS
