"""Pairs: is one article the text of the other, is it its translation; ours beside MinHash at its defaults."""

from __future__ import annotations

from collections.abc import Callable, Collection
from importlib import import_module
from typing import Any, NamedTuple

from benchmarks.labelled_sets import NOW, half_cases, labelled_article, text_of
from benchmarks.peers import Peer, load_peers
from benchmarks.sample_pages import Half
from benchmarks.step_benchmark import OURS, Answered, Case, Figure, Mistake, Program, StepBenchmark, retrieval
from newscrawler.article import Article
from newscrawler.vocabulary import Vocabulary
from pipelines.dedupe import same_event, same_text
from pipelines.step import StepContext
from pipelines.understanding import understand


class Pair(NamedTuple):
    """Two articles as the dedupe step gets them."""

    a: Article
    b: Article


class Verdict(NamedTuple):
    """Whether two articles are one text, and whether one is the other's translation; None where that is not asked."""

    same: bool | None
    translation: bool | None


def pairs_benchmark(
    vocabulary: Vocabulary, halves: Collection[Half], *, with_peers: bool
) -> StepBenchmark[Pair, Verdict]:
    """The benchmark of `pipelines.dedupe` on `halves` of the set `pairs`."""
    context = StepContext(vocabulary=vocabulary, now=NOW)

    def given(record: dict[str, Any]) -> Pair:
        articles = [labelled_article(record[side], f"{record['id']}-{side}") for side in ("a", "b")]
        return Pair(*(understand(article, context) for article in articles))

    def ours(pair: Pair) -> Verdict:
        return Verdict(same=same_text(pair.a, pair.b), translation=same_event(pair.a, pair.b))

    peers, absent = load_peers(_PEERS) if with_peers else ([], [])
    return StepBenchmark(
        name="pairs",
        cases=half_cases("pairs", halves, given),
        programs=[Program(OURS, "", ours), *peers],
        figures=lambda answered: [_figure(answered, name) for name in Verdict._fields],
        mistake=_mistake,
        not_run=absent,
    )


def _figure(answered: Answered[Pair, Verdict], name: str) -> Figure:
    judged = [(getattr(verdict, name), case.truth[name]) for case, verdict in answered]
    if any(found is None for found, _ in judged):
        return Figure(name, None, "")
    return retrieval(
        name,
        right=sum(found and wanted for found, wanted in judged),
        extra=sum(found and not wanted for found, wanted in judged),
        missing=sum(wanted and not found for found, wanted in judged),
    )


def _mistake(case: Case[Pair], verdict: Verdict) -> Mistake | None:
    wrong = [name for name, found in verdict._asdict().items() if found not in (None, case.truth[name])]
    if not wrong:
        return None
    return Mistake(
        name=f"{case.truth['id']} ({case.truth['kind']}, {case.truth['trap'] or 'plain'})",
        text=f"{text_of(case.given.a)}\n\n{text_of(case.given.b)}",
        expected=_written({name: case.truth[name] for name in wrong}),
        given=_written({name: getattr(verdict, name) for name in wrong}),
    )


def _written(judged: dict[str, bool]) -> str:
    return ", ".join(name if found else f"not {name}" for name, found in judged.items())


def _minhash() -> Callable[[Pair], Verdict]:
    datasketch = import_module("datasketch")

    def sketch(article: Article) -> Any:
        found = datasketch.MinHash()
        found.update_batch({word.encode() for word in text_of(article).lower().split()})
        return found

    def answer(pair: Pair) -> Verdict:
        index = datasketch.MinHashLSH()
        index.insert(pair.a.id, sketch(pair.a))
        return Verdict(same=bool(index.query(sketch(pair.b))), translation=None)

    return answer


_PEERS: tuple[Peer[Pair, Verdict], ...] = (("MinHash LSH (datasketch)", "datasketch", _minhash),)
