"""Ranks: what the words around a place's name say it is, and whether it is the name of something else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.mention_roles import RoleWords, Sense
from pipelines.place_forms import PlaceForm, Shape
from pipelines.surroundings import KINDS_OF_RANK, PlaceSurroundings, Rank, is_kazakh_plural

_DASHES = frozenset("-–—‑−")
_OPENING, _CLOSING = frozenset("«“„\"'"), frozenset("»”“\"'")
_QUOTES = _OPENING | _CLOSING
_LONGEST_CHAIN = 24
_ROUTE_REACH = 6
_LONGEST_TITLE = 5
_SENTENCE_ENDS = frozenset(".!?…")
_RANKS_OF_PLACES = frozenset({Rank.OBLAST, Rank.TOWN, Rank.DISTRICT, Rank.VILLAGE})
_OF_ADJECTIVES = (Shape.FEMININE, Shape.ADJECTIVE)


@dataclass(slots=True)
class Name:
    """A stretch of tokens, from `first` to before `after`, that is the form of a place's name."""

    first: int
    after: int
    forms: tuple[PlaceForm, ...]


class RankReader:
    """Tells the ranks of `names` in one text: its `tokens`, and the same in small letters as `lower`."""

    def __init__(
        self,
        tokens: Sequence[str],
        lower: Sequence[str],
        names: Sequence[Name],
        around: PlaceSurroundings,
        role_words: RoleWords,
    ) -> None:
        self._tokens = tokens
        self._lower = lower
        self._around = around
        self._role_words = role_words
        self._at = {name.first: name for name in names}
        self._ending_at = {name.after - 1: name for name in names}

    def ranked(self, name: Name) -> tuple[Rank, int]:
        """The rank of `name`, and the last token that belongs to it."""
        if self._is_route(name) or self._is_title(name) or self._is_adjective_of_other(name):
            return Rank.OTHER, name.after - 1
        rank, at = self._rank_after(name)
        if rank is not Rank.NONE:
            return rank, at if at == name.after else name.after - 1
        rank = self._rank_before(name)
        if rank is not Rank.NONE and all(form.shape in _OF_ADJECTIVES for form in name.forms):
            is_name = self._tokens[name.first][0].isupper()
            return Rank.OTHER if is_name or rank is Rank.OTHER else Rank.NONE, name.after - 1
        fits = rank is Rank.OTHER or any(
            form.place.kind in kinds for form in name.forms for kinds in KINDS_OF_RANK[rank]
        )
        return rank if fits else Rank.NONE, name.after - 1

    def _word(self, at: int) -> str:
        return self._lower[at] if 0 <= at < len(self._lower) else ""

    def _rank_after(self, name: Name) -> tuple[Rank, int]:
        at = name.after
        rank = self._around.rank_after(self._word(at))
        if rank is not Rank.NONE:
            return rank, at
        feminine = any(form.shape in _OF_ADJECTIVES for form in name.forms)
        while self._word(at) in self._around.joining and at - name.after < _LONGEST_CHAIN:
            at += 1
            following = self._at.get(at)
            if following is None:
                continue
            at = following.after
            rank = self._around.rank_after(self._word(at))
            if rank is not Rank.NONE and rank is not Rank.OTHER:
                adjective = any(form.shape in _OF_ADJECTIVES for form in following.forms)
                agrees = adjective if feminine else is_kazakh_plural(self._word(at))
                return (rank, at) if agrees else (Rank.NONE, at)
        return Rank.NONE, at

    def _rank_before(self, name: Name) -> Rank:
        at = name.first - 1
        while name.first - at < _LONGEST_CHAIN:
            word = self._word(at)
            if word == "." and len(self._word(at - 1)) <= 3:
                return self._around.rank_before(self._word(at - 1))
            if word in _OPENING:
                at -= 1
                continue
            rank = self._around.rank_before(word)
            if rank is not Rank.NONE and self._belongs_to_adjective(at):
                return Rank.NONE
            if rank is not Rank.NONE or word not in self._around.joining:
                return rank if at == name.first - 1 or _is_plural_rank_word(word) or word in _OPENING else Rank.NONE
            while self._word(at) in self._around.joining:
                at -= 1
            preceding = self._ending_at.get(at)
            if preceding is None:
                return Rank.NONE
            at = preceding.first - 1
        return Rank.NONE

    def _belongs_to_adjective(self, at: int) -> bool:
        """Whether the word of a rank is that of the adjective before it (`Алатауском районе`)."""
        before = self._ending_at.get(at - 1)
        return before is not None and any(form.shape in _OF_ADJECTIVES for form in before.forms)

    def _is_route(self, name: Name) -> bool:
        after, before = name.after, name.first - 1
        joined = (self._word(after) in _DASHES and self._is_capital(after + 1)) or (
            self._word(before) in _DASHES and self._is_capital(before - 1)
        )
        if not joined:
            return False
        nearby = [*range(before, before - _ROUTE_REACH, -1), *range(after, after + _ROUTE_REACH)]
        return any(self._around.route.hold(self._word(at)) for at in nearby)

    def _is_title(self, name: Name) -> bool:
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

    def _is_adjective_of_other(self, name: Name) -> bool:
        tells = self._role_words.senses(self._word(name.after)) & Sense.ADJECTIVE_OTHER
        return bool(tells) and any(form.shape in _OF_ADJECTIVES for form in name.forms)


def _is_plural_rank_word(word: str) -> bool:
    return word.endswith(("ах", "ях", "ов", "ев", "ей", "ам", "ям", "ами", "ями", "ы", "и"))
