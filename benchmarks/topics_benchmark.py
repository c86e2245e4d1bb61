"""Topics: ours, with section and address hidden, beside counting the vocabulary's words as substrings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

from benchmarks.labelled_sets import NOW, half_cases, labelled_article, prepared, text_of
from benchmarks.regions_benchmark import written_tags
from benchmarks.sample_pages import Half
from benchmarks.step_benchmark import OURS, Answered, Case, Figure, Mistake, Program, StepBenchmark, share
from newscrawler.article import Article, Tag
from newscrawler.vocabulary import Vocabulary
from pipelines.step import StepContext
from pipelines.topics import topics

_NONE = "no topic"


def topics_benchmark(
    vocabulary: Vocabulary, halves: Collection[Half], *, with_peers: bool
) -> StepBenchmark[Article, Article]:
    """The benchmark of `pipelines.topics` on `halves` of the set `topics`, whose records have no section."""
    context = StepContext(vocabulary=vocabulary, now=NOW)
    peers = [Program("words as substrings", "", _word_counter(vocabulary))] if with_peers else []
    slugs = [topic.slug for topic in vocabulary.topics]
    return StepBenchmark(
        name="topics",
        cases=half_cases("topics", halves, lambda record: prepared(labelled_article(record), vocabulary)),
        programs=[Program(OURS, "", lambda article: topics(article, context)), *peers],
        figures=lambda answered: list(_figures(answered, slugs)),
        mistake=_mistake,
    )


def _word_counter(vocabulary: Vocabulary) -> Callable[[Article], Article]:
    """What a first version would do: the topic of which most words stand anywhere in the text."""
    words = {
        language: [
            (topic.slug, [stem.replace("=", "") for stem in topic.stems.get(language, {})])
            for topic in vocabulary.topics
        ]
        for language in ("kk", "ru")
    }

    def count(article: Article) -> Article:
        text = text_of(article).lower()
        counts = {slug: sum(word in text for word in listed) for slug, listed in words.get(article.language, ())}
        best = max(counts, key=counts.__getitem__, default=_NONE)
        return replace(article, topics=[Tag(code=best, score=counts[best])] if counts.get(best) else [])

    return count


def _figures(answered: Answered[Article, Article], slugs: list[str]) -> Iterator[Figure]:
    yield share("first topic", (_is_right(case, found) for case, found in answered))
    for code in ("kk", "ru"):
        of_language = [(case, found) for case, found in answered if case.truth["language"] == code]
        yield share(f"first topic, {code}", (_is_right(case, found) for case, found in of_language))
    for slug in [*slugs, _NONE]:
        yield share(slug, (_is_right(case, found) for case, found in answered if _label(case) == slug))


def _label(case: Case[Article]) -> str:
    labels: list[str] = case.truth["topics"]
    return labels[0] if labels else _NONE


def _is_right(case: Case[Article], found: Article) -> bool:
    wanted: list[str] = case.truth["topics"]
    return found.topics[0].code in wanted if found.topics else not wanted


def _mistake(case: Case[Article], found: Article) -> Mistake | None:
    if _is_right(case, found):
        return None
    return Mistake(
        name=f"{case.truth['id']} ({case.truth['trap'] or 'plain'})",
        text=text_of(case.given),
        expected=" or ".join(case.truth["topics"]) or _NONE,
        given=written_tags(found.topics) or _NONE,
    )
