"""Tests of `feeds.serving.public_folder`: what of a folder is public, and that it is read whole."""

from __future__ import annotations

import gzip
import logging
import os
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.serving.public_folder import PublicFolder

FEED = "<rss>Жаңалық</rss>".encode() * 200


@pytest.fixture
def top(tmp_path: Path) -> Path:
    """A public folder beside a file that is not public."""
    folder = tmp_path / "public"
    (folder / "kk" / "all").mkdir(parents=True)
    (folder / "kk" / "all" / "all.rss").write_bytes(FEED)
    (folder / "index.html").write_text("<!DOCTYPE html>", encoding="utf-8")
    (folder / "icon.png").write_bytes(bytes(5000))
    (folder / "kk" / ".all.rss.new").write_text("half a f")
    (folder / ".git").mkdir()
    (folder / ".git" / "config").write_text("secret")
    (tmp_path / "newscrawler.db").write_text("secret")
    (tmp_path / "public2").mkdir()
    (tmp_path / "public2" / "all.rss").write_text("secret")
    return folder


def test_a_file_is_given_whole_with_what_caches_need(top: Path) -> None:
    os.utime(top / "kk/all/all.rss", ns=(0, 1_715_671_805_900_000_000))
    found = PublicFolder(top).document("/kk/all/all.rss")
    assert found is not None
    assert found.plain.content == FEED
    assert found.packed is not None
    assert found.packed.content is not None
    assert gzip.decompress(found.packed.content) == FEED
    assert found.plain.etag != found.packed.etag
    assert found.plain.etag.startswith('"')
    assert found.packed.etag.startswith('"')
    assert found.last_modified == datetime(2024, 5, 14, 7, 30, 5, tzinfo=UTC)
    assert found.media_type.content_type == "application/rss+xml; charset=utf-8"


def test_pictures_are_not_packed(top: Path) -> None:
    found = PublicFolder(top).document("/icon.png")
    assert found is not None
    assert found.packed is None


def test_a_folder_is_its_index_page(top: Path) -> None:
    folder = PublicFolder(top)
    found = folder.document("/")
    assert found is not None
    assert found.plain.content == b"<!DOCTYPE html>"
    assert folder.document("/kk/") is None
    assert folder.document("/kk") is None
    assert folder.has_folder("/kk")
    assert folder.has_folder("/kk/all")
    assert not folder.has_folder("/kk/all/all.rss")
    assert not folder.has_folder("/ru")


def test_a_folder_without_an_index_is_the_page_of_all_in_it(top: Path) -> None:
    folder = PublicFolder(top)
    (top / "kk/all/all.html").write_text("<!DOCTYPE html>all", encoding="utf-8")
    found = folder.document("/kk/all/")
    assert found is not None
    assert found.plain.content == b"<!DOCTYPE html>all"
    assert folder.document("/kk/") is None
    (top / "kk/all/index.html").write_text("<!DOCTYPE html>index", encoding="utf-8")
    found = folder.document("/kk/all/")
    assert found is not None
    assert found.plain.content == b"<!DOCTYPE html>index"


@pytest.mark.parametrize(
    "path",
    [
        "",
        "index.html",
        "/..",
        "/../newscrawler.db",
        "/kk/../../newscrawler.db",
        "/kk/../index.html",
        "/./index.html",
        "/../public2/all.rss",
        "//kk/all/all.rss",
        "/kk//all/all.rss",
        "/kk/all/all.rss/",
        "/kk/all/all.rss/x",
        "/kk/.all.rss.new",
        "/.git/config",
        "/.git/",
        "/kk/all/all.rss\0",
        "/\0",
        "/" + "a" * 300,
        "/" + "a/" * 3000,
        "/kk\\all\\all.rss",
        "/kk/all/\ud800",
        "/etc/passwd",
        "/none.rss",
    ],
)
def test_nothing_else_is_given(top: Path, path: str) -> None:
    folder = PublicFolder(top)
    assert folder.document(path) is None
    assert not folder.has_folder(path)


def test_links_lead_nowhere_outside(top: Path) -> None:
    (top / "store.rss").symlink_to(top.parent / "newscrawler.db")
    (top / "outside").symlink_to(top.parent / "public2")
    (top / "secret.rss").symlink_to(top / ".git" / "config")
    (top / "gone.rss").symlink_to(top / "nowhere")
    (top / "round.rss").symlink_to(top / "round.rss")
    (top / "inside.rss").symlink_to(top / "kk" / "all" / "all.rss")
    folder = PublicFolder(top)
    for path in ("/store.rss", "/outside/all.rss", "/secret.rss", "/gone.rss", "/round.rss"):
        assert folder.document(path) is None
    assert not folder.has_folder("/outside")
    inside = folder.document("/inside.rss")
    assert inside is not None
    assert inside.plain.content == FEED


