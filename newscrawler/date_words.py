"""The words of date lines, as vocabulary/dates.toml lists them, ready to be looked up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field

from newscrawler.errors import VocabularyError
from newscrawler.normalising import normalise
from newscrawler.toml_files import StrictModel, check, read_toml

SHIPPED_DATE_WORDS = Path(__file__).parent / "vocabulary" / "dates.toml"

Words = tuple[str, ...]

_FIRST_WORD = re.compile(r"[\W\d_]")


class _Months(StrictModel):
    january: Words = ()
    february: Words = ()
    march: Words = ()
    april: Words = ()
    may: Words = ()
    june: Words = ()
    july: Words = ()
    august: Words = ()
    september: Words = ()
    october: Words = ()
    november: Words = ()
    december: Words = ()


class _Weekdays(StrictModel):
    monday: Words = ()
    tuesday: Words = ()
    wednesday: Words = ()
    thursday: Words = ()
    friday: Words = ()
    saturday: Words = ()
    sunday: Words = ()


class _Days(StrictModel):
    today: Words = ()
    yesterday: Words = ()
    day_before_yesterday: Words = ()


class _Moments(StrictModel):
    just_now: Words = ()


class _Units(StrictModel):
    second: Words = ()
    minute: Words = ()
    half_hour: Words = ()
    hour: Words = ()
    day: Words = ()
    week: Words = ()
    month: Words = ()
    year: Words = ()


class _Labels(StrictModel):
    published: Words = ()
    updated: Words = ()
    other: Words = ()


class _DateWordsFile(StrictModel):
    fillers: Words = ()
    between_day_and_month: Words = ()
    conjunctions: Words = ()
    counters: Words = ()
    ago: Words = ()
    before_noon: Words = ()
    after_noon: Words = ()
    unclear: Words = ()
    month_endings: Words = ()
    number_endings: Words = ()
    months: _Months = _Months()
    month_forms: _Months = _Months()
    weekdays: _Weekdays = _Weekdays()
    days: _Days = _Days()
    moments: _Moments = _Moments()
    units: _Units = _Units()
    numbers: dict[str, Words] = Field(default_factory=dict)
    labels: _Labels = _Labels()
    zones: dict[str, Words] = Field(default_factory=dict)


class Meaning(NamedTuple):
    """What a word stands for: the letter of its kind (see date_tokens) and its value, such as the month's number."""

    kind: str
    value: int | str | ZoneInfo | None = None


@dataclass(slots=True, frozen=True)
class DateWords:
    """Folded words and phrases with their meanings; `phrases` are keyed by their first word, longest first."""

    words: dict[str, Meaning]
    phrases: dict[str, tuple[tuple[str, Meaning], ...]]
    number_endings: tuple[str, ...]

    def meaning(self, word: str) -> Meaning | None:
        """The meaning of a folded `word`, also of a Latin one in which look-alike Cyrillic letters stand."""
        found = self.words.get(word)
        if found is None and not word.isascii():
            return self.words.get(word.translate(_LATIN_LOOK_ALIKE))
        return found


def fold_line(text: str) -> str:
    """`text` in the form in which words are compared.

    As `normalise` leaves it, in lower case, Latin letters without diacritics and with dots on every i, every minus and
    hyphen as `-`, every longer dash as `—`.
    """
    return normalise(text).lower().translate(_FOLDED)


@cache
def load_date_words(*files: Path) -> DateWords:
    """The shipped words, and those that the operator's `files`, TOML of the same shape, add to them.

    Raises VocabularyError that names the file or the word when a file is broken or a word would mean two things.
    """
    sources = [
        (path, check(_DateWordsFile, read_toml(path, VocabularyError), str(path), VocabularyError))
        for path in (SHIPPED_DATE_WORDS, *files)
    ]
    month_endings = [ending for _, source in sources for ending in source.month_endings]
    number_endings = {fold_line(ending) for _, source in sources for ending in source.number_endings}
    entries: dict[str, tuple[Meaning, str]] = {}
    for path, source in sources:
        for place, words, meaning in _meanings(source, path, month_endings):
            for word in words:
                known = entries.setdefault(fold_line(word), (meaning, place))
                if known[0] != meaning:
                    raise VocabularyError(
                        f"{path}: {word!r} in {place} already stands in {known[1]}", remedy="Leave it in one of them"
                    )
    return _arrange({word: meaning for word, (meaning, _) in entries.items()}, number_endings)


def _meanings(
    source: _DateWordsFile, path: Path, month_endings: list[str]
) -> Iterator[tuple[str, tuple[str, ...], Meaning]]:
    for name, kind in _LISTS.items():
        yield name, getattr(source, name), Meaning(kind)
    for number, (name, stems) in enumerate(source.months, 1):
        forms = [stem + ending for stem in stems for ending in ("", *month_endings)]
        yield f"months.{name}", tuple(forms), Meaning("M", number)
    for number, (name, words) in enumerate(source.month_forms, 1):
        yield f"month_forms.{name}", words, Meaning("M", number)
    for number, (name, words) in enumerate(source.weekdays):
        yield f"weekdays.{name}", words, Meaning("w", number)
    for number, (name, words) in enumerate(source.days):
        yield f"days.{name}", words, Meaning("r", -number)
    yield "moments.just_now", source.moments.just_now, Meaning("n")
    for name, words in source.units:
        yield f"units.{name}", words, Meaning("y" if name == "year" else "u", name)
    for name, words in source.labels:
        yield f"labels.{name}", words, Meaning(_LABELS[name])
    for name, words in source.numbers.items():
        if not name.isdecimal():
            raise VocabularyError(f"{path}: numbers.{name} is no number", remedy="Write the number in digits")
        yield f"numbers.{name}", words, Meaning("q", int(name))
    for name, words in source.zones.items():
        try:
            zone = ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as cause:
            raise VocabularyError(
                f"{path}: zones: there is no time zone {name!r}", remedy="Use a name like 'Asia/Almaty'"
            ) from cause
        yield f"zones.{name}", words, Meaning("O", zone)


def _arrange(entries: dict[str, Meaning], number_endings: set[str]) -> DateWords:
    words = {word: meaning for word, meaning in entries.items() if word.isalpha()}
    phrases: dict[str, list[tuple[str, Meaning]]] = {}
    for phrase in sorted(entries.keys() - words.keys(), key=len, reverse=True):
        phrases.setdefault(_FIRST_WORD.split(phrase, maxsplit=1)[0], []).append((phrase, entries[phrase]))
    return DateWords(
        words=words,
        phrases={first: tuple(found) for first, found in phrases.items()},
        number_endings=tuple(sorted(number_endings, key=len, reverse=True)),
    )


_LISTS = {
    "fillers": "k",
    "between_day_and_month": "o",
    "conjunctions": "j",
    "counters": "c",
    "ago": "a",
    "before_noon": "<",
    "after_noon": ">",
    "unclear": "!",
}
_LABELS = {"published": "P", "updated": "U", "other": "F"}

_FOLDED = str.maketrans(
    "äáàâãçéèêëıíìîïñńňŋóöòôõşšșúüùûūýÿğǵǧžźż−‐‑‒–―",
    "aaaaaceeeeiiiiinnnnooooosssuuuuuyygggzzz----——",
    "\u0307",  # what lower() leaves above the i of İ
)
_LATIN_LOOK_ALIKE = str.maketrans("аәеіһкорсухү", "aaeihkopcyxy")
