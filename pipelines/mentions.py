"""Mentions: where a text names a region of Kazakhstan, or a place within one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

from newscrawler.text import fold, script_of, to_cyrillic
from newscrawler.vocabulary import Vocabulary
from newscrawler.vocabulary.entries import PlaceKind
from newscrawler.vocabulary.loader import Place
from pipelines.place_forms import PlaceForm, Shape, place_forms
from pipelines.surroundings import KINDS_OF_RANK, PlaceSurroundings, Rank, is_kazakh_plural, place_surroundings


@dataclass(slots=True, kw_only=True, frozen=True)
class Mention:
    """A region named at `start` to `end` of a text by `words`, as they stand there with the word that ranks them."""

    code: str
    words: str
    start: int
    end: int
    kind: PlaceKind
    rank: Rank
    resident: bool = False


_TOKEN = re.compile(r"\w+(?:[-‑'’ʼ]\w+)*|[^\w\s]|\n")
_DASHES = frozenset("-–—‑−")
_OPENING, _CLOSING = frozenset("«“„\"'"), frozenset("»”“\"'")
_QUOTES = _OPENING | _CLOSING
_SEPARATOR = "\x1f"
_SURNAME = re.compile("(?:ов|ев|ин)$")
_LONGEST_CHAIN = 24
_ROUTE_REACH = 6
_ENOUGH_FOR_SCRIPT = 400
_LONGEST_TITLE = 5
_SENTENCE_ENDS = frozenset(".!?…")
_RANKS_OF_PLACES = frozenset({Rank.OBLAST, Rank.TOWN, Rank.DISTRICT, Rank.VILLAGE})


def find_mentions(text: str, language: str, vocabulary: Vocabulary) -> list[Mention]:
    """The regions that `text` names, in the order of the text; a region named twice is found twice.

    A name that several regions share counts where a word beside it or another place in `text` decides. Streets,
    firms, clubs, people, rivers and roads that are called like a place are no mentions. In Latin and Arabic letters
    `text` is read as Kazakh; other languages than kk and ru give nothing but what their letters allow.
    """
    if language not in ("kk", "ru", "und"):
        return []
    script = script_of(text[:_ENOUGH_FOR_SCRIPT])
    reader = _Reader(text, vocabulary, folded=script in ("Latn", "Arab"), capitals=script != "Arab")
    return reader.mentions()


@dataclass(slots=True)
class _Name:
    """A stretch of tokens that is the form of a place's name."""

    first: int
    after: int
    forms: tuple[PlaceForm, ...]


