from __future__ import annotations

import pytest

from benchmarks.language_benchmark import Told, language_benchmark
from benchmarks.sample_pages import Half
from newscrawler.vocabulary import Vocabulary


def test_a_language_that_ours_cannot_know_may_be_undetermined(vocabulary: Vocabulary) -> None:
    step = language_benchmark(vocabulary, [Half.OPEN], with_peers=False)
    unknown = [(case, Told("und")) for case in step.cases]
    figures = {figure.measure: figure.value for figure in step.figures(unknown)}
    assert [figures[f"headlines in {code}"] for code in ("tr", "az", "ba", "mn", "zh")] == [1.0] * 5
    assert [figures[f"headlines in {code}"] for code in ("kk", "ru", "en", "ky", "uz", "tt", "uk")] == [0.0] * 7
    assert figures["script of headlines"] is None


def test_kinds_are_counted_apart(vocabulary: Vocabulary) -> None:
    step = language_benchmark(vocabulary, [Half.OPEN], with_peers=False)
    answered = [
        (case, Told(case.truth["language"] if case.truth["kind"] == "article" else "und", "Cyrl"))
        for case in step.cases
    ]
    figures = {figure.measure: figure for figure in step.figures(answered)}
    assert (figures["articles"].value, figures["articles"].counted) == (1.0, "30 of 30")
    assert figures["headlines"].value == pytest.approx(5 / 200)


def test_a_wrong_script_is_a_mistake_too(vocabulary: Vocabulary) -> None:
    step = language_benchmark(vocabulary, [Half.OPEN], with_peers=False)
    case = next(case for case in step.cases if (case.truth["language"], case.truth["script"]) == ("kk", "Arab"))
    assert step.mistake(case, Told("kk", "Arab")) is None
    wrong = step.mistake(case, Told("kk", "Latn"))
    assert wrong is not None
    assert (wrong.expected, wrong.given) == ("kk Arab", "kk Latn")
