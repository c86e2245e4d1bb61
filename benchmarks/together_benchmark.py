"""Steps together: what the steps cost an article, alone, in company, and from first to last."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from benchmarks.labelled_sets import NOW, half_cases, labelled_article, prepared
from benchmarks.sample_pages import Half
from benchmarks.step_benchmark import Case, Program, StepBenchmark
from newscrawler.article import Article
from newscrawler.vocabulary import Vocabulary
from pipelines.regions import regions
from pipelines.step import StepContext
from pipelines.topics import topics
from pipelines.understanding import understand


def together_benchmark(
    vocabulary: Vocabulary, halves: Collection[Half]
) -> StepBenchmark[tuple[Article, Article], Article]:
    """Regions with topics, each of them alone, and all steps, on the articles of the sets `regions` and `topics`.

    Only their speed is measured. A case gives the article as its page has it, and as it reaches `regions`.
    """
    context = StepContext(vocabulary=vocabulary, now=NOW)

    def given(record: dict[str, Any]) -> tuple[Article, Article]:
        article = labelled_article(record)
        return article, prepared(article, vocabulary)

    cases: list[Case[tuple[Article, Article]]] = [
        case for name in ("regions", "topics") for case in half_cases(name, halves, given)
    ]
    return StepBenchmark(
        name="together",
        cases=cases,
        programs=[
            Program("regions and topics", "", lambda pair: topics(regions(pair[1], context), context)),
            Program("regions", "", lambda pair: regions(pair[1], context)),
            Program("topics", "", lambda pair: topics(pair[1], context)),
            Program("clean, language, regions and topics", "", lambda pair: understand(pair[0], context)),
        ],
        figures=lambda _: [],
        mistake=lambda *_: None,
    )