class _Reader:
    def __init__(self, text: str, vocabulary: Vocabulary, *, folded: bool, capitals: bool) -> None:
        self._text = text
        self._capitals = capitals
        self._places = place_forms(vocabulary, folded=folded)
        self._around: PlaceSurroundings = place_surroundings(vocabulary, folded=folded)
        self._found = list(_TOKEN.finditer(text))
        self._tokens = [*map(re.Match.group, self._found)]
        if folded:
            cyrillic = to_cyrillic(_SEPARATOR.join(self._tokens)).lower()
            self._lower = fold(cyrillic).split(_SEPARATOR)
        else:
            self._lower = _SEPARATOR.join(self._tokens).lower().split(_SEPARATOR)
        self._names = self._find_names()
        self._at = {name.first: name for name in self._names}
        self._ending_at = {name.after - 1: name for name in self._names}

    def _find_names(self) -> list[_Name]:
        longest, lower = self._places.longest, self._lower
        names: list[_Name] = []
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

    def _name_at(self, at: int, longest: int) -> _Name | None:
        for length in range(min(longest, len(self._lower) - at), 0, -1):
            forms = self._places.forms.get(" ".join(self._lower[at : at + length]))
            forms = tuple(form for form in forms or () if self._is_written_so(form, self._tokens[at]))
            if forms:
                return _Name(at, at + length, forms)
        return None

    def _name_before_hyphen(self, at: int, word: str) -> _Name | None:
        stem, _, particle = word.rpartition("-")
        if particle in self._places.longest:
            return None
        forms = self._places.forms.get(stem, ())
        forms = tuple(form for form in forms if self._is_written_so(form, self._tokens[at]))
        return _Name(at, at + 1, forms) if forms else None

    def _is_written_so(self, form: PlaceForm, token: str) -> bool:
        if form.place.kind is PlaceKind.ABBREVIATION:
            return token.partition("-")[0].isupper()
        if form.place.kind is PlaceKind.BYNAME or form.shape in (Shape.RESIDENT, Shape.ADJECTIVE, Shape.FEMININE):
            return True
        return token[0].isupper() or not self._capitals

    def mentions(self) -> list[Mention]:
        """The mentions, the shared names decided by the places that are sure."""
        chosen = [(name, rank, last, self._choose(name, rank)) for name, rank, last in map(self._ranked, self._names)]
        sure = [
            (name.first, forms[0].place.code)
            for name, _, _, forms in chosen
            if len({form.place.code for form in forms}) == 1 and not _waits(forms)
        ]
        mentions = []
        for name, rank, last, forms in chosen:
            form = _decided(forms, name.first, sure)
            if form is not None:
                mentions.append(self._mention(name, rank, last, form))
        return mentions

    def _mention(self, name: _Name, rank: Rank, last: int, form: PlaceForm) -> Mention:
        start, end = self._found[name.first].start(), self._found[last].end()
        return Mention(
            code=form.place.code,
            words=self._text[start:end],
            start=start,
            end=end,
            kind=form.place.kind,
            rank=rank,
            resident=form.shape is Shape.RESIDENT,
        )

    def _ranked(self, name: _Name) -> tuple[_Name, Rank, int]:
        """The name, its rank, and the last token that belongs to it."""
        if self._is_route(name) or self._is_title(name):
            return name, Rank.OTHER, name.after - 1
        rank, at = self._rank_after(name)
        if rank is not Rank.NONE:
            return name, rank, at if at == name.after else name.after - 1
        rank = self._rank_before(name)
        fits = rank is Rank.OTHER or any(
            form.place.kind in kinds for form in name.forms for kinds in KINDS_OF_RANK[rank]
        )
        return name, rank if fits else Rank.NONE, name.after - 1

    def _word(self, at: int) -> str:
        return self._lower[at] if 0 <= at < len(self._lower) else ""

    def _rank_after(self, name: _Name) -> tuple[Rank, int]:
        at = name.after
        rank = self._around.rank_after(self._word(at))
        if rank is not Rank.NONE:
            return rank, at
        feminine = any(form.shape in (Shape.FEMININE, Shape.ADJECTIVE) for form in name.forms)
        while self._word(at) in self._around.joining and at - name.after < _LONGEST_CHAIN:
            at += 1
            following = self._at.get(at)
            if following is None:
                continue
            at = following.after
            rank = self._around.rank_after(self._word(at))
            if rank is not Rank.NONE and rank is not Rank.OTHER:
                adjective = any(form.shape in (Shape.FEMININE, Shape.ADJECTIVE) for form in following.forms)
                agrees = adjective if feminine else is_kazakh_plural(self._word(at))
                return (rank, at) if agrees else (Rank.NONE, at)
        return Rank.NONE, at

    def _rank_before(self, name: _Name) -> Rank:
        at = name.first - 1
        while name.first - at < _LONGEST_CHAIN:
            word = self._word(at)
            if word == "." and len(self._word(at - 1)) <= 3:
                return self._around.rank_before(self._word(at - 1))
            if word in _OPENING:
                at -= 1
                continue
            rank = self._around.rank_before(word)
            if rank is not Rank.NONE or word not in self._around.joining:
                return rank if at == name.first - 1 or _is_plural_rank_word(word) or word in _OPENING else Rank.NONE
            while self._word(at) in self._around.joining:
                at -= 1
            preceding = self._ending_at.get(at)
            if preceding is None:
                return Rank.NONE
            at = preceding.first - 1
        return Rank.NONE

    def _is_route(self, name: _Name) -> bool:
        after, before = name.after, name.first - 1
        joined = (self._word(after) in _DASHES and self._is_capital(after + 1)) or (
            self._word(before) in _DASHES and self._is_capital(before - 1)
        )
        if not joined:
            return False
        nearby = [*range(before, before - _ROUTE_REACH, -1), *range(after, after + _ROUTE_REACH)]
        return any(self._around.route.hold(self._word(at)) for at in nearby)

    def _is_title(self, name: _Name) -> bool:
        """Whether the name stands in a short quotation that is no speech: a firm, a club, a book."""
        before = self._lower[max(name.first - _LONGEST_TITLE, 0) : name.first]
        after = self._lower[name.after : name.after + _LONGEST_TITLE]
        if _OPENING.isdisjoint(before) or _CLOSING.isdisjoint(after):
            return False
        opening = name.first - next(back for back, word in enumerate(reversed(before), 1) if word in _QUOTES)
        closing = name.after + next(ahead for ahead, word in enumerate(after) if word in _QUOTES)
        if self._word(opening) not in _OPENING or self._word(closing) not in _CLOSING:
            return False
        if closing - opening > _LONGEST_TITLE + 1:
            return False
        if self._word(closing + 1) == "," and self._word(closing + 2) in _DASHES:
            return False
        ranks = {self._around.rank_after(self._word(at)) for at in (name.after, closing + 1)}
        return ranks.isdisjoint(_RANKS_OF_PLACES) and self._word(closing - 1) not in _SENTENCE_ENDS

    def _is_capital(self, at: int) -> bool:
        return 0 <= at < len(self._tokens) and self._tokens[at][0].isupper()

    def _choose(self, name: _Name, rank: Rank) -> tuple[PlaceForm, ...]:
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

    def _decides_alone(self, name: _Name, form: PlaceForm) -> bool:
        place, prepositions = form.place, self._around.place_prepositions
        if place.kind is PlaceKind.BYNAME:
            return not place.context or not self._is_capital(name.after)
        if place.context:
            return False
        if form.shape in (Shape.ADJECTIVE, Shape.FEMININE):
            return place.kind is not PlaceKind.DISTRICT
        return form.shape is not Shape.NAME or not _is_like_surname(place) or self._word(name.first - 1) in prepositions


def _is_like_surname(place: Place) -> bool:
    return any(_SURNAME.search(name) for name in (*place.kk, *place.ru))


def _is_plural_rank_word(word: str) -> bool:
    return word.endswith(("ах", "ях", "ов", "ев", "ей", "ам", "ям", "ами", "ями", "ы", "и"))


def _waits(forms: tuple[PlaceForm, ...]) -> bool:
    return any(form.place.kind is PlaceKind.BYNAME and form.place.context for form in forms)


def _decided(forms: tuple[PlaceForm, ...], at: int, sure: list[tuple[int, str]]) -> PlaceForm | None:
    """The form whose region is the only one, or that of the sure place nearest before, else nearest after."""
    by_code = {code: next(group) for code, group in groupby(forms, key=lambda form: form.place.code)}
    if not by_code:
        return None
    if len(by_code) == 1 and not _waits(forms):
        return forms[0]
    named = [(first, code) for first, code in sure if code in by_code]
    before = [code for first, code in named if first < at]
    if before:
        return by_code[before[-1]]
    return by_code[named[0][1]] if named else None