def test_the_public_folder_may_itself_be_a_link_that_moves(top: Path, tmp_path: Path) -> None:
    current = tmp_path / "current"
    current.symlink_to(top)
    folder = PublicFolder(current)
    assert folder.document("/all.rss") is None
    current.unlink()
    current.symlink_to(tmp_path / "public2")
    found = folder.document("/all.rss")
    assert found is not None
    assert found.plain.content == b"secret"


def test_what_is_no_file_is_not_waited_for(top: Path) -> None:
    os.mkfifo(top / "pipe.rss")
    assert PublicFolder(top).document("/pipe.rss") is None


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    folder = PublicFolder(tmp_path / "none")
    assert folder.document("/") is None
    assert not folder.has_folder("/kk")


def test_a_file_that_may_not_be_read_is_named_in_the_log(
    top: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied", "all.rss")

    monkeypatch.setattr(os, "open", refuse)
    with caplog.at_level(logging.WARNING):
        assert PublicFolder(top).document("/kk/all/all.rss") is None
    assert "all.rss" in caplog.text
    assert "Permission denied" in caplog.text


def test_what_is_kept_is_given_again_until_the_file_is_another(top: Path) -> None:
    folder = PublicFolder(top)
    first = folder.document("/kk/all/all.rss")
    assert folder.document("/kk/all/all.rss") is first
    replaced = top / "kk/all/new"
    replaced.write_bytes(FEED + b" ")
    replaced.replace(top / "kk/all/all.rss")
    second = folder.document("/kk/all/all.rss")
    assert first is not None
    assert second is not None
    assert second.plain.content == FEED + b" "
    assert second.plain.etag != first.plain.etag
    (top / "kk/all/all.rss").unlink()
    assert folder.document("/kk/all/all.rss") is None


def test_the_etag_is_that_of_the_content_and_survives_a_restart(top: Path) -> None:
    first = PublicFolder(top).document("/kk/all/all.rss")
    os.utime(top / "kk/all/all.rss", ns=(0, 0))
    second = PublicFolder(top).document("/kk/all/all.rss")
    assert first is not None
    assert second is not None
    assert (first.plain.etag, first.last_modified != second.last_modified) == (second.plain.etag, True)


def test_memory_is_bounded_and_what_was_asked_last_is_kept(top: Path) -> None:
    for number in range(4):
        (top / f"{number}.png").write_bytes(os.urandom(1000))
    folder = PublicFolder(top, memory=2500)
    kept = [folder.document(f"/{number}.png") for number in (0, 1)]
    assert folder.document("/0.png") is kept[0]
    folder.document("/2.png")
    assert folder.document("/0.png") is kept[0]
    assert folder.document("/1.png") is not kept[1]
    assert folder.kept_bytes <= 2500
    found = folder.document("/icon.png")
    assert found is not None
    assert found.plain.content is not None
    assert len(found.plain.content) == 5000
    assert folder.kept_bytes <= 2500


def test_a_feed_that_is_replaced_while_it_is_read_is_given_whole(top: Path) -> None:
    contents = [bytes([letter]) * 200_000 for letter in b"ab"]
    feed, beside = top / "busy.rss", top / ".busy.rss.new"
    feed.write_bytes(contents[0])
    ended = threading.Event()

    def replace() -> None:
        for number in range(400):
            beside.write_bytes(contents[number % 2])
            beside.replace(feed)
        ended.set()

    writer = threading.Thread(target=replace)
    writer.start()
    folder = PublicFolder(top, memory=0)
    try:
        while not ended.is_set():
            found = folder.document("/busy.rss")
            assert found is not None
            assert found.plain.content in contents
    finally:
        writer.join()


@settings(deadline=None, max_examples=300)
@given(
    st.lists(st.sampled_from(["..", ".", "", "/", "kk", "public2", "all.rss", "newscrawler.db", "%2e%2e", "\\", "\0"]))
)
def test_no_path_leads_outside(tmp_path_factory: pytest.TempPathFactory, parts: list[str]) -> None:
    place = tmp_path_factory.getbasetemp() / "wild_paths"
    top = place / "public"
    if not place.exists():
        top.mkdir(parents=True)
        (place / "newscrawler.db").write_text("secret")
        (place / "public2").mkdir()
        (place / "public2" / "all.rss").write_text("secret")
        (top / "all.rss").write_text("public")
    found = PublicFolder(top).document("/" + "/".join(parts))
    assert found is None or found.plain.content == b"public"
