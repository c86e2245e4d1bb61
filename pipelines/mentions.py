"""Mentions: where a text names a region of Kazakhstan, or a place within one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

from newscrawler.cyrillic import fold, to_cyrillic
from newscrawler.languages import script_of
from newscrawler.vocabulary import Vocabulary
from newscrawler.vocabulary.entries import PlaceKind
from newscrawler.vocabulary.loader import Place
from pipelines.mention_roles import Role, RoleReader, Standing, role_words
from pipelines.name_ranks import Name, RankReader
from pipelines.place_forms import PlaceForm, Shape, place_forms
from pipelines.surroundings import KINDS_OF_RANK, Rank, place_surroundings


@dataclass(slots=True, kw_only=True, frozen=True)
class Mention:
    """A region named at `start` to `end` of a text by `words`, as they stand there with the word that ranks them.

    `role` is what the place is to its sentence, RESIDENCE too where its residents are named (`алматылықтар`).
    """

    code: str
    words: str
    start: int
    end: int
    kind: PlaceKind
    rank: Rank
    role: Role = Role.SCENE


_TOKEN = re.compile(r"\w+(?:[-‑'’ʼ]\w+)*|[^\w\s]|\n")
_SEPARATOR = "\x1f"
_SURNAME = re.compile("(?:ов|ев|ин)$")
_ENOUGH_FOR_SCRIPT = 400
_SENTENCE_STARTS = frozenset('.!?…\n«“„"—–-')
_COMING_FROM = ("нан", "нен")
_BEING_IN = ("дағы", "дегі", "тағы", "тегі", "даги", "деги", "таги", "теги")


def find_mentions(text: str, language: str, vocabulary: Vocabulary, script: str | None = None) -> list[Mention]:
    """The regions that `text` names, in the order of the text; a region named twice is found twice.

    A name that several regions share counts where a word beside it or another place in `text` decides. Streets,
    firms, clubs, people, rivers and roads that are called like a place are no mentions, nor are places abroad and
    datelines. In Latin and Arabic letters
    `text` is read as Kazakh; other languages than kk and ru give nothing but what their letters allow. `script` is an
    ISO 15924 code, told by the letters where it is left out.
    """
    if language not in ("kk", "ru", "und"):
        return []
    script = script or script_of(text[:_ENOUGH_FOR_SCRIPT])
    folded = script in ("Latn", "Arab")
    return _Reader(text, vocabulary, folded=folded, capitals=script != "Arab", russian=language == "ru").mentions()


class _Reader:
    def __init__(self, text: str, vocabulary: Vocabulary, *, folded: bool, capitals: bool, russian: bool) -> None:
        self._text = text
        self._capitals = capitals
        self._russian = russian
        self._places = place_forms(vocabulary, folded=folded)
        self._around = place_surroundings(vocabulary, folded=folded)
        self._found = list(_TOKEN.finditer(text))
        self._tokens = [*map(re.Match.group, self._found)]
        if folded:
            cyrillic = to_cyrillic(_SEPARATOR.join(self._tokens)).lower()
            self._lower = fold(cyrillic).split(_SEPARATOR)
        else:
            self._lower = _SEPARATOR.join(self._tokens).lower().split(_SEPARATOR)
        self._names = self._find_names()
        words = role_words(vocabulary, folded=folded)
        self._ranks = RankReader(self._tokens, self._lower, self._names, self._around, words)
        self._roles = RoleReader(self._lower, words, russian=russian)

    def _find_names(self) -> list[Name]:
        longest, lower = self._places.longest, self._lower
        names: list[Name] = []
        free = 0
        hyphens = "-" in self._text
        for at in [at for at, word in enumerate(lower) if word in longest or (hyphens and "-" in word)]:
            if at < free:
                continue
            word = lower[at]
            name = self._name_at(at, longest[word]) if word in longest else None
            if name is None and "-" in word:
                name = self._name_before_hyphen(at, word)
            if name is not None:
                names.append(name)
                free = name.after
        return names

    def _name_at(self, at: int, longest: int) -> Name | None:
        for length in range(min(longest, len(self._lower) - at), 0, -1):
            forms = self._places.forms.get(" ".join(self._lower[at : at + length]))
            forms = tuple(form for form in forms or () if self._is_written_so(form, self._tokens[at]))
            if forms:
                return Name(at, at + length, forms)
        return None

    def _name_before_hyphen(self, at: int, word: str) -> Name | None:
        stem, _, particle = word.rpartition("-")
        token = self._tokens[at]
        is_other_name = token.rpartition("-")[2][:1].isupper() and not token.isupper()
        if particle in self._places.longest or is_other_name:
            return None
        forms = self._places.forms.get(stem, ())
        forms = tuple(form for form in forms if self._is_written_so(form, token))
        return Name(at, at + 1, forms) if forms else None

    def _is_written_so(self, form: PlaceForm, token: str) -> bool:
        if form.place.kind is PlaceKind.ABBREVIATION:
            return token.partition("-")[0].isupper()
        if form.place.kind is PlaceKind.BYNAME or form.shape in (Shape.RESIDENT, Shape.ADJECTIVE, Shape.FEMININE):
            return True
        return token[0].isupper() or not self._capitals

    def mentions(self) -> list[Mention]:
        """The mentions, the shared names decided by the places that are sure."""
        ranked = [(name, *self._ranks.ranked(name)) for name in self._names]
        chosen = [(name, rank, last, self._choose(name, rank)) for name, rank, last in ranked]
        sure = [
            (name.first, forms[0].place.code)
            for name, rank, _, forms in chosen
            if len({form.place.code for form in forms}) == 1 and not self._waits(name, rank, forms)
        ]
        decided = [
            (name, rank, last, form)
            for name, rank, last, forms in chosen
            if (form := _decided(forms, name.first, sure, waits=self._waits(name, rank, forms))) is not None
        ]
        roles = self._roles.roles([self._standing(name, last, form) for name, _, last, form in decided])
        return [
            self._mention(name, rank, last, form, role)
            for (name, rank, last, form), role in zip(decided, roles, strict=True)
            if role is not Role.ELSEWHERE
        ]

    def _standing(self, name: Name, last: int, form: PlaceForm) -> Standing:
        word, place = self._lower[last], form.place
        ranked_after = last >= name.after
        return Standing(
            first=name.first,
            after=last + 1,
            from_there=word.endswith(_COMING_FROM) if ranked_after else form.shape is Shape.FROM,
            bare=not ranked_after and form.shape is Shape.NAME and form.bare,
            adjective=form.shape in (Shape.ADJECTIVE, Shape.FEMININE),
            city=place.kind in (PlaceKind.CITY, PlaceKind.BYNAME),
            within=word.endswith(_BEING_IN),
        )

    def _mention(self, name: Name, rank: Rank, last: int, form: PlaceForm, role: Role) -> Mention:
        start, end = self._found[name.first].start(), self._found[last].end()
        resides = form.shape is Shape.RESIDENT and role is not Role.PASSING
        return Mention(
            code=form.place.code,
            words=self._text[start:end],
            start=start,
            end=end,
            kind=form.place.kind,
            rank=rank,
            role=Role.RESIDENCE if resides else role,
        )

    def _word(self, at: int) -> str:
        return self._lower[at] if 0 <= at < len(self._lower) else ""

    def _is_capital(self, at: int) -> bool:
        return 0 <= at < len(self._tokens) and self._tokens[at][0].isupper()

    def _choose(self, name: Name, rank: Rank) -> tuple[PlaceForm, ...]:
        """The forms that the name may have, all of the likeliest kind."""
        forms = name.forms
        if rank is Rank.NONE:
            forms = tuple(form for form in forms if self._decides_alone(name, form))
        for kinds in KINDS_OF_RANK[rank]:
            of_kind = tuple(form for form in forms if form.place.kind in kinds)
            if of_kind:
                return of_kind
        if rank is Rank.OBLAST and all(form.shape not in (Shape.FEMININE, Shape.ADJECTIVE) for form in forms):
            return tuple(form for form in forms if form.place.kind is PlaceKind.TOWN and not form.place.context)
        return ()

    def _decides_alone(self, name: Name, form: PlaceForm) -> bool:
        place, prepositions = form.place, self._around.place_prepositions
        if place.kind is PlaceKind.BYNAME:
            return not place.context or not self._is_capital(name.after)
        if place.context:
            return False
        if form.shape in (Shape.ADJECTIVE, Shape.FEMININE):
            return place.kind is not PlaceKind.DISTRICT
        if form.shape is not Shape.NAME or not _is_like_surname(place):
            return True
        return self._word(name.first - 1) in prepositions or not self._is_beside_names(name)

    def _is_beside_names(self, name: Name) -> bool:
        return self._is_capital(name.first - 1) or self._is_capital(name.after)

    def _waits(self, name: Name, rank: Rank, forms: tuple[PlaceForm, ...]) -> bool:
        """Whether another place must confirm the region: of a byname, a surname, a plain word that opens a sentence."""
        if any(form.place.kind is PlaceKind.BYNAME and form.place.context for form in forms):
            return True
        if rank is Rank.NONE and any(form.shape is Shape.NAME and _is_like_surname(form.place) for form in forms):
            return self._word(name.first - 1) not in self._around.place_prepositions
        opens = name.first == 0 or self._tokens[name.first - 1] in _SENTENCE_STARTS
        return opens and self._russian and rank is Rank.NONE and any(form.place.ru_word for form in forms)


def _is_like_surname(place: Place) -> bool:
    return any(_SURNAME.search(name) for name in (*place.kk, *place.ru))


def _decided(forms: tuple[PlaceForm, ...], at: int, sure: list[tuple[int, str]], *, waits: bool) -> PlaceForm | None:
    """The form whose region is the only one, or that of the sure place nearest before, else nearest after."""
    by_code = {code: next(group) for code, group in groupby(forms, key=lambda form: form.place.code)}
    if not by_code:
        return None
    if len(by_code) == 1 and not waits:
        return forms[0]
    named = [(first, code) for first, code in sure if code in by_code]
    before = [code for first, code in named if first < at]
    if before:
        return by_code[before[-1]]
    return by_code[named[0][1]] if named else None
