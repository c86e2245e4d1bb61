"""Tests of `feeds.sweep`: what goes, and above all what stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from feeds.sweep import sweep
from newscrawler.config import Config
from newscrawler.errors import PublishError
from newscrawler.store import Store
from tests.feeds.articles import article, save
from tests.feeds.publishing import files, run


@pytest.fixture
def top(tmp_path: Path) -> Path:
    kept = "kk/all/all.rss", "kk/notes.txt", "mine/a.rss", "robots.rss"
    for name in (*kept, "kk/all/old.rss", ".a.rss.new", "kk/.b.new"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path


def test_only_feeds_that_are_none_and_left_overs_go(top: Path) -> None:
    removed = sweep(top, {top / "kk/all/all.rss"}, {"rss"}, {"kk"})
    assert {str(path.relative_to(top)) for path in removed} == {"kk/all/old.rss", ".a.rss.new", "kk/.b.new"}
    left = {str(path.relative_to(top)) for path in top.rglob("*") if path.is_file()}
    assert left == {"kk/all/all.rss", "kk/notes.txt", "mine/a.rss", "robots.rss"}


def test_a_file_that_cannot_be_removed_is_named(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "unlink", refused)
    with pytest.raises(PublishError, match="cannot sweep"):
        sweep(top, set(), {"rss"}, {"kk"})


def test_a_publication_of_everything_sweeps_and_keeps_every_feed(store: Store, config: Config) -> None:
    save(store, article(1))
    run(store, config)
    before = files(config)
    (config.public / "kk/gone").mkdir()
    (config.public / "kk/gone/all.atom").write_text("a region that has another slug now")
    (config.public / "robots.txt").write_text("mine")
    assert run(store, config, every=True).removed == 1
    assert files(config).keys() - before.keys() == {"robots.txt"}
    assert before.keys() <= files(config).keys()
