from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.pages.body_blocks import Run
from spiders.pages.shortcodes import caption_texts, without_shortcodes

NAMES = ("caption", "gallery", "ad_rotator")


def _text(text: str) -> str:
    return "".join(run.text for run in without_shortcodes([Run(text)], NAMES))


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ('бір [ad_rotator group="7"] екі', "бір  екі"),
        ('[caption id="x" width="10"] сурет [/caption]мәтін', "мәтін"),
        ("[gallery] [/caption]", " "),
        ("[vc_row css='a' el=b]мәтін", "мәтін"),
        ("[quote author=”Абай”]мәтін", "мәтін"),
        ("ол [sic] деді […] және [1]", "ол [sic] деді […] және [1]"),
        ("[Қазақстан хабарлары]", "[Қазақстан хабарлары]"),
    ],
)
def test_codes_go_and_brackets_stay(text: str, rest: str) -> None:
    assert _text(text) == rest


def test_a_code_over_several_runs() -> None:
    runs = [Run("бір [capt"), Run("ion id=1] сурет", ("strong",)), Run("[/caption] екі", (), "/x")]
    assert [(run.text, run.marks, run.href) for run in without_shortcodes(runs, NAMES)] == [
        *[("бір ", (), None), ("", ("strong",), None), (" екі", (), "/x")]
    ]


def test_what_a_caption_holds() -> None:
    assert caption_texts("[caption id=x] Көпір Фото: Д. [/caption] мәтін") == ["Көпір Фото: Д."]


@given(st.lists(st.text("[]/caption gallery=\"' аб", max_size=20), max_size=4))
def test_nothing_is_lost_but_the_codes(texts: list[str]) -> None:
    runs = without_shortcodes([Run(text) for text in texts], NAMES)
    assert len(runs) == len(texts)
    assert "".join(run.text for run in runs) == _text("".join(texts))
