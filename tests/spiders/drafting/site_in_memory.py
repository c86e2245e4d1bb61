"""Sites of our own making, answered from memory in place of the network."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from scrapy import Request
from scrapy.http import Response
from scrapy.responsetypes import responsetypes

from newscrawler.errors import PageError

NOW = datetime(2024, 5, 14, 13, 0, tzinfo=UTC)


class SiteInMemory:
    """SitePages over a mapping of addresses to bytes; `asked` is what was asked, in order. Robots.txt is free, as it is
    live."""

    saved: list[str] = []  # noqa: RUF012

    def __init__(self, pages: Mapping[str, bytes | str], *, most: int = 17, robots: str = "") -> None:
        self._pages = pages
        self._robots = robots
        self._most = most
        self.asked: list[str] = []

    @property
    def left(self) -> int:
        return self._most - len(self.asked)

    async def get(self, url: str) -> Response:
        if not self.left:
            raise PageError("enough was asked", url=url)
        self.asked.append(url)
        if url not in self._pages:
            raise PageError("status 404", url=url)
        return answer(url, self._pages[url])

    def robots_text(self, url: str) -> str:
        return self._robots


def answer(url: str, body: bytes | str) -> Response:
    """The answer with `body` at `url`, fetched at NOW."""
    content = body if isinstance(body, bytes) else body.encode()
    kind = responsetypes.from_args(url=url, body=content)
    response: Response = kind(url, body=content, request=Request(url, meta={"fetched_at": NOW}))
    return response
