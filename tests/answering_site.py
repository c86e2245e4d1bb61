"""A site on loopback that answers each address as a test says, well or badly, and notes what it was asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Final

from tests.loopback_server import LoopbackServer

HTML: Final = {"Content-Type": "text/html; charset=utf-8"}
XML: Final = {"Content-Type": "application/xml"}
_FRAMING: Final = {"Content-Length", "Transfer-Encoding"}
_BETWEEN_DRIPS: Final = 0.1


@dataclass(slots=True, frozen=True)
class Answer:
    """What the site answers; with an ETag among `headers` a request that names it gets 304 in place of a 200.

    With a length or a transfer coding of its own among them the body is sent as it is, and the connection closed. One
    that `stalls` sends the first half of the body and nothing more, one that `drips` sends it a byte at a time, for
    minutes; the body of others is sent so many `times` over.
    """

    body: str | bytes = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: HTML)
    stalls: bool = False
    drips: bool = False
    times: int = 1


NOT_FOUND: Final = Answer("жоқ", 404)


def redirect(target: str) -> Answer:
    """A permanent redirect."""
    return Answer("", 301, {"Location": target})


class AnsweringSite(LoopbackServer):
    """A context manager: a site on 127.0.0.1 whose clock stands at `now`. `answers` holds what it answers by path and
    query, 404 else; `moments` are those at which it was asked, in seconds of a clock that starts anywhere."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.answers: dict[str, Answer] = {}
        self.moments: list[float] = []
        self.ended = threading.Event()
        self._asked: list[str] = []
        self._lock = threading.Lock()
        super().__init__(_Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"site": self})))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.ended.set()
        super().__exit__(kind, error, trace)

    def taken_log(self) -> list[str]:
        """What was asked since this was called last."""
        with self._lock:
            taken, self._asked = self._asked, []
        return taken

    def answer(self, target: str, known: str | None) -> Answer:
        """The answer to a request for `target` whose If-None-Match is `known`."""
        with self._lock:
            self._asked.append(target)
            self.moments.append(time.monotonic())
            answer = self.answer_to(target)
        unchanged = answer.status == 200 and known is not None and known == answer.headers.get("ETag")
        return Answer("", 304, answer.headers) if unchanged else answer

    def answer_to(self, target: str) -> Answer:
        """The whole answer to a request for `target`; called for one request at a time."""
        return self.answers.get(target, NOT_FOUND)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # A client that was killed, or keeps its connection open, must not hold up the end of a test.
    block_on_close = False

    def handle_error(self, *_: Any) -> None:
        """Say nothing of clients that were killed."""


class _Handler(BaseHTTPRequestHandler):
    site: AnsweringSite
    protocol_version = "HTTP/1.1"
    # One write an answer: headers and body sent apart wait for each other on a kept connection.
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        answer = self.site.answer(self.path, self.headers.get("If-None-Match"))
        body = answer.body.encode() if isinstance(answer.body, str) else answer.body
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.headers.keys() & _FRAMING:
            self.close_connection = True
        elif answer.status != 304:
            self.send_header("Content-Length", str(len(body) * answer.times))
        self.end_headers()
        if answer.stalls or answer.drips:
            self._send_slowly(body, whole=answer.drips)
            return
        for _ in range(answer.times):
            self.wfile.write(body)

    def _send_slowly(self, body: bytes, *, whole: bool) -> None:
        self.close_connection = True
        half = len(body) // 2
        self.wfile.write(body[:half])
        self.wfile.flush()
        for place in range(half, len(body) if whole else half):
            if self.site.ended.wait(_BETWEEN_DRIPS):
                return
            self.wfile.write(body[place : place + 1])
            self.wfile.flush()
        self.site.ended.wait(60)

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The tests' clock, never the machine's."""
        return format_datetime(self.site.now)

    def log_message(self, *_: object) -> None:
        """Say nothing: the log is `AnsweringSite.taken_log`."""
