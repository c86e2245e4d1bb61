import gzip
import tracemalloc
import zlib
from types import SimpleNamespace
from typing import Any

import brotli  # type: ignore[import-untyped]
import pytest
from backports import zstd
from scrapy import Request
from scrapy.exceptions import DownloadCancelledError
from scrapy.http import HtmlResponse, Response
from scrapy.settings import Settings

from newscrawler.errors import PageError
from spiders.fetching.decoding import DecodingMiddleware

TEXT = ("<html><body>" + "Қазақстан жаңалықтары. " * 500 + "</body></html>").encode()
URL = "https://newsroom.test/kk/news/1"
PACK = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "zstd": zstd.compress}
LIMIT = 200_000


def middleware_of(*, saved: object = None) -> DecodingMiddleware:
    spider: Any = SimpleNamespace(crawl=SimpleNamespace(saved=saved), name="newsroom_test")
    settings = Settings({"DOWNLOAD_MAXSIZE": LIMIT, "DOWNLOAD_WARNSIZE": 0, "RETRY_TIMES": 2})
    signals = SimpleNamespace(connect=lambda *_: None)
    crawler: Any = SimpleNamespace(spider=spider, settings=settings, stats=None, signals=signals)
    spider.crawler = SimpleNamespace(settings=settings, stats=SimpleNamespace(inc_value=lambda *_: None))
    return DecodingMiddleware.from_crawler(crawler)


def given(body: bytes, coding: str, *, status: int = 200, tried: int = 0, **options: Any) -> Request | Response:
    headers = {"Content-Encoding": coding, "Content-Type": "text/html; charset=utf-8"}
    request = Request(URL, meta={"retry_times": tried})
    return middleware_of(**options).process_response(request, Response(URL, status=status, headers=headers, body=body))


@pytest.mark.parametrize("coding", PACK)
def test_what_comes_packed_is_unpacked_whole(coding: str) -> None:
    response = given(PACK[coding](TEXT), coding)
    assert isinstance(response, HtmlResponse)
    assert response.body == TEXT
    assert "Content-Encoding" not in response.headers


@pytest.mark.parametrize("coding", PACK)
@pytest.mark.parametrize("left", [0.3, 0.98])
def test_what_breaks_off_is_asked_for_again_and_then_fails(coding: str, left: float) -> None:
    packed = PACK[coding](TEXT)
    body = packed[: int(len(packed) * left)]
    again = given(body, coding)
    assert isinstance(again, Request)
    assert again.meta["retry_times"] == 1
    with pytest.raises(PageError, match="damaged, or broken off"):
        given(body, coding, tried=2)


def test_a_wrong_checksum_is_damage() -> None:
    packed = gzip.compress(TEXT)
    with pytest.raises(PageError, match="damaged"):
        given(packed[:-8] + b"12345678", "gzip", tried=2)


@pytest.mark.parametrize("coding", PACK)
def test_a_bomb_is_not_unpacked_beyond_the_limit(coding: str) -> None:
    bomb = PACK[coding](b"0" * 60_000_000)
    tracemalloc.start()
    with pytest.raises(DownloadCancelledError, match="larger than allowed"):
        given(bomb, coding)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000


def test_a_bomb_within_a_bomb_is_stopped_too() -> None:
    bomb = gzip.compress(gzip.compress(b"0" * 60_000_000))
    with pytest.raises(DownloadCancelledError):
        given(bomb, "gzip, gzip")


def test_an_error_page_may_be_packed_as_badly_as_it_likes() -> None:
    response = given(gzip.compress(TEXT)[:40], "gzip", status=404)
    assert isinstance(response, Response)
    assert (response.status, response.body) == (404, b"")


def test_saved_answers_are_left_as_they_are() -> None:
    response = given(b"", "gzip", saved="an archive")
    assert isinstance(response, Response)
    assert response.headers["Content-Encoding"] == b"gzip"
