"""Robots probe: asks the robots.txt of several newsrooms, whether they would let a crawl in."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any

from protego import Protego
from scrapy import Request, Spider
from scrapy.http import Response

from newscrawler.config import Config
from newscrawler.newsroom import Newsroom
from spiders.fetching.faults import reason_of
from spiders.fetching.lone_spider import run_alone
from spiders.fetching.robots import root_of

_UNREACHABLE_FROM = 500
_TOO_MANY_REQUESTS = 429
# Each newsroom has hosts of its own, and what is asked is robots.txt alone.
_MIDDLEWARES = {
    "spiders.fetching.own_hosts.OwnHostsMiddleware": None,
    "spiders.fetching.robots.RobotsMiddleware": None,
}


class RobotsProbeSpider(Spider):
    """Asks for the robots.txt of every host on which one of `newsrooms` has a source, and keeps what each kept back."""

    name = "robots_probe"
    newsrooms: Sequence[Newsroom]
    troubles: dict[str, list[str]]

    async def start(self) -> AsyncIterator[Request]:
        """One request a newsroom and host."""
        self.troubles = {newsroom.name: [] for newsroom in self.newsrooms}
        for newsroom in self.newsrooms:
            urls = [source.url for source in newsroom.sources] or [newsroom.site]
            for root in sorted({root_of(url) for url in urls}):
                yield Request(
                    root,
                    callback=self.keep,
                    errback=self.failed,
                    cb_kwargs={"newsroom": newsroom, "urls": [url for url in urls if root_of(url) == root]},
                    meta={"handle_httpstatus_all": True, "is_robots_request": True},
                    dont_filter=True,
                )

    def keep(self, response: Response, newsroom: Newsroom, urls: Sequence[str]) -> None:
        """Keeps which sources the rules forbid; without rules (4xx, RFC 9309 section 2.3.1.3) none."""
        if response.status >= _UNREACHABLE_FROM or response.status == _TOO_MANY_REQUESTS:
            self.troubles[newsroom.name].append(f"{response.url}: status {response.status}, so nothing may be asked")
        elif response.status < 400:
            rules = Protego.parse(response.body.decode("utf-8-sig", errors="replace"))
            agent = self.settings["ROBOTSTXT_USER_AGENT"]
            refused = [url for url in urls if not rules.can_fetch(url, agent)]
            self.troubles[newsroom.name] += [f"{url} is disallowed by robots.txt" for url in refused]

    def failed(self, failure: Any) -> None:
        """Keeps why there is no answer."""
        newsroom = failure.request.cb_kwargs["newsroom"]
        self.troubles[newsroom.name].append(f"{failure.request.url}: {reason_of(failure.value)}")


def probe_robots(newsrooms: Sequence[Newsroom], config: Config) -> dict[str, list[str]]:
    """What keeps a crawl of each newsroom out, by name; an empty list where nothing does.

    Starts and ends this process's reactor. Raises what `run_alone` raises for a signal.
    """
    if not newsrooms:
        return {}
    spider: RobotsProbeSpider = run_alone(
        RobotsProbeSpider, {"newsrooms": tuple(newsrooms)}, newsrooms[0], config, _MIDDLEWARES
    )
    return spider.troubles
