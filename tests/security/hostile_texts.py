"""Texts made to cost a regular expression as much as they can, from the parts that it is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

# Python's own reading of a pattern; typing knows nothing of these modules.
sre: Any = import_module("re._constants")
parser: Any = import_module("re._parser")

_MANY = 100
"""A part that may be repeated so often is repeated without end, as far as its cost goes."""
_LETTERS = "aA1 \t\n\xa0.-_/<\"'жү:,!é"
_STOPS = ("\x00", '/?">]}|:;\n!')
_MOST_SIGNS, _MOST_PARTS = 40, 16


def hostile_texts(pattern: re.Pattern[str] | re.Pattern[bytes], length: int) -> Iterator[str]:
    """Texts of about `length` characters: each sign that the pattern knows of, over and over, alone and behind what
    leads to each of its repeated parts; what leads there itself, over and over; and a piece that each repeated part
    takes. Each ends in signs that fit nowhere."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    flags = pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags
    tree = parser.parse(source, flags & ~re.DEBUG)
    signs = "".join(dict.fromkeys(_LETTERS + "".join(_literals(tree))))[:_MOST_SIGNS]
    leads, pieces = _leads_and_pieces(tree)
    for lead in leads:
        for sign in signs if lead in ("", leads[-1]) else signs[: len(_LETTERS)]:
            yield from _ended(lead + sign * length)
    for piece in dict.fromkeys([*leads, *pieces, *(lead + piece for lead in leads for piece in pieces)]):
        if piece:
            yield from _ended(piece * (length // len(piece) + 1))


def _ended(text: str) -> Iterator[str]:
    yield from (text + stop for stop in _STOPS)


def _leads_and_pieces(tree: Any) -> tuple[list[str], list[str]]:
    leads: dict[str, None] = {"": None}
    pieces: dict[str, None] = {}

    def walk(items: Any, lead: str) -> str:
        for kind, argument in items:
            if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
                _, most, inner = argument
                if most is sre.MAXREPEAT or most >= _MANY:
                    leads[lead] = None
                    pieces[_sample([(kind, (1, 1, inner))])] = None
                walk(inner, lead)
            elif kind is sre.BRANCH:
                for branch in argument[1]:
                    walk(branch, lead)
            elif kind is sre.SUBPATTERN:
                walk(argument[3], lead)
            elif kind is sre.ATOMIC_GROUP:
                walk(argument, lead)
            elif kind in (sre.ASSERT, sre.ASSERT_NOT):
                walk(argument[1], lead)
            lead += _sample([(kind, argument)])
        return lead

    pieces[walk(tree, "")] = None
    return list(leads)[:_MOST_PARTS], list(pieces)[:_MOST_PARTS]


def _sample(items: Any) -> str:
    """A text that the parts match, as far as that can be told without matching."""
    text = ""
    for kind, argument in items:
        if kind is sre.LITERAL:
            text += chr(argument)
        elif kind is sre.IN:
            text += next((sign for sign in _candidates(argument) if _is_in(sign, argument)), "")
        elif kind in (sre.ANY, sre.NOT_LITERAL):
            text += next(sign for sign in "ab" if kind is sre.ANY or ord(sign) != argument)
        elif kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            text += _sample(argument[2]) * max(min(argument[0], 8), 0 if argument[0] == 0 else 1)
        elif kind is sre.BRANCH:
            text += _sample(argument[1][0])
        elif kind is sre.SUBPATTERN:
            text += _sample(argument[3])
        elif kind is sre.ATOMIC_GROUP:
            text += _sample(argument)
    return text


def _candidates(members: Any) -> Iterator[str]:
    yield from _LETTERS
    for kind, argument in members:
        if kind is sre.LITERAL:
            yield chr(argument)
        elif kind is sre.RANGE:
            yield chr(argument[0])


def _is_in(sign: str, members: Any) -> bool:
    negated: bool = members[0][0] is sre.NEGATE
    found = any(_fits(sign, kind, argument) for kind, argument in members if kind is not sre.NEGATE)
    return found is not negated


def _fits(sign: str, kind: Any, argument: Any) -> bool:
    if kind is sre.LITERAL:
        return bool(ord(sign) == argument)
    if kind is sre.RANGE:
        return bool(argument[0] <= ord(sign) <= argument[1])
    classes = {
        sre.CATEGORY_DIGIT: r"\d",
        sre.CATEGORY_NOT_DIGIT: r"\D",
        sre.CATEGORY_SPACE: r"\s",
        sre.CATEGORY_NOT_SPACE: r"\S",
        sre.CATEGORY_WORD: r"\w",
        sre.CATEGORY_NOT_WORD: r"\W",
    }
    return re.fullmatch(classes[argument], sign) is not None


def _literals(items: Any) -> Iterator[str]:
    for kind, argument in items:
        if kind in (sre.LITERAL, sre.NOT_LITERAL):
            yield chr(argument)
        elif kind is sre.IN:
            yield from (chr(inner) for member, inner in argument if member is sre.LITERAL)
        elif kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            yield from _literals(argument[2])
        elif kind is sre.BRANCH:
            for branch in argument[1]:
                yield from _literals(branch)
        elif kind is sre.SUBPATTERN:
            yield from _literals(argument[3])
        elif kind is sre.ATOMIC_GROUP:
            yield from _literals(argument)
        elif kind in (sre.ASSERT, sre.ASSERT_NOT):
            yield from _literals(argument[1])
