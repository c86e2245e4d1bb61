"""XML envelopes: what feedgen makes of a feed without entries, made once and filled in for every feed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from feeds.head import Head
from feeds.rss_texts import rfc822_date

# Everything of a head that differs from feed to feed, as a word that stands for it in a feed made by feedgen.
_TEXTS = ("id", "title", "subtitle", "rights", "language", "publisher", "page", "address", "icon")
# RSS's title and description of a channel, which readers may take for HTML.
_PLAIN_TEXTS = ("title", "subtitle")
_ARCHIVES = ("previous_archive", "current")
_STAND_INS = {name: f"stand-in-for-{name.replace('_', '-')}" for name in (*_TEXTS, *_ARCHIVES)}
_MOMENT = datetime(1999, 1, 2, 3, 4, 5, tzinfo=UTC)
_MOMENTS: Mapping[str, Callable[[datetime], str]] = {
    _MOMENT.isoformat(): datetime.isoformat,
    rfc822_date(_MOMENT): rfc822_date,
}
_ANY = re.compile("|".join(re.escape(word) for word in (*_STAND_INS.values(), *_MOMENTS)))
_NAMES = {word: name for name, word in _STAND_INS.items()}
# XML 1.0, section 2.2.
_NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_TITLE_ESCAPES = str.maketrans({"&": "&#x26;", "<": "&#x3C;", ">": "&gt;", "\r": "&#13;"})


def stand_in_for(head: Head) -> Head:
    """A head with stand-ins where `head` has texts and moments, to make a template of."""
    there = [name for name in _ARCHIVES if getattr(head, name) is not None]
    values: dict[str, Any] = {name: _STAND_INS[name] for name in (*_TEXTS, *there)}
    return replace(head, **values, updated=_MOMENT)


@dataclass(slots=True, frozen=True)
class Template:
    """A feed made of `stand_in_for` some head, divided at its stand-ins."""

    parts: tuple[str, ...]
    stand_ins: tuple[str, ...]

    @classmethod
    def of(cls, document: str) -> Template:
        """The template that `document` is."""
        return cls(tuple(_ANY.split(document)), tuple(_ANY.findall(document)))

    def filled(self, head: Head, *, numeric_titles: bool) -> str:
        """The feed of `head`, byte for byte as feedgen would make it; `numeric_titles` are those of `rss_texts`.

        Raises ValueError when a text of `head` holds a character that XML cannot hold.
        """
        filled = [self.parts[0]]
        for word, part in zip(self.stand_ins, self.parts[1:], strict=True):
            filled += (self._value(word, head, numeric_titles=numeric_titles), part)
        return "".join(filled)

    def _value(self, word: str, head: Head, *, numeric_titles: bool) -> str:
        moment = _MOMENTS.get(word)
        if moment is not None:
            return moment(head.updated)
        name = _NAMES[word]
        text: str = getattr(head, name)
        if (found := _NO_CHARACTER.search(text)) is not None:
            raise ValueError(f"{name} {text!r} holds {found[0]!r}, which XML cannot")
        return text.translate(_TITLE_ESCAPES if numeric_titles and name in _PLAIN_TEXTS else _ESCAPES)
