import os
import pwd
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import mkdtemp

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select, text

from newscrawler.errors import StoreError, StoreTooNew
from newscrawler.store import Store, open_store
from newscrawler.store.articles import read_article, save_article
from newscrawler.store.engine import json_text
from newscrawler.store.runs import begin_run
from newscrawler.store.tables import SCHEMA_VERSION, metadata, runs
from tests.conftest import NOW, an_article

Stranger = Callable[[], AbstractContextManager[str]]

_NOBODY = 65534


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
    def write_and_fail() -> None:
        with store.write() as connection:
            begin_run(connection, "newsroom_test", "live", NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_fail()
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
    with pytest.raises(StoreError, match=r"not a database.*backup"):
        open_store(f"sqlite:///{tmp_path / 'store.db'}")


@pytest.mark.parametrize(
    "url",
    [
        "nonsense://x",
        "mongodb://localhost/x",
        "://",
        "mysql://h/x",
        "postgresql+psycopg2://h/x",
        "postgresql://h:port/x",
    ],
)
def test_an_unusable_address_is_named(url: str) -> None:
    with pytest.raises(StoreError, match="no usable store address"):
        open_store(url)


def test_a_password_is_not_shown(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        open_store("postgresql://user:geheim@127.0.0.1:1/none")
    assert "geheim" not in str(caught.value)


def test_a_server_that_is_down_is_told_in_one_line_with_what_to_look_at() -> None:
    with pytest.raises(StoreError) as caught:
        open_store("postgresql://user@127.0.0.1:1/none")
    told = str(caught.value)
    assert "the store postgresql://user@127.0.0.1:1/none failed: " in told
    assert "Connection refused" in told
    assert told.endswith("Start the server, or mend the address: host, port, user, password and name of the database")
    assert not {"\n", "\t"} & set(told)


def test_what_a_running_server_says_has_another_remedy(postgresql_url: str) -> None:
    with (
        open_store(postgresql_url) as store,
        pytest.raises(StoreError, match="look at the server's log"),
        store.read() as connection,
    ):
        connection.execute(text("SELECT * FROM nothing"))


def test_a_missing_driver_is_told_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError) as caught:
        open_store("postgresql://user@127.0.0.1:1/none")
    told = str(caught.value)
    assert told.startswith("PostgreSQL needs its driver (")
    assert told.endswith("pip install 'newscrawler[postgresql]'")


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is a folder"):
        open_store(f"sqlite:///{tmp_path}")


@pytest.fixture
def stranger() -> Stranger:
    """A context in which this process is a user with no more rights than everybody; gives how the user is called."""

    @contextmanager
    def enter() -> Iterator[str]:
        is_root = os.geteuid() == 0
        try:
            if is_root:
                os.seteuid(_NOBODY)
            names = {entry.pw_uid: f"the user {entry.pw_name!r}" for entry in pwd.getpwall()}
            yield names.get(os.geteuid(), f"the user number {os.geteuid()}")
        finally:
            if is_root:
                os.seteuid(0)

    return enter


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder that everybody may look into, which pytest's own are not."""
    folder = Path(mkdtemp(prefix="newscrawler-rights-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def filled(folder: Path) -> str:
    """A store with one run in it, closed, in a folder that is then nobody's to write."""
    url = f"sqlite:///{folder / 'store.db'}"
    with open_store(url) as store, store.write() as connection:
        begin_run(connection, "newsroom_test", "live", NOW)
    (folder / "store.db").chmod(0o444)
    folder.chmod(0o555)
    return url


def test_a_store_that_may_not_be_written_can_be_read(shared: Path, stranger: Stranger) -> None:
    url = filled(shared)
    with stranger() as user, open_store(url, create=False) as store:
        with store.read() as connection:
            assert connection.execute(select(runs.c.newsroom)).scalars().all() == ["newsroom_test"]
        with (
            pytest.raises(StoreError, match=f"attempt to write a readonly database. Give {user} the right"),
            store.write() as connection,
        ):
            begin_run(connection, "b", "live", NOW)
    assert [file.name for file in shared.iterdir()] == ["store.db"]


def test_it_can_be_read_while_another_user_has_it_open(shared: Path, stranger: Stranger) -> None:
    url = f"sqlite:///{shared / 'store.db'}"
    with open_store(url) as writer:
        with writer.write() as connection:
            begin_run(connection, "a", "live", NOW)
        for file in shared.iterdir():
            file.chmod(0o444)
        shared.chmod(0o555)
        with stranger(), open_store(url, create=False) as store, store.read() as connection:
            assert connection.execute(select(runs.c.newsroom)).scalars().all() == ["a"]


def test_a_read_in_whose_time_the_store_changes_is_an_error(shared: Path, stranger: Stranger) -> None:
    url = filled(shared)
    with stranger():
        store = open_store(url, create=False)
    with store, pytest.raises(StoreError, match=r"changed while it was read.*Try again"), store.read():
        os.utime(shared / "store.db", ns=(1, 1))


def test_to_crawl_the_store_must_be_writable_and_whose_right_is_missing_is_said(
    shared: Path, stranger: Stranger
) -> None:
    url = filled(shared)
    with stranger() as user, pytest.raises(StoreError) as caught:
        open_store(url)
    assert caught.value.problem == f"{user} may not write the store {shared / 'store.db'} or its folder"
    with stranger() as user, pytest.raises(StoreError, match=f"unable to open database file.*Give {user} the right"):
        open_store(f"sqlite:///{shared / 'new.db'}")
    with stranger() as user, pytest.raises(StoreError, match=f"cannot be made by {user}"):
        open_store(f"sqlite:///{shared / 'new' / 'store.db'}")


def test_a_store_that_may_not_be_read_says_by_whom(shared: Path, stranger: Stranger) -> None:
    url = filled(shared)
    (shared / "store.db").chmod(0o000)
    with stranger() as user, pytest.raises(StoreError, match=f"{user} may not read the store"):
        open_store(url, create=False)
    shared.chmod(0o000)
    with stranger() as user, pytest.raises(StoreError, match=f"{user} may not look for the store"):
        open_store(url, create=False)


def test_an_older_store_that_may_not_be_written_is_not_migrated(shared: Path, stranger: Stranger) -> None:
    url = f"sqlite:///{shared / 'store.db'}"
    with open_store(url) as store, store.write() as connection:
        connection.execute(text("DELETE FROM alembic_version"))
    shared.chmod(0o555)
    with stranger() as user, pytest.raises(StoreError, match=f"is of an older version, and {user} may not write it"):
        open_store(url, create=False)


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


@pytest.mark.parametrize("text", ["Қазақстан", "a\ud800b", '"\\ \u2028', ""])
def test_any_text_is_kept_in_json_as_it_is(store: Store, text: str) -> None:
    article = an_article(body=[text], section=text)
    with store.write() as connection:
        save_article(connection, article, facets_of=lambda _: [], hashes=[], now=NOW)
        kept = read_article(connection, article.id)
    assert kept is not None
    assert (kept.body, kept.section) == ([text], text)


def test_cyrillic_letters_take_no_more_room_than_they_need() -> None:
    assert json_text({"headline": "Қазақстан"}) == '{"headline": "Қазақстан"}'
