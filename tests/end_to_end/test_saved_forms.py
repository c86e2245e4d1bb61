"""Pages of the fixture newsroom saved with the real tools, crawled from what they left, and held against the truth."""

from __future__ import annotations

import gzip
import os
from collections.abc import Collection, Mapping
from pathlib import Path

from scrapy import Request, Spider
from scrapy.extensions.httpcache import FilesystemCacheStorage
from scrapy.http import Response
from scrapy.settings import Settings
from scrapy.utils.test import get_crawler

from newscrawler.project import project_folder
from tests.end_to_end.against_truth import differences
from tests.end_to_end.commands import environment
from tests.end_to_end.crawl_archives import CrawledArchive, crawl_archives
from tests.end_to_end.saving_tools import browser, httrack, saved_at, single_file, wget
from tests.newsroom.clock import CLOCK, http_date
from tests.newsroom.server import NewsroomServer
from tests.newsroom.site import build_site
from tests.newsroom.traps import EMPTY
from tests.newsroom.truth import truth

LISTS = ["/kk/news/?page=1", "/ru/news/?page=1"]
JSON_LD = "/kk/news/51001-turkistan-oblysynda-gollandtyq-zhylyzhai-kesheni-salynady"
# Only its JSON-LD tells the minute; the list says "today" and the minute too.
DATED_BY_LIST = "/ru/news/61001-gollandskie-investory-teplitsy-turkestanskaya-oblast"
WINDOWS_1251 = "/kk/news/51004-oqo-da-su-tasqynynan-296-ui-zardap-shekti"
WORDPRESS = "/ru/news/62009-derevyannuyu-mechet-vosstanovili-v-pavlodare"
DIV_BLOCKS = "/kk/news/53006-aqtauda-tushytu-zauytynyn-qurylysy-bastaldy"
ARTICLES = [JSON_LD, DATED_BY_LIST, WINDOWS_1251, WORDPRESS, DIV_BLOCKS]
TARGETS = [*LISTS, *ARTICLES]
SITE = "https://newsroom.test"
SAMPLES = project_folder() / "tests" / "saved_samples"


def crawl(archives: Mapping[str, Path], at: Path, server: NewsroomServer | None = None) -> dict[str, CrawledArchive]:
    """Crawls the archives, from which no request may lead to the server, which would answer one."""
    if server is None:
        return crawl_archives(archives, at, environment())
    server.clear()
    crawled = crawl_archives(archives, at, environment(server.address))
    assert server.requests == []
    return crawled


def lost(crawled: CrawledArchive, targets: Collection[str] = ARTICLES) -> list[str]:
    """What is otherwise than in the truth about the articles that were saved, a line each, without the site's name."""
    assert crawled.problem is None
    expected = [record for record in truth(1) if record["url"].removeprefix(SITE) in targets]
    return [line.removeprefix(SITE) for line in differences(crawled.articles, expected)]


def test_wget(tmp_path: Path, newsroom_server: NewsroomServer) -> None:
    options = {
        "mirror": ["--force-directories"],
        "converted": ["--force-directories", "--adjust-extension", "--convert-links"],
        "originals": ["--force-directories", "--adjust-extension", "--convert-links", "--backup-converted"],
        "flat": ["--no-directories"],
        "warc": ["--delete-after", "--no-directories", "--warc-file=pages", "--warc-max-size=20K"],
    }
    archives = {
        name: wget(newsroom_server, tmp_path / name, TARGETS, *arguments) for name, arguments in options.items()
    }
    # A mirror's pages have the time of their files: they are to be saved by the newsroom's clock.
    for file in (file for archive in archives.values() for file in archive.rglob("*") if file.is_file()):
        os.utime(file, (CLOCK[1].timestamp(),) * 2)
    crawled = crawl(archives, tmp_path, newsroom_server)
    assert {name: lost(each) for name, each in crawled.items()} == {name: [] for name in options}
    forms = {name: each.saved["forms"] for name, each in crawled.items()}
    mirror = {"mirror": len(TARGETS)}
    assert forms == {
        "mirror": mirror,
        "converted": mirror,
        "originals": mirror,
        "flat": {"HTML": len(TARGETS)},
        "warc": {"WARC": len(TARGETS)},
    }
    assert len(list((tmp_path / "warc").glob("*.warc.gz"))) > 1
    assert {each.saved["unplaced"] for each in crawled.values()} == {0}


