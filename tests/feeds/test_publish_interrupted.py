"""Tests of `feeds.publish` on a full disk, after a kill, and beside another publication."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest
from sqlalchemy import Connection

import feeds.feed_files
import feeds.publish
from feeds.files import settle_folders
from newscrawler.config import Config
from newscrawler.errors import Locked, PublishError
from newscrawler.store import Store
from newscrawler.store.articles import withdraw_article
from newscrawler.store.facets import facets_to_publish, mark_published
from newscrawler.store.locks import StoreLock
from tests.feeds.articles import article, save
from tests.feeds.publishing import FORMS, NOW, contents, files, read, run


class DiskFull(OSError):
    def __init__(self) -> None:
        super().__init__(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("place", ["fsync", "replace"])
def test_a_full_disk_leaves_what_stood(
    store: Store, config: Config, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    save(store, article(1))
    run(store, config)
    before = files(config)
    save(store, article(2))

    def full(*_: object, **__: object) -> None:
        raise DiskFull

    with monkeypatch.context() as patch:
        patch.setattr(os, place, full)
        with pytest.raises(PublishError, match="No space left"):
            run(store, config)
    assert files(config) == before
    done = run(store, config)
    touched = {name for name, content in contents(config).items() if content != before[name][0]}
    assert {name for name in before if name.endswith((*FORMS, "all.html"))} < touched
    assert done.written == len(touched)
    assert len(read(config, "kk/all/all").entries) == 2
    assert {path.suffix for path in config.public.rglob("*") if path.is_file()} == {
        *(f".{form}" for form in FORMS),
        ".opml",
        ".html",
        ".png",
        ".svg",
    }


def test_one_folder_that_cannot_be_written_holds_up_no_other_feed(store: Store, config: Config) -> None:
    config.public.mkdir()
    (config.public / "kk").write_text("in the way")
    save(store, article(1))
    with pytest.raises(PublishError, match="kk"):
        run(store, config)
    assert len(read(config, "all/all/all").entries) == 1
    assert (config.public / "kk").read_text() == "in the way"
    (config.public / "kk").unlink()
    run(store, config)
    assert len(read(config, "kk/all/all").entries) == 1


class Killed(BaseException):
    """Stands for SIGKILL: nothing of ours may catch it."""


def test_a_kill_between_the_files_and_the_mark_is_made_good(
    store: Store, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(store, article(1), article(2))

    def killed(connection: Connection, published: list[tuple[str, int]]) -> None:
        if any(path == "kk/all/all" for path, _ in published):
            raise Killed
        mark_published(connection, published)

    with monkeypatch.context() as patch:
        patch.setattr(feeds.publish, "mark_published", killed)
        with pytest.raises(Killed):
            run(store, config)
    with store.read() as connection:
        assert facets_to_publish(connection)
    with store.write() as connection:
        withdraw_article(connection, article(2).id, facets_of=lambda _: [])
        withdraw_article(connection, article(1).id, facets_of=lambda _: [])
    run(store, config)
    with store.read() as connection:
        assert facets_to_publish(connection) == []
    assert read(config, "kk/all/all").entries == []


def test_a_facet_is_not_marked_before_its_folder_is_on_the_disk(
    store: Store, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(store, article(1))

    settled: list[str] = []

    def killed(folders: set[Path], top: Path) -> None:
        settled.extend(str(folder.relative_to(top)) for folder in folders)
        if "kk/turkistan" in settled:
            raise Killed
        settle_folders(folders, top)

    monkeypatch.setattr(feeds.feed_files, "settle_folders", killed)
    with pytest.raises(Killed):
        run(store, config)
    assert {"kk/all", "kk/all/all", "kk/turkistan", "newsrooms/bulaq_kz"} <= set(settled)
    with store.read() as connection:
        due = {path for path, _ in facets_to_publish(connection)}
        every = {path for path, _ in facets_to_publish(connection, every=True)}
    assert every - due == {"kk/all/all/2024-05", "all/all/all/2024-05"}


def test_a_kill_in_the_middle_of_the_files_is_made_good(
    store: Store, config: Config, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    save(store, *(article(number) for number in range(1, 4)))
    whole = config.model_copy(update={"public": tmp_path / "whole"})
    run(store, whole)
    written: list[Path] = []
    really = Path.replace

    def replaced(self: Path, target: Path) -> Path:
        if len(written) == 5:
            raise Killed
        written.append(target)
        return really(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replaced)
        with pytest.raises(Killed):
            run(store, config)
    assert 0 < len(files(config)) < len(files(whole))
    run(store, config)
    assert contents(config) == contents(whole)


@pytest.mark.parametrize("lost", ["the folder", "the title"])
def test_a_kill_while_everything_is_written_anew_is_made_good(
    store: Store, config: Config, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    save(store, article(1))
    run(store, config)
    whole = contents(config)
    other = config
    if lost == "the folder":
        shutil.rmtree(config.public)
    else:
        other = config.model_copy(update={"title": "Басқа атау"})

    def killed(folders: set[Path], top: Path) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(feeds.feed_files, "settle_folders", killed)
        with pytest.raises(Killed):
            run(store, other)
    assert contents(config) != whole
    run(store, config)
    assert contents(config) == whole


def test_a_second_publication_at_the_same_time_leaves(store: Store, config: Config) -> None:
    save(store, article(1))
    with StoreLock(store, "publish", NOW), pytest.raises(Locked):
        run(store, config)
    assert not config.public.exists()
    run(store, config)
    assert config.public.is_dir()


def test_a_title_that_xml_cannot_hold_is_named(store: Store, config: Config) -> None:
    save(store, article(1))
    with pytest.raises(PublishError, match="title"):
        run(store, config.model_copy(update={"title": "Жаңа\x01лық"}))


def test_a_list_that_cannot_be_written_holds_up_no_other_and_is_tried_again(
    store: Store, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(store, article(1))
    config.public.mkdir()
    (config.public / "status.html").mkdir()
    with pytest.raises(PublishError, match=r"status\.html"):
        run(store, config)
    assert (config.public / "kk" / "index.html").is_file()
    assert not list(config.public.rglob(".*.new"))
    (config.public / "status.html").rmdir()

    def full(self: Path, target: Path) -> Path:
        raise DiskFull

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        with pytest.raises(PublishError, match="No space left"):
            run(store, config)
    run(store, config)
    assert (config.public / "status.html").is_file()
