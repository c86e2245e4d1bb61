"""Download handlers: the network, or saved pages in its place. Both say when a page was fetched."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawler.crawl import crawl_of
from spiders.fetching.cut_off import InterruptibleDownloadHandler
from spiders.fetching.saved_page import answer_of
from spiders.fetching.saved_pages import SavedPages
from spiders.fetching.saved_warc import WarcRecorder


class LiveDownloadHandler(InterruptibleDownloadHandler):
    """http and https over the network. `meta["fetched_at"]` of a response is the moment it arrived, in UTC.

    Requests for a host in the configuration's `resolve` go to the address it names, with their Host header as it was.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._crawl = crawl_of(crawler)
        self._recorder: WarcRecorder | None = getattr(crawler.spider, "recorder", None)

    async def download_request(self, request: Request) -> Response:
        """The answer to `request`."""
        parts = urlsplit(request.url)
        target = self._crawl.config.resolve.get(parts.hostname or "")
        if target is None:
            response: Response = await super().download_request(request)
        else:
            rerouted = request.replace(url=urlunsplit(("http", target, parts.path or "/", parts.query, "")))
            rerouted.headers["Host"] = parts.netloc
            response = (await super().download_request(rerouted)).replace(url=request.url)
        moment = self._crawl.clock()
        request.meta["fetched_at"] = moment
        if self._recorder is not None:
            self._recorder.write(request, response, moment)
        return response


class SavedDownloadHandler(BaseDownloadHandler):
    """http and https out of saved pages; no request leaves the machine. `meta["fetched_at"]` is the capture's time.

    A page that the archive lacks raises NotSaved.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._saved: SavedPages = crawl_of(crawler).saved
        self._recorder: WarcRecorder | None = getattr(crawler.spider, "recorder", None)

    async def download_request(self, request: Request) -> Response:
        """The saved answer under the address of `request`. Raises NotSaved and ArchiveError."""
        page = self._saved.page(request.url)
        response = answer_of(page, request.url)
        request.meta["fetched_at"] = page.fetched_at
        if self._recorder is not None:
            self._recorder.write(request, response, page.fetched_at)
        return response
