"""Tests of `feeds.archives` and of the archives that are published."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from lxml import etree

import feeds.feed_entries
from feeds.archives import ArchiveChain
from feeds.feed_files import FeedFiles
from newscrawler.config import Config
from newscrawler.errors import PublishError
from newscrawler.store import Store
from newscrawler.store.articles import withdraw_article
from tests.feeds.articles import NOON, article, save
from tests.feeds.publishing import files, read, run

ATOM = {"a": "http://www.w3.org/2005/Atom"}
MAY, APRIL, FEBRUARY = NOON, NOON - timedelta(days=30), NOON - timedelta(days=90)


def test_a_feed_leads_to_the_newest_archive_and_each_to_the_one_before() -> None:
    archives = ["kk/all/all/2024-05", "kk/all/all/2023-12", "ru/all/all/2024-04"]
    chain = ArchiveChain(["kk/all/all", *archives, "kk/all/sport"])
    assert chain.before("kk/all/all") == "kk/all/all/2024-05"
    assert chain.before("kk/all/all/2024-05") == "kk/all/all/2023-12"
    assert chain.before("kk/all/all/2023-12") is None
    assert chain.before("kk/all/sport") is None
    assert chain.after("kk/all/all/2023-12") == "kk/all/all/2024-05"
    assert chain.after("kk/all/all/2024-05") is None


def archive_link(config: Config, path: str) -> str | None:
    feed = etree.fromstring((config.public / f"{path}.atom").read_bytes())
    link = feed.find("a:link[@rel='prev-archive']", ATOM)
    return link.get("href") if link is not None else None


def test_a_reader_that_follows_the_archives_finds_every_entry_once(store: Store, config: Config) -> None:
    few = config.model_copy(update={"entries": 2})
    made = [article(number, date_published=when) for number, when in enumerate((MAY, MAY, MAY, APRIL, FEBRUARY), 1)]
    save(store, *made)
    run(store, few)
    found: list[str] = []
    path: str | None = archive_link(few, "kk/all/all")
    while path is not None:
        place = path.removeprefix(few.base_url).removesuffix(".atom")
        found += [entry.id for entry in read(few, place).entries]
        path = archive_link(few, place)
    assert sorted(found) == sorted(f"tag:news.example,2024:{one.id}" for one in made)
    pages = json.loads((few.public / "kk/all/all.json").read_bytes())
    assert pages["next_url"] == f"{few.base_url}kk/all/all/2024-05.json"


def test_an_archive_changes_only_with_its_own_articles(store: Store, config: Config) -> None:
    save(store, article(1, date_published=APRIL), article(2, date_published=MAY))
    run(store, config)
    before = files(config)
    save(store, article(3, date_published=MAY + timedelta(hours=1)))
    run(store, config)
    changed = {name for name, state in files(config).items() if before.get(name) != state}
    assert "kk/all/all/2024-05.atom" in changed
    assert not [name for name in changed if "2024-04" in name]


def test_a_month_that_comes_late_is_put_into_the_chain(store: Store, config: Config) -> None:
    save(store, article(1, date_published=FEBRUARY), article(2, date_published=MAY))
    run(store, config)
    assert archive_link(config, "kk/all/all/2024-05") == f"{config.base_url}kk/all/all/2024-02.atom"
    save(store, article(3, date_published=APRIL))
    run(store, config)
    assert archive_link(config, "kk/all/all/2024-05") == f"{config.base_url}kk/all/all/2024-04.atom"
    assert archive_link(config, "kk/all/all/2024-04") == f"{config.base_url}kk/all/all/2024-02.atom"


def test_a_month_that_comes_late_is_put_into_the_chain_after_a_failure(
    store: Store, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(store, article(1, date_published=FEBRUARY), article(2, date_published=MAY))
    run(store, config)
    save(store, article(3, date_published=APRIL))
    long = FeedFiles.write_long_feed

    def fail(files: FeedFiles, path: str, *rest: object) -> None:
        if path.endswith("2024-05"):
            raise PublishError("the disk is full")
        long(files, path, *rest)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(FeedFiles, "write_long_feed", fail)
        with pytest.raises(PublishError, match="disk is full"):
            run(store, config)
    run(store, config)
    assert archive_link(config, "kk/all/all/2024-05") == f"{config.base_url}kk/all/all/2024-04.atom"


def test_an_archive_that_loses_its_last_article_stays_empty(store: Store, config: Config) -> None:
    save(store, article(1, date_published=APRIL), article(2, date_published=MAY))
    run(store, config)
    with store.write() as connection:
        withdraw_article(connection, article(1).id, facets_of=lambda _: [])
    run(store, config)
    assert read(config, "kk/all/all/2024-04").entries == []
    assert archive_link(config, "kk/all/all/2024-05") == f"{config.base_url}kk/all/all/2024-04.atom"


def test_a_long_archive_is_written_in_parts(store: Store, config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [article(number) for number in range(1, 8)]
    save(store, *made)
    whole, parts = config, config.model_copy(update={"public": Path(f"{config.public}-in-parts")})
    run(store, whole)
    monkeypatch.setattr(feeds.feed_entries, "_ARTICLES_AT_ONCE", 3)
    run(store, parts)
    for suffix in ("rss", "atom", "json"):
        name = f"kk/all/all/2024-05.{suffix}"
        assert (parts.public / name).read_bytes() == (whole.public / name).read_bytes()
    assert [entry.id for entry in read(parts, "kk/all/all/2024-05").entries] == [
        f"tag:news.example,2024:{one.id}" for one in made[::-1]
    ]
