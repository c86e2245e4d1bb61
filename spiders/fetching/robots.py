"""robots.txt, as RFC 9309 has it: asked once a host, kept for a day in the store, and obeyed; Crawl-delay too."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from datetime import timedelta
from typing import Any, Self
from urllib.parse import urlsplit, urlunsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from newscrawler.crawl import crawl_of
from newscrawler.store.hosts import RobotsRecord, keep_robots, read_robots
from newscrawler.store.revisits import reopen_refused
from spiders.fetching.faults import reason_of

logger = logging.getLogger(__name__)

DISALLOWED = "disallowed by robots.txt"
UNREACHABLE = "robots.txt could not be read"
# RFC 9309 section 2.4: a cached robots.txt should not be used for more than 24 hours.
_KEPT_FOR = timedelta(hours=24)
# RFC 9309 section 2.5: at least 500 kibibytes must be read; more need not.
_MOST_READ = 500 * 1024
_LONGEST_DELAY = 120.0


def root_of(url: str) -> str:
    """The address of the robots.txt that holds for `url`."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))


class RobotsMiddleware:
    """Downloader middleware that lets a request through when robots.txt of its host allows it.

    4xx means there are no rules; 5xx or no answer means nothing may be asked now (RFC 9309 section 2.3.1). Simultaneous
    requests wait for the one that fetches the rules. When those have changed, what the old ones forbade is due again.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._crawl = crawl_of(crawler)
        self._agent: str = crawler.settings["ROBOTSTXT_USER_AGENT"]
        # A text says why a host's rules could not be read.
        self._rules: dict[str, Protego | str] = {}
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The middleware for a crawler."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raises IgnoreRequest with the reason when the request may not be sent."""
        if request.meta.get("is_robots_request") or self._crawl.saved is not None:
            return
        root = root_of(request.url)
        async with self._locks[root]:
            if root not in self._rules:
                self._rules[root] = await self._read(root)
        rules = self._rules[root]
        if isinstance(rules, str):
            raise IgnoreRequest(f"{UNREACHABLE} ({rules})")
        if not rules.can_fetch(request.url, self._agent):
            raise IgnoreRequest(DISALLOWED)

    async def _read(self, root: str) -> Protego | str:
        now = self._crawl.clock()
        with self._crawl.store.read() as connection:
            before = kept = read_robots(connection, root)
        if kept is None or kept.fetched is None or not timedelta(0) <= now - kept.fetched <= _KEPT_FOR:
            kept = await self._fetch(root)
            with self._crawl.store.write() as connection:
                keep_robots(connection, kept)
                if before is not None and (before.status, before.text) != (kept.status, kept.text):
                    reopen_refused(connection, self._crawl.newsroom.name, DISALLOWED)
        if kept.status is None or kept.status >= 500 or kept.status == 429:
            reason = f"status {kept.status}" if kept.status is not None else kept.text
            logger.warning("%s could not be read (%s): nothing is asked of this host now", root, reason)
            return reason
        rules = Protego.parse(kept.text if kept.status < 400 else "")
        self._slow_down(urlsplit(root).hostname or "", rules.crawl_delay(self._agent))
        return rules

    async def _fetch(self, root: str) -> RobotsRecord:
        request = Request(
            root,
            priority=1000,
            meta={"is_robots_request": True, "handle_httpstatus_list": list(range(400, 600)), "max_retry_times": 1},
        )
        now = self._crawl.clock()
        try:
            response: Response = await self._crawler.engine.download_async(request)
        except IgnoreRequest:
            # The address guard's refusal, which is about every request to this host.
            raise
        except Exception as cause:  # noqa: BLE001 - whatever keeps robots.txt from being read has the same consequence
            return RobotsRecord(root=root, status=None, text=reason_of(cause), fetched=None)
        text = response.body[:_MOST_READ].decode("utf-8-sig", errors="replace")
        fetched = now if response.status < 500 and response.status != 429 else None
        return RobotsRecord(root=root, status=response.status, text=text, fetched=fetched)

    def _slow_down(self, host: str, crawl_delay: Any) -> None:
        if crawl_delay is None:
            return
        delay = min(float(crawl_delay), _LONGEST_DELAY) * self._crawl.config.delay_scale
        downloader = self._crawler.engine.downloader
        slot = downloader.slots.get(host)
        if slot is not None:
            slot.delay = max(slot.delay, delay)
        known = downloader.per_slot_settings.setdefault(host, {})
        known["delay"] = max(known.get("delay", self._crawler.settings.getfloat("DOWNLOAD_DELAY")), delay)
