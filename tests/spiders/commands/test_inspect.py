"""`inspect` on saved pages in their forms."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from scrapy import Request
from scrapy.http import Response

from newscrawler.project import project_folder
from spiders.fetching.saved_warc import WarcRecorder
from tests.conftest import NOW
from tests.verb_calls import Shown

SITE = "https://a.test/"
SAMPLES = project_folder() / "tests" / "saved_samples"


def test_a_page_of_an_archive_brings_address_charset_and_moment(
    verb: Callable[..., Shown], article: Callable[[str, str], bytes], tmp_path: Path
) -> None:
    recorder = WarcRecorder(tmp_path / "a.warc.gz")
    answers = [
        Response(
            SITE + "1",
            body=article("Шымкентте мектеп ашылды", "бугін, 10:20"),
            headers={"Content-Type": "text/html; charset=windows-1251"},
        ),
        Response(SITE + "2", status=404, body=b"<h1>404"),
    ]
    for answer in answers:
        recorder.write(Request(answer.url), answer, NOW)
    recorder.close()
    shown = verb("inspect", "a.warc.gz", "--url", SITE + "1", "--json")
    assert (shown.status, shown.err) == (0, "")
    found = json.loads(shown.out)
    assert (found["url"], found["headline"]) == (SITE + "1", "Шымкентте мектеп ашылды")
    assert found["fetched_at"][:10] == f"{NOW:%Y-%m-%d}"
    gone = verb("inspect", "a.warc.gz", "--url", SITE + "2")
    assert (gone.status, gone.out) == (4, "")
    assert "status 404" in gone.err


def test_which_page_is_meant_is_asked_in_one_line(verb: Callable[..., Shown]) -> None:
    shown = verb("inspect", SAMPLES / "pages.wacz")
    assert (shown.status, shown.out, shown.err.count("\n")) == (2, "", 1)
    assert "holds 7 pages. Choose one with --url, such as --url http://newsroom.test/" in shown.err
    missed = verb("inspect", SAMPLES / "pages.wacz", "--url", "https://newsroom.test/kk/news/51001-turkistan")
    assert (missed.status, missed.out) == (2, "")
    assert "Near to it is --url http://newsroom.test/kk/news/5" in missed.err
    nothing = verb("inspect", "none.warc")
    assert (nothing.status, nothing.err.count("\n")) == (2, 1)
    assert "cannot read none.warc" in nothing.err


def test_a_page_in_a_folder_is_read_as_its_newsrooms(verb: Callable[..., Shown]) -> None:
    url = "https://newsroom.test/kk/news/51001-turkistan-oblysynda-gollandtyq-zhylyzhai-kesheni-salynady"
    found = json.loads(verb("inspect", SAMPLES / "browser", "--url", url, "--json").out)
    assert (found["newsroom"], found["canonical_url"]) == ("newsroom_test", url)
