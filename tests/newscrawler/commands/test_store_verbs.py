"""`newscrawler store backup`, `restore` and `prune` as they are called."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from newscrawler.store import open_store
from newscrawler.store.articles import iterate_articles, save_article
from newscrawler.store.locks import StoreLock
from newscrawler.store.text_hashes import WINDOW
from tests.conftest import NOW, an_article
from tests.verb_calls import Shown

LATER = NOW + 3 * WINDOW


@pytest.fixture
def store_verb(verb: Callable[..., Shown], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Shown]:
    """Calls `newscrawler store` in a folder whose store has one article, six weeks later."""
    monkeypatch.setenv("NEWSCRAWLER_NOW", LATER.isoformat())
    save(tmp_path, 1)
    return lambda *arguments: verb("store", *arguments)


def save(folder: Path, number: int) -> None:
    with open_store(f"sqlite:///{folder / 'newscrawler.db'}") as store, store.write() as connection:
        save_article(connection, an_article(number), facets_of=lambda _: ["kk/all/all"], hashes=[number], now=NOW)


def stored(folder: Path) -> int:
    with open_store(f"sqlite:///{folder / 'newscrawler.db'}") as store, store.read() as connection:
        return len(list(iterate_articles(connection)))


def test_a_backup_is_restored(store_verb: Callable[..., Shown], tmp_path: Path) -> None:
    shown = store_verb("backup", "a.db")
    assert (shown.status, shown.err) == (0, "")
    assert shown.out == f"Wrote {(tmp_path / 'a.db').stat().st_size:,} bytes to a.db, whole and sound.\n"
    save(tmp_path, 2)
    shown = store_verb("restore", "a.db")
    assert (shown.status, shown.err) == (0, "")
    assert "newscrawler.db.before-restore-20240625T130000Z" in shown.out
    assert stored(tmp_path) == 1
    again = json.loads(store_verb("backup", "a.db", "--json").out)
    assert again == {"written": "a.db", "bytes": (tmp_path / "a.db").stat().st_size}


def test_a_run_at_work_keeps_a_restore_away_and_says_who(store_verb: Callable[..., Shown], tmp_path: Path) -> None:
    assert store_verb("backup", "a.db", "--quiet") == Shown(0, "", "")
    with open_store(f"sqlite:///{tmp_path / 'newscrawler.db'}") as store, StoreLock(store, "newsroom_test", NOW):
        shown = store_verb("restore", "a.db")
    assert (shown.status, shown.out, shown.err.count("\n")) == (75, "", 1)
    assert "newsroom_test" in shown.err


def test_a_damaged_store_names_the_way_back_and_it_works(store_verb: Callable[..., Shown], tmp_path: Path) -> None:
    assert store_verb("backup", "a.db").status == 0
    (tmp_path / "newscrawler.db").write_bytes(b"no database at all" * 1000)
    refused = store_verb("backup", "b.db")
    assert (refused.status, refused.out) == (4, "")
    assert "newscrawler store restore FILE" in refused.err
    assert not (tmp_path / "b.db").exists()
    assert store_verb("restore", "a.db").status == 0
    assert stored(tmp_path) == 1


def test_pruning_says_what_goes_before_and_after(store_verb: Callable[..., Shown]) -> None:
    planned = store_verb("prune", "--dry-run")
    assert (planned.status, planned.out) == (
        0,
        "Would forget: text hashes 1, entries 0, revisions 0, runs 0, reports 0.\n",
    )
    done = json.loads(store_verb("prune", "--keep", 30, "--json").out)
    assert done["forgotten"] == {"text_hashes": 1, "entries": 0, "revisions": 0, "runs": 0, "reports": 0}
    assert done["bytes_freed"] >= 0
    assert "text hashes 0" in store_verb("prune").out


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["restore", "none.db"], 2, "there is no file none.db"),
        (["backup", "none/a.db"], 2, "cannot write none/a.db"),
        (["backup", "newscrawler.db"], 2, "is the store itself"),
    ],
)
def test_what_cannot_be_meant_is_one_line(
    arguments: list[str], status: int, says: str, store_verb: Callable[..., Shown]
) -> None:
    shown = store_verb(*arguments)
    assert (shown.status, shown.out, shown.err.count("\n")) == (status, "", 1)
    assert says in shown.err
