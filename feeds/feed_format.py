"""What a format of feeds is: entries as fragments of bytes, and the envelope in which fragments make a whole feed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from feeds.entry import Entry
from feeds.head import Head
from newscrawler.errors import PublishError

# One article must not make a feed that readers give up on: 50 of this size are already more than most take.
LARGEST_ENTRY = 1_000_000


@dataclass(slots=True, kw_only=True, frozen=True)
class Envelope:
    """A feed without its entries, as the bytes before and after them, and `between` two of them."""

    before: bytes
    after: bytes
    between: bytes = b""

    def around(self, fragments: Iterable[bytes]) -> bytes:
        """The whole feed."""
        return b"".join([self.before, self.between.join(fragments), self.after])


def cannot_be_made(head: Head, cause: ValueError) -> PublishError:
    """The error of a feed whose configured title or names a format cannot hold."""
    return PublishError(
        f"the feed {head.address} cannot be made", cause=cause, remedy="Look at the title and the names"
    )


class EntryFormat(Protocol):
    """A format in which entries are made and kept; `name` is the suffix of its files."""

    @property
    def name(self) -> str: ...

    def fragment(self, entry: Entry) -> bytes:
        """The bytes of `entry` as they stand in every document of this format, read back as a reader would.

        Raises RottenArticle when the format cannot hold the entry, or readers would not take it.
        """


class FeedFormat(EntryFormat, Protocol):
    """A format in which feeds are published; `label` is its name for people."""

    @property
    def label(self) -> str: ...

    @property
    def media_type(self) -> str: ...

    def envelope(self, head: Head, formats: Iterable[FeedFormat]) -> Envelope:
        """The feed of `head` without entries; `formats` are all in which it is published.

        Raises PublishError when the configured title or names hold characters that the format cannot hold.
        """
