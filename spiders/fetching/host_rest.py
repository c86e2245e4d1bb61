"""Host rest: a host that refuses is left alone for a while, in this run and in those that follow."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawler.crawl import crawl_of
from newscrawler.store.hosts import HostRest, keep_rest, read_rest
from newscrawler.urls import host_of
from spiders.fetching.faults import LeftToNextRun
from spiders.fetching.outcomes import retry_after
from spiders.fetching.robots import root_of

_REFUSALS = (403, 429, 503)
_ASK_FOR_REST = (429, 503)
_TOO_MANY_REQUESTS = 429
# A single page may be forbidden or broken for itself; three in a row are the host's doing.
_SINGLE_FAULTS = 2
_FIRST_REST = timedelta(minutes=10)
_LONGEST_REST = timedelta(hours=6)
# Retry-After is heeded for a day at most; what lies further ahead was written by a clock that was wrong.
_LONGEST_KEPT = timedelta(days=1)


class HostRestMiddleware:
    """Downloader middleware. A host that answers 429, or 403 or 503 three times in a row, is asked nothing for ten
    minutes, and for twice as long each time it goes on so, up to six hours; where it says itself when to come again, in
    Retry-After, until then. What would have been asked is left to the next run. A page that it gives ends that, and a
    list, where only lists were refused."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawl = crawl_of(crawler)
        self._rests: dict[str, HostRest] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The middleware for a crawler."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raises LeftToNextRun for a request to a host that is to be left alone now."""
        if self._crawl.saved is not None:
            return
        rest, now = self._rest_of(request.url), self._crawl.clock()
        if _rests(rest, now):
            raise LeftToNextRun(
                f"{host_of(rest.root)} is left alone until {rest.until:%Y-%m-%d %H:%M} UTC: {rest.reason}"
            )

    def process_response(self, request: Request, response: Response) -> Response:
        """The same response; what it says of its host is kept."""
        # A robots.txt that is forbidden or missing is one without rules, and one that is there says nothing of pages.
        tells = not request.meta.get("is_robots_request") or response.status in _ASK_FOR_REST
        if self._crawl.saved is None and tells:
            before = self._rest_of(request.url)
            after = self._after(before, response, of_page="address" in request.cb_kwargs)
            if after != before:
                self._rests[before.root] = after
                with self._crawl.store.write() as connection:
                    keep_rest(connection, after)
        return response

    def _after(self, before: HostRest, response: Response, *, of_page: bool) -> HostRest:
        if response.status not in _REFUSALS:
            says_otherwise = response.status < 500 and (of_page or not before.refuses_pages)
            return HostRest(root=before.root) if says_otherwise else before
        now, faults = self._crawl.clock(), before.faults + 1
        if _rests(before, now):
            # It was under way when the host began to rest.
            return before
        refused = replace(
            before,
            faults=faults,
            refuses_pages=before.refuses_pages or of_page,
            reason=f"status {response.status}",
        )
        asked_for = retry_after(response, now)
        if asked_for is not None and asked_for > now:
            return replace(refused, until=asked_for)
        times = faults if response.status == _TOO_MANY_REQUESTS else faults - _SINGLE_FAULTS
        if times < 1:
            return refused
        # Bounded before it is doubled: a host may refuse for years.
        rest = min(_FIRST_REST * 2 ** min(times - 1, 10), _LONGEST_REST)
        return replace(refused, until=now + rest)

    def _rest_of(self, url: str) -> HostRest:
        root = root_of(url)
        if root not in self._rests:
            with self._crawl.store.read() as connection:
                self._rests[root] = read_rest(connection, root)
        return self._rests[root]


def _rests(rest: HostRest, now: datetime) -> bool:
    return rest.until is not None and now < rest.until <= now + _LONGEST_KEPT
