"""The server: where it listens, and uvicorn set up for public files."""

from __future__ import annotations

import errno
import socket
from ipaddress import ip_address

import uvicorn
from starlette.types import ASGIApp

from newscrawler.errors import NewscrawlerError, UsageError

# A client that reads slowly, or not at all, holds up the end no longer.
_SECONDS_TO_FINISH = 3


class CannotServe(NewscrawlerError):
    """The public folder cannot be served: there is none, or its address cannot be had."""


def listening_socket(host: str, port: int) -> socket.socket:
    """A socket that listens at `host`, an address or a name, and `port`; 0 takes a free one.

    Raises UsageError for a host that has no address, and CannotServe when the address cannot be had.
    """
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError) as cause:
        raise UsageError(
            f"the host {host!r} has no address", cause=cause, remedy="Give --host an address of this machine"
        ) from cause
    try:
        listening = socket.create_server((str(address[0]), port), family=family)
    except OSError as cause:
        raise _refused(host, port, cause) from cause
    # Else the end of an answer waits for the client to confirm its beginning, 40 ms. Connections inherit it.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def address_of(listening: socket.socket) -> str:
    """The web address at which a socket listens."""
    host, port = listening.getsockname()[:2]
    return _web_address(host, port)


def is_for_this_machine_only(listening: socket.socket) -> bool:
    """Whether only programs of this machine can reach the socket."""
    return ip_address(listening.getsockname()[0]).is_loopback


def server_of(app: ASGIApp) -> uvicorn.Server:
    """A server for `app`; its `run` serves until SIGINT or SIGTERM, lets answers end, and then raises the signal
    again. What it says goes to the log, requests as information."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            loop="asyncio",
            http="h11",
            ws="none",
            lifespan="off",
            interface="asgi3",
            log_config=None,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=_SECONDS_TO_FINISH,
        )
    )


def _web_address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _refused(host: str, port: int, cause: OSError) -> CannotServe:
    if cause.errno == errno.EADDRINUSE:
        return CannotServe(
            f"another program listens at {_web_address(host, port)}",
            remedy="Stop it, or choose another port with --port (0 takes a free one)",
        )
    if cause.errno == errno.EADDRNOTAVAIL:
        return CannotServe(f"{host} is no address of this machine", remedy="Give --host one, or leave it out")
    if cause.errno == errno.EACCES:
        return CannotServe(f"port {port} is not for every user", remedy="Choose one above 1023 with --port")
    return CannotServe(
        f"cannot listen at {_web_address(host, port)}", cause=cause, remedy="Choose another --port or --host"
    )
