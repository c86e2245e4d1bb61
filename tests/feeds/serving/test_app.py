"""Tests of `feeds.serving.app`: what each request is answered with."""

from __future__ import annotations

import gzip
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.types import ASGIApp

import feeds.serving.app
from feeds.serving import public_folder
from feeds.serving.app import public_app
from tests.feeds.serving.asgi import ask

FEED = "<rss>Жаңалық</rss>".encode() * 200
MODIFIED = "Tue, 14 May 2024 07:30:05 GMT"
NOW = datetime(2024, 5, 14, 8, 0, tzinfo=UTC)
GZIP = ("Accept-Encoding", "gzip, deflate, br")


@pytest.fixture
def top(tmp_path: Path) -> Path:
    folder = tmp_path / "public"
    (folder / "kk" / "all").mkdir(parents=True)
    for name in ("all.rss", "all.atom", "all.json"):
        (folder / "kk" / "all" / name).write_bytes(FEED)
        os.utime(folder / "kk" / "all" / name, (1_715_671_805, 1_715_671_805))
    (folder / "index.html").write_text("<!DOCTYPE html>" + " " * 1000, encoding="utf-8")
    (folder / "icon.png").write_bytes(bytes(1000))
    for name in ("a:b?c", "қазақ"):
        (folder / name).mkdir()
        (folder / name / "index.html").write_text("<!DOCTYPE html>", encoding="utf-8")
    return folder


@pytest.fixture
def app(top: Path) -> ASGIApp:
    return public_app(top, clock=lambda: NOW)


def test_a_feed(app: ASGIApp) -> None:
    answer = ask(app, "/kk/all/all.rss")
    assert (answer.status, answer.body) == (200, FEED)
    assert dict(answer.headers) == {
        "content-type": "application/rss+xml; charset=utf-8",
        "content-length": str(len(FEED)),
        "etag": answer.headers["etag"],
        "last-modified": MODIFIED,
        "cache-control": "public, max-age=300, must-revalidate",
        "vary": "Accept-Encoding",
        "x-content-type-options": "nosniff",
    }


def test_a_packed_feed_has_an_etag_of_its_own(app: ASGIApp) -> None:
    plain, packed = ask(app, "/kk/all/all.rss"), ask(app, "/kk/all/all.rss", GZIP)
    assert gzip.decompress(packed.body) == FEED
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["content-length"] == str(len(packed.body))
    assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
    assert packed.headers["etag"] != plain.headers["etag"]
    assert packed.headers["last-modified"] == plain.headers["last-modified"]


@pytest.mark.parametrize("coding", [(), (GZIP,)], ids=["plain", "packed"])
def test_what_a_client_has_is_not_sent_again(app: ASGIApp, coding: tuple[tuple[str, str], ...]) -> None:
    first = ask(app, "/kk/all/all.rss", *coding)
    again = ask(app, "/kk/all/all.rss", *coding, ("If-None-Match", first.headers["etag"]))
    assert (again.status, again.body) == (304, b"")
    # RFC 9110, section 15.4.5.
    assert dict(again.headers) == {
        "etag": first.headers["etag"],
        "last-modified": MODIFIED,
        "cache-control": "public, max-age=300, must-revalidate",
        "vary": "Accept-Encoding",
        "x-content-type-options": "nosniff",
    }
    assert ask(app, "/kk/all/all.rss", *coding, ("If-Modified-Since", MODIFIED)).status == 304
    other = ask(app, "/kk/all/all.rss", *coding, ("If-None-Match", '"x"'), ("If-Modified-Since", MODIFIED))
    assert other.status == 200


def test_the_plain_etag_is_not_that_of_the_packed_feed(app: ASGIApp) -> None:
    plain = ask(app, "/kk/all/all.rss")
    assert ask(app, "/kk/all/all.rss", GZIP, ("If-None-Match", plain.headers["etag"])).status == 200


def test_a_condition_that_fails(app: ASGIApp) -> None:
    answer = ask(app, "/kk/all/all.rss", ("If-Match", '"x"'))
    assert answer.status == 412
    assert FEED not in answer.body


