"""Every address the site answers, a snapshot.

Where a crawler finds what: the kk and ru lists hold every article but these, which stand in one place only:

- /sitemaps/2024-05.xml: almaty-oblast-dairy (kk, ru), village-akim (kk)
- /rss/kk.xml and /rss/ru.xml: ulytau-road (kk, ru)
- /ajax/more: steppe-novel (kk, ru)

The Latin and Arabic-script twins stand in the nested sitemap index and in the hreflang links of their originals.

Between the days exactly this differs: three new stories (six articles), three updated articles, one gone (410), and
the lists, feeds and sitemaps that name them. Everything else keeps its bytes, ETag and Last-Modified. Articles carry
neither of the two.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from .article import Version
from .clock import http_date
from .edition import HIDDEN, ONLY_IN_AJAX, ONLY_IN_FEED, ONLY_IN_SITEMAP, Edition, edition
from .home import AJAX, HOMES, ajax_items, ajax_page, home_page
from .listings import (
    KK_LIST,
    REGION_LIST,
    RU_LIST,
    house_page,
    kk_items,
    kk_list_page,
    page_count,
    pinned_item,
    region_items,
    ru_items,
    ru_list_page,
)
from .page import amp_path, has_amp, picture_path, resized_path
from .picture import png
from .rss import FEEDS, OLD_FEED, feed, old_feed
from .sitemaps import ARCHIVE, ROBOTS, sitemaps
from .templates import render, render_amp
from .traps import (
    EMPTY,
    GONE,
    OTHER_HOST,
    REDIRECT_AWAY,
    REDIRECT_LOOP,
    SEARCH,
    SOFT_404,
    absolute,
    first_old_path,
    has_old_address,
    post_path,
    second_old_path,
)

__all__ = ["HIDDEN", "ONLY_IN_AJAX", "ONLY_IN_FEED", "ONLY_IN_SITEMAP", "Answer", "Site", "build_site"]

HTML: Final = "text/html; charset=utf-8"
XML: Final = "application/xml; charset=utf-8"
RSS: Final = "application/rss+xml; charset=utf-8"
JSON: Final = "application/json; charset=utf-8"

_TRACKING = re.compile(r"utm_\w+|fbclid|_amp")


@dataclass(frozen=True)
class Answer:
    """What the site says to one request."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True)
class Paging:
    """A list of pages without an end."""

    path: str
    parameter: str
    page: Callable[[int], bytes]
    content_type: str
    last: int


@dataclass(frozen=True)
class Site:
    """A snapshot: request target (path and query) to answer."""

    day: int
    answers: Mapping[str, Answer]
    pagings: tuple[Paging, ...]
    articles: frozenset[str]

    def answer(self, target: str) -> Answer:
        """The answer to a request target; 404 for every address the site does not know."""
        if target in self.answers:
            return self.answers[target]
        parts = urlsplit(target)
        query = dict(parse_qsl(parts.query))
        if parts.path in self.articles and query and all(_TRACKING.fullmatch(name) for name in query):
            amp = self.answers.get(f"{parts.path}?_amp=1") if query.get("_amp") == "1" else None
            return amp or self.answers[parts.path]
        if parts.path == SEARCH:
            return Answer(200, {"Content-Type": HTML}, house_page("kk", SEARCH, "search", "").encode())
        return self._far_page(parts.path, query) or _not_found()

    def _far_page(self, path: str, query: Mapping[str, str]) -> Answer | None:
        for paging in self.pagings:
            number = query.get(paging.parameter, "")
            if path == paging.path and len(query) == 1 and re.fullmatch(r"[1-9]\d{0,5}", number):
                last = self.answers[f"{path}?{paging.parameter}={paging.last}"]
                return _validated(paging.page(int(number)), paging.content_type, last.headers["Last-Modified"])
        return None


@lru_cache(maxsize=2)
def build_site(day: int) -> Site:
    """The site of snapshot 1 or 2."""
    snapshot = edition(day)
    pagings = _pagings(snapshot)
    documents = _documents(snapshot)
    for paging in pagings:
        for number in range(1, paging.last + 1):
            documents[f"{paging.path}?{paging.parameter}={number}"] = paging.page(number), paging.content_type
        documents[paging.path] = paging.page(1), paging.content_type
    answers = _articles(snapshot) | _pictures(snapshot) | _special(snapshot)
    for target, (body, content_type) in documents.items():
        before = build_site(1).answers.get(target) if day == 2 else None
        if before and before.body == body:
            answers[target] = before
        else:
            answers[target] = _validated(body, content_type, http_date(snapshot.now))
    for version in snapshot.gone:
        answers[version.path] = answers[post_path(version)] = answers[amp_path(version)] = _gone()
    known = frozenset(version.path for version in [*snapshot.articles, *snapshot.gone])
    return Site(day, answers, pagings, known)


