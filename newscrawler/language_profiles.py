"""Language profiles: the words of each language, their endings and the letters in them, as languages.toml has them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from newscrawler.errors import VocabularyError
from newscrawler.letter_sequences import LetterSequences
from newscrawler.toml_files import StrictModel, check, read_toml

_FILE = Path(__file__).parent / "vocabulary" / "languages.toml"


class LanguageEntry(StrictModel):
    """A language in a script, as the file lists it; the head of the file says what each key means."""

    code: str
    script: str
    missing: str
    told: bool = True
    likely: float = 0.0
    international: bool = False
    common: str = ""
    words: str = ""
    endings: str = ""
    spelled_from: str | None = None
    spellings: tuple[str, ...] = ()


class Spelling(StrictModel):
    """A way of writing in another script: pairs `letter=letters`; `soft` and what goes with it for Arabic Kazakh."""

    letters: str
    like: str | None = None
    softener: str = ""
    soft: str = ""
    soft_already: str = ""


class LanguagesFile(StrictModel):
    """The whole of languages.toml."""

    international: str
    languages: tuple[LanguageEntry, ...]
    spellings: dict[str, Spelling]


@dataclass(slots=True, frozen=True)
class LanguageProfile:
    """How a language is known in one script. `code` is BCP 47; `told` is false where it is reported as und."""

    code: str
    told: bool
    likely: float
    missing: frozenset[str]
    common: frozenset[str]
    words: frozenset[str]
    endings: frozenset[str]
    sequences: LetterSequences


@cache
def profiles_in(script: str) -> tuple[LanguageProfile, ...]:
    """The profiles of the languages that are known in `script` (ISO 15924); none for a script without any.

    Raises VocabularyError where the file does not say them.
    """
    return tuple(_profile(entry) for entry in _file().languages if entry.script == script)


def languages_told() -> tuple[str, ...]:
    """The languages that a text can be told to be in (BCP 47), in the order of the file, and und for any other.

    Raises VocabularyError.
    """
    return (*dict.fromkeys(entry.code for entry in _file().languages if entry.told), "und")


@cache
def _file() -> LanguagesFile:
    return check(LanguagesFile, read_toml(_FILE, VocabularyError), str(_FILE), VocabularyError)


def _profile(entry: LanguageEntry) -> LanguageProfile:
    source = _source(entry)
    written = [_writer(name) for name in entry.spellings] or [_as_it_is]

    def spelled(listed: str) -> frozenset[str]:
        return frozenset(write(word) for write in written for word in listed.split())

    common, words, endings = spelled(source.common), spelled(source.words), spelled(source.endings)
    if entry.international:
        international = frozenset(_file().international.split())
    else:
        international = spelled(_file().international) if source.international else frozenset()
    return LanguageProfile(
        code=entry.code,
        told=entry.told,
        likely=entry.likely,
        missing=frozenset(entry.missing),
        common=common,
        words=words,
        endings=endings,
        sequences=LetterSequences(common | words, international, endings),
    )


def _source(entry: LanguageEntry) -> LanguageEntry:
    if entry.spelled_from is None:
        return entry
    for other in _file().languages:
        if (other.code, other.script) == (entry.code, entry.spelled_from):
            return other
    raise VocabularyError(
        f"{_FILE}: {entry.code} in {entry.script} is spelled from {entry.spelled_from}, which has no entry",
        remedy="Add that entry, or give this one lists of its own",
    )


def _as_it_is(word: str) -> str:
    return word


def _writer(name: str) -> Callable[[str], str]:
    spelling = _spelling(name)
    letters = _letters(spelling)
    pattern = re.compile("|".join(re.escape(letter) for letter in sorted(letters, key=len, reverse=True)))

    def write(word: str) -> str:
        written = pattern.sub(lambda found: letters[found[0]], f"^{word}").replace("^", "")
        is_soft = not set(spelling.soft).isdisjoint(word) and set(spelling.soft_already).isdisjoint(written)
        return spelling.softener + written if is_soft else written

    return write


def _letters(spelling: Spelling) -> dict[str, str]:
    inherited = _letters(_spelling(spelling.like)) if spelling.like else {}
    return inherited | dict(_pairs(spelling.letters.split()))


def _pairs(written: Iterable[str]) -> Iterable[tuple[str, str]]:
    for pair in written:
        letter, sign, letters = pair.partition("=")
        if not (letter and sign):
            raise VocabularyError(f"{_FILE}: {pair!r} is no letter=letters", remedy="Write it so, without spaces")
        yield letter, letters


def _spelling(name: str) -> Spelling:
    known = _file().spellings
    if name not in known:
        raise VocabularyError(
            f"{_FILE}: there is no spelling {name!r}", remedy=f"Add it, or name one of {', '.join(known)}"
        )
    return known[name]
