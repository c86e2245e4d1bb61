"""`newscrawler serve`: the public folder over HTTP."""

from __future__ import annotations

import logging
from socket import socket
from typing import Annotated
from urllib.parse import urlsplit

import typer

from feeds.serving.app import public_app
from feeds.serving.server import CannotServe, address_of, is_for_this_machine_only, listening_socket, server_of
from newscrawler.commands.invocation import Invocation, verb

logger = logging.getLogger(__name__)

_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


@verb
def serve(
    invocation: Invocation,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, metavar="N", help="The port; 0 takes a free one.")] = 8000,
) -> None:
    """Serve the feeds and pages, at home or behind a web server. Ctrl-C ends it.

    Feeds may be published while it runs. With `--verbose` every request is told.

    **Examples**

    - `newscrawler serve` : at http://127.0.0.1:8000/, for programs of this machine only
    - `newscrawler serve --port 0` : at a free port, which it names
    - `newscrawler serve --host 0.0.0.0` : for every machine that can reach this one
    """
    config, output = invocation.config, invocation.output
    if not config.public.is_dir():
        raise CannotServe(
            f"there is no folder {config.public}", remedy="'newscrawler publish' makes it; --public names another"
        )
    with listening_socket(host, port) as listening:
        url = address_of(listening)
        if not is_for_this_machine_only(listening):
            logger.warning("other machines can reach this, without encryption; --host 127.0.0.1 is for this one only")
        if _leads_astray(config.base_url, listening):
            logger.warning("the feeds name themselves %s: set base_url to %s, and publish", config.base_url, url)
        output.line(f"Serving {config.public} at {url} (Ctrl-C ends it)")
        output.result({"url": url, "public": str(config.public)})
        output.flush()
        server_of(public_app(config.public, clock=config.clock)).run(sockets=[listening])


def _leads_astray(base_url: str, listening: socket) -> bool:
    """Whether the addresses in the feeds are of this machine, and not those at which it serves."""
    parts = urlsplit(base_url)
    return parts.hostname in _THIS_MACHINE and (parts.port or 80) != listening.getsockname()[1]
