"""Faults of lists, sitemaps and feeds, and of the whole host."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Final

from tests.answering_site import XML, Answer
from tests.hostile_newsroom.bombs import gzip_bomb
from tests.hostile_newsroom.fault import Door, Fault
from tests.hostile_newsroom.pages import sitemap
from tests.hostile_newsroom.site import FEED, SITEMAP, HostileSite

_LEVELS: Final = 12
_REFUSALS: Final = 3
_GIVEN: Final = 20
_REST: Final = timedelta(hours=1)
_BEGINS: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'


def _laughs(root: str) -> str:
    entities = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, _LEVELS))
    return f'{_BEGINS}<!DOCTYPE {root} [<!ENTITY l0 "ха">{entities}]>'


def entities_in_sitemap(site: HostileSite) -> None:
    """The sitemap unfolds entities to a terabyte."""
    body = f"<urlset><url><loc>{site.url}/kk/news/&l{_LEVELS - 1};</loc></url></urlset>"
    site.break_source(SITEMAP, Answer(_laughs("urlset") + body, headers=XML))


def entities_in_feed(site: HostileSite) -> None:
    """The feed unfolds entities to a terabyte."""
    item = f"<item><title>&l{_LEVELS - 1};</title><link>{site.url}/kk/news/&l{_LEVELS - 1};</link></item>"
    site.break_source(FEED, Answer(f'{_laughs("rss")}<rss version="2.0"><channel>{item}</channel></rss>', headers=XML))


def bombed_sitemap(site: HostileSite) -> None:
    """The sitemap is one gigabyte, packed with gzip to one megabyte."""
    begins = f"{_BEGINS}<urlset><url><loc>{site.url}/kk/news/1"
    site.break_source(SITEMAP, Answer(gzip_bomb(begins.encode()), headers={"Content-Type": "application/x-gzip"}))


def endless_sitemaps(site: HostileSite) -> None:
    """The sitemap is an index that names two more, each of which names two more, without end."""
    numbers = count(1)

    def index(_: str) -> Answer:
        named = [(f"{site.url}/sitemap-{next(numbers)}.xml", None) for _ in range(2)]
        return Answer(sitemap(named, index=True), headers=XML)

    site.break_source(SITEMAP, index(""))
    site.make_answer("/sitemap-", index)


def broken_feed(site: HostileSite) -> None:
    """The feed breaks off in the middle and names addresses that cannot be."""
    item = "<item><title>x</title><link>http://[::1</link></item><item><link>javascript:alert(1)</link></item>"
    site.break_source(FEED, Answer(f'{_BEGINS}<rss version="2.0"><channel>{item}<item><title>Атау', headers=XML))


def unavailable(site: HostileSite) -> None:
    """Pages here and there answer 503, each the first three times."""
    for article in site.take(2, apart=8):
        site.first_answers(article.path, *[Answer("", 503)] * _REFUSALS)


def too_many_requests(site: HostileSite) -> None:
    """After twenty pages every one answers 429 and says to come again in an hour; none is given before."""
    given = count(1)
    refused_until = site.now

    def gate(target: str) -> Answer | None:
        nonlocal refused_until
        if "/news/" in target and next(given) == _GIVEN:
            refused_until = site.now + _REST
        return Answer("", 429, {"Retry-After": str(int(_REST.total_seconds()))}) if site.now < refused_until else None

    site.gate = gate


SOURCE_FAULTS: Final = (
    Fault("entity bomb in the sitemap", entities_in_sitemap, owed=(True, True), door=Door.SITEMAP),
    Fault("entity bomb in the feed", entities_in_feed, owed=(True, True), door=Door.FEED),
    Fault("gzip bomb as sitemap", bombed_sitemap, owed=(True, True), door=Door.SITEMAP),
    Fault("endless sitemaps", endless_sitemaps, owed=(True, True), door=Door.SITEMAP),
    Fault("broken feed", broken_feed, owed=(True, True), door=Door.FEED),
)
HOST_FAULTS: Final = (
    Fault("503", unavailable, owed=(True, True, True, False), alone=True),
    Fault("429", too_many_requests, owed=(True, False), alone=True),
)
