"""The forms that a place's name takes in a text: Kazakh and Russian cases, generated from the gazetteer's lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from newscrawler.cyrillic import fold
from newscrawler.vocabulary import Vocabulary
from newscrawler.vocabulary.entries import PlaceKind
from newscrawler.vocabulary.loader import Place


class Shape(StrEnum):
    """How a form says its place: LOCAL in a case that only places take (`Қонаевта`), FROM in the one of coming from
    there (`Қонаевтан`), RESIDENT `алматылық` or `алматинец`, ADJECTIVE a Russian adjective, FEMININE one that agrees
    with `область`."""

    NAME = "name"
    LOCAL = "local"
    FROM = "from"
    RESIDENT = "resident"
    ADJECTIVE = "adjective"
    FEMININE = "feminine"


@dataclass(slots=True, frozen=True)
class PlaceForm:
    """A place, and how one of its forms says it; `bare` in the nominative."""

    place: Place
    shape: Shape
    bare: bool = False


@dataclass(slots=True, frozen=True)
class PlaceForms:
    """Every form of every place, in small letters, and how many words the longest form with a given first word has."""

    forms: dict[str, tuple[PlaceForm, ...]]
    longest: dict[str, int]


@cache
def place_forms(vocabulary: Vocabulary, *, folded: bool = False) -> PlaceForms:
    """The forms of all places of `vocabulary`; `folded` (`newscrawler.cyrillic.fold`) for Latin and Arabic letters."""
    written: Callable[[str], str] = fold if folded else str
    forms: dict[str, dict[PlaceForm, None]] = {}
    longest: dict[str, int] = {}
    for region in vocabulary.regions:
        for place in region.places:
            nominatives = {*place.kk, *place.ru}
            for text, shape in _forms_of(place):
                form = written(text.lower())
                forms.setdefault(form, {})[PlaceForm(place, shape, text in nominatives)] = None
                words = form.split()
                longest[words[0]] = max(len(words), longest.get(words[0], 1))
    return PlaceForms({form: tuple(found) for form, found in forms.items()}, longest)


def _forms_of(place: Place) -> Iterator[tuple[str, Shape]]:
    for name in place.kk:
        if place.kind is PlaceKind.ABBREVIATION:
            yield from _abbreviation_forms(name)
        else:
            yield from kazakh_forms(name)
    for name in place.ru:
        for form in russian_noun_forms(name) if place.kind is not PlaceKind.ABBREVIATION else [name]:
            yield form, Shape.NAME
    for stem in place.ru_adjective:
        yield from russian_adjective_forms(stem)
        if place.kind in _KINDS_WITH_RESIDENTS and not place.context:
            yield from ((form, Shape.RESIDENT) for form in russian_resident_forms(stem))
    for stem in place.ru_residents:
        yield from ((stem + ending, Shape.RESIDENT) for ending in _CITIZEN_ENDINGS)


_KINDS_WITH_RESIDENTS = {PlaceKind.OBLAST, PlaceKind.CITY, PlaceKind.TOWN}
_BACK, _FRONT, _EITHER = set("аоұыяёюу"), set("әеөүіэ"), set("иую")
_VOWELS = _BACK | _FRONT | _EITHER
# Endings as they stand after a vowel: of back vowels, of front ones.
_CASES = (
    ("ның", "нің"),
    ("ға", "ге"),
    ("ны", "ні"),
    ("да", "де"),
    ("дан", "ден"),
    ("мен", "мен"),
    ("дағы", "дегі"),
    ("ша", "ше"),
)
_LOCAL_CASES = {"ға", "ге", "да", "де", "дағы", "дегі"}
_FROM_CASES = {"дан", "ден"}
_RESIDENT = ("лық", "лік")
_AFTER_RESIDENT = (
    ("", "тар", "тардың", "тарға", "тарды", "тарда", "тардан", "тармен", "қа", "тың", "ты", "пен"),
    ("", "тер", "тердің", "терге", "терді", "терде", "терден", "термен", "ке", "тің", "ті", "пен"),
)


def kazakh_forms(name: str) -> Iterator[tuple[str, Shape]]:
    """The forms of the Kazakh `name`: every case, `-дағы`, and what its residents are called.

    Endings follow vowel harmony and the last letter; a name of mixed vowels takes both rows, as newsrooms write it.
    """
    yield name, Shape.NAME
    for row in _harmony(name):
        for case in _CASES:
            ending = _assimilated(name, case[row])
            yield name + ending, _shape_of_case(case[row])
        residents = name.replace(" ", "") + _assimilated(name, _RESIDENT[row])
        yield from ((residents + ending, Shape.RESIDENT) for ending in _AFTER_RESIDENT[row])
    if name.endswith(("ск", "нк", "рк", "кт")):
        endings = ("ге", "де", "ден", "дегі", "нің", "ні", "мен")
        yield from ((name + "і" + ending, _shape_of_case(ending)) for ending in endings)


def _shape_of_case(ending: str) -> Shape:
    if ending in _FROM_CASES:
        return Shape.FROM
    return Shape.LOCAL if ending in _LOCAL_CASES else Shape.NAME


def _abbreviation_forms(name: str) -> Iterator[tuple[str, Shape]]:
    yield name, Shape.NAME
    for row in (0, 1):
        for case in _CASES:
            for ending in (case[row], _hardened(case[row])):
                yield f"{name}-{ending}", Shape.NAME


def _harmony(name: str) -> tuple[int, ...]:
    vowels = [letter for letter in name.lower().rpartition(" ")[2] if letter in _VOWELS]
    clear = [letter for letter in vowels if letter not in _EITHER]
    if not clear:
        return (0, 1)
    rows = {0 if letter in _BACK else 1 for letter in clear}
    return (0, 1) if len(rows) == 2 else tuple(rows)


def _assimilated(name: str, ending: str) -> str:
    last = name[-1].lower()
    first, rest = ending[0], ending[1:]
    if ending in ("ша", "ше"):
        return ending
    if first in "нл" and ending not in ("лық", "лік"):
        return _genitive_or_accusative(last, ending)
    if last in _VOWELS or last in "рй":
        return ending
    if last in "мнң":
        softened = {"лық": "дық", "лік": "дік", "дан": "нан", "ден": "нен"}
        return softened.get(ending, ending)
    if last in "лзж":
        if first == "л":
            return "д" + rest
        return "бен" if ending == "мен" and last in "зж" else ending
    return _hardened(ending)


def _genitive_or_accusative(last: str, ending: str) -> str:
    if last in _VOWELS and last != "у":
        return ending
    if last == "у" or last in "рлйзж":
        return "д" + ending[1:]
    if last in "мнң":
        return ending if len(ending) == 3 else "д" + ending[1:]
    return "т" + ending[1:]


def _hardened(ending: str) -> str:
    if ending == "мен":
        return "пен"
    return {"ғ": "қ", "г": "к", "д": "т", "н": "т", "л": "т"}.get(ending[0], ending[0]) + ending[1:]


def russian_noun_forms(name: str) -> list[str]:
    """The Russian noun `name` in every case of the singular; names that are never declined (`Алматы`) as they are,
    an adjective before the noun with it (`Восточного Казахстана`)."""
    low = name.lower()
    first, _, rest = name.partition(" ")
    if rest and first.lower().endswith(("ый", "ий", "ая")):
        if first.lower().endswith("ая"):
            adjectives = [first, *(first[:-2] + ending for ending in ("ой", "ой", "ую", "ой"))]
        else:
            adjectives = russian_noun_forms(first)
        return [f"{adjective} {noun}" for adjective, noun in zip(adjectives, russian_noun_forms(rest), strict=False)]
    if low.endswith(("ый", "ий", "ой")) and len(low) > 3:
        return [name, *(name[:-2] + ending for ending in ("ого", "ому", "ым", "ом"))]
    if low.endswith("й"):
        return [name, *(name[:-1] + ending for ending in ("я", "ю", "ем", "е"))]
    if low.endswith("ь"):
        return [name, *(name[:-1] + ending for ending in ("я", "ю", "ем", "е", "и", "ью"))]
    if low.endswith("а"):
        plural = "и" if low[-2] in "гкхжшчщ" else "ы"
        by = "ей" if low[-2] in "жшчщц" else "ой"
        return [name, *(name[:-1] + ending for ending in (plural, "е", "у", by))]
    if low.endswith("я"):
        return [name, *(name[:-1] + ending for ending in ("и", "е", "ю", "ей"))]
    if low.endswith("ье"):
        return [name, *(name[:-1] + ending for ending in ("я", "ю", "ем"))]
    if low[-1] in "аеёиоуыэюяіұүәө":
        return [name]
    return [name, *(name + ending for ending in ("а", "у", "ом", "е"))]


_FEMININE_ENDINGS = ("ая", "ой", "ую", "ою")
_OTHER_ENDINGS = ("ий", "ый", "ого", "ому", "им", "ым", "ом", "ое", "ие", "ые", "их", "ых", "ими", "ыми")


def russian_adjective_forms(stem: str) -> Iterator[tuple[str, Shape]]:
    """The forms of the Russian adjective that begins with `stem`."""
    yield from ((stem + ending, Shape.FEMININE) for ending in _FEMININE_ENDINGS)
    yield from ((stem + ending, Shape.ADJECTIVE) for ending in _OTHER_ENDINGS)


_RESIDENT_ENDINGS = ("ца", "цу", "цем", "це", "цы", "цев", "цам", "цами", "цах")
_FEMALE_RESIDENT_ENDINGS = ("ка", "ки", "ке", "ку", "кой", "ок", "кам")
_SHORTEST_RESIDENT = 3
_CITIZEN_ENDINGS = ("е", "", "ам", "ами", "ах", "ин", "ина", "ину", "ином", "ка", "ки", "ке", "ку", "кой")


def russian_resident_forms(stem: str) -> list[str]:
    """What the residents of a place are called whose adjective begins with `stem`: `павлодарск`, `павлодарец`."""
    place = stem.removesuffix("ск")
    if not stem.endswith("ск") or len(place) <= _SHORTEST_RESIDENT:
        return []
    endings = (*_RESIDENT_ENDINGS, *_FEMALE_RESIDENT_ENDINGS) if place.endswith("ин") else _RESIDENT_ENDINGS
    bases = (place, f"{place}с") if place.endswith("у") else (place,)
    nominatives = [f"{base.removesuffix('й')}ец" for base in bases]
    return nominatives + [base + ending for base in bases for ending in endings]
