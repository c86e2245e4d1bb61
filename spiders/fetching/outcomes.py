"""Outcomes: what a failed or refused page means for its address."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    DropItem,
    IgnoreRequest,
)
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError

from newscrawler.address import Address, AddressState, Outcome
from newscrawler.errors import NotAnArticle
from spiders.fetching.faults import IN_A_CIRCLE, reason_of
from spiders.fetching.robots import DISALLOWED, UNREACHABLE

# A known article that answers 404 is asked three times over a day before it counts as withdrawn.
_MISSING_VISITS = 3
_MISSING_INTERVAL = timedelta(hours=12)
_LONGEST_WAIT = timedelta(days=1)
_OF_HOST = (CannotResolveHostError, DownloadTimeoutError, DownloadConnectionRefusedError, DownloadFailedError)


def outcome_of(error: BaseException, address: Address, now: datetime) -> Outcome:
    """What `error`, raised while the page at `address` was fetched, read or kept, means for it.

    Faults of the network, the site and the store leave the address for a later run. What the page itself says, or
    keeps from being asked, is looked at again a few times in the next hours: sites show notices for a while.
    """
    if isinstance(error, HttpError):
        return _of_status(error.response, address, now)
    if isinstance(error, NotAnArticle):
        return Outcome(state=AddressState.REJECTED, reason=error.problem, recheck=True)
    if isinstance(error, DropItem):
        return Outcome(state=AddressState.REJECTED, reason=str(error) or "dropped", recheck=True)
    if isinstance(error, IgnoreRequest):
        reason = reason_of(error)
        if reason.startswith(UNREACHABLE):
            return Outcome(state=AddressState.PENDING, reason=reason, retry=True, of_host=True)
        # New rules make what the old ones forbade due again.
        return Outcome(state=AddressState.REJECTED, reason=reason, recheck=reason != DISALLOWED)
    of_host = isinstance(error, _OF_HOST)
    return Outcome(state=AddressState.PENDING, reason=reason_of(error), retry=True, of_host=of_host)


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
        return Outcome(state=AddressState.MISSING, reason=reason, recheck=True)
    if 300 <= status < 400:
        return Outcome(state=AddressState.REJECTED, reason=IN_A_CIRCLE, recheck=True)
    of_host = status in (403, 429) or status >= 500
    next_try = retry_after(response, now)
    return Outcome(state=AddressState.PENDING, reason=reason, retry=True, next_try=next_try, of_host=of_host)
