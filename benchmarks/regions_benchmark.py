"""Regions: ours beside looking for the gazetteer's names in the text; what articles are about, and what texts name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.labelled_sets import NOW, half_cases, labelled_article, prepared, read_records, text_of
from benchmarks.sample_pages import Half
from benchmarks.step_benchmark import (
    OURS,
    Answered,
    Case,
    Figure,
    Mistake,
    Program,
    StepBenchmark,
    retrieval,
    share,
)
from newscrawler.article import Article, Scope, Tag
from newscrawler.vocabulary import Vocabulary
from pipelines.mentions import find_mentions
from pipelines.regions import regions
from pipelines.step import StepContext

SUBSTRINGS = "names as substrings"


class Named(NamedTuple):
    """A region and the words that named it."""

    code: str
    words: str


def regions_benchmark(
    vocabulary: Vocabulary, halves: Collection[Half], *, with_peers: bool
) -> StepBenchmark[Article, Article]:
    """The benchmark of `pipelines.regions` on `halves` of the set `regions`."""
    context = StepContext(vocabulary=vocabulary, now=NOW)
    find = _name_finder(vocabulary)

    def by_names(article: Article) -> Article:
        found = list(dict.fromkeys(named.code for named in find(text_of(article))))
        scope = Scope.REGIONAL if found else Scope.NATIONAL
        return replace(article, regions=[Tag(code=code, score=1.0) for code in found], scope=scope)

    return StepBenchmark(
        name="regions",
        cases=half_cases("regions", halves, lambda record: prepared(labelled_article(record), vocabulary)),
        programs=[
            Program(OURS, "", lambda article: regions(article, context)),
            *([Program(SUBSTRINGS, "", by_names)] if with_peers else []),
        ],
        figures=_figures,
        mistake=_mistake,
    )


def mentions_benchmark(
    vocabulary: Vocabulary, folder: Path, *, with_peers: bool
) -> StepBenchmark[tuple[str, str], list[Named]]:
    """The benchmark of `find_mentions` on `folder/regions_kk.jsonl`: sentences and the regions that they name.

    A region that a record calls optional counts neither when it is found nor when it is missing.
    """
    find = _name_finder(vocabulary)

    def ours(given: tuple[str, str]) -> list[Named]:
        return [Named(mention.code, mention.words) for mention in find_mentions(*given, vocabulary)]

    return StepBenchmark(
        name="mentions",
        cases=[
            Case("given sentences", (record["text"], record["lang"]), record)
            for record in read_records(folder / "regions_kk.jsonl")
        ],
        programs=[
            Program(OURS, "", ours),
            *([Program(SUBSTRINGS, "", lambda given: find(given[0]))] if with_peers else []),
        ],
        figures=lambda answered: [_retrieved("mentions", [_compared(case, found) for case, found in answered])],
        mistake=_mentions_mistake,
    )


def _name_finder(vocabulary: Vocabulary) -> Callable[[str], list[Named]]:
    """What a first version would do: every name of the gazetteer, as it is written there, anywhere in the text."""
    names = {
        name: region.code for region in vocabulary.regions for place in region.places for name in (*place.kk, *place.ru)
    }

    def find(text: str) -> list[Named]:
        found = [(at, Named(code, name)) for name, code in names.items() if (at := text.find(name)) >= 0]
        return [named for _, named in sorted(found)]

    return find


def _figures(answered: Answered[Article, Article]) -> list[Figure]:
    figures = []
    for shown, code in (("", None), (", kk", "kk"), (", ru", "ru")):
        chosen = [(case, found) for case, found in answered if code in (None, case.truth["language"])]
        compared = [(set(case.truth["regions"]), _codes(found)) for case, found in chosen]
        figures += [
            _retrieved(f"regions{shown}", compared),
            share(f"primary{shown}", (_primary(found) == case.truth["primary"] for case, found in chosen)),
            share(f"scope{shown}", (found.scope == case.truth["scope"] for case, found in chosen)),
        ]
    return figures


def _codes(article: Article) -> set[str]:
    return {tag.code for tag in article.regions}


def _primary(article: Article) -> str | None:
    return article.regions[0].code if article.regions else None


def _retrieved(measure: str, compared: Iterable[tuple[set[str], set[str]]]) -> Figure:
    """`retrieval` over pairs of what was wanted and what was found."""
    pairs = list(compared)
    return retrieval(
        measure,
        right=sum(len(wanted & found) for wanted, found in pairs),
        extra=sum(len(found - wanted) for wanted, found in pairs),
        missing=sum(len(wanted - found) for wanted, found in pairs),
    )


def _compared(case: Case[Any], found: list[Named]) -> tuple[set[str], set[str]]:
    wanted, optional = set(case.truth["regions"]), set(case.truth["optional"])
    return wanted, {named.code for named in found} - (optional - wanted)


def _mistake(case: Case[Article], found: Article) -> Mistake | None:
    truth = case.truth
    if (_codes(found), _primary(found), found.scope) == (set(truth["regions"]), truth["primary"], truth["scope"]):
        return None
    source = [f"section {truth['section']}"] if truth["section"] else []
    return Mistake(
        name=f"{truth['id']} ({truth['trap'] or 'plain'})",
        text="\n".join([text_of(case.given), *source, case.given.url]),
        expected=f"{', '.join(truth['regions']) or 'no region'}, {truth['scope']}",
        given=f"{written_tags(found.regions) or 'no region'}, {found.scope}",
    )


def _mentions_mistake(case: Case[tuple[str, str]], found: list[Named]) -> Mistake | None:
    wanted, codes = _compared(case, found)
    if wanted == codes:
        return None
    return Mistake(
        name=case.truth["id"],
        text=case.given[0],
        expected=", ".join(case.truth["regions"]) or "no region",
        given=", ".join(f"{named.code} ({named.words})" for named in found) or "no region",
    )


def written_tags(tags: Iterable[Tag]) -> str:
    """Tags for people: code, score, and the words of the evidence with where they stood."""
    return "; ".join(
        f"{tag.code} {tag.score:g} ({', '.join(f'{item.words} in {item.where}' for item in tag.evidence)})"
        for tag in tags
    )
