"""Which answers are web pages: what they begin with says it, and then what they are called."""

from __future__ import annotations

import pytest
from scrapy.http import Response

from newscrawler.errors import NotAnArticle
from spiders.pages.media_type import is_web_page
from tests.spiders.pages.page_samples import PARAGRAPHS, article, body, page_html

PAGE = page_html(body())


def answer(content: bytes, kind: str | None = None) -> Response:
    return Response("https://a.kz/kk/1", body=content, headers={"Content-Type": kind} if kind else {})


@pytest.mark.parametrize("kind", [None, "text/html", "text/plain; charset=utf-8", "application/pdf", "image/png", "x"])
def test_markup_is_a_page_whatever_it_is_called(kind: str | None) -> None:
    begins_with = [b"\xef\xbb\xbf", b"\n\n  ", b"\0", b"\xef\xbb\xbf\n\xef\xbb\xbf", b"\xc2\xa0", b" " * 2000]
    for begins in (b"", *begins_with, b"Warning: in /var/www on line 3\n", b".\0\n"):
        assert is_web_page(answer(begins + PAGE.encode(), kind))
    assert is_web_page(answer(b"\xff\xfe" + PAGE.encode("utf-16-le"), kind))


@pytest.mark.parametrize(
    "content", [b"%PDF-1.4 ...", b"\x89PNG\r\n\x1a\n...", b"PK\x03\x04...", b"\0\1\2\3" * 100, PAGE.encode("utf-16-le")]
)
def test_what_begins_otherwise_is_none_under_any_name(content: bytes) -> None:
    for kind in (None, "text/html", "application/octet-stream", "application/pdf"):
        assert not is_web_page(answer(content, kind))


def test_a_text_without_markup_is_what_its_header_says() -> None:
    assert is_web_page(answer("Мәтін <p>абзац".encode(), "text/html"))
    assert is_web_page(answer("Мәтін <p>абзац".encode()))
    assert not is_web_page(answer("Мәтін <p>абзац".encode(), "audio/mpeg"))


def test_a_document_at_an_articles_address_is_no_article() -> None:
    assert article(PAGE).body == PARAGRAPHS
    with pytest.raises(NotAnArticle, match="no web page"):
        article(b"%PDF-1.4\n" + PAGE.encode())
