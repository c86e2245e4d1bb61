"""Names in markup: what the `class` and `id` of an element say it is, by the words of markup_names.toml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args

from lxml.etree import _Element

from newscrawler.errors import VocabularyError
from newscrawler.toml_files import StrictModel, check, read_toml

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+|[^\W\d_a-zA-Z]+")
# In characters: what goes on longer than this is no name, and not to be remembered.
_LONGEST_NAME = 300

Kind = Literal[
    "others",
    "clutter",
    "body",
    "lead",
    "byline",
    "date",
    "caption",
    "credit",
    "avatar",
    "section",
    "placeholder",
    "icon_folder",
    "site_head",
]


class MarkupNames(StrictModel):
    """The phrases of markup_names.toml, a kind of element each."""

    others: list[str]
    clutter: list[str]
    body: list[str]
    lead: list[str]
    byline: list[str]
    date: list[str]
    caption: list[str]
    credit: list[str]
    avatar: list[str]
    section: list[str]
    placeholder: list[str]
    icon_folder: list[str]
    site_head: list[str]


def is_named(kind: Kind, element: _Element) -> bool:
    """Whether the `class` or the `id` of `element` names it as one of `kind`."""
    return kind in kinds_of_element(element)


def kinds_of_element(element: _Element) -> frozenset[Kind]:
    """The kinds that the `class` and the `id` of `element` name it as."""
    # One look at the names of all attributes costs less than two in vain.
    attributes = element.keys()
    kinds = kinds_of(element.get("class") or "") if "class" in attributes else _NONE
    return kinds | kinds_of(element.get("id") or "") if "id" in attributes else kinds


def kinds_of(name: str) -> frozenset[Kind]:
    """The kinds of which `name`, as it stands in an attribute or an address, holds a phrase."""
    return _kinds_of(name[:_LONGEST_NAME])


_NONE: frozenset[Kind] = frozenset()


@lru_cache(maxsize=65_536)
def _kinds_of(name: str) -> frozenset[Kind]:
    words = [word.lower() for word in _WORD.findall(name)]
    phrases = _phrases()
    return frozenset(
        phrase.kind
        for place, word in enumerate(words)
        for phrase in phrases.get(word[0], ())
        if phrase.stands_at(words, place)
    )


@dataclass(slots=True, frozen=True)
class _Phrase:
    kind: Kind
    words: tuple[str, ...]
    open_ended: bool

    def stands_at(self, words: list[str], place: int) -> bool:
        """Whether the phrase is the words from `place` on."""
        end = place + len(self.words)
        if end > len(words) or tuple(words[place : end - 1]) != self.words[:-1]:
            return False
        last = self.words[-1]
        return words[end - 1].startswith(last) if self.open_ended else words[end - 1] == last


@lru_cache(maxsize=1)
def markup_names() -> MarkupNames:
    """The shipped phrases. Raises VocabularyError when the file is broken."""
    path = Path(__file__).with_name("markup_names.toml")
    return check(MarkupNames, read_toml(path, VocabularyError), str(path), VocabularyError)


@lru_cache(maxsize=1)
def _phrases() -> dict[str, list[_Phrase]]:
    """All phrases by the first letter of their first word."""
    found: dict[str, list[_Phrase]] = {}
    names = markup_names()
    for kind in get_args(Kind):
        for listed in getattr(names, kind):
            words = tuple(listed.removesuffix("*").lower().split())
            found.setdefault(words[0][0], []).append(_Phrase(kind, words, listed.endswith("*")))
    return found
