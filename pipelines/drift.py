"""Drift: whether the articles of a run fall out of the history of their newsroom, and in which field."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from newscrawler.store.history import FEWEST, FOLLOWING, REFUSED, Look, Profile

# What happened to fewer than half of the articles may be the articles, and not the site.
_SHARE = 0.5
# A fault that chance would bring as often as in one run of twenty is no sign. With the fewest articles that make a
# history (20, none of them with the fault: 1 / 22) one article alone is sign enough.
_CHANCE = 0.05
# The first article, or the first two, in another language, which copy an agency, or that are refused, are still news.
_FEWEST_OF_KIND = 3
# So many articles, those of the runs before counted, can share a headline, a text or a minute by no accident.
_FEWEST_ALIKE = 3
_FEWEST_COMPARED = 4
# A language of fewer articles than one in twenty is not one that the newsroom writes in.
_RARE_LANGUAGE = 0.05
# In size classes, each twice the one below: short is less than a quarter of the median, too long more than four times
# as much. With one class less, and flashes of news beside long reports would be taken for remains of them.
_SHORTER, _LONGER = 3, 3


@dataclass(slots=True, kw_only=True, frozen=True)
class Fault:
    """What is wrong with `bad` of `of` articles of a run, and was with `bad_before` of `of_before`: the `field` that it
    shows in, what is wrong in words, and the first page where it is."""

    field: str
    what: str
    bad: int
    of: int
    bad_before: int
    of_before: int
    url: str

    def __str__(self) -> str:
        return f"{self.field}: {self.bad} of {self.of} {self.what}, before {self.bad_before} of {self.of_before}"


@dataclass(slots=True, kw_only=True, frozen=True)
class Refused:
    """How many pages of a run that should have been articles were none, together with those of the runs before it that
    gave no article at all; the first of them, and how many `articles` the run gave."""

    number: int = 0
    url: str = ""
    articles: int = 0


_NONE_REFUSED = Refused()


def shared_of(looks: Sequence[Look], recent: Sequence[tuple[str, str, str | None]] = ()) -> Counter[str]:
    """How many of the articles have the same headline, text or date as most of their run and the `recent` ones before
    it have; nothing where fewer than three do."""
    return Counter({f"same {kind}": sum(alike) for kind, alike in _alike(looks, recent).items() if any(alike)})


def faults_of(looks: Sequence[Look], history: Profile, refused: Refused = _NONE_REFUSED) -> list[Fault]:
    """In what the articles of a run that look so fall out of the `history` of their newsroom.

    A fault is named when half of them have it, and so many would have it by chance in fewer than one run of twenty,
    going by how often it was in the history. Nothing can be said, and none is named, with a history of fewer than 20
    articles.
    """
    before = history.articles
    if before < FEWEST:
        return []
    found: list[Fault] = []

    def judge(field: str, what: str, bad: Sequence[bool], bad_before: int, fewest: int = 1) -> None:
        number = sum(bad)
        if number >= fewest and _is_out(number, len(looks), bad_before, before):
            url = looks[bad.index(True)].url
            found.append(
                Fault(
                    field=field, what=what, bad=number, of=len(looks), bad_before=bad_before, of_before=before, url=url
                )
            )

    tried, tried_before = refused.articles + refused.number, before + history.counts[REFUSED]
    if refused.number >= _FEWEST_OF_KIND and _is_out(refused.number, tried, history.counts[REFUSED], tried_before):
        found.append(
            Fault(
                field="page",
                what="pages that are no article",
                bad=refused.number,
                of=tried,
                bad_before=history.counts[REFUSED],
                of_before=tried_before,
                url=refused.url,
            )
        )
    median = _median(history.sizes)
    # In a history of articles without a body no size says anything.
    for what, is_bad in _SIZES.items() if median else ():
        bad_before = sum(number for size, number in history.sizes.items() if is_bad(size, median))
        judge("body", what, [is_bad(look.size, median) for look in looks], bad_before)
    judge("date", "without a date", ["date" not in look.fields for look in looks], before - history.counts["date"])
    for kind, alike in _alike(looks, history.recent).items():
        judge("body" if kind == "text" else kind, f"with one {kind}", alike, history.counts[f"same {kind}"])
    rare = {name for name, number in history.languages.items() if number < _RARE_LANGUAGE * before}
    unusual = [look.language in rare or look.language not in history.languages for look in looks]
    judge("language", "in another language", unusual, sum(history.languages[name] for name in rare), _FEWEST_OF_KIND)
    following = [look.following for look in looks]
    judge("body", "that copy another", following, history.counts[FOLLOWING], _FEWEST_OF_KIND)
    return found


def _is_short(size: int, median: int) -> bool:
    return size <= median - _SHORTER


def _is_long(size: int, median: int) -> bool:
    return size >= median + _LONGER


_SIZES: dict[str, Callable[[int, int], bool]] = {
    "without a body, or with a short one": _is_short,
    "with a body many times too long": _is_long,
}


def _alike(looks: Sequence[Look], recent: Sequence[tuple[str, str, str | None]]) -> dict[str, list[bool]]:
    """For headline, text and date: which articles have the one that most have; the recent ones fill up a small run."""
    found: dict[str, list[bool]] = {}
    beside = list(recent)[len(looks) - _FEWEST_COMPARED :] if len(looks) < _FEWEST_COMPARED else []
    for place, kind in enumerate(("headline", "text", "date")):
        own = [(look.headline, look.text, look.date)[place] for look in looks]
        values = [*own, *(shared[place] for shared in beside)]
        common = Counter(value for value in values if value).most_common(1)
        is_most = common and common[0][1] >= max(_FEWEST_ALIKE, _SHARE * len(values))
        found[kind] = [bool(is_most) and value == common[0][0] for value in own]
    return found


def _median(sizes: Counter[int]) -> int:
    ordered = sorted(sizes.elements())
    return ordered[len(ordered) // 2] if ordered else 0


def _is_out(bad: int, of: int, bad_before: int, of_before: int) -> bool:
    """Whether half or more are bad, and chance would hardly bring so many (a binomial tail, with Laplace's rule of
    succession for the share to be expected)."""
    if not bad or bad < _SHARE * of:
        return False
    share = (bad_before + 1) / (of_before + 2)
    return sum(_chance(number, of, share) for number in range(bad, of + 1)) < _CHANCE


def _chance(number: int, of: int, share: float) -> float:
    # By logarithms: the coefficients of a few thousand articles are beyond what a float holds.
    ways = math.lgamma(of + 1) - math.lgamma(number + 1) - math.lgamma(of - number + 1)
    return math.exp(ways + number * math.log(share) + (of - number) * math.log1p(-share))
