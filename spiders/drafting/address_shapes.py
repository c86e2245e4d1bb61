"""AddressShape: an article's address with what differs from article to article left open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlsplit

# What a folder of a path says of its articles besides a name. A year alone is a name as well as a date.
_FOLDERS = (
    (re.compile(r"(?:19|20)\d\d-\d\d-\d\d"), r"\d{4}-\d\d-\d\d"),
    (re.compile(r"(?:19|20)\d{6}"), r"\d{8}"),
    (re.compile(r"(?:19|20)\d\d"), r"\d{4}"),
    (re.compile(r"\d{1,2}"), r"\d{1,2}"),
    (re.compile(r"\d{3,}"), r"\d{3,}"),
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_ENDING = re.compile(r"\.(?:s?html?|php|aspx?)$")
_MARKED_NUMBER = re.compile(r"[^/]+?(_[a-zA-Z]{1,3})(\d+)")
_HEX_TAIL = re.compile(r"[^/]+-(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])([0-9a-f]{6,32})")
_WORD = re.compile(r"[^-_]+")
_NUMBER_PARAMETER = re.compile(r"([\w-]+)=(\d+)")
# In digits: shorter numbers are pages, sections and days more often than articles.
_LEAST_DIGITS = 4
_PAGE_PARAMETERS = ("page", "p", "start", "offset")


@dataclass(slots=True, frozen=True)
class AddressShape:
    """`folders` are names, or, where `is_open`, regular expressions; `tail` is the expression of what follows, with
    `{digits}` and `{words}` for how many there are at least.

    `digits` counts those of the article's number, `words` those of its name. `is_certain` says that no section has such
    an address: it has a number of its own, or a day.
    """

    folders: tuple[str, ...]
    is_open: tuple[bool, ...]
    tail: str
    ending: str
    digits: int
    words: int
    is_certain: bool

    @property
    def family(self) -> tuple[tuple[str, ...], str, str]:
        """What addresses share that differ in the names of their folders and in their own name only."""
        opened = tuple(name if is_open else "" for name, is_open in zip(self.folders, self.is_open, strict=True))
        return opened, self.tail, self.ending

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the folders, without those that are open."""
        return tuple(name for name, is_open in zip(self.folders, self.is_open, strict=True) if not is_open)


def shape_of(url: str) -> AddressShape | None:
    """The shape of an article at `url`; None for an address in which nothing tells articles apart."""
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    if parts.query:
        return _of_query(segments, parts.query)
    if not segments:
        return None
    folders, is_open = _folders(segments[:-1])
    ending = _ENDING.search(segments[-1])
    last = segments[-1][: ending.start()] if ending else segments[-1]
    tail, digits = _tail(last)
    by_folders = _is_dated(folders) or any(name == r"\d{3,}" for name in folders)
    words = len(_WORD.findall(last))
    is_certain = digits >= _LEAST_DIGITS or by_folders or (tail is not None and "[0-9a-f]" in tail)
    if tail is None:
        if words < 2 and not by_folders:
            return None
        tail = "[^/]+" if by_folders else "{words}"
    return AddressShape(folders, is_open, tail, ending.group() if ending else "", digits, words, is_certain)


def _of_query(segments: list[str], query: str) -> AddressShape | None:
    found = _NUMBER_PARAMETER.fullmatch(query)
    if found is None or (found[1].lower() in _PAGE_PARAMETERS and len(found[2]) < _LEAST_DIGITS):
        return None
    path = "/".join(map(re.escape, segments))
    tail = (f"{path}/?" if path else "") + rf"\?{re.escape(found[1])}=\d{{digits}}"
    return AddressShape((), (), tail, "", len(found[2]), 0, len(found[2]) >= _LEAST_DIGITS)


def _folders(segments: list[str]) -> tuple[tuple[str, ...], tuple[bool, ...]]:
    names: list[str] = []
    is_open: list[bool] = []
    for segment in segments:
        opened = next((expression for pattern, expression in _FOLDERS if pattern.fullmatch(segment)), None)
        if opened == r"\d{1,2}" and not (names and names[-1] in (r"\d{4}", r"\d{1,2}")):
            opened = None
        names.append(opened or re.escape(segment))
        is_open.append(opened is not None)
    return tuple(names), tuple(is_open)


def _is_dated(folders: tuple[str, ...]) -> bool:
    if r"\d{4}-\d\d-\d\d" in folders or r"\d{8}" in folders:
        return True
    return any(pair == (r"\d{4}", r"\d{1,2}") for pair in pairwise(folders))


def _tail(last: str) -> tuple[str | None, int]:
    """The expression of an address's last part, and how many digits its number has."""
    if last.isdecimal() and last.isascii():
        return r"\d{digits}", len(last)
    if found := re.fullmatch(r"(\d+)([-_])[^/]+", last, re.ASCII):
        return rf"\d{{digits}}{found[2]}[^/]+", len(found[1])
    if found := _MARKED_NUMBER.fullmatch(last):
        return rf"[^/]+{found[1]}\d{{digits}}", len(found[2])
    if (found := re.fullmatch(r"[^/]+?([-_])(\d{4,})", last, re.ASCII)) and not _YEAR.fullmatch(found[2]):
        return rf"[^/]+{found[1]}\d{{digits}}", len(found[2])
    if found := _HEX_TAIL.fullmatch(last):
        return rf"[^/]+-[0-9a-f]{{{len(found[1])}}}", 0
    if re.fullmatch(r"[0-9a-f]{16,}", last):
        return r"[0-9a-f]{16,}", 0
    return None, 0
