"""Faults: short stable phrases for what keeps a page from being fetched, read or kept."""

from __future__ import annotations

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.spidermiddlewares.httperror import HttpError

from newscrawler.errors import NewscrawlerError

IN_A_CIRCLE = "redirected in a circle or nowhere"
_SAID_OTHERWISE = {"max redirections reached": IN_A_CIRCLE}


class LeftToNextRun(NewscrawlerError, IgnoreRequest):
    """A request may not be sent in this run, for a reason that says nothing about what it asks for: that is as due as
    before. It is an IgnoreRequest too, so that Scrapy does not ask again."""


def reason_of(error: BaseException) -> str:
    """A short stable phrase for a fault, the same for every address it hits."""
    if isinstance(error, HttpError):
        return f"status {error.response.status}"
    if isinstance(error, NewscrawlerError):
        return error.problem
    if isinstance(error, IgnoreRequest):
        return _SAID_OTHERWISE.get(str(error), str(error)) or "refused"
    phrases = {
        CannotResolveHostError: "host name not found",
        DownloadTimeoutError: "no answer in time",
        DownloadCancelledError: "larger than allowed",
        DownloadConnectionRefusedError: "connection refused",
        DownloadFailedError: "connection broken",
        ResponseDataLossError: "broken off",
    }
    for kind, phrase in phrases.items():
        if isinstance(error, kind):
            return phrase
    return f"{type(error).__name__}: {error}".rstrip(": ")
