from __future__ import annotations

import lxml.html
import pytest

from spiders.pages.body_blocks import Block, BlockWalk
from spiders.pages.body_ends import as_stated, without_copy, without_last_subheads, without_rest
from spiders.pages.page_words import page_words
from tests.spiders.pages.page_samples import PARAGRAPHS, article, body, page_html


def _blocks(*texts: str) -> list[Block]:
    html = "".join(text if text.startswith("<") else f"<p>{text}</p>" for text in texts)
    return BlockWalk(lambda _: False).walk([lxml.html.fragment_fromstring(f"<div>{html}</div>")])


def _texts(blocks: list[Block]) -> list[str]:
    return [block.text for block in blocks]


def test_a_body_that_is_there_twice_is_given_once() -> None:
    assert _texts(without_copy(_blocks(*PARAGRAPHS, *PARAGRAPHS))) == PARAGRAPHS
    refrain = _blocks(PARAGRAPHS[0], "Қайырмасы", PARAGRAPHS[1], "Қайырмасы", PARAGRAPHS[2])
    assert without_copy(refrain) == refrain


def test_subheads_that_head_nothing_go() -> None:
    blocks = _blocks("<h2>Бастау</h2>", PARAGRAPHS[0], "<h2>Тағы</h2>", "<h3>Және</h3>")
    assert without_last_subheads(blocks) == blocks[:2]


@pytest.mark.parametrize(
    "heading", ["<h3>Пікірлер</h3>", "Об авторе:", "<h2>RELATED ARTICLES</h2>", "Ұқсас жаңалықтар"]
)
def test_a_heading_of_other_things_ends_the_article(heading: str) -> None:
    blocks = _blocks(*PARAGRAPHS, heading, "Басқа бір оқиға туралы сөйлем, ол мақаланікі емес.")
    assert _texts(without_rest(blocks, page_words())) == PARAGRAPHS


def test_such_a_heading_on_top_or_in_a_sentence_ends_nothing() -> None:
    above = _blocks("<h3>Пікірлер</h3>", *PARAGRAPHS)
    assert without_rest(above, page_words()) == above
    within = _blocks(*PARAGRAPHS, "Пікірлер әртүрлі болды, дейді тұрғындар.", "Соңы.")
    assert without_rest(within, page_words()) == within


def test_json_ld_cuts_off_what_it_does_not_have_at_either_end() -> None:
    blocks = _blocks("Серіктестер жаңалығы.", *PARAGRAPHS, "Бізге хабарласыңыз.")
    assert _texts(as_stated(blocks, [" ".join(PARAGRAPHS)])) == PARAGRAPHS
    gap = _blocks(PARAGRAPHS[0], "Ортадағы бір сөйлем.", *PARAGRAPHS[1:])
    assert as_stated(gap, [" ".join(PARAGRAPHS)]) == gap


@pytest.mark.parametrize("stated", [PARAGRAPHS[0], "Басқа мақаланың сөзі.", ""])
def test_json_ld_counts_only_where_it_agrees_with_the_page(stated: str) -> None:
    blocks = _blocks(*PARAGRAPHS, "Соңғы сөйлем де мақаланікі.")
    assert as_stated(blocks, [stated]) == blocks


def test_the_body_of_a_page_is_never_taken_from_json_ld() -> None:
    script = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "articleBody": "Басқа сөз. Тағы сөз."}</script>'
    )
    assert article(page_html(body(), head=script)).body == PARAGRAPHS
