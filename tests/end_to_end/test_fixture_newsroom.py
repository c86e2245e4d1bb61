"""The fixture newsroom crawled over loopback and from saved pages, held against its truth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from newscrawler.article import Article
from tests.end_to_end.against_truth import differences
from tests.end_to_end.commands import command, environment, scrapy
from tests.newsroom.server import NewsroomServer
from tests.newsroom.truth import truth

Stored = Callable[[Path], list[Article]]


def crawl(folder: Path, server: NewsroomServer, day: int = 1) -> None:
    env = environment(server.address, day, NEWSCRAWLER_REVISIT="")
    ended = command("crawl", "newsroom_test", at=folder, env=env)
    assert (ended.status, ended.err) == (0, ""), ended


def targets(server: NewsroomServer) -> list[str]:
    return [request.target for request in server.requests]


def test_over_loopback_as_in_the_truth(tmp_path: Path, newsroom_server: NewsroomServer, stored: Stored) -> None:
    crawl(tmp_path, newsroom_server)
    assert differences(stored(tmp_path), truth(1)) == []
    asked = targets(newsroom_server)
    assert not [target for target in asked if target.startswith(("/search", "/amp/"))]
    assert asked[0] == "/robots.txt"
    assert asked.count("/robots.txt") == 1


def test_from_saved_pages_the_same_articles(
    tmp_path: Path, newsroom_server: NewsroomServer, stored: Stored, examples: Path
) -> None:
    live, saved = tmp_path / "live", tmp_path / "saved"
    for folder in (live, saved):
        folder.mkdir()
    crawl(live, newsroom_server)
    newsroom_server.clear()
    ended = command("crawl", "newsroom_test", "--saved", examples, at=saved, env=environment())
    assert (ended.status, ended.err) == (0, ""), ended
    assert newsroom_server.requests == []
    of_page = {article.canonical_url: _of_the_page(article) for article in stored(live)}
    assert {article.canonical_url: _of_the_page(article) for article in stored(saved)} == of_page


def test_recorded_and_read_again_the_same_articles(
    tmp_path: Path, newsroom_server: NewsroomServer, stored: Stored
) -> None:
    live, again, warc = tmp_path / "live", tmp_path / "again", tmp_path / "crawl.warc.gz"
    for folder in (live, again):
        folder.mkdir()
    env = environment(newsroom_server.address)
    assert command("crawl", "newsroom_test", "--record", warc, at=live, env=env).status == 0
    assert command("crawl", "newsroom_test", "--saved", warc, at=again, env=environment()).status == 0
    assert differences(stored(again), truth(1)) == []


def test_the_next_day_asks_for_what_changed_and_nothing_else(
    tmp_path: Path, newsroom_server: NewsroomServer, stored: Stored
) -> None:
    crawl(tmp_path, newsroom_server)
    before = {article.canonical_url: article for article in stored(tmp_path)}
    first_day = set(targets(newsroom_server))
    newsroom_server.clear()
    newsroom_server.switch_to(2)
    crawl(tmp_path, newsroom_server, day=2)
    after = {article.canonical_url: article for article in stored(tmp_path)}
    assert differences(after.values(), truth(2)) == []
    new, gone = after.keys() - before.keys(), before.keys() - after.keys()
    updated = {url for url in after.keys() & before.keys() if after[url].headline != before[url].headline}
    assert (len(new), len(updated), len(gone)) == (6, 3, 1)
    assert all(after[url].id == before[url].id and after[url].date_modified for url in updated)
    asked = Counter(targets(newsroom_server))
    pages = {urlsplit(url).path for url in new | updated | gone}
    assert set(asked.values()) == {1}
    assert pages <= asked.keys()
    sources = asked.keys() - pages
    assert sources <= first_day
    assert all(
        request.status == 410
        for request in newsroom_server.requests
        if request.target in {urlsplit(url).path for url in gone}
    )
    assert sorted(sources) == [
        "/ajax/more?p=1",
        "/kk/news/?page=1",
        "/news-sitemap.xml",
        "/rss/kk.xml",
        "/rss/old.xml",
        "/rss/ru.xml",
        "/ru/news/?page=1",
        "/sitemap.xml",
        "/sitemaps/2024-05.xml",
    ]


def test_a_quiet_run_asks_each_source_once(tmp_path: Path, newsroom_server: NewsroomServer, stored: Stored) -> None:
    crawl(tmp_path, newsroom_server)
    before = stored(tmp_path)
    newsroom_server.clear()
    crawl(tmp_path, newsroom_server)
    assert stored(tmp_path) == before
    statuses = {request.target: request.status for request in newsroom_server.requests}
    assert len(statuses) == len(newsroom_server.requests) == 7
    assert set(statuses.values()) == {304}


def test_scrapy_itself_crawls_and_exports(tmp_path: Path, stored: Stored, examples: Path) -> None:
    env = environment()
    listed = scrapy("list", at=tmp_path, env=env)
    assert {"newsroom_kz", "newsroom_test"} <= set(listed.out.split())
    ended = scrapy("crawl", "newsroom_test", "-a", f"saved={examples}", "-O", "out.jsonl", at=tmp_path, env=env)
    assert (ended.status, ended.err) == (0, ""), ended
    assert differences(stored(tmp_path), truth(1)) == []
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) >= len(truth(1))
    assert all('"headline"' in line for line in lines)


def _of_the_page(article: Article) -> Article:
    """The article without what depends on how its page was found: fetched again, first, under which address."""
    return replace(
        article,
        url="",
        addresses=[],
        first_seen=None,
        fetched_at=article.fetched_at.replace(microsecond=0),
        sources={},
        date_source=None,
        story=None,
        relation=None,
    )
