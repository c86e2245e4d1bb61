from __future__ import annotations

import pytest

from benchmarks.step_benchmark import Case, Program, StepBenchmark, retrieval, share


def test_a_share_is_what_is_true_of_all() -> None:
    figure = share("right", [True, True, False, True])
    assert (figure.value, figure.counted, str(figure)) == (0.75, "3 of 4", "0.7500 (3 of 4)")


def test_retrieval_is_f1_and_shows_precision_and_recall() -> None:
    figure = retrieval("regions", right=6, extra=2, missing=4)
    precision, recall = 6 / 8, 6 / 10
    assert figure.value == pytest.approx(2 * precision * recall / (precision + recall))
    assert figure.counted == "P 0.7500, R 0.6000"


@pytest.mark.parametrize("figure", [share("right", []), retrieval("regions", 0, 0, 0)])
def test_of_nothing_there_is_no_figure(figure: object) -> None:
    assert getattr(figure, "value", 0) is None
    assert str(figure) == ""


def test_nothing_found_where_something_is_wanted_is_zero() -> None:
    assert retrieval("regions", right=0, extra=0, missing=3).value == 0.0


def _benchmark(*groups: str) -> StepBenchmark[int, int]:
    cases = [Case(group, number, {}) for number, group in enumerate(groups)]
    return StepBenchmark("step", cases, [Program("ours", "", abs)], lambda _: [], lambda *_: None)


def test_cases_are_grouped_by_their_sets_and_counted_together() -> None:
    groups = _benchmark("open", "closed", "open").groups()
    assert {name: [case.given for case in cases] for name, cases in groups.items()} == {
        "open": [0, 2],
        "closed": [1],
        "all": [0, 1, 2],
    }
    assert list(_benchmark("open").groups()) == ["open"]