def test_httrack(tmp_path: Path, newsroom_server: NewsroomServer) -> None:
    archive = httrack(newsroom_server, tmp_path / "httrack", TARGETS)
    crawled = crawl({"httrack": archive}, tmp_path, newsroom_server)["httrack"]
    assert lost(crawled) == []
    assert crawled.saved == {"pages": 7, "forms": {"HTTrack": 7}, "unplaced": 0, "unreadable": 0, "elsewhere": 0}


def test_chromium_as_mhtml_and_har(tmp_path: Path, newsroom_server: NewsroomServer) -> None:
    archives = browser(newsroom_server, tmp_path / "pages", TARGETS)
    saved_at(archives["mhtml"], http_date(CLOCK[1]))
    crawled = crawl(archives, tmp_path, newsroom_server)
    for form in ("har", "attached", "zip"):
        assert lost(crawled[form]) == []
        assert crawled[form].saved["forms"].keys() == {"HAR"}
        assert crawled[form].saved["pages"] >= len(TARGETS)
        assert crawled[form].saved["unplaced"] == 0
    # MHTML has no scripts, and so no JSON-LD: the article that only JSON-LD dates has the list's date.
    assert lost(crawled["mhtml"]) == []
    dated = next(each for each in crawled["mhtml"].articles if each.canonical_url == SITE + DATED_BY_LIST)
    assert dated.date_source == "discovery"
    assert crawled["mhtml"].saved["forms"] == {"MHTML": len(TARGETS)}


def test_single_file(tmp_path: Path, newsroom_server: NewsroomServer) -> None:
    targets = [JSON_LD, WINDOWS_1251]
    archive = single_file(newsroom_server, tmp_path / "pages", [LISTS[0], *targets])
    crawled = crawl({"single": archive}, tmp_path, newsroom_server)["single"]
    assert crawled.saved["forms"] == {"SingleFile": 3}
    # Pictures lie in the page itself, without their address: only one that the head names is known.
    assert [line.partition(" is ")[0] for line in lost(crawled, targets)] == [
        f"{JSON_LD}: photo credit",
        f"{WINDOWS_1251}: photo credit",
        f"{WINDOWS_1251}: number of images",
    ]


def test_scrapys_cache_and_loose_pages(tmp_path: Path) -> None:
    archives = {name: tmp_path / name for name in ("plain", "packed", "loose")}
    for name, packed in (("plain", False), ("packed", True)):
        storage = FilesystemCacheStorage(Settings({"HTTPCACHE_DIR": str(archives[name]), "HTTPCACHE_GZIP": packed}))
        spider = Spider.from_crawler(get_crawler(), name="news")
        storage.open_spider(spider)
        for target in TARGETS:
            answer = build_site(1).answers[target]
            fields = {**answer.headers, "Content-Encoding": "gzip"}
            body = gzip.compress(answer.body, mtime=0)
            storage.store_response(spider, Request(SITE + target), Response(SITE + target, headers=fields, body=body))
    # Pages without a list that leads to them, as they came, one of them no article.
    archives["loose"].mkdir()
    for number, target in enumerate([*ARTICLES, EMPTY.path]):
        (archives["loose"] / f"{number}.html").write_bytes(build_site(1).answers[target].body)
    crawled = crawl(archives, tmp_path)
    assert {name: lost(each) for name, each in crawled.items()} == {name: [] for name in archives}
    assert crawled["plain"].saved["forms"] == crawled["packed"].saved["forms"] == {"Scrapy cache": len(TARGETS)}
    assert crawled["loose"].saved["forms"] == {"HTML": len(ARTICLES) + 1}
    assert crawled["loose"].counts == {"new": len(ARTICLES), "rejected": 1, "failed": 0}


def test_samples_of_tools_that_no_test_can_run(tmp_path: Path) -> None:
    crawled = crawl({"wacz": SAMPLES / "pages.wacz", "browser": SAMPLES / "browser"}, tmp_path)
    assert lost(crawled["wacz"]) == []
    assert crawled["wacz"].saved["forms"] == {"WACZ": len(TARGETS)}
    of_browser = [JSON_LD, WINDOWS_1251]
    assert lost(crawled["browser"], of_browser) == []
    assert crawled["browser"].saved["forms"] == {"browser": len(of_browser)}
