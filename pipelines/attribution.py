"""Attribution: the source that a text credits, in a tail (`деп хабарлайды X`, `передаёт X`) or in its dateline."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from newscrawler.newsroom import Newsroom
from newscrawler.vocabulary import Vocabulary

OPENING_PARAGRAPHS = 3
"""So many paragraphs from the top may say where the text comes from, and so may the last one."""

_WORD = r"[«\"“]?[^\W_][\w@&/-]*(?:\.[^\W_][\w-]*)*[»\"”]?"
_SOURCE = rf"{_WORD}(?: {_WORD}){{0,7}}"
_DASH = "[–—−-]"
_REPORTING = r"[,–—−-]\s*"


@dataclass(slots=True, frozen=True)
class Attribution:
    """The source that is credited, and where in the paragraph that is said."""

    credited_to: str
    start: int
    end: int


def find_attribution(paragraph: str, vocabulary: Vocabulary, newsroom: Newsroom | None = None) -> Attribution | None:
    """Whom `paragraph` credits: at the end of a sentence, else in a sentence for that (`Об этом сообщает X`), else in a
    dateline that opens it; None for nobody.

    Only a name counts: it begins with a capital letter or a quote, or is a host name. The wordings of `newsroom` are
    known besides those of `vocabulary`.
    """
    own = newsroom.wording.attributions if newsroom else ()
    for pattern in (_tail_pattern(vocabulary, own), _sentence_pattern(vocabulary)):
        for found in pattern.finditer(paragraph):
            name = _name_in(found[found.lastgroup or 0], vocabulary)
            if name:
                return Attribution(name, found.start(), found.end())
    names = (newsroom.title, *newsroom.wording.site_names) if newsroom else ()
    opening = _dateline_pattern(vocabulary, names).match(paragraph)
    return Attribution(opening["source"], opening.start(), opening.end()) if opening else None


def _name_in(source: str, vocabulary: Vocabulary) -> str:
    lists = vocabulary.wordings
    for end in lists.source_ends:
        head, found, _ = source.partition(f" {end}")
        if found:
            source = _without_citing(head) if not end.startswith(("со ", "ссыл")) else head
    for title in sorted(lists.source_titles, key=len, reverse=True):
        if source.lower().startswith(f"{title} "):
            source = source[len(title) + 1 :]
        if source.lower().endswith(f" {title}"):
            source = source[: -len(title) - 1]
    first = source.strip('«»"“” ')[:1]
    return source.strip() if first.isupper() or "." in source or first > "\u05ff" else ""


def _without_citing(head: str) -> str:
    """The reporting source in `X Y-ге` before `сілтеме жасап`, where Y is whom X cites."""
    return head.partition(" ")[0]


def _any_of(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True)) or "(?!)"


@cache
def _tail_pattern(vocabulary: Vocabulary, own: tuple[str, ...]) -> re.Pattern[str]:
    phrases = _any_of((*vocabulary.wordings.attributions, *own))
    return re.compile(rf"{_REPORTING}(?:{phrases})\s+(?P<source>{_SOURCE})(?=\s*(?:[.!?,;]|$))", re.IGNORECASE)


@cache
def _sentence_pattern(vocabulary: Vocabulary) -> re.Pattern[str]:
    sentences = (sentence.partition("{}") for sentence in vocabulary.wordings.attribution_sentences)
    framed = (
        rf"{re.escape(before)}(?P<source_{number}>{_SOURCE}){re.escape(after)}"
        for number, (before, _, after) in enumerate(sentences)
    )
    return re.compile(rf"(?:^|(?<=[.!?…»] ))(?:{'|'.join(framed) or '(?!)'})(?=\s*(?:[.!?,;]|$))")


@cache
def _dateline_pattern(vocabulary: Vocabulary, names: tuple[str, ...]) -> re.Pattern[str]:
    agencies = _any_of((*vocabulary.wordings.agencies, *names))
    place = r"[^\W\d_][\w -]{1,30}[.,]\s*"
    day = r"\d{1,2}\s+[^\W\d_]+[.,]?\s*"
    return re.compile(rf"(?:{place})?(?:{day})?[/(«\"]*(?P<source>{agencies})[/)»\".,]*\s*{_DASH}+\s")
