from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.http import Response

from spiders.pages.charset import in_utf8
from tests.spiders.pages.page_samples import URL

RUSSIAN = "В Шымкенте открыли новый мост через реку Бадам. «Строили два года», — сказал аким."
KAZAKH = "Шымкент қаласында Бадам өзенінің үстінен жаңа көпір ашылды. Құрылысы екі жылға созылған, дейді әкімдік."


def _text(page: bytes, content_type: str = "text/html") -> str:
    return in_utf8(Response(URL, body=page, headers={"Content-Type": content_type})).decode()


@pytest.mark.parametrize(
    ("charset", "content_type", "meta", "text"),
    [
        ("utf-8", "text/html", "", KAZAKH),
        ("utf-8", "text/html; charset=windows-1251", "", RUSSIAN),
        ("utf-8", "text/html", "<meta charset=windows-1251>", KAZAKH),
        ("cp1251", "text/html; charset=windows-1251", "", RUSSIAN),
        ("cp1251", "text/html", "<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>", RUSSIAN),
        ("cp1251", "text/html; charset=utf-8", "", RUSSIAN),
        ("cp1251", "text/html; charset=iso-8859-1", "", RUSSIAN),
        ("cp1251", "text/html", "", RUSSIAN),
        ("cp1251", "text/html; charset=idna", "", RUSSIAN),
        ("kz1048", "text/html; charset=utf-8", "", KAZAKH),
        ("kz1048", "text/html; charset=windows-1251", "<meta charset='windows-1251'>", KAZAKH),
        ("koi8-r", "text/html; charset=koi8-r", "", RUSSIAN.replace("«", '"').replace("»", '"').replace("—", "-")),
        ("cp1252", "text/html; charset=iso-8859-1", "", "Le café où l’on prépare l’été, à Almaty, déjà."),
        ("utf-16", "text/html", "", KAZAKH),
        ("utf-8-sig", "text/html; charset=windows-1251", "", KAZAKH),
    ],
)
def test_letters_come_out_whatever_the_labels_say(charset: str, content_type: str, meta: str, text: str) -> None:
    page = f"<html><head>{meta}</head><body><p>{text}</p></body></html>".encode(charset)
    assert text in _text(page, content_type)


def test_one_broken_byte_does_not_turn_a_page_into_another_charset() -> None:
    page = f"<p>{KAZAKH * 3}</p>".encode()
    assert KAZAKH in _text(page[:40] + b"\xff" + page[40:], "text/html; charset=utf-8")


def test_a_page_cut_inside_a_letter_is_still_utf_8() -> None:
    page = KAZAKH.encode()[:21]
    assert in_utf8(Response(URL, body=page, headers={"Content-Type": "text/html; charset=windows-1251"})) is page


@pytest.mark.parametrize("length", [2_047, 2_048, 2_049, 40_000])
def test_long_pages_are_read_to_their_end(length: int) -> None:
    right = ("x" * length + KAZAKH).encode()
    assert in_utf8(Response(URL, body=right)) is right
    assert RUSSIAN in _text(("x" * length + RUSSIAN).encode("cp1251"))


@given(st.binary(max_size=300), st.text(max_size=20))
def test_never_raises(page: bytes, charset: str) -> None:
    header = {"Content-Type": f"text/html; charset={charset}".encode("utf-8", "replace")}
    # What was cut off inside its last letter is left so: the parser knows what to do with it.
    assert in_utf8(Response(URL, body=page, headers=header)).decode("utf-8", "ignore").isascii() in (True, False)
