"""Asking an ASGI application without a server between, for tests of what it answers."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message


@dataclass(slots=True, frozen=True)
class Answer:
    """What was answered."""

    status: int
    headers: Headers
    body: bytes


def ask(app: ASGIApp, path: str, *headers: tuple[str, str], method: str = "GET") -> Answer:
    """Sends `app` a request for the decoded `path` as a server would; the path is not normalised on its way."""
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": None,
        "query_string": b"",
        "root_path": "",
        "headers": [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8000),
    }
    sent: list[Message] = []

    received: list[Message] = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Message:
        if not received:
            # The client stays, and says nothing more.
            await asyncio.Event().wait()
        return received.pop()

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(_called(app, scope, receive, send))
    start, *parts = sent
    assert start["type"] == "http.response.start"
    body = b"".join(part.get("body", b"") for part in parts)
    return Answer(start["status"], Headers(raw=list(start["headers"])), body)


async def _called(app: ASGIApp, *arguments: Any) -> None:
    await app(*arguments)
