"""One page out of saved pages of any site."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.http import Response

from newscrawler.errors import ArchiveError, UsageError
from spiders.fetching.saved_anywhere import open_any_pages, saved_page_at
from spiders.fetching.saved_warc import WarcRecorder
from tests.conftest import NOW

SITE, OTHER = "https://newsroom.test/kk/news/", "https://other.test/"


def warc(file: Path, *urls: str) -> Path:
    recorder = WarcRecorder(file)
    for hours, url in enumerate(urls):
        body = f"<p>{hours}".encode()
        recorder.write(Request(url), Response(url, body=body), NOW + timedelta(hours=hours))
    recorder.close()
    return file


def test_pages_of_every_site_are_found(tmp_path: Path) -> None:
    saved = open_any_pages(warc(tmp_path / "a.warc", SITE + "1", OTHER, SITE + "1?utm_source=x"))
    assert saved.addresses() == [SITE + "1", OTHER]
    assert saved.page(SITE + "1").body() == b"<p>2"
    assert saved.elsewhere == []


def test_the_only_page_needs_no_address(tmp_path: Path) -> None:
    page = saved_page_at(warc(tmp_path / "a.warc.gz", SITE + "1"), None)
    assert (page.url, page.fetched_at, page.body()) == (SITE + "1", NOW, b"<p>0")


def test_one_of_several_is_chosen_by_any_form_of_its_address(tmp_path: Path) -> None:
    warc(tmp_path / "a.warc", SITE + "1", SITE + "2")
    for url in (f"{SITE}2?utm_source=x#top", "http://www.newsroom.test/kk/news/2"):
        assert saved_page_at(tmp_path, url).body() == b"<p>1"
    warc(tmp_path / "b.warc", "http://newsroom.test/kk/news/2")
    assert saved_page_at(tmp_path, f"{SITE}2").body() == b"<p>1"
    assert saved_page_at(tmp_path, "http://newsroom.test/kk/news/2").body() == b"<p>0"


def test_where_several_are_there_some_are_named(tmp_path: Path) -> None:
    file = warc(tmp_path / "a.warc", OTHER, SITE + "1", SITE + "2-maqala", SITE + "3-uzyn-maqala")
    with pytest.raises(UsageError, match="holds 4 pages") as raised:
        saved_page_at(file, None)
    assert raised.value.remedy == (
        f"Choose one with --url, such as --url {SITE}3-uzyn-maqala, or {SITE}2-maqala, or {SITE}1"
    )


@pytest.mark.parametrize(
    ("url", "told"),
    [
        (SITE + "3-maqala", f"Near to it is --url {SITE}2-maqala"),
        (SITE + "2-maqalalar", f"Near to it is --url {SITE}2-maqala"),
        ("https://a.kz/", f"One that is there is --url {SITE}2-maqala"),
    ],
)
def test_near_addresses_are_named_where_the_wanted_one_is_not_there(url: str, told: str, tmp_path: Path) -> None:
    file = warc(tmp_path / "a.warc", SITE + "2-maqala", "https://x.test/q")
    with pytest.raises(UsageError, match="holds no page of") as raised:
        saved_page_at(file, url)
    assert told in raised.value.remedy
    assert "(pages: 2; files not used: 0)" in raised.value.problem


def test_a_lone_page_takes_the_address_that_it_is_given(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    comment = "<!--\n Page saved with SingleFile \n url: {} \n saved date: Tue May 14 2024 18:00:00 GMT+0500 \n-->"
    file.write_text("<html>" + comment.format(SITE + "1"))
    assert saved_page_at(file, None).url == SITE + "1"
    page = saved_page_at(file, SITE + "9")
    assert (page.url, page.fetched_at) == (SITE + "9", datetime(2024, 5, 14, 13, 0, tzinfo=UTC))
    file.write_text("<html>")
    os.utime(file, (NOW.timestamp(), NOW.timestamp()))
    assert saved_page_at(file, SITE + "9").fetched_at == NOW
    with pytest.raises(ArchiveError, match="carries no address of its own") as raised:
        saved_page_at(file, None)
    assert raised.value.remedy == "Give the address it was fetched from with --url"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [("a.html", b"text", "no HTML"), ("a.warc", b"text", r"the first is a\.warc: no WARC"), ("a.zip", b"PK", "zip")],
)
def test_what_holds_no_page_is_an_error_that_says_why(name: str, content: bytes, told: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    for url in (None, SITE):
        with pytest.raises(ArchiveError, match=told):
            saved_page_at(tmp_path / name, url)


@pytest.mark.parametrize("url", ["newsroom", "", "ftp://newsroom.test/", "https://newsroom.test:99999/", "http://["])
def test_what_is_no_address_is_an_error(url: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not an absolute http or https address"):
        saved_page_at(tmp_path, url)
