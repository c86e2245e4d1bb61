"""Answers and newsrooms for the tests of discovery."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from scrapy.http import HtmlResponse, TextResponse, XmlResponse

from newscrawler.newsroom import Newsroom


@pytest.fixture
def newsroom() -> Newsroom:
    """A newsroom whose articles are below /kk/news/ and /ru/news/."""
    return Newsroom(
        name="newsroom_test",
        title="Newsroom.test",
        site="https://newsroom.test/",
        hosts=("newsroom.test", "www.newsroom.test"),
        languages=("kk", "ru"),
        articles={"include": [r"^/(kk|ru)/news/\d"]},
    )


@pytest.fixture
def answer() -> Callable[..., TextResponse]:
    """Makes the answer to a GET of an address of newsroom.test."""

    def make(path: str, body: str | bytes, kind: type[TextResponse] = HtmlResponse) -> TextResponse:
        data = body if isinstance(body, bytes) else body.encode()
        return kind(f"https://newsroom.test{path}", body=data, encoding=None if kind is XmlResponse else "utf-8")

    return make