def _pagings(snapshot: Edition) -> tuple[Paging, ...]:
    now, kk, ru = snapshot.now, kk_items(snapshot), ru_items(snapshot)
    region, more, pinned = region_items(snapshot), ajax_items(snapshot), pinned_item(snapshot)
    return (
        Paging(KK_LIST, "page", lambda n: kk_list_page(KK_LIST, kk, n, now, pinned).encode(), HTML, page_count(kk)),
        Paging(RU_LIST, "page", lambda n: ru_list_page(ru, n, now).encode(), HTML, page_count(ru)),
        Paging(
            REGION_LIST, "page", lambda n: kk_list_page(REGION_LIST, region, n, now).encode(), HTML, page_count(region)
        ),
        Paging(AJAX, "p", lambda n: ajax_page(more, n, now), JSON, 1),
    )


def _documents(snapshot: Edition) -> dict[str, tuple[bytes, str]]:
    documents = {path: (body, XML) for path, body in sitemaps(snapshot).items()}
    documents[ARCHIVE] = documents[ARCHIVE][0], "application/x-gzip"
    for language, path in FEEDS.items():
        documents[path] = feed(snapshot, language), RSS
        documents[HOMES[language]] = home_page(snapshot, language).encode(), HTML
    # The header lies: the bytes are windows-1251.
    documents[OLD_FEED] = old_feed(snapshot), RSS
    documents["/robots.txt"] = ROBOTS.encode(), "text/plain; charset=utf-8"
    return documents


def _articles(snapshot: Edition) -> dict[str, Answer]:
    answers: dict[str, Answer] = {}
    for version in snapshot.articles:
        page = snapshot.page(version)
        body, content_type = render(page)
        answers[version.path] = Answer(200, {"Content-Type": content_type}, body)
        if version.script == "Cyrl":
            answers[post_path(version)] = answers[version.path]
        if has_amp(version):
            amp, content_type = render_amp(page)
            answers[amp_path(version)] = answers[f"{version.path}?_amp=1"] = Answer(
                200, {"Content-Type": content_type}, amp
            )
        if has_old_address(version):
            answers[first_old_path(version)] = _moved(second_old_path(version))
            answers[second_old_path(version)] = _moved(version.url)
    return answers


def _pictures(snapshot: Edition) -> dict[str, Answer]:
    answers = {"/uploads/logo.png": _picture(0)}
    for version in snapshot.articles:
        if version.has_picture:
            numbers = range(1, len(version.photos) + 1) if version.photos else range(1)
            answers |= {resized_path(version, number): _picture(version.id % 100_000 + number) for number in numbers}
        if version.template == "B" and version.has_picture:
            answers[picture_path(version)] = _moved(resized_path(version))
    return answers


def _picture(seed: int) -> Answer:
    return Answer(200, {"Content-Type": "image/png"}, png(seed))


def _special(snapshot: Edition) -> dict[str, Answer]:
    empty: Version = EMPTY
    body, content_type = render(snapshot.page(empty))
    return {
        empty.path: Answer(200, {"Content-Type": content_type}, body),
        SOFT_404: Answer(200, {"Content-Type": HTML}, home_page(snapshot, "kk").encode()),
        GONE: _gone(),
        REDIRECT_LOOP: _moved(f"{REDIRECT_LOOP}?again=1"),
        f"{REDIRECT_LOOP}?again=1": _moved(absolute(REDIRECT_LOOP)),
        REDIRECT_AWAY: Answer(302, {"Location": OTHER_HOST, "Content-Type": HTML}),
    }


def _moved(location: str) -> Answer:
    return Answer(301, {"Location": location, "Content-Type": HTML})


def _gone() -> Answer:
    return Answer(410, {"Content-Type": HTML}, house_page("kk", GONE, "410", "<p>Бұл материал жойылған.</p>").encode())


def _not_found() -> Answer:
    return Answer(404, {"Content-Type": HTML}, house_page("kk", "/404", "404", "<p>Мұндай бет жоқ.</p>").encode())


def _validated(body: bytes, content_type: str, last_modified: str) -> Answer:
    tag = hashlib.sha256(body).hexdigest()[:20]
    return Answer(200, {"Content-Type": content_type, "ETag": f'"{tag}"', "Last-Modified": last_modified}, body)
