"""Pages and hosts that claim, kill, fail, forbid and come back, crawled again until all is well."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.end_to_end.small_site import (
    FIRST_DAY,
    NOT_FOUND,
    SITE,
    Answer,
    SmallNewsroom,
    SmallSite,
    article_page,
    headline_of,
    redirect,
    sitemap,
    source,
)

TEN_MINUTES = timedelta(minutes=10)
DAY = timedelta(days=1)
KILLED = -9
SITEMAP = source("sitemap", "/sitemap.xml")
KILLER = """
import os, signal
from newscrawler.project import use_project
use_project()
import spiders.newsroom_spider as place
inner = place.read_article
def wrapped(response, *args, **kwargs):
    if response.url.endswith("/a/killer"):
        os.kill(os.getpid(), signal.SIGKILL)
    return inner(response, *args, **kwargs)
place.read_article = wrapped
"""


@pytest.fixture
def small(tmp_path: Path) -> Iterator[SmallNewsroom]:
    with SmallSite() as site:
        newsroom = SmallNewsroom(tmp_path, site)
        newsroom.define(SITEMAP)
        yield newsroom


def headlines(small: SmallNewsroom) -> dict[str, str]:
    """The headlines of the live articles by the path of their canonical address, each under an id of its own."""
    articles = small.articles()
    assert len({article.id for article in articles.values()}) == len(articles)
    return {path: article.headline for path, article in articles.items()}


def test_a_claimed_address_takes_no_other_articles_place(small: SmallNewsroom) -> None:
    claims = {
        "/a/claims-later": "/a/later",
        "/a/later": "/a/later",
        "/a/earlier": "/a/earlier",
        "/a/claims-earlier": "/a/earlier",
        **{f"/a/{number}": "/a/3" for number in range(1, 6)},
    }
    small.site.answers |= {path: article_page(path, canonical=claim) for path, claim in claims.items()}
    translations = {"/a/kk-1": "/a/ru-1", "/a/ru-1": "/a/ru-1", "/a/ru-2": "/a/ru-2", "/a/kk-2": "/a/ru-2"}
    languages = {path: path[3:5] for path in translations}
    small.site.answers |= {
        path: article_page(path, canonical=claim, language=languages[path]) for path, claim in translations.items()
    }
    paths = [*claims, *translations]
    small.site.answers["/sitemap.xml"] = sitemap(paths)
    assert small.crawl().status == 0
    assert small.crawl(at=FIRST_DAY + DAY).status == 0
    assert headlines(small) == {path: headline_of(path, languages.get(path, "kk")) for path in paths}
    assert {path: small.articles()[path].language for path in translations} == languages
    assert small.crawl(at=FIRST_DAY + 2 * DAY).pages == []


def test_a_page_that_kills_the_process_is_parked_and_costs_no_other(small: SmallNewsroom) -> None:
    others = [f"/a/{number}" for number in range(1, 6)]
    small.site.publish(["/a/killer", *others])
    small.site.answers["/sitemap.xml"] = sitemap(["/a/killer", *others])
    statuses = [small.crawl(at=FIRST_DAY + day * DAY, patch=KILLER).status for day in range(5)]
    assert statuses == [KILLED] * 5
    assert small.crawl(at=FIRST_DAY + 5 * DAY, patch=KILLER).status in (0, 3)
    addresses = small.addresses()
    assert addresses["/a/killer"] == ("parked", "killed the process each time")
    assert {path: addresses[path][0] for path in others} == dict.fromkeys(others, "done")
    assert set(small.articles()) == set(others)


def test_a_site_that_is_down_for_hours_loses_nothing(small: SmallNewsroom) -> None:
    paths = [f"/a/{number}" for number in range(8)]
    small.site.answers |= dict.fromkeys(paths, Answer("", 503))
    small.site.answers["/sitemap.xml"] = sitemap(paths)
    down = [small.crawl(at=FIRST_DAY + number * TEN_MINUTES) for number in range(5)]
    assert {ended.status for ended in down} == {3}
    assert len(down[0].pages) in range(3, 6)
    # Left alone for 10, 20 and 40 minutes; a second page may be under way when it begins.
    assert [len(ended.pages) in (1, 2) for ended in down[1:]] == [True, False, True, False]
    assert down[2].asked == down[4].asked == []
    assert "small.test is left alone until 2024-05-14 13:30 UTC: status 503" in down[2].out + down[2].err
    small.site.publish(paths)
    assert small.crawl(at=FIRST_DAY + 7 * TEN_MINUTES).status == 0
    assert set(small.articles()) == set(paths)


def test_a_robots_file_that_cannot_be_read_loses_nothing(small: SmallNewsroom) -> None:
    paths = [f"/a/{number}" for number in range(8)]
    small.site.publish(paths)
    small.site.answers["/sitemap.xml"] = sitemap(paths)
    small.crawl("--limit", "1", at=FIRST_DAY - 2 * DAY)
    assert len(small.articles()) == 1
    small.site.answers["/robots.txt"] = Answer("", 500)
    down = [small.crawl(at=FIRST_DAY + number * TEN_MINUTES) for number in range(6)]
    assert {ended.status for ended in down} <= {3, 4}
    assert {target for ended in down for target in ended.asked} == {"/robots.txt"}
    del small.site.answers["/robots.txt"]
    assert small.crawl(at=FIRST_DAY + 6 * TEN_MINUTES).status == 0
    assert set(small.articles()) == set(paths)


def test_what_was_refused_is_looked_at_again_within_hours_and_not_for_ever(small: SmallNewsroom) -> None:
    refusals = {
        "absent": NOT_FOUND,
        "maintenance": Answer("<html><head><title>Техникалық жұмыстар</title></head><p>Кейінірек келіңіз</p></html>"),
        "elsewhere": redirect("https://maintenance.test/"),
    }
    passing = [f"/a/passing-{kind}" for kind in refusals]
    lasting = [f"/a/lasting-{kind}" for kind in refusals]
    for paths in (passing, lasting):
        small.site.answers |= dict(zip(paths, refusals.values(), strict=True))
    small.site.answers["/sitemap.xml"] = sitemap([*passing, *lasting])
    small.crawl()
    assert small.articles() == {}
    small.site.publish(passing)
    again = small.crawl(at=FIRST_DAY + timedelta(hours=1, minutes=5))
    assert sorted(again.pages) == sorted([*passing, *lasting])
    assert set(small.articles()) == set(passing)
    assert small.crawl(at=FIRST_DAY + DAY).pages == []


def test_saved_pages_of_an_earlier_day_turn_nothing_back(small: SmallNewsroom) -> None:
    paths = ["/a/edited", "/a/gone", "/a/same"]
    small.site.publish(paths)
    small.site.answers["/sitemap.xml"] = sitemap(paths)
    assert small.crawl("--record", "first.warc.gz").status == 0
    assert set(small.articles()) == set(paths)
    small.site.answers |= {
        "/a/edited": article_page("edited", headline="Өзгертілген тақырып"),
        "/a/gone": Answer("", 410),
        "/sitemap.xml": sitemap(paths, lastmod=dict.fromkeys(paths[:2], "2024-05-15T09:00:00+05:00")),
    }
    assert small.crawl(at=FIRST_DAY + DAY).status == 0
    second = small.articles()
    assert set(second) == {"/a/edited", "/a/same"}
    assert second["/a/edited"].headline == "Өзгертілген тақырып"
    saved = small.crawl("--saved", "first.warc.gz", at=FIRST_DAY + 2 * DAY)
    assert (saved.status, saved.asked) == (0, [])
    assert small.articles() == second


def test_an_article_lives_on_when_its_old_address_is_gone(small: SmallNewsroom) -> None:
    small.site.publish(["/a/new"])
    small.site.answers |= {"/a/old": redirect("/a/new"), "/sitemap.xml": sitemap(["/a/old"])}
    assert small.crawl().status == 0
    assert set(small.articles()["/a/new"].addresses) == {f"{SITE}a/old", f"{SITE}a/new"}
    small.site.answers |= {
        "/a/old": Answer("", 410),
        "/sitemap.xml": sitemap(["/a/old"], lastmod={"/a/old": "2024-05-15T09:00:00+05:00"}),
    }
    assert small.crawl(at=FIRST_DAY + DAY).pages == ["/a/old", "/a/new"]
    assert set(small.articles()) == {"/a/new"}
    small.site.answers |= {
        "/a/new": Answer("", 410),
        "/sitemap.xml": sitemap(["/a/new"], lastmod={"/a/new": "2024-05-16T09:00:00+05:00"}),
    }
    assert small.crawl(at=FIRST_DAY + 2 * DAY).pages == ["/a/new"]
    assert small.articles() == {}


def test_robots_rules_behind_a_byte_order_mark_are_obeyed(small: SmallNewsroom) -> None:
    small.site.publish(["/a/open", "/a/closed"])
    small.site.answers |= {
        "/robots.txt": Answer("\ufeffUser-agent: *\nDisallow: /a/closed\n", headers={"Content-Type": "text/plain"}),
        "/sitemap.xml": sitemap(["/a/open", "/a/closed"]),
    }
    assert small.crawl().pages == ["/a/open"]
    assert small.addresses()["/a/closed"] == ("rejected", "disallowed by robots.txt")


def test_an_unknown_spider_argument_crawls_nothing(small: SmallNewsroom) -> None:
    small.site.publish(["/a/1"])
    small.site.answers["/sitemap.xml"] = sitemap(["/a/1"])
    ended = small.scrapy_crawl("-a", "save=x")
    assert ended.asked == []
    assert "unknown spider argument 'save'" in ended.err
    assert "did you mean 'saved'" in ended.err
    assert small.scrapy_crawl().pages == ["/a/1"]


@pytest.mark.parametrize("names", [("empty", "small"), ("small", "empty")])
def test_saved_pages_of_one_newsroom_are_no_end_of_the_other(small: SmallNewsroom, names: tuple[str, str]) -> None:
    small.define(name="empty", host="empty.test")
    saved = small.folder / "saved"
    saved.mkdir()
    for number in range(2):
        url = f"{SITE}a/{number}"
        page = f"<!-- saved from url=({len(url):04}){url} -->\n{article_page(url).body!s}"
        (saved / f"{number}.html").write_text(page, encoding="utf-8")
    ended = small.crawl("--saved", saved, names=names)
    assert (ended.status, ended.asked) == (3, [])
    assert f"empty: {saved} holds no page of empty" in ended.out + ended.err
    assert "small: new 2" in ended.out
    assert set(small.articles()) == {"/a/0", "/a/1"}
