from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.sample_pages import Half
from benchmarks.step_benchmark import StepBenchmark
from benchmarks.topics_benchmark import topics_benchmark
from newscrawler.article import Article, Tag
from newscrawler.vocabulary import Vocabulary


@pytest.fixture(scope="module")
def step(vocabulary: Vocabulary) -> StepBenchmark[Article, Article]:
    return topics_benchmark(vocabulary, [Half.OPEN], with_peers=False)


def _figures(step: StepBenchmark[Article, Article], codes: list[str]) -> dict[str, float | None]:
    tags = [Tag(code=code, score=1.0) for code in codes]
    answered = [(case, replace(case.given, topics=tags)) for case in step.cases]
    return {figure.measure: figure.value for figure in step.figures(answered)}


def test_the_first_topic_is_judged_and_a_second_label_counts(step: StepBenchmark[Article, Article]) -> None:
    figures = _figures(step, ["science", "health"])
    assert figures["science"] == 1.0
    assert figures["no topic"] == 0.0
    also = sum("science" in case.truth["topics"][1:] for case in step.cases)
    first = sum(case.truth["topics"][:1] == ["science"] for case in step.cases)
    assert also > 0
    assert figures["first topic"] == pytest.approx((first + also) / len(step.cases))


def test_no_answer_is_right_where_there_is_no_topic(step: StepBenchmark[Article, Article]) -> None:
    figures = _figures(step, [])
    assert figures["no topic"] == 1.0
    assert figures["first topic"] == pytest.approx(4 / 132)


def test_on_the_open_half_the_first_topic_is_what_issue_4_asks(step: StepBenchmark[Article, Article]) -> None:
    answered = [(case, step.programs[0].answer(case.given)) for case in step.cases]
    figures = {figure.measure: figure.value or 0.0 for figure in step.figures(answered)}
    assert figures.pop("first topic") >= 0.85
    assert {measure: value for measure, value in figures.items() if value < 0.7} == {}
