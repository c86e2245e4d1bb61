"""The application that answers requests for the public folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from email.utils import format_datetime
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response, StreamingResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from feeds.serving.conditional import status_under_conditions
from feeds.serving.content_coding import GZIP, accepts_gzip
from feeds.serving.public_folder import Document, PublicFolder

_METHODS = ("GET", "HEAD")
_PART = 256 * 1024
_NO_SNIFFING = {"x-content-type-options": "nosniff"}
# Nothing from elsewhere, and no frame elsewhere. Which scripts and styles of its own a page may have, it says itself.
_POLICY = {
    "content-security-policy": "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "img-src 'self' data:; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}
_ERROR_PAGE = (
    '<!DOCTYPE html>\n<html lang="en"><meta charset="utf-8"><meta name="color-scheme" content="light dark">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    "<title>{status} {phrase}</title>\n<h1>{status} {phrase}</h1>\n<p>{told}</p>\n"
    '<p><a href="{home}">Front page</a></p>\n</html>\n'
)
_NOT_FOUND = "There is no feed or page at this address."
# A feed that is not there may be there after the next crawl.
_ERROR_CACHING = "public, max-age=60"


def public_app(top: Path, *, clock: Callable[[], datetime]) -> ASGIApp:
    """An ASGI application that serves the public files below `top`, see `PublicFolder`, to GET and HEAD.

    Conditional requests are answered as RFC 9110 says; gzip is sent to who prefers it, under an entity tag of its own.
    `clock` gives the present moment, with a zone.
    """
    folder = PublicFolder(top)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise ValueError(f"only HTTP is served here, not {scope['type']}")
        answer = await run_in_threadpool(_answer, folder, scope["method"], scope["path"], Headers(scope=scope), clock)
        if scope["method"] == "HEAD":
            answer.body = b""
        await answer(scope, receive, send)

    return app


def _answer(folder: PublicFolder, method: str, path: str, headers: Headers, clock: Callable[[], datetime]) -> Response:
    if method not in _METHODS:
        answer = _error(HTTPStatus.METHOD_NOT_ALLOWED, "Feeds and pages are only read here.", path)
        answer.headers["allow"] = ", ".join(_METHODS)
        return answer
    document = folder.document(path)
    if document is not None:
        answer = _document(document, headers, path, clock())
        return answer if document.plain.content is not None else _in_parts(answer, folder, method, path)
    if folder.has_folder(path) and folder.document(f"{path}/") is not None:
        # Relative to the address asked for, whatever path a proxy serves this below.
        location = f"./{quote(path.rpartition('/')[2], safe='')}/"
        return Response(status_code=HTTPStatus.MOVED_PERMANENTLY, headers={"location": location, **_NO_SNIFFING})
    return _error(HTTPStatus.NOT_FOUND, _NOT_FOUND, path)


def _document(document: Document, headers: Headers, path: str, now: datetime) -> Response:
    sent, told = document.plain, dict(_NO_SNIFFING)
    media_type = document.media_type
    if document.packed is not None:
        told["vary"] = "Accept-Encoding"
        if accepts_gzip(",".join(headers.getlist("accept-encoding"))):
            sent = document.packed
    # What is not yet over, this answer included, cannot have been modified (section 8.8.2.1).
    modified = min(document.last_modified, now.replace(microsecond=0))
    told["etag"] = sent.etag
    told["last-modified"] = format_datetime(modified, usegmt=True)
    told["cache-control"] = media_type.cache_control
    status = status_under_conditions(headers, etag=sent.etag, last_modified=modified)
    if status == HTTPStatus.PRECONDITION_FAILED:
        return _error(status, "This is no longer what the request expects here.", path)
    if status == HTTPStatus.NOT_MODIFIED:
        return Response(status_code=status, headers=told)
    told["content-type"] = media_type.content_type
    if media_type.is_active:
        told |= _POLICY
    if sent is document.packed:
        told["content-encoding"] = GZIP
    return Response(sent.content or b"", headers=told)


def _in_parts(answer: Response, folder: PublicFolder, method: str, path: str) -> Response:
    """`answer` with the bytes of a large file, where it sends any."""
    if answer.status_code != HTTPStatus.OK:
        return answer
    file = folder.opened(path)
    if file is None:
        return _error(HTTPStatus.NOT_FOUND, _NOT_FOUND, path)
    answer.headers["content-length"] = str(os.fstat(file.fileno()).st_size)
    if method == "HEAD":
        file.close()
        return answer
    return StreamingResponse(_parts(file), headers=dict(answer.headers))


def _parts(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while part := file.read(_PART):
            yield part


def _error(status: HTTPStatus, told: str, path: str) -> Response:
    # Relative to the address asked for, whatever path a proxy serves this below.
    home = "../" * (path.count("/") - 1) or "./"
    page = _ERROR_PAGE.format(status=status.value, phrase=status.phrase, told=told, home=home)
    headers = {"content-type": "text/html; charset=utf-8", "cache-control": _ERROR_CACHING, **_NO_SNIFFING, **_POLICY}
    return Response(page, status_code=status, headers=headers)
