"""Answers that lie, break off, swell or never end; and how much is asked of a host, and how fast."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest

from tests.end_to_end.commands import command
from tests.end_to_end.small_site import (
    FIRST_DAY,
    SITE,
    Answer,
    SmallNewsroom,
    SmallSite,
    article_page,
    redirect,
    sitemap,
    source,
)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HTML = "text/html; charset=utf-8"
PAGE = str(article_page("whole").body).encode()
BOMB = b"<html><body>" + b"0" * 20_000_000


def answer(body: bytes, **headers: str) -> Answer:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(body, headers={"Content-Type": HTML, **names})


def error_page(headline: str, text: str) -> Answer:
    menu = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("kk", "ru", "sport", "qogam"))
    return answer(
        f"<html><head><title>{headline} | Шағын</title></head><body><ul>{menu}</ul>"
        f"<h1>{headline}</h1><p>{text}</p></body></html>".encode()
    )


FAULTS = {
    "short": (answer(PAGE[:-900], Content_Length=str(len(PAGE))), "pending", "broken off"),
    "chunked": (
        answer(b"800\r\n" + PAGE[:0x800] + b"\r\n", Transfer_Encoding="chunked"),
        "pending",
        "broken off",
    ),
    "gzip": (answer(gzip.compress(PAGE)[:-400], Content_Encoding="gzip"), "pending", "damaged, or broken off"),
    "gzip-bomb": (answer(gzip.compress(BOMB), Content_Encoding="gzip"), "pending", "larger than allowed"),
    "br-bomb": (answer(brotli.compress(BOMB), Content_Encoding="br"), "pending", "larger than allowed"),
    "large": (answer(PAGE + b" " * 4_000_000), "pending", "larger than allowed"),
    "empty": (answer(b""), "pending", "the answer is empty"),
    "stall": (Answer(PAGE, stalls=True), "pending", "no answer in time"),
    "ring": (redirect("/a/ring"), "rejected", "redirected in a circle or nowhere"),
    "home": (redirect("/"), "rejected", "redirected to the front page"),
    "list": (redirect("/kk/archive"), "rejected", "redirected to a page that is no article's"),
    "pdf": (
        Answer(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n" * 50, headers={"Content-Type": "application/pdf"}),
        "rejected",
        None,
    ),
    "soft": (error_page("Бет табылмады", "Сіз іздеген бет жойылған немесе көшірілген болуы мүмкін."), "rejected", None),
    "soft-ru": (error_page("Страница не найдена", "Возможно, она удалена или перемещена."), "rejected", None),
}


@pytest.fixture
def small(tmp_path: Path) -> Iterator[SmallNewsroom]:
    with SmallSite() as site:
        newsroom = SmallNewsroom(tmp_path, site)
        newsroom.define(source("sitemap", "/sitemap.xml"))
        yield newsroom


def test_no_damaged_answer_is_an_article_and_none_costs_another(small: SmallNewsroom) -> None:
    good = [f"/a/good-{number}" for number in range(len(FAULTS) + 1)]
    small.site.publish(good)
    small.site.answers["/"] = article_page("home")
    small.site.answers["/kk/archive"] = article_page("archive")
    small.site.answers |= {f"/a/{name}": fault for name, (fault, _, _) in FAULTS.items()}
    # One after each fault: three of the host in a row would end the run.
    order = [path for pair in zip(good[1:], (f"/a/{name}" for name in FAULTS), strict=True) for path in pair]
    small.site.answers["/sitemap.xml"] = sitemap([*order, good[0]])
    ended = small.crawl(page_seconds="1")
    assert ended.status == 3, ended
    assert set(small.articles()) == set(good)
    found = small.addresses()
    wanted = {
        name: (state, found[f"/a/{name}"][1] if reason is None else reason)
        for name, (_, state, reason) in FAULTS.items()
    }
    assert {name: found[f"/a/{name}"] for name in FAULTS} == wanted


def test_what_the_budget_leaves_over_is_due_in_the_next_run(small: SmallNewsroom) -> None:
    paths = [f"/a/{number}" for number in range(9)]
    small.site.publish(paths)
    small.site.answers["/sitemap.xml"] = sitemap(paths)
    first = small.crawl(max_requests="6")
    assert (first.status, len(first.asked)) == (3, 6)
    assert "the 6 requests of a run are used up" in first.err
    second = small.crawl(at=FIRST_DAY + HOUR, max_requests="6")
    assert (second.status, len(second.asked)) == (0, 6)
    assert set(small.articles()) == set(paths)


def test_what_robots_txt_forbade_is_asked_when_it_allows_it(small: SmallNewsroom) -> None:
    small.site.publish(["/a/open", "/a/closed"])
    small.site.answers |= {
        "/robots.txt": Answer("User-agent: *\nDisallow: /a/closed\n", headers={"Content-Type": "text/plain"}),
        "/sitemap.xml": sitemap(["/a/open", "/a/closed"]),
    }
    assert small.crawl().pages == ["/a/open"]
    small.site.answers["/robots.txt"] = Answer("User-agent: *\nAllow: /\n", headers={"Content-Type": "text/plain"})
    assert small.crawl(at=FIRST_DAY + HOUR).pages == []
    assert small.crawl(at=FIRST_DAY + DAY + HOUR).pages == ["/a/closed"]
    assert set(small.articles()) == {"/a/open", "/a/closed"}


def test_requests_keep_their_distance_and_a_crawl_delay_makes_it_longer(small: SmallNewsroom) -> None:
    paths = [f"/a/{number}" for number in range(3)]
    small.site.publish(paths)
    small.site.answers |= {
        "/robots.txt": Answer("User-agent: *\nCrawl-delay: 4\n", headers={"Content-Type": "text/plain"}),
        "/sitemap.xml": sitemap(paths),
    }
    # A tenth of the delays, and nothing else about them, is the tests'.
    assert small.crawl(delay_scale="0.1").status == 0
    gaps = [after - before for before, after in pairwise(small.site.moments)]
    assert len(gaps) == 4
    assert gaps[0] >= 0.1 * 0.9
    assert min(gaps[1:]) >= 0.4 * 0.9


def test_status_tells_which_host_is_left_alone_and_when_a_newsroom_is_asked_next(small: SmallNewsroom) -> None:
    small.site.answers |= {
        "/a/1": Answer("", 429, {"Retry-After": "7200"}),
        "/sitemap.xml": sitemap(["/a/1"]),
    }
    refused = small.crawl()
    assert refused.status == 3
    env = small.environment(FIRST_DAY + HOUR)
    told = command("status", "--json", at=small.folder, env=env)
    assert told.status == 0, told
    (host,) = json.loads(told.out)["hosts"]
    assert host == {"host": "small.test", "until": "2024-05-14T15:00:00+00:00", "reason": "status 429"}
    (newsroom,) = json.loads(told.out)["newsrooms"]
    assert newsroom["next_check"] == "2024-05-14T13:00:00+00:00"
    plain = command("status", at=small.folder, env=env).out
    assert "small.test is left alone until 2024-05-14T15:00:00+00:00: status 429" in plain
    resting = small.crawl(at=FIRST_DAY + HOUR)
    assert (resting.status, resting.asked) == (3, [])
    small.site.publish(["/a/1"])
    assert small.crawl(at=FIRST_DAY + 2 * HOUR).status == 0
    assert f"{SITE}a/1" in {article.canonical_url for article in small.articles().values()}
