"""Outcomes: what a failed or refused page means for its address."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    DropItem,
    IgnoreRequest,
)
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError

from newscrawler.address import Address, AddressState, Outcome
from newscrawler.errors import NewscrawlerError, NotAnArticle
from spiders.fetching.robots import UNREACHABLE

# A known article that answers 404 is asked three times over a day before it counts as withdrawn.
_MISSING_VISITS = 3
_MISSING_INTERVAL = timedelta(hours=12)
_LONGEST_WAIT = timedelta(days=1)


def outcome_of(error: BaseException, address: Address, now: datetime) -> Outcome:
    """What `error`, raised while the page at `address` was fetched, read or kept, means for it.

    Faults of the network, the site and the store leave the address for a later run; what the page itself says is final.
    """
    if isinstance(error, HttpError):
        return _of_status(error.response, address, now)
    if isinstance(error, NotAnArticle):
        return Outcome(state=AddressState.REJECTED, reason=error.problem)
    if isinstance(error, DropItem):
        return Outcome(state=AddressState.REJECTED, reason=str(error) or "dropped")
    if isinstance(error, IgnoreRequest):
        reason = str(error)
        if reason == UNREACHABLE:
            return Outcome(state=AddressState.PENDING, reason=reason, retry=True)
        return Outcome(state=AddressState.REJECTED, reason=reason or "refused")
    return Outcome(state=AddressState.PENDING, reason=reason_of(error), retry=True)


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


def retry_after(response: Response, now: datetime) -> datetime | None:
    """The moment that a Retry-After header names, in either form (RFC 9110 10.2.3), at most a day from `now`."""
    text = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if text.isdecimal():
        return now + min(timedelta(seconds=int(text[:9])), _LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return min(moment, now + _LONGEST_WAIT) if moment.tzinfo is not None else None


def _of_status(response: Response, address: Address, now: datetime) -> Outcome:
    status = response.status
    reason = f"status {status}"
    if status == 410:
        return Outcome(state=AddressState.GONE, reason=reason)
    if status == 404:
        if address.article_id is not None and address.tries < _MISSING_VISITS:
            return Outcome(state=AddressState.PENDING, reason=reason, retry=True, next_try=now + _MISSING_INTERVAL)
        return Outcome(state=AddressState.MISSING, reason=reason)
    if 300 <= status < 400:
        return Outcome(state=AddressState.REJECTED, reason="redirected in a circle or nowhere")
    return Outcome(state=AddressState.PENDING, reason=reason, retry=True, next_try=retry_after(response, now))
