"""Backups of a store that is being written, and restoring them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text, update

from newscrawler.errors import Locked, StoreError, StoreTooNew, UsageError
from newscrawler.store import Store, open_store
from newscrawler.store.articles import article_counts, iterate_articles, save_article
from newscrawler.store.backup import back_up, pages_of, restore
from newscrawler.store.entries import note_publication, read_publication
from newscrawler.store.facets import facets_to_publish, mark_published
from newscrawler.store.locks import StoreLock
from newscrawler.store.runs import begin_run
from newscrawler.store.tables import facets, runs
from tests.conftest import NOW, an_article

LATER = NOW + timedelta(hours=1)


def url_of(path: Path) -> str:
    return f"sqlite:///{path}"


def fill(store: Store, numbers: range) -> None:
    with store.write() as connection:
        for number in numbers:
            save_article(connection, an_article(number), facets_of=lambda _: ["kk/all/all"], hashes=[], now=NOW)


def ids(path: Path) -> set[str]:
    with open_store(url_of(path), create=False) as store, store.read() as connection:
        return {article.id for article in iterate_articles(connection)}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A store with 200 articles."""
    path = tmp_path / "store.db"
    with open_store(url_of(path)) as store:
        fill(store, range(200))
    return path


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_backup_is_one_whole_file_that_opens_as_a_store(file: Path, tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    with open_store(url_of(file), create=False) as store:
        size = back_up(store, tmp_path / "backups" / "a.db")
    assert names(tmp_path / "backups") == {"a.db"}
    assert size == (tmp_path / "backups" / "a.db").stat().st_size
    assert ids(tmp_path / "backups" / "a.db") == ids(file)


def test_a_writer_goes_on_and_the_backup_holds_one_moment(file: Path, tmp_path: Path) -> None:
    seen: list[int] = []
    before = ids(file)
    with open_store(url_of(file), create=False) as store, open_store(url_of(file)) as crawl:
        pages = pages_of(store)

        def write_on(copied: int) -> None:
            seen.append(copied)
            fill(crawl, range(1000 + len(seen), 1001 + len(seen)))

        back_up(store, tmp_path / "a.db", tell=write_on, pages_at_once=10)
    assert len(seen) > 3
    assert sum(seen) == pages
    assert ids(tmp_path / "a.db") == before
    assert len(ids(file)) == len(before) + len(seen)


def test_an_older_backup_is_replaced_only_by_a_whole_one(file: Path, tmp_path: Path) -> None:
    target = tmp_path / "a.db"
    target.write_text("the backup of yesterday")

    def interrupt(_copied: int) -> None:
        raise KeyboardInterrupt

    with open_store(url_of(file), create=False) as store:
        with pytest.raises(KeyboardInterrupt):
            back_up(store, target, tell=interrupt, pages_at_once=10)
        assert target.read_text() == "the backup of yesterday"
        assert not [name for name in names(tmp_path) if name.endswith(".new")]
        back_up(store, target)
    assert ids(target) == ids(file)


def damage(file: Path) -> None:
    """Overwrites pages in the middle of a store that nobody has open."""
    with file.open("r+b") as content:
        content.seek(file.stat().st_size // 2)
        content.write(b"\xff" * 30 * 4096)


def test_a_damaged_store_is_no_backup(file: Path, tmp_path: Path) -> None:
    target = tmp_path / "a.db"
    target.write_text("the backup of yesterday")
    damage(file)
    with open_store(url_of(file), create=False) as store, pytest.raises(StoreError, match=r"is damaged.*restore FILE"):
        back_up(store, target)
    assert target.read_text() == "the backup of yesterday"


@pytest.mark.parametrize("name", ["store.db", "store.db-wal", "link.db"])
def test_the_store_is_not_written_over(name: str, file: Path, tmp_path: Path) -> None:
    (tmp_path / "link.db").symlink_to(file)
    with open_store(url_of(file), create=False) as store, pytest.raises(UsageError, match="the store itself"):
        back_up(store, tmp_path / name)
    assert len(ids(file)) == 200


@pytest.mark.parametrize("name", ["", "none/a.db"])
def test_a_place_that_cannot_hold_a_file_is_wrong_usage(name: str, file: Path, tmp_path: Path) -> None:
    with open_store(url_of(file), create=False) as store, pytest.raises(UsageError, match="cannot write"):
        back_up(store, tmp_path / name)


def test_a_store_in_memory_has_no_backup(tmp_path: Path) -> None:
    with open_store("sqlite:///:memory:") as store, pytest.raises(UsageError, match="in memory"):
        back_up(store, tmp_path / "a.db")


def test_for_postgresql_the_line_to_use_is_told(postgresql_url: str, tmp_path: Path) -> None:
    with open_store(postgresql_url) as store, pytest.raises(UsageError) as caught:
        back_up(store, tmp_path / "a b.db")
    assert f"pg_dump --format=custom --file='{tmp_path}/a b.db' 'postgresql://" in caught.value.remedy


@pytest.fixture
def backup(file: Path, tmp_path: Path) -> Path:
    """A backup of the store with 200 articles, which has 50 more since, all published."""
    target = tmp_path / "backup.db"
    with open_store(url_of(file), create=False) as store:
        back_up(store, target)
        fill(store, range(200, 250))
        with store.write() as connection:
            mark_published(connection, facets_to_publish(connection))
    return target


def test_restoring_keeps_what_was_there_beside(file: Path, backup: Path) -> None:
    kept = restore(url_of(file), backup, newsrooms=["newsroom_test"], now=LATER)
    assert kept == file.with_name("store.db.before-restore-20240514T140000Z")
    assert len(ids(file)) == 200
    assert len(ids(kept)) == 250
    assert len(ids(backup)) == 200
    assert not [name for name in names(file.parent) if name.endswith((".new", "-wal", "-shm"))]


def test_after_restoring_every_feed_is_due(file: Path, backup: Path) -> None:
    with open_store(url_of(backup)) as store, store.write() as connection:
        mark_published(connection, facets_to_publish(connection))
        note_publication(connection, "feeds", "as they were")
    restore(url_of(file), backup, newsrooms=[], now=LATER)
    with open_store(url_of(file)) as store, store.read() as connection:
        assert [path for path, _ in facets_to_publish(connection)] == ["kk/all/all"]
        assert connection.execute(select(facets.c.change_number)).scalar() == 200
        assert read_publication(connection, "feeds") is None


@pytest.mark.parametrize("spoil", [damage, lambda file: file.write_bytes(b"no database" * 1000), Path.unlink])
def test_a_damaged_or_lost_store_is_restored(spoil: Callable[[Path], object], file: Path, backup: Path) -> None:
    spoil(file)
    kept = restore(url_of(file), backup, newsrooms=[], now=LATER)
    assert len(ids(file)) == 200
    assert kept is None or kept.exists()


def test_a_damaged_store_with_a_log_leaves_no_log_to_the_restored_one(file: Path, backup: Path) -> None:
    file.write_bytes(b"no database" * 1000)
    log = file.with_name("store.db-wal")
    log.write_bytes(b"log")
    kept = restore(url_of(file), backup, newsrooms=[], now=LATER)
    assert kept is not None
    assert kept.with_name(f"{kept.name}-wal").read_bytes() == b"log"
    assert len(ids(file)) == 200


@pytest.mark.parametrize("name", ["publish", "newsroom_test", "somebody_elses"])
def test_a_run_that_holds_a_lock_keeps_the_store(name: str, file: Path, backup: Path) -> None:
    with open_store(url_of(file)) as store, StoreLock(store, name, NOW), pytest.raises(Locked, match=name):
        restore(url_of(file), backup, newsrooms=["newsroom_test"], now=LATER)
    assert len(ids(file)) == 250


def test_a_store_that_another_process_has_open_stays(file: Path, backup: Path) -> None:
    reader = sqlite3.connect(file)
    reader.execute("SELECT count(*) FROM articles").fetchall()
    with pytest.raises(StoreError, match="another process has the store open"):
        restore(url_of(file), backup, newsrooms=[], now=LATER)
    reader.close()
    assert len(ids(file)) == 250


def test_what_is_no_sound_backup_is_refused(file: Path, backup: Path, tmp_path: Path) -> None:
    empty, foreign, newer = tmp_path / "empty.db", tmp_path / "foreign.db", tmp_path / "newer.db"
    empty.touch()
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE a (b)")
    connection.close()
    newer.write_bytes(backup.read_bytes())
    with open_store(url_of(newer)) as store, store.write() as connection_:
        connection_.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for path, says in [(empty, "no backup of a store"), (foreign, "no backup of a store"), (tmp_path / "x", "no file")]:
        with pytest.raises(UsageError, match=says):
            restore(url_of(file), path, newsrooms=[], now=LATER)
    with pytest.raises(StoreTooNew, match="9999"):
        restore(url_of(file), newer, newsrooms=[], now=LATER)
    damage(backup)
    with pytest.raises(StoreError, match=r"backup\.db is damaged"):
        restore(url_of(file), backup, newsrooms=[], now=LATER)
    assert len(ids(file)) == 250


def test_a_backup_copied_with_its_log_is_restored_whole(file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with open_store(url_of(file)) as store:
        with store.write() as connection:
            begin_run(connection, "newsroom_test", "live", NOW)
        for suffix in ("", "-wal"):
            Path(f"{copy}{suffix}").write_bytes(Path(f"{file}{suffix}").read_bytes())
        with store.write() as connection:
            connection.execute(update(runs).values(newsroom="changed"))
    restore(url_of(file), copy, newsrooms=[], now=LATER)
    with open_store(url_of(file)) as store, store.read() as connection:
        assert connection.execute(select(runs.c.newsroom)).scalars().all() == ["newsroom_test"]
        assert article_counts(connection)["newsroom_test"]["live"] == 200


def test_postgresql_is_restored_by_its_own_tool(postgresql_url: str, backup: Path) -> None:
    with pytest.raises(UsageError, match="pg_restore"):
        restore(postgresql_url, backup, newsrooms=[], now=LATER)
