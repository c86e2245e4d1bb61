"""Lists and sitemaps that break off, lie, change behind their validators or hold what they should not."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.end_to_end.small_site import (
    FIRST_DAY,
    Answer,
    SmallNewsroom,
    SmallSite,
    listing,
    listing_pages,
    sitemap,
    source,
)

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
SITEMAP = source("sitemap", "/sitemap.xml")
INDEX = source("sitemap", "/index.xml")
LIST = source("listing", "/list", item="div.entry", next_page="a.next")
JSON = {"Content-Type": "application/json"}
STORE_REFUSES = """
from newscrawler.errors import StoreError
import newscrawler.store.sources as place
def refuse(*args, **kwargs):
    raise StoreError("the disk is full")
place.update_source = refuse
"""


@pytest.fixture
def small(tmp_path: Path) -> Iterator[SmallNewsroom]:
    with SmallSite() as site:
        yield SmallNewsroom(tmp_path, site)


def paths(first: int, last: int) -> list[str]:
    """The paths of articles as a list has them, the newest first."""
    return [f"/a/{number}" for number in range(first, last - 1, -1)]


def test_an_impossible_address_costs_no_other(small: SmallNewsroom) -> None:
    small.define(SITEMAP)
    good = paths(4, 1)
    small.site.publish(good)
    small.site.answers["/sitemap.xml"] = sitemap([*good[:2], "https://small.test:99999/a/x", *good[2:]])
    assert small.crawl().status == 0
    assert set(small.articles()) == set(good)


def test_an_unchanged_index_hides_no_change_of_its_sitemaps(small: SmallNewsroom) -> None:
    small.define(INDEX)
    small.site.publish(paths(4, 1))
    named = ["/undated.xml", "/failing.xml"]
    small.site.answers |= {
        "/index.xml": sitemap(named, lastmod={"/failing.xml": "2024-05-14"}, etag='"index"', index=True),
        "/undated.xml": sitemap(["/a/1"], etag='"one"'),
        "/failing.xml": Answer("", 503),
    }
    assert small.crawl().status == 3
    assert set(small.articles()) == {"/a/1"}
    small.site.answers |= {"/undated.xml": sitemap(["/a/1", "/a/2"], etag='"two"'), "/failing.xml": sitemap(["/a/3"])}
    second = small.crawl(at=FIRST_DAY + DAY)
    assert second.status == 0
    assert set(small.articles()) == {"/a/1", "/a/2", "/a/3"}
    assert all(second.asked.count(document) == 1 for document in ["/index.xml", *named])


def test_indexes_that_name_each_other_are_asked_once(small: SmallNewsroom) -> None:
    small.define(source("sitemap", "/0.xml"))
    ring = [f"/{number}.xml" for number in range(6)]
    small.site.answers |= {document: sitemap(ring, index=True) for document in ring}
    for day in range(2):
        assert Counter(small.crawl(at=FIRST_DAY + day * DAY).asked) - Counter(["/robots.txt"]) == Counter(ring)


def test_an_old_link_at_each_pages_end_ends_no_list(small: SmallNewsroom) -> None:
    small.define(source("listing", "/list", next_page="a.next"))
    small.site.publish(paths(22, 1))
    small.site.answers |= listing_pages("/list", paths(14, 1), a_page=5, last=["/a/3"])
    assert small.crawl().status == 0
    assert set(small.articles()) == set(paths(14, 1))
    small.site.answers |= listing_pages("/list", paths(22, 1), a_page=5, last=["/a/3"])
    second = small.crawl(at=FIRST_DAY + DAY)
    assert second.status == 0
    assert set(small.articles()) == set(paths(22, 1))
    assert "/list?page=5" not in second.asked


def test_a_pinned_entry_neither_ends_a_list_nor_keeps_it_going(small: SmallNewsroom) -> None:
    small.define(LIST)
    small.site.publish(paths(20, 1))
    small.site.answers |= listing_pages("/list", ["/a/1", *paths(12, 2)], a_page=4)
    assert small.crawl().status == 0
    assert set(small.articles()) == set(paths(12, 1))
    assert small.crawl(at=FIRST_DAY + HOUR).asked == ["/list"]
    small.site.answers |= listing_pages("/list", ["/a/1", *paths(20, 2)], a_page=4)
    third = small.crawl(at=FIRST_DAY + 2 * HOUR)
    assert third.status == 0
    assert set(small.articles()) == set(paths(20, 1))
    assert "/list?page=5" not in third.asked


def test_a_sitemap_that_broke_off_is_read_again_whole(small: SmallNewsroom) -> None:
    small.define(SITEMAP)
    small.site.publish(paths(10, 1))
    whole = sitemap(paths(10, 1), etag='"same"')
    small.site.answers["/sitemap.xml"] = replace(whole, body=whole.body[: len(whole.body) // 2])
    assert small.crawl().status == 3
    assert 0 < len(small.articles()) < 10
    small.site.answers["/sitemap.xml"] = whole
    assert small.crawl(at=FIRST_DAY + HOUR).status == 0
    assert set(small.articles()) == set(paths(10, 1))


def test_a_page_of_advertisements_ends_no_list(small: SmallNewsroom) -> None:
    small.define(LIST)
    small.site.publish(paths(10, 1))
    advertisements = [f"/jarnama/{number}" for number in range(5)]
    small.site.answers |= listing_pages("/list", [*paths(10, 6), *advertisements, *paths(5, 1)], a_page=5)
    assert small.crawl().status == 0
    assert set(small.articles()) == set(paths(10, 1))


def test_a_mended_newsroom_file_reads_unchanged_sources_again(small: SmallNewsroom) -> None:
    small.define(LIST, INDEX, include="^/a/1$")
    small.site.publish(paths(6, 1))
    small.site.answers |= {
        "/list": listing(paths(3, 1), etag='"list"'),
        "/index.xml": sitemap(["/may.xml"], lastmod={"/may.xml": "2024-05-14"}, etag='"index"', index=True),
        "/may.xml": sitemap(paths(6, 4), etag='"may"'),
    }
    small.crawl()
    assert set(small.articles()) == {"/a/1"}
    small.define(LIST, INDEX)
    assert small.crawl(at=FIRST_DAY + HOUR).status == 0
    assert set(small.articles()) == set(paths(6, 1))


def test_a_source_that_cannot_be_kept_is_owed(small: SmallNewsroom) -> None:
    small.define(LIST)
    small.site.publish(paths(3, 1))
    small.site.answers["/list"] = listing(paths(3, 1), etag='"list"')
    refused = small.crawl(patch=STORE_REFUSES)
    assert refused.status in (3, 4), refused
    assert "the disk is full" in refused.out + refused.err
    assert small.crawl(at=FIRST_DAY + HOUR).status == 0
    assert set(small.articles()) == set(paths(3, 1))


def test_a_boundless_address_costs_no_other_on_either_engine(tmp_path: Path, store_url: str) -> None:
    # Without repetition: PostgreSQL packs what it indexes, and 6,000 equal letters fit.
    boundless = "/a/" + "".join(random.Random(1).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=6000))
    with SmallSite() as site:
        small = SmallNewsroom(tmp_path, site, store_url)
        small.define(LIST)
        site.publish([*paths(4, 1), boundless])
        site.answers["/list"] = listing([*paths(4, 3), boundless, *paths(2, 1)])
        assert small.crawl().status == 0
        assert set(small.articles()) == set(paths(4, 1))


def test_a_sitemap_of_five_megabytes_is_read(small: SmallNewsroom) -> None:
    small.define(SITEMAP)
    small.site.publish(paths(3, 1))
    others = [f"/muragat/2024/{number:05}" for number in range(49_997)]
    locations = ["/a/3", *others[:25_000], "/a/2", *others[25_000:], "/a/1"]
    small.site.answers["/sitemap.xml"] = sitemap(
        locations, lastmod=dict.fromkeys(locations, "2024-05-14T09:00:00+05:00")
    )
    assert len(small.site.answers["/sitemap.xml"].body) > 5_000_000
    assert small.crawl().status == 0
    assert set(small.articles()) == set(paths(3, 1))


def test_json_lists_that_cannot_be_read_are_failed_sources(small: SmallNewsroom) -> None:
    kinds = {
        # Half of a character that JSON writes as two: json reads it, and nothing can write it.
        "/surrogate": json.dumps({"html": '<div class="entry"><a href="/a/1">\ud83d Атау</a></div>'}),
        "/deep": '{"html": ' + "[" * 100_000,
        "/number": '{"html": {"first": 1}}',
    }
    small.define(*(source("listing", path, item="div.entry", json_html="html") for path in kinds))
    small.site.publish(["/a/1"])
    small.site.answers |= {path: Answer(body, headers=JSON) for path, body in kinds.items()}
    ended = small.crawl()
    assert ended.status == 3, ended
    assert "bug" not in (ended.out + ended.err).lower()
    outcomes = small.outcomes()
    assert {path for path in kinds if outcomes[path] != "read"} == {"/deep", "/number"}
    assert set(small.articles()) == {"/a/1"}


def test_limit_takes_the_first_of_an_undated_list(small: SmallNewsroom) -> None:
    small.define(LIST)
    small.site.publish(paths(9, 1))
    small.site.answers["/list"] = listing(paths(9, 1))
    ended = small.crawl("--limit", "2")
    # Two are asked at once, and either may be there first.
    assert (ended.status, sorted(ended.pages)) == (0, sorted(paths(9, 8)))
    assert set(small.articles()) == set(paths(9, 8))
