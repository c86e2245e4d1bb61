"""Same event: whether a Kazakh and a Russian article are one report, going by the figures and names they share."""

from __future__ import annotations

from collections.abc import Iterable

from newscrawler.article import Article
from pipelines.specifics import shared_names, specifics_of
from pipelines.stable_hash import stable_hash

_LANGUAGES = frozenset({"kk", "ru"})
# A small number, and a year of our days, stand in many reports; they say half as much.
_SMALL = 10
_YEARS = range(1990, 2061)
_CARRIED_OVER = 0.5
_ENOUGH = 3.0
_ROOT = 4


def same_event(a: Article, b: Article) -> bool:
    """Whether `a` and `b`, one in Kazakh and one in Russian, report one event, so that one may stand for the other.

    A translation carries figures and names over, whatever it does to the order and number of sentences: at least half
    of the figures of the poorer text stand in the other, and at least three figures and names agree, one of them a
    name. Nothing else is known here of the two; that they are near in time is for the caller to see to.
    """
    if {a.language, b.language} != _LANGUAGES:
        return False
    own, other = specifics_of(_text(a)), specifics_of(_text(b))
    figures = own.numbers & other.numbers
    fewer = min(len(own.numbers), len(other.numbers))
    if fewer and len(figures) < _CARRIED_OVER * fewer:
        return False
    names = min(shared_names(own.names, other.names), shared_names(other.names, own.names))
    return bool(names) and names + sum(map(_weight, figures)) >= _ENOUGH


def event_hashes(article: Article, *, days: Iterable[int] = (0,)) -> set[int]:
    """Hashes of the figures and of the names' roots of a Kazakh or Russian article, bound to its newsroom and
    to the day of its publication, or to the days so many before or after it.

    63-bit; reports of one event in two languages share several. Empty for other languages, and without a date.
    """
    if article.language not in _LANGUAGES or article.date_published is None:
        return set()
    found = specifics_of(_text(article))
    roots = {name[:_ROOT] for name in found.names}
    figures = {f"{number:g}" for number in found.numbers}
    published = article.date_published.toordinal()
    return {
        stable_hash(f"event\n{article.newsroom}\n{published + day}\n{token}")
        for day in days
        for token in roots | figures
    }


def _weight(number: float) -> float:
    return 0.5 if number < _SMALL or number in _YEARS else 1.0


def _text(article: Article) -> str:
    return "\n".join([article.headline, article.description or "", *article.body])
