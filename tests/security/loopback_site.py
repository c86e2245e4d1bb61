"""A site on loopback that notes every connection and request, to be read or never to be touched."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.loopback_server import LoopbackServer

_HTML = {"Content-Type": "text/html; charset=utf-8"}
_XML = {"Content-Type": "application/xml"}


@dataclass(slots=True, frozen=True)
class Page:
    """An answer; `target` makes it a redirect."""

    body: str = ""
    target: str | None = None
    status: int = 200

    @property
    def headers(self) -> Mapping[str, str]:
        """The answer's headers."""
        if self.target is not None:
            return {"Location": self.target}
        return _XML if self.body.startswith("<?xml") else _HTML


@dataclass(slots=True, frozen=True)
class Asked:
    """A request: its path, and its headers by their names in lower case."""

    path: str
    headers: Mapping[str, str] = field(default_factory=dict)


class LoopbackSite(LoopbackServer):
    """A context manager: answers `pages` by path at `host`, on a port of its own where none is given. `connections` are
    the addresses of those who connected, `asked` the requests. Every answer sets a cookie and closes the connection."""

    def __init__(
        self, pages: Mapping[str, Page] | None = None, *, host: str = "127.0.0.1", port: int = 0, tls: Any = None
    ) -> None:
        self.pages = dict(pages or {})
        self.connections: list[Any] = []
        self.asked: list[Asked] = []
        server = _Server((host, port), type("Handler", (_Handler,), {"site": self}))
        super().__init__(server)
        server.site = self
        if tls is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*tls)
            server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)

    @property
    def paths(self) -> list[str]:
        """The paths that were asked for."""
        return [asked.path for asked in self.asked]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    site: LoopbackSite

    def verify_request(self, request: Any, client_address: Any) -> bool:
        self.site.connections.append(client_address)
        return True

    def handle_error(self, *_: Any) -> None:
        """Say nothing of clients that break off."""


class _Handler(BaseHTTPRequestHandler):
    site: LoopbackSite
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.site.asked.append(Asked(self.path, headers))
        page = self.site.pages.get(self.path, Page("жоқ", status=404))
        body = page.body.encode()
        self.send_response(302 if page.target is not None else page.status)
        for name, value in page.headers.items():
            self.send_header(name, value)
        self.send_header("Set-Cookie", "session=cookie-of-the-site; Path=/")
        self.send_header("Connection", "close")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""
