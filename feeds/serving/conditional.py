"""Conditional requests: what a request that names validators is answered with (RFC 9110, section 13)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from starlette.datastructures import Headers

_ENTITY_TAG = re.compile(r'(W/)?("[^"]*")')
_ANY = "*"


def status_under_conditions(headers: Headers, *, etag: str, last_modified: datetime) -> HTTPStatus:
    """The status of a GET or HEAD for a representation that exists: OK, NOT_MODIFIED or PRECONDITION_FAILED.

    `etag` is the strong entity tag of the representation that would be sent, `last_modified` is in whole seconds with a
    zone. As section 13.2.2 has it, entity tags win over dates; dates that cannot be read are ignored.
    """
    if (wanted := _field(headers, "if-match")) is not None:
        if wanted != _ANY and etag not in _strong_tags(wanted):
            return HTTPStatus.PRECONDITION_FAILED
    elif (moment := _moment(_field(headers, "if-unmodified-since"))) is not None and last_modified > moment:
        return HTTPStatus.PRECONDITION_FAILED
    if (known := _field(headers, "if-none-match")) is not None:
        return HTTPStatus.NOT_MODIFIED if known == _ANY or etag in _tags(known) else HTTPStatus.OK
    if (moment := _moment(_field(headers, "if-modified-since"))) is not None and last_modified <= moment:
        return HTTPStatus.NOT_MODIFIED
    return HTTPStatus.OK


def _field(headers: Headers, name: str) -> str | None:
    lines = headers.getlist(name)
    return ", ".join(lines).strip() if lines else None


def _tags(field: str) -> Sequence[str]:
    """Every entity tag of `field` as weak comparison sees it: without its mark of weakness."""
    return [found[2] for found in _ENTITY_TAG.finditer(field)]


def _strong_tags(field: str) -> Sequence[str]:
    return [found[2] for found in _ENTITY_TAG.finditer(field) if not found[1]]


def _moment(field: str | None) -> datetime | None:
    if field is None:
        return None
    try:
        moment = parsedate_to_datetime(field)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    # The two obsolete forms of dates name no zone; section 5.6.7 has them read as UTC.
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
