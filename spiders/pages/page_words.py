"""PageWords: the words by which labels, bylines and notices are told from an article's text, from page_words.toml."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache
from pathlib import Path

from newscrawler.errors import VocabularyError
from newscrawler.toml_files import StrictModel, check, read_toml
from spiders.pages.visible_text import plain

_NEVER = re.compile(r"(?!)")
_BEFORE_LABELS = " .,:;!?*-–—•·»«\"'>→►▶|/#[]()"
_AROUND_LABELS = _BEFORE_LABELS + "…"
# In characters: longer lines are prose.
_LONGEST_NOTICE = 300
_LONGEST_HEADING = 60


class _Labels(StrictModel):
    author: list[str]
    photo: list[str]
    published: list[str]
    modified: list[str]


class _Credit(StrictModel):
    openers: list[str]
    dropped: list[str]


class _People(StrictModel):
    not_people: list[str]
    particles: list[str]
    joined_by: list[str]


class _Sections(StrictModel):
    generic: list[str]


class _Boilerplate(StrictModel):
    starts: list[str]
    ends: list[str]
    holds: list[str]


class _Shortcodes(StrictModel):
    names: list[str]


class _ErrorPages(StrictModel):
    headlines: list[str]


class PageWords(StrictModel):
    """The word lists, and the patterns made of them, for visible text; all disregard case."""

    labels: _Labels
    credit: _Credit
    people: _People
    sections: _Sections
    boilerplate: _Boilerplate
    shortcodes: _Shortcodes
    error_pages: _ErrorPages

    @cached_property
    def author_label(self) -> re.Pattern[str]:
        """A label before an author's name, with what divides them."""
        return _label(self.labels.author)

    @cached_property
    def photo_label(self) -> re.Pattern[str]:
        """A label before a photo credit: with a colon or dash, or before a word that only a credit begins with."""
        openers = alternation(self.credit.openers)
        return re.compile(
            rf"\W*(?:{alternation(self.labels.photo)})(?:\s*[:：–—/-]+\s*|\s+(?=(?:{openers})(?!\w)|@))|\W*©\s*",
            re.IGNORECASE,
        )

    @cached_property
    def published_label(self) -> re.Pattern[str]:
        """A label before the date of publication."""
        return _label(self.labels.published)

    @cached_property
    def modified_label(self) -> re.Pattern[str]:
        """A label before the date of the last change, wherever it stands."""
        return re.compile(rf"(?<!\w)(?:{alternation(self.labels.modified)})(?!\w)", re.IGNORECASE)

    @cached_property
    def not_people(self) -> re.Pattern[str]:
        """A word that no person's name holds."""
        return re.compile(rf"(?<!\w)(?:{alternation(self.people.not_people)})(?!\w)", re.IGNORECASE)

    @cached_property
    def joined_by(self) -> re.Pattern[str]:
        """What stands between the names of several people."""
        return re.compile(rf"\s*[,;/|•·،؛\n]\s*|\s+(?:{alternation(self.people.joined_by)})\s+", re.IGNORECASE)

    def is_notice(self, text: str) -> bool:
        """Whether a line is none of an article's: it begins with, or is, a label or notice such as `Read also: ...`, or
        it is short and holds a phrase of such a notice."""
        short = len(text) <= _LONGEST_NOTICE
        folded = plain(text if short else text[:_LONGEST_NOTICE]).casefold()
        line = folded.lstrip(_BEFORE_LABELS)
        if (
            line.startswith(self._notice_beginnings.get(line[:1], ()))
            or line.partition(":")[0].strip(_AROUND_LABELS) in self._notices
        ):
            return True
        if short:
            for phrase in self._ascii_phrases if folded.isascii() else self._notice_phrases:
                if phrase in folded:
                    return True
        return False

    def ends_article(self, text: str) -> bool:
        """Whether a line is the heading of what stands below articles: comments, authors, other articles."""
        return len(text) <= _LONGEST_HEADING and plain(text).casefold().strip(_AROUND_LABELS) in self._last_headings

    @cached_property
    def _last_headings(self) -> frozenset[str]:
        return frozenset(phrase.casefold() for phrase in self.boilerplate.ends)

    @cached_property
    def _notice_beginnings(self) -> dict[str, tuple[str, ...]]:
        """Beginnings of notices by their first character."""
        folded = [phrase.removesuffix("*").casefold() for phrase in self.boilerplate.starts if phrase.endswith("*")]
        return {first: tuple(phrase for phrase in folded if phrase[0] == first) for first in {p[0] for p in folded}}

    @cached_property
    def _notices(self) -> frozenset[str]:
        whole = (phrase for phrase in self.boilerplate.starts if not phrase.endswith("*"))
        return frozenset(phrase.strip(_AROUND_LABELS).casefold() for phrase in whole)

    @cached_property
    def _notice_phrases(self) -> tuple[str, ...]:
        return tuple(phrase.casefold() for phrase in self.boilerplate.holds)

    @cached_property
    def _ascii_phrases(self) -> tuple[str, ...]:
        return tuple(phrase for phrase in self._notice_phrases if phrase.isascii())

    @cached_property
    def error_headline(self) -> re.Pattern[str]:
        """The headline of an error page."""
        return re.compile(rf"\W*(?:{alternation(self.error_pages.headlines)})(?!\w)", re.IGNORECASE)

    @cached_property
    def generic_sections(self) -> frozenset[str]:
        """Names of sections that say nothing, in folded case."""
        return frozenset(name.casefold() for name in self.sections.generic)


@lru_cache(maxsize=1)
def page_words() -> PageWords:
    """The shipped word lists. Raises VocabularyError when the file is broken."""
    path = Path(__file__).with_name("page_words.toml")
    return check(PageWords, read_toml(path, VocabularyError), str(path), VocabularyError)


@lru_cache(maxsize=256)
def phrases(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern that is found in a text holding one of `words` whole, whatever the case; never found without words."""
    return re.compile(rf"(?<!\w)(?:{alternation(words)})(?!\w)", re.IGNORECASE) if words else _NEVER


def _label(listed: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{alternation(listed)})(?!\w)\s*[:：–—-]*\s*", re.IGNORECASE)


def alternation(listed: Iterable[str]) -> str:
    """An alternation of the phrases, the longest first; a final `*` is any ending of the last word."""
    ordered = sorted(listed, key=len, reverse=True)
    return "|".join(phrase_pattern(phrase) for phrase in ordered) or "(?!)"


def phrase_pattern(phrase: str) -> str:
    """A pattern for `phrase`, its words with any white space between; a final `*` is any ending of the last one."""
    stem = r"\s+".join(re.escape(word) for word in phrase.removesuffix("*").split())
    return rf"{stem}\w*" if phrase.endswith("*") else stem
