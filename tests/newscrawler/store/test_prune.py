"""Pruning: what goes, and what must not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from newscrawler.address import AddressState, Discovered
from newscrawler.article import Article, article_to_dict
from newscrawler.crawl import FINISHED
from newscrawler.store import Store, open_store
from newscrawler.store.addresses import counts_by_state, mark_done, record, take
from newscrawler.store.articles import Saved, iterate_articles, save_article, withdraw_article
from newscrawler.store.entries import KeptEntry, entry_problems, keep_entries
from newscrawler.store.facets import facets_to_publish, newest_in_facet
from newscrawler.store.locks import StoreLock
from newscrawler.store.prune import Pruned, prune, shrink
from newscrawler.store.reports import keep_report
from newscrawler.store.runs import begin_run, finish_run
from newscrawler.store.tables import entries, revisions, text_hashes
from tests.conftest import NOW, an_article

KEEP = timedelta(days=30)
OLD = NOW - timedelta(days=60)
ARCHIVES = {OLD: "kk/all/all/2024-03", NOW: "kk/all/all/2024-05"}


def keep_article(store: Store, article: Article, facets: Iterable[str], now: datetime) -> None:
    with store.write() as connection:
        save_article(
            connection,
            article,
            facets_of=lambda _: list(facets),
            hashes=[int.from_bytes(article.id[:7].encode())],
            now=now,
        )
        mark_done(connection, article.newsroom, [article.url], article.id, run=1, now=now)
        fragments = {"rss": b"<item/>" * 1000}
        keep_entries(connection, [KeptEntry(article_id=article.id, key="k", updated=now, fragments=fragments)])


@pytest.fixture
def filled(store: Store) -> Store:
    """30 old articles and 10 new ones in one feed and the archives of their months, an old one with an old and a new
    edit, an old one that is withdrawn, and old and new runs and reports."""
    for number in range(40):
        moment = OLD if number < 30 else NOW
        article = an_article(number, date_published=moment + timedelta(minutes=number), fetched_at=moment)
        keep_article(store, article, ["kk/all/all", ARCHIVES[moment]], moment)
    edited = an_article(0, date_published=OLD, fetched_at=OLD)
    for edit, moment in enumerate((OLD + timedelta(hours=1), NOW)):
        body = [f"Жаңа абзац {edit}"]
        keep_article(store, replace(edited, body=body, fetched_at=moment), ["kk/all/all", ARCHIVES[OLD]], moment)
    with store.write() as connection:
        withdraw_article(connection, an_article(1).id, facets_of=lambda _: [])
        problem = KeptEntry(article_id=an_article(2).id, key="k", problem="no headline")
        keep_entries(connection, [problem])
        for moment in (OLD, NOW):
            for _ in range(3):
                finish_run(connection, begin_run(connection, "newsroom_test", "live", moment), moment, FINISHED, {})
            keep_report(connection, "run", moment, 0, {"moment": moment.isoformat()})
    return store


def count(store: Store, table: object) -> int:
    with store.read() as connection:
        number: int = connection.execute(select(func.count()).select_from(table)).scalar_one()  # type: ignore[arg-type]
        return number


def articles_of(store: Store) -> list[dict[str, object]]:
    with store.read() as connection:
        return [article_to_dict(article) for article in iterate_articles(connection, withdrawn=True)]


def test_what_is_old_and_needed_by_nothing_goes(filled: Store) -> None:
    expected = Pruned(text_hashes=29, entries=24, revisions=2, runs=3, reports=0)
    before = count(filled, entries), count(filled, revisions), count(filled, text_hashes)
    planned = prune(filled, keep=KEEP, now=NOW, in_a_feed=15, success=FINISHED, dry_run=True)
    assert (count(filled, entries), count(filled, revisions), count(filled, text_hashes)) == before
    done = prune(filled, keep=KEEP, now=NOW, in_a_feed=15, success=FINISHED)
    assert planned == done == expected
    after = count(filled, entries), count(filled, revisions), count(filled, text_hashes)
    assert after == (before[0] - 24, before[1] - 2, before[2] - 29)
    again = prune(filled, keep=KEEP, now=NOW, in_a_feed=15, success=FINISHED)
    assert again == Pruned(text_hashes=0, entries=0, revisions=0, runs=0, reports=0)


def test_articles_feeds_archives_and_addresses_stay_as_they_were(filled: Store) -> None:
    articles = articles_of(filled)
    with filled.read() as connection:
        feeds = {path: newest_in_facet(connection, path, None) for path, _ in facets_to_publish(connection, every=True)}
        states, problems = counts_by_state(connection), entry_problems(connection)
    prune(filled, keep=KEEP, now=NOW, in_a_feed=15, success=FINISHED)
    assert articles_of(filled) == articles
    with filled.read() as connection:
        assert {path: newest_in_facet(connection, path, None) for path in feeds} == feeds
        assert (counts_by_state(connection), entry_problems(connection)) == (states, problems)
        kept = set(connection.execute(select(entries.c.article_id)).scalars())
        # What a feed shows now is not made again.
        assert set(newest_in_facet(connection, "kk/all/all", 15)) <= kept


def test_an_old_article_in_a_list_is_neither_fetched_nor_kept_again(filled: Store) -> None:
    prune(filled, keep=KEEP, now=NOW, in_a_feed=15, success=FINISHED)
    url = an_article(5).url
    with filled.write() as connection:
        run = begin_run(connection, "newsroom_test", "live", NOW)
        recorded = record(connection, "newsroom_test", [Discovered(url=url)], run=run, source_url="s", now=NOW)
        assert (recorded.new, recorded.reopened) == (0, 0)
        assert take(connection, "newsroom_test", run=run, now=NOW, max_tries=5) is None
        assert counts_by_state(connection)["newsroom_test"] == {AddressState.DONE.value: 40}
        # Where its page is asked for anyway, it is the article it was.
        again = an_article(5, date_published=OLD + timedelta(minutes=5), fetched_at=NOW)
        kept = save_article(connection, again, facets_of=lambda _: ["kk/all/all", ARCHIVES[OLD]], hashes=[], now=NOW)
        assert kept is Saved.UNCHANGED


def test_an_edit_after_pruning_is_the_next_revision(filled: Store) -> None:
    prune(filled, keep=KEEP, now=NOW, in_a_feed=15, success=FINISHED)
    article = an_article(0, body=["Үшінші түзету"], date_published=OLD, fetched_at=NOW)
    keep_article(filled, article, ["kk/all/all"], NOW)
    with filled.read() as connection:
        query = select(revisions.c.revision).where(revisions.c.article_id == article.id).order_by(revisions.c.revision)
        assert connection.execute(query).scalars().all() == [3, 4]


def a_file(tmp_path: Path) -> Path:
    path = tmp_path / "store.db"
    with open_store(f"sqlite:///{path}") as store:
        for number in range(100):
            keep_article(store, an_article(number, date_published=OLD, fetched_at=OLD), ["kk/all/all"], OLD)
        prune(store, keep=KEEP, now=NOW, in_a_feed=10, success=FINISHED)
    return path


def test_the_file_shrinks(tmp_path: Path) -> None:
    path = a_file(tmp_path)
    before = path.stat().st_size
    with open_store(f"sqlite:///{path}") as store:
        freed = shrink(store, NOW)
        assert freed == before - path.stat().st_size
        assert path.stat().st_size < before / 2
        assert len(articles_of(store)) == 100


def test_it_does_not_shrink_while_a_run_is_at_work(tmp_path: Path) -> None:
    path = a_file(tmp_path)
    before = path.stat().st_size
    with open_store(f"sqlite:///{path}") as store, open_store(f"sqlite:///{path}") as crawl:
        with StoreLock(crawl, "newsroom_test", NOW):
            assert shrink(store, NOW) is None
        assert path.stat().st_size == before


def test_nor_where_there_is_no_room_for_a_second_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = a_file(tmp_path)
    monkeypatch.setattr("newscrawler.store.prune.free_space", lambda folder: path.stat().st_size - 1)
    with open_store(f"sqlite:///{path}") as store:
        assert shrink(store, NOW) is None


def test_postgresql_shrinks_by_itself(postgresql_url: str) -> None:
    with open_store(postgresql_url) as store:
        assert shrink(store, NOW) is None
