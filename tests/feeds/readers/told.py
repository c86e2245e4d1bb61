"""What a reader tells of an entry, whatever it is written in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple


class Told(NamedTuple):
    """An entry as a reader shows it; `published` is in whole seconds of UTC."""

    id: str
    title: str
    link: str
    published: datetime


def moment(seconds: float) -> datetime:
    """The moment so many seconds after 1970."""
    return datetime.fromtimestamp(int(seconds), UTC)


def moment_of(text: str) -> datetime:
    """The moment that an ISO 8601 text with an offset names."""
    return datetime.fromisoformat(text).astimezone(UTC).replace(microsecond=0)
