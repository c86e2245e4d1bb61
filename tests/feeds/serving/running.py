"""The server of `newscrawler serve` in a thread, with a log of what it answered."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from starlette.types import Message, Receive, Scope, Send

from feeds.serving.app import public_app
from feeds.serving.server import address_of, listening_socket, server_of
from tests.conftest import NOW


@dataclass(slots=True, kw_only=True)
class Running:
    """A server under way: its address, and a path and a status for every answer."""

    address: str
    answers: list[tuple[str, int]] = field(default_factory=list)


@contextmanager
def running(public: Path) -> Iterator[Running]:
    """Serves the folder on loopback until the block ends."""
    inner = public_app(public, clock=lambda: NOW)
    with listening_socket("127.0.0.1", 0) as listening:
        under_way = Running(address=address_of(listening))

        async def logged(scope: Scope, receive: Receive, send: Send) -> None:
            async def told(message: Message) -> None:
                if message["type"] == "http.response.start":
                    under_way.answers.append((scope["path"], int(message["status"])))
                await send(message)

            await inner(scope, receive, told)

        server = server_of(logged)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield under_way
        finally:
            server.should_exit = True
            thread.join()