@pytest.mark.parametrize("coding", [(), (GZIP,)], ids=["plain", "packed"])
def test_head_is_get_without_a_body(app: ASGIApp, coding: tuple[tuple[str, str], ...]) -> None:
    for path in ("/kk/all/all.rss", "/", "/none", "/kk"):
        head, get = ask(app, path, *coding, method="HEAD"), ask(app, path, *coding)
        assert head.body == b""
        assert (head.status, dict(head.headers)) == (get.status, dict(get.headers))


@pytest.mark.parametrize(
    ("path", "home"), [("/none", "./"), ("/kk/", "../"), ("/kk/none/all.html", "../../"), ("//evil.example", "../")]
)
def test_from_an_address_that_is_none_a_way_leads_to_the_front_page(app: ASGIApp, path: str, home: str) -> None:
    answer = ask(app, path)
    assert answer.status == 404
    assert f'<a href="{home}">'.encode() in answer.body
    assert path.strip("/").encode() not in answer.body


def test_the_front_page_may_load_only_what_is_here(app: ASGIApp) -> None:
    answer = ask(app, "/")
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    policy = dict(rule.split(" ", 1) for rule in answer.headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["img-src"] == "'self' data:"
    assert policy["frame-ancestors"] == "'none'"
    assert "content-security-policy" not in ask(app, "/kk/all/all.rss").headers


def test_a_picture_is_kept_a_day(app: ASGIApp) -> None:
    answer = ask(app, "/icon.png", GZIP)
    assert answer.headers["cache-control"] == "public, max-age=86400"
    assert "vary" not in answer.headers
    assert "content-encoding" not in answer.headers


@pytest.mark.parametrize(("path", "location"), [("/a:b?c", "./a%3Ab%3Fc/"), ("/қазақ", None)])
def test_a_folder_without_its_slash_leads_to_it(app: ASGIApp, path: str, location: str | None) -> None:
    answer = ask(app, path)
    assert answer.status == 301
    # Relative, so that it holds behind a proxy that serves this below a path of its own.
    assert answer.headers["location"] == (location or "./%D2%9B%D0%B0%D0%B7%D0%B0%D2%9B/")


@pytest.mark.parametrize(
    "path", ["/none.rss", "/kk/", "/kk/all", "//kk", "/../secret", "/.git/config", "//example.org/.."]
)
def test_what_is_not_there(app: ASGIApp, path: str) -> None:
    answer = ask(app, path)
    assert answer.status == 404
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-security-policy"]
    assert b"404" in answer.body
    assert b"secret" not in answer.body
    assert "etag" not in answer.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "get"])
def test_other_methods_are_refused(app: ASGIApp, method: str) -> None:
    for path in ("/kk/all/all.rss", "/none"):
        answer = ask(app, path, method=method)
        assert answer.status == 405
        assert answer.headers["allow"] == "GET, HEAD"


def test_a_file_of_tomorrow_was_modified_now(app: ASGIApp, top: Path) -> None:
    os.utime(top / "kk/all/all.rss", (4_000_000_000, 4_000_000_000))
    # RFC 9110, section 8.8.2.1.
    assert ask(app, "/kk/all/all.rss").headers["last-modified"] == "Tue, 14 May 2024 08:00:00 GMT"


def test_a_file_too_large_for_memory_is_sent_in_parts(app: ASGIApp, top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public_folder, "_LARGEST_IN_MEMORY", 1000)
    monkeypatch.setattr(feeds.serving.app, "_PART", 700)
    found = ask(app, "/kk/all/all.rss", GZIP)
    assert (found.status, found.body) == (200, FEED)
    assert found.headers["content-length"] == str(len(FEED))
    assert found.headers["content-type"] == "application/rss+xml; charset=utf-8"
    assert "content-encoding" not in found.headers
    head = ask(app, "/kk/all/all.rss", method="HEAD")
    assert (head.status, head.body, head.headers["content-length"]) == (200, b"", str(len(FEED)))
    again = ask(app, "/kk/all/all.rss", ("If-None-Match", found.headers["etag"]))
    assert (again.status, again.body) == (304, b"")
    beside = top / "new"
    beside.write_bytes(FEED)
    beside.replace(top / "kk" / "all" / "all.rss")
    assert ask(app, "/kk/all/all.rss").headers["etag"] != found.headers["etag"]
