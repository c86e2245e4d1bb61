"""Stray lines: lines of a body that are no part of its text, such as links to other articles and counters of views."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache

from newscrawler.newsroom import Newsroom
from newscrawler.vocabulary import Vocabulary

_LONGEST_LINK_LINE = 240
_LONGEST_COUNTER_LINE = 120


def without_stray_lines(
    body: Iterable[str], links: Collection[str], vocabulary: Vocabulary, newsroom: Newsroom | None
) -> list[str]:
    """The paragraphs of `body` without those that lead to other articles, that only count views, comments and the like,
    and the boilerplate of `newsroom`.

    `links` are paragraphs that are nothing but a link: they go too where they follow a line such as `Читайте также:`
    that has no text of its own.
    """
    boilerplate = newsroom.wording.boilerplate if newsroom else ()
    kept = []
    is_below_heading = False
    for text in body:
        if is_below_heading and text in links:
            continue
        opening = _read_also(vocabulary).match(text) if len(text) <= _LONGEST_LINK_LINE else None
        is_below_heading = opening is not None and not any(map(str.isalnum, text[opening.end() :]))
        if opening is None and text not in boilerplate and not _is_counter(text, vocabulary):
            kept.append(text)
    return kept


def _is_counter(text: str, vocabulary: Vocabulary) -> bool:
    return len(text) <= _LONGEST_COUNTER_LINE and _counters(vocabulary).fullmatch(text) is not None


@cache
def _read_also(vocabulary: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{_any_of(vocabulary.wordings.read_also)})(?:\W|$)", re.IGNORECASE)


@cache
def _counters(vocabulary: Vocabulary) -> re.Pattern[str]:
    words = rf"(?>{_any_of(vocabulary.wordings.counters)})\ufe0f?"
    units = _any_of(vocabulary.wordings.counter_units)
    # Each part is taken once and never given back: a line of several counters has more readings than can be tried.
    number = rf"\d{{1,15}}+(?:[ .,]\d{{3}}(?!\d)){{0,4}}+(?:[.,]\d{{1,2}}(?!\d))?+(?:\s?(?:{units})\b\.?)?+"
    counter = rf"(?>{words}\s?[:–—-]?\s?\(?{number}\)?|{number}\s?{words})"
    return re.compile(rf"[\s•·|]*+{counter}(?:[\s/|•·,;]++{counter})*+[\s.•·|]*+", re.IGNORECASE)


def _any_of(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True)) or "(?!)"
