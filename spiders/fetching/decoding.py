"""Decoding: what comes packed from the network is unpacked within bounds, and whole or not at all."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import DownloadCancelledError
from scrapy.http import Response
from scrapy.responsetypes import responsetypes

from newscrawler.crawl import crawl_of
from newscrawler.errors import ArchiveError, PageError
from spiders.fetching.saved_coding import NOT_DECODED, decoded

_DAMAGED = "damaged, or broken off"


class DecodingMiddleware(HttpCompressionMiddleware):
    """Downloader middleware in place of Scrapy's, which gives what it could unpack of an answer that is damaged or
    broke off. Here such an answer is asked for again, and then is a PageError; one that unpacks to more than the limit
    of the download is a DownloadCancelledError, as is one that is larger before."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler=crawler)
        self._crawler = crawler
        self._saved = crawl_of(crawler).saved is not None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The middleware for a crawler."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """The response with its body unpacked, or a request to ask once more."""
        codings = b",".join(response.headers.getlist("Content-Encoding")).decode("latin-1")
        if not codings or self._saved:
            return response
        headers = response.headers.copy()
        del headers["Content-Encoding"]
        try:
            body = decoded(response.body, codings, request.meta.get("download_maxsize", self._max_size))
        except ArchiveError:
            raise DownloadCancelledError("larger than allowed when unpacked") from None
        except NOT_DECODED as cause:
            if response.status != 200:
                # What an error page says does not matter.
                return response.replace(body=b"", headers=headers)
            spider = self._crawler.spider
            again = get_retry_request(request, spider=spider, reason=_DAMAGED) if spider is not None else None
            if again is None:
                raise PageError(_DAMAGED, url=response.url, cause=cause) from cause
            return again
        kind = responsetypes.from_args(headers=headers, url=response.url, body=body)
        return response.replace(cls=kind, body=body, headers=headers)
