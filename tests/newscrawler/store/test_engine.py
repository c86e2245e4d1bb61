from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select, text

from newscrawler.errors import StoreError, StoreTooNew
from newscrawler.store import Store, open_store
from newscrawler.store.runs import begin_run
from newscrawler.store.tables import SCHEMA_VERSION, metadata, runs
from tests.conftest import NOW


@pytest.mark.filterwarnings("ignore:.*expression-based index")
def test_migrations_make_what_tables_say(store: Store) -> None:
    with store.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        indexes = (
            {index["name"] for index in inspect(connection).get_indexes("addresses")}
            if (connection.dialect.name == "postgresql")
            else {row[0] for row in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'index'"))}
        )
    assert "ix_addresses_due" in indexes


def test_opening_again_keeps_what_is_there(store: Store, store_url: str) -> None:
    with store.write() as connection:
        run = begin_run(connection, "newsroom_test", "live", NOW)
    with open_store(store_url, create=False) as again, again.read() as connection:
        assert connection.execute(select(runs.c.id, runs.c.started)).one() == (run, NOW)


def test_a_failed_write_keeps_nothing(store: Store) -> None:
    with pytest.raises(RuntimeError), store.write() as connection:
        begin_run(connection, "newsroom_test", "live", NOW)
        raise RuntimeError
    with store.read() as connection:
        assert connection.execute(select(runs)).all() == []


def test_a_store_of_a_newer_version_is_refused(store: Store, store_url: str) -> None:
    with store.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreTooNew, match=f"9999.*{SCHEMA_VERSION}.*newer newscrawler"):
        open_store(store_url)


def test_a_missing_store_is_not_made_unless_wanted(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store at"):
        open_store(f"sqlite:///{tmp_path / 'none.db'}", create=False)
    assert not (tmp_path / "none.db").exists()


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_bytes(b"no database at all" * 1000)
    with pytest.raises(StoreError, match="not a database.*backup"):
        open_store(f"sqlite:///{tmp_path / 'store.db'}")


@pytest.mark.parametrize("url", ["nonsense://x", "mongodb://localhost/x", "://"])
def test_an_unusable_address_is_named(url: str) -> None:
    with pytest.raises(StoreError, match="no usable store address"):
        open_store(url)


def test_a_password_is_not_shown(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        open_store("postgresql://user:geheim@127.0.0.1:1/none")
    assert "geheim" not in str(caught.value)


def test_two_writers_on_sqlite_wait_for_each_other(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    with open_store(url) as one, open_store(url) as other:
        with one.write() as connection:
            begin_run(connection, "a", "live", NOW)
        with other.write() as connection:
            assert connection.execute(select(runs.c.newsroom)).scalars().all() == ["a"]
            begin_run(connection, "b", "live", NOW)
        with one.read() as connection:
            assert connection.execute(select(runs.c.newsroom).order_by(runs.c.id)).scalars().all() == ["a", "b"]
