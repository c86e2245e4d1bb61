"""Faults: short stable phrases for what keeps a page from being fetched, read or kept."""

from __future__ import annotations

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
)
from scrapy.spidermiddlewares.httperror import HttpError

from newscrawler.errors import NewscrawlerError


def reason_of(error: BaseException) -> str:
    """A short stable phrase for a fault, the same for every address it hits."""
    if isinstance(error, HttpError):
        return f"status {error.response.status}"
    if isinstance(error, NewscrawlerError):
        return error.problem
    if isinstance(error, IgnoreRequest):
        return str(error) or "refused"
    phrases = {
        CannotResolveHostError: "host name not found",
        DownloadTimeoutError: "no answer in time",
        DownloadCancelledError: "larger than allowed",
        DownloadConnectionRefusedError: "connection refused",
        DownloadFailedError: "connection broken",
    }
    for kind, phrase in phrases.items():
        if isinstance(error, kind):
            return phrase
    return f"{type(error).__name__}: {error}".rstrip(": ")
