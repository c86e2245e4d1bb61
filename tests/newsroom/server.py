"""The newsroom over loopback HTTP, with a log of what was asked.

By hand: python -m tests.newsroom.server --day 1 --port 8080
"""

import argparse
import gzip
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from tests.loopback_server import LoopbackServer

from .clock import CLOCK, http_date
from .site import Answer, Site, build_site

HOSTS: Final = frozenset({"newsroom.test", "www.newsroom.test"})


class Request(NamedTuple):
    """One line of the log."""

    method: str
    host: str
    target: str
    status: int
    headers: Mapping[str, str]


@dataclass
class _State:
    site: Site
    requests: list[Request]
    lock: threading.Lock


class NewsroomServer(LoopbackServer):
    """A context manager: the site of a day on 127.0.0.1, for the hosts newsroom.test and www.newsroom.test only."""

    def __init__(self, day: int = 1, port: int = 0) -> None:
        """Bind to the port (0: any free one); answers start with `with`."""
        self._state = _State(build_site(day), [], threading.Lock())
        super().__init__(_Server(("127.0.0.1", port), _handler(self._state)))

    @property
    def requests(self) -> list[Request]:
        """Everything that was asked since the start or the last `clear`, in the order of the answers."""
        with self._state.lock:
            return list(self._state.requests)

    def switch_to(self, day: int) -> None:
        """Show the site of another day; the log stays."""
        self._state.site = build_site(day)

    def clear(self) -> None:
        """Empty the log."""
        with self._state.lock:
            self._state.requests.clear()

    def serve(self) -> None:
        """Answer until interrupted."""
        with self:
            self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # A client that keeps its connection open must not hold up the end of a test.
    block_on_close = False
    request_queue_size = 64


class _Handler(BaseHTTPRequestHandler):
    state: _State
    protocol_version = "HTTP/1.1"
    # One write an answer: headers and body sent apart wait for each other on a kept connection.
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._respond(with_body=True)

    def do_HEAD(self) -> None:
        self._respond(with_body=False)

    def _respond(self, with_body: bool) -> None:
        site = self.state.site
        host, target = self._asked()
        name = host.rsplit(":", 1)[0].lower()
        answer = site.answer(target) if name in HOSTS else _MISDIRECTED
        if answer.status == 200 and _is_unchanged(
            answer, self.headers.get("If-None-Match"), self.headers.get("If-Modified-Since")
        ):
            answer = Answer(304, {key: answer.headers[key] for key in ("ETag", "Last-Modified")})
        headers, body = _compressed(answer, self.headers.get("Accept-Encoding", ""))
        with self.state.lock:
            self.state.requests.append(Request(self.command, host, target, answer.status, dict(self.headers.items())))
        self.send_response(answer.status)
        for key, value in headers.items():
            self.send_header(key, value)
        if answer.status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body and answer.status != 304:
            self.wfile.write(body)

    def _asked(self) -> tuple[str, str]:
        """Host and target; a client that takes the server for its proxy names both in the target."""
        if self.path.startswith(("http://", "https://")):
            parts = urlsplit(self.path)
            return parts.netloc, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return self.headers.get("Host", ""), self.path

    def version_string(self) -> str:
        """Not the version of Python."""
        return "newsroom"

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The snapshot's clock, never the machine's."""
        return http_date(CLOCK[self.state.site.day])

    def log_message(self, *_: object) -> None:
        """Say nothing: the log is `NewsroomServer.requests`."""


_MISDIRECTED: Final = Answer(421, {"Content-Type": "text/plain; charset=utf-8"}, b"no such host here\n")


def _handler(state: _State) -> type[_Handler]:
    return type("Handler", (_Handler,), {"state": state})


def _is_unchanged(answer: Answer, tags: str | None, since: str | None) -> bool:
    """Whether the client has it already; If-None-Match decides where both are sent."""
    if "ETag" not in answer.headers:
        return False
    if tags is not None:
        asked = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return "*" in asked or answer.headers["ETag"] in asked
    if since is None:
        return False
    try:
        return parsedate_to_datetime(answer.headers["Last-Modified"]) <= parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return False


def _compressed(answer: Answer, accepted: str) -> tuple[dict[str, str], bytes]:
    headers = dict(answer.headers)
    if not headers.get("Content-Type", "").startswith("text/html"):
        return headers, answer.body
    headers["Vary"] = "Accept-Encoding"
    if "gzip" not in accepted or not answer.body:
        return headers, answer.body
    headers["Content-Encoding"] = "gzip"
    return headers, gzip.compress(answer.body, compresslevel=1, mtime=0)


def main() -> None:
    """Serve a snapshot by hand until Ctrl-C."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--day", type=int, choices=sorted(CLOCK), default=1)
    parser.add_argument("--port", type=int, default=8080)
    options = parser.parse_args()
    server = NewsroomServer(options.day, options.port)
    print(f"newsroom.test of day {options.day} on http://{server.address} (send Host: newsroom.test)")
    try:
        server.serve()
    except KeyboardInterrupt:
        print()


if __name__ == "__main__":
    main()
