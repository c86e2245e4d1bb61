"""Names in markup: what the `class` and `id` of an element say it is, by the words of markup_names.toml."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Literal

from lxml.etree import _Element

from newscrawler.errors import VocabularyError
from newscrawler.toml_files import StrictModel, check, read_toml
from spiders.pages.page_words import alternation

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+|[^\W\d_a-zA-Z]+")

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


def is_named(kind: Kind, element: _Element) -> bool:
    """Whether the `class` or the `id` of `element` names it as one of `kind`."""
    for attribute in ("class", "id"):
        name = element.get(attribute)
        if name and names_kind(kind, name):
            return True
    return False


@lru_cache(maxsize=65_536)
def names_kind(kind: Kind, name: str) -> bool:
    """Whether `name`, as it stands in an attribute or an address, holds a phrase of `kind`."""
    words = f" {' '.join(_WORD.findall(name))} ".lower()
    return _pattern(kind).search(words) is not None


@lru_cache(maxsize=1)
def markup_names() -> MarkupNames:
    """The shipped phrases. Raises VocabularyError when the file is broken."""
    path = Path(__file__).with_name("markup_names.toml")
    return check(MarkupNames, read_toml(path, VocabularyError), str(path), VocabularyError)


@lru_cache(maxsize=32)
def _pattern(kind: Kind) -> re.Pattern[str]:
    return re.compile(rf"(?<= )(?:{alternation(getattr(markup_names(), kind))})(?= )")
