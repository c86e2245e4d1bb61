"""Readers that ask again: who has a feed gets status 304, from the poll on at which the reader asks so."""

from __future__ import annotations

from pathlib import Path

import feedparser
from reader import make_reader

from tests.feeds.published import Published
from tests.feeds.readers.installed_readers import Newsboat
from tests.feeds.readers.test_readers import expected
from tests.feeds.serving.running import running

FEEDS = ("all/all/all.rss", "all/all/all.atom")


def test_feedparser_gets_304_on_its_second_poll(newsroom_feeds: Published) -> None:
    with running(newsroom_feeds.folder) as server:
        for name in FEEDS:
            address = f"{server.address}{name}"
            first = feedparser.parse(address)
            assert (first.status, first.bozo, len(first.entries)) == (
                200,
                False,
                len(newsroom_feeds.listed("all/all/all")),
            )
            assert first.headers["content-encoding"] == "gzip"
            by_etag = feedparser.parse(address, etag=first.etag)
            by_date = feedparser.parse(address, modified=first.modified)
            assert [(one.status, one.entries) for one in (by_etag, by_date)] == [(304, []), (304, [])]
        assert server.answers == [(f"/{name}", status) for name in FEEDS for status in (200, 304, 304)]


def test_reader_gets_304_on_its_second_poll(newsroom_feeds: Published) -> None:
    with running(newsroom_feeds.folder) as server:
        reader = make_reader(":memory:")
        for name in FEEDS:
            reader.add_feed(f"{server.address}{name}")
        reader.update_feeds(scheduled=False)
        reader.update_feeds(scheduled=False)
        reader.close()
        assert sorted(server.answers) == sorted((f"/{name}", status) for name in FEEDS for status in (200, 304))


def test_newsboat_reads_every_article_once_and_gets_304_on_its_third_poll(
    newsroom_feeds: Published, tmp_path: Path
) -> None:
    with running(newsroom_feeds.folder) as server:
        for name in FEEDS:
            folder = tmp_path / name.replace("/", "-")
            folder.mkdir()
            newsboat = Newsboat(folder, [f"{server.address}{name}"])
            for _ in range(3):
                newsboat.reload()
            articles = newsroom_feeds.listed("all/all/all")
            assert newsboat.shown() == [expected(article) for article in articles]
        asked = {name: [status for path, status in server.answers if path == f"/{name}"] for name in FEEDS}
        # It keeps the validators of the second answer.
        assert all(statuses[-1] == 304 and statuses[0] == 200 for statuses in asked.values()), asked
        everything = tmp_path / "everything"
        everything.mkdir()
        facets = [facet for facet in newsroom_feeds.facets if facet.startswith("kk/all/")]
        newsboat = Newsboat(everything, [f"{server.address}{facet}.rss" for facet in facets])
        newsboat.reload()
    # It keeps an article by its id over all feeds: one that had two would be there twice.
    listed = [expected(article) for facet in facets for article in newsroom_feeds.listed(facet)]
    assert len(set(listed)) < len(listed)
    assert sorted(newsboat.shown()) == sorted(set(listed))
