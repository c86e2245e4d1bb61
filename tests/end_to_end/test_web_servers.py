"""The same questions to `newscrawler serve`, nginx and Caddy: what docs/publishing.md promises of each."""

from __future__ import annotations

import gzip
import http.client
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest

from tests.end_to_end.web_servers import SERVERS

FEED = "<rss>Жаңалық</rss>".encode() * 300
MODIFIED = 1_715_671_805
MODIFIED_AS_TOLD = "Tue, 14 May 2024 07:30:05 GMT"


class Answer(NamedTuple):
    """What a server answered."""

    status: int
    headers: Any
    body: bytes


class Server:
    """A server under way: asks it for paths."""

    def __init__(self, name: str, address: str, public: Path) -> None:
        self.name, self.public = name, public
        self._port = urlsplit(address).port

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Sends the path as it is, and the headers, named with underscores."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=10)
        try:
            connection.putrequest(method, path, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            connection.endheaders()
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()


@pytest.fixture(scope="module", params=SERVERS)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Each server over a folder like a published one."""
    public = tmp_path_factory.mktemp("served") / "public"
    (public / "kk" / "all").mkdir(parents=True)
    for suffix in ("rss", "atom", "json", "opml"):
        (public / "kk" / "all" / f"all.{suffix}").write_bytes(FEED)
        os.utime(public / "kk" / "all" / f"all.{suffix}", (MODIFIED, MODIFIED))
    (public / "index.html").write_text("<!DOCTYPE html>" + "<p>Жаңалық" * 100, encoding="utf-8")
    (public / "kk" / "index.html").write_text("<!DOCTYPE html>қазақша", encoding="utf-8")
    (public / "icon.png").write_bytes(bytes(1000))
    (public / "icon.svg").write_text("<svg/>" * 200, encoding="utf-8")
    (public / ".new.rss").write_text("half a f", encoding="utf-8")
    (public / ".git").mkdir()
    (public / ".git" / "config").write_text("secret", encoding="utf-8")
    (public.parent / "secret.txt").write_text("secret", encoding="utf-8")
    (public / "secret.rss").symlink_to(public.parent / "secret.txt")
    with SERVERS[request.param](public) as address:
        yield Server(request.param, address, public)


@pytest.mark.parametrize(
    ("path", "content_type", "seconds"),
    [
        ("/kk/all/all.rss", "application/rss+xml; charset=utf-8", 300),
        ("/kk/all/all.atom", "application/atom+xml; charset=utf-8", 300),
        ("/kk/all/all.json", "application/feed+json", 300),
        ("/kk/all/all.opml", "text/x-opml; charset=utf-8", 300),
        ("/", "text/html; charset=utf-8", 300),
        ("/kk/", "text/html; charset=utf-8", 300),
        ("/icon.png", "image/png", 86400),
        ("/icon.svg", "image/svg+xml; charset=utf-8", 86400),
    ],
)
def test_media_types_and_how_long_they_may_be_kept(server: Server, path: str, content_type: str, seconds: int) -> None:
    answer = server.ask(path)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == content_type
    assert answer.headers["Cache-Control"].startswith(f"public, max-age={seconds}")
    assert ("must-revalidate" in answer.headers["Cache-Control"]) == (seconds == 300)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    is_page = content_type.startswith(("text/html", "image/svg"))
    assert ("frame-ancestors 'none'" in (answer.headers["Content-Security-Policy"] or "")) == is_page
    head = server.ask(path, method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Type"] == content_type
    assert head.headers["ETag"] == answer.headers["ETag"]


@pytest.mark.parametrize("suffix", ["rss", "atom", "json", "opml"])
@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_what_a_reader_has_is_not_sent_again(server: Server, suffix: str, coding: str) -> None:
    path = f"/kk/all/all.{suffix}"
    first = server.ask(path, Accept_Encoding=coding)
    assert first.status == 200
    assert first.headers["Content-Encoding"] == (None if coding == "identity" else coding)
    assert (first.body if coding == "identity" else gzip.decompress(first.body)) == FEED
    assert first.headers["Vary"] == "Accept-Encoding"
    assert first.headers["Last-Modified"] == MODIFIED_AS_TOLD
    asked = {"Accept_Encoding": coding}
    known = [
        {"If_None_Match": first.headers["ETag"]},
        {"If_None_Match": f'"other", {first.headers["ETag"]}'},
        {"If_Modified_Since": MODIFIED_AS_TOLD},
    ]
    if server.name != "nginx":
        known.append({"If_None_Match": first.headers["ETag"], "If_Modified_Since": "Mon, 01 Jan 2024 00:00:00 GMT"})
    for told in known:
        again = server.ask(path, **asked, **told)
        assert (again.status, again.body) == (304, b""), told
        assert again.headers["ETag"]
    for told in ({"If_None_Match": '"other"', "If_Modified_Since": MODIFIED_AS_TOLD}, {"If_None_Match": '"other"'}):
        assert server.ask(path, **asked, **told).status == 200, told


def test_an_etag_is_not_shared_by_a_plain_and_a_packed_answer(server: Server) -> None:
    if server.name == "caddy":
        pytest.skip("Caddy has one for both; the document says so")
    plain, packed = (server.ask("/kk/all/all.rss", Accept_Encoding=one) for one in ("identity", "gzip"))
    assert plain.headers["ETag"] != packed.headers["ETag"]


def test_what_is_not_public(server: Server) -> None:
    for path in (
        "/none.rss",
        "/.new.rss",
        "/.git/config",
        "/kk/.git",
        "/../secret.txt",
        "/kk/%2e%2e/%2e%2e/secret.txt",
    ):
        answer = server.ask(path)
        assert answer.status in (400, 404), path
        assert b"secret" not in answer.body
        assert b"half" not in answer.body
    link = server.ask("/secret.rss")
    if server.name != "caddy":
        assert link.status in (403, 404)
        assert link.body != b"secret"


def test_folders(server: Server) -> None:
    redirect = server.ask("/kk")
    assert redirect.status in (301, 308)
    assert redirect.headers["Location"] in ("./kk/", "/kk/", "kk/")
    assert server.ask("/kk/all/").status in (403, 404)
    page = server.public / "kk" / "astana" / "all.html"
    page.parent.mkdir()
    page.write_text("<!DOCTYPE html>Астана", encoding="utf-8")
    found = server.ask("/kk/astana/")
    assert (found.status, found.body) == (200, page.read_bytes())
    assert found.headers["Content-Type"] == "text/html; charset=utf-8"


def test_other_methods_are_refused(server: Server) -> None:
    answer = server.ask("/kk/all/all.rss", method="POST", Content_Length="0")
    assert answer.status == 405
    assert answer.headers["Allow"] == "GET, HEAD"
