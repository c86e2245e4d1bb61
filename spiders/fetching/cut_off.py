"""Cutting off: gives up what is being downloaded when a crawl has to end now, and says nothing about the pages."""

from __future__ import annotations

import asyncio
from typing import Any, Self

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from newscrawler.crawl import crawl_of
from newscrawler.errors import NewscrawlerError

_CUT_OFF = object()


class DownloadCutOff(NewscrawlerError, IgnoreRequest):
    """A request was given up because the crawl ends; what it asked for is as due as before.

    It is an IgnoreRequest too, so that Scrapy does not ask again.
    """


class InterruptibleDownloadHandler(HTTP11DownloadHandler):
    """http and https over the network, until `cut_off_downloads`: then what is open, and all that follows, raises
    DownloadCutOff. Every request that is sent is counted as one of the crawl's `requests`."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._counts = crawl_of(crawler).counts
        self._open: set[asyncio.Task[Response]] = set()
        self._is_cut_off = False
        # The signal's sender keeps no reference to a method; the engine keeps this handler.
        crawler.signals.connect(self._cut_off, signal=_CUT_OFF)

    async def download_request(self, request: Request) -> Response:
        """The answer to `request`. Raises DownloadCutOff, and what Scrapy raises."""
        if self._is_cut_off:
            raise _cut_off(request)
        self._counts["requests"] += 1
        download = asyncio.ensure_future(super().download_request(request))
        self._open.add(download)
        try:
            return await download
        except asyncio.CancelledError:
            if not self._is_cut_off:
                raise
            raise _cut_off(request) from None
        finally:
            self._open.discard(download)

    def _cut_off(self) -> None:
        self._is_cut_off = True
        for download in tuple(self._open):
            download.cancel()


class CutOffMiddleware:
    """Downloader middleware, nearest to the network: after `cut_off_downloads` no request gets into the queues in which
    delays are waited for."""

    def __init__(self, crawler: Crawler) -> None:
        self._is_cut_off = False
        crawler.signals.connect(self._cut_off, signal=_CUT_OFF)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The middleware for a crawler."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raises DownloadCutOff where the crawl is to end."""
        if self._is_cut_off:
            raise _cut_off(request)

    def _cut_off(self) -> None:
        self._is_cut_off = True


def cut_off_downloads(crawler: Crawler) -> None:
    """Gives up what the crawler downloads, and what waits for its turn: the requests fail with DownloadCutOff.

    To be called when the crawler is already ending, so that nothing is asked in their place.
    """
    engine: Any = crawler.engine
    if engine is None:
        return
    for slot in engine.downloader.slots.values():
        while slot.queue:
            request, waiting = slot.queue.popleft()
            waiting.errback(_cut_off(request))
    crawler.signals.send_catch_log(signal=_CUT_OFF)


def _cut_off(request: Request) -> DownloadCutOff:
    return DownloadCutOff("given up, as the crawl was to end", url=request.url)
