"""The addresses that are no article, and the other addresses of articles, that a crawler meets in the lists."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from .article import SITE, Version
from .clock import CLOCK

OTHER_HOST: Final = "http://other.test/"
SEARCH: Final = "/search"
GONE: Final = "/kk/news/gone"
MISSING: Final = "/missing"
REDIRECT_LOOP: Final = "/redirect-loop"
REDIRECT_AWAY: Final = "/redirect-away"
SOFT_404: Final = "/kk/news/59999-zhok-maqala"

EMPTY: Final = Version(
    story="empty",
    language="kk",
    template="A",
    kind="normal",
    id=59998,
    slug="bos-maqala",
    published=datetime(2024, 5, 14, 13, 2, tzinfo=CLOCK[1].tzinfo),
    section="Қоғам",
    headline="Тасқын бойынша штаб отырысының қорытындысы жарияланады",
    scope="national",
)

# Addresses a list, a sitemap or a page leads to, and what a crawler finds there.
NOT_ARTICLES: Final[Mapping[str, str]] = {
    EMPTY.path: "an article page with an empty body, linked from the kk list",
    SOFT_404: "status 200 with the home page, linked from the kk list",
    GONE: "410, linked from the kk list",
    MISSING: "404, linked from the ru list",
    REDIRECT_AWAY: "a redirect to another host, linked from the ru list",
    REDIRECT_LOOP: "a redirect to itself by way of another address, linked from the AJAX list",
    f"{SEARCH}?q=": "disallowed by robots.txt, linked from every page: must not be fetched",
    "/sitemaps/2024-04.xml": "404, named by the sitemap index",
}


def post_path(version: Version) -> str:
    """The short address: the same page, canonical address and all."""
    return f"/post/{version.id}"


def first_old_path(version: Version) -> str:
    """The WordPress address of an article before 2022: the first of two redirects."""
    return f"/old/{version.published:%Y/%m}/{version.slug}"


def second_old_path(version: Version) -> str:
    """Where the WordPress address leads: the second of two redirects."""
    return f"/archive/{version.published:%Y/%m}/{version.slug}/"


def has_old_address(version: Version) -> bool:
    """Whether the article moved here from WordPress."""
    return version.script == "Cyrl" and version.published.year < 2022


def absolute(path: str) -> str:
    """The path under the site's own address."""
    return SITE + path
