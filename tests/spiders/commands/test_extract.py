"""`extract` on saved pages in their forms."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from scrapy import Request
from scrapy.http import Response

from newscrawler.project import project_folder
from spiders.fetching.saved_warc import WarcRecorder
from tests.conftest import NOW
from tests.verb_calls import Shown

SITE = "https://a.test/"
CYRILLIC = {"Content-Type": "text/html; charset=windows-1251"}
SAMPLES = project_folder() / "tests" / "saved_samples"


def test_each_page_of_an_archive_gives_its_article_or_says_why_not(
    verb: Callable[..., Shown], article: Callable[[str, str], bytes], tmp_path: Path
) -> None:
    recorder = WarcRecorder(tmp_path / "a.warc.gz")
    answers = [
        Response(SITE + "1", body=article("Ескі такырып бар", "кеше, 10:20"), headers=CYRILLIC),
        Response(SITE + "1", body=article("Жана такырып бар", "кеше, 10:20"), headers=CYRILLIC),
        Response(SITE + "2", status=404, body=b"<h1>404"),
        Response(SITE + "rss", body=b'<?xml version="1.0"?><rss/>', headers={"Content-Type": "application/rss+xml"}),
        Response(SITE + "list", body=b"<p>Hello"),
    ]
    for hours, answer in enumerate(answers):
        recorder.write(Request(answer.url), answer, NOW + timedelta(hours=hours))
    recorder.close()
    shown = verb("extract", tmp_path / "a.warc.gz")
    assert (shown.status, shown.err) == (0, "")
    rows = {row["url"]: row for row in map(json.loads, shown.out.splitlines())}
    assert set(rows) == {SITE + name for name in ("1", "2", "rss", "list")}
    assert all(row["id"] == url for url, row in rows.items())
    assert rows[SITE + "1"]["headline"] == "Жана такырып бар"
    yesterday = NOW.astimezone(NOW.tzinfo) + timedelta(hours=1) - timedelta(days=1)
    assert rows[SITE + "1"]["published"].startswith(f"{yesterday:%Y-%m-%d}T10:20")
    assert rows[SITE + "2"] == {"id": SITE + "2", "url": SITE + "2", "error": "status 404"}
    assert {"id", "url", "error"} == rows[SITE + "rss"].keys() == rows[SITE + "list"].keys()


def test_forms_may_be_mixed_and_files_keep_their_names(verb: Callable[..., Shown], tmp_path: Path) -> None:
    (tmp_path / "damaged.har").write_text("{")
    shown = verb("extract", SAMPLES / "pages.wacz", SAMPLES / "browser", ".")
    rows = [json.loads(line) for line in shown.out.splitlines()]
    articles = [row for row in rows if "error" not in row]
    names = [row["id"] for row in articles]
    files = [name for name in names if not name.startswith("http:")]
    assert len(names) == 7
    assert len(files) == 2
    assert all(Path(name).is_relative_to(SAMPLES / "browser") for name in files)
    assert (shown.status, shown.err) == (3, "damaged.har is left out: no HAR: it has no entries\n")


def test_a_record_that_cannot_be_unpacked_is_named(
    verb: Callable[..., Shown], article: Callable[[str, str], bytes], tmp_path: Path
) -> None:
    recorder = WarcRecorder(tmp_path / "a.warc")
    bad = Response(SITE + "1", body=b"\x1f\x8b damaged", headers={"Content-Encoding": "gzip"})
    for answer in (bad, Response(SITE + "2", body=article("Жана такырып бар", "14.05.2024"), headers=CYRILLIC)):
        recorder.write(Request(answer.url), answer, NOW)
    recorder.close()
    shown = verb("extract", ".")
    assert shown.status == 3
    assert shown.err.startswith(f"{SITE}1 is left out: a.warc: a damaged record")
    assert [json.loads(line)["id"] for line in shown.out.splitlines()] == [SITE + "2"]
