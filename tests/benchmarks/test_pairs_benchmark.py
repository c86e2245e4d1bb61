from __future__ import annotations

from benchmarks.pairs_benchmark import Verdict, pairs_benchmark
from benchmarks.sample_pages import Half
from newscrawler.vocabulary import Vocabulary


def test_precision_and_recall_of_each_judgement(vocabulary: Vocabulary) -> None:
    step = pairs_benchmark(vocabulary, [Half.OPEN], with_peers=False)
    everything_same = [(case, Verdict(same=True, translation=False)) for case in step.cases]
    same, translation = step.figures(everything_same)
    assert same.counted == "P 0.5000, R 1.0000"
    assert (translation.value, translation.counted) == (0.0, "P -, R 0.0000")


def test_what_a_program_does_not_judge_is_not_counted(vocabulary: Vocabulary) -> None:
    step = pairs_benchmark(vocabulary, [Half.OPEN], with_peers=False)
    same, translation = step.figures([(step.cases[0], Verdict(same=True, translation=None))])
    assert same.value is not None
    assert translation.value is None


def test_ours_judges_both(vocabulary: Vocabulary) -> None:
    step = pairs_benchmark(vocabulary, [Half.OPEN], with_peers=False)
    assert step.not_run == []
    found = [step.programs[0].answer(case.given) for case in step.cases[:10]]
    assert all(None not in verdict for verdict in found)


def test_a_mistake_shows_both_texts(vocabulary: Vocabulary) -> None:
    step = pairs_benchmark(vocabulary, [Half.OPEN], with_peers=False)
    case = next(case for case in step.cases if case.truth["same"])
    mistake = step.mistake(case, Verdict(same=False, translation=None))
    assert mistake is not None
    assert (mistake.expected, mistake.given) == ("same", "not same")
    assert case.given.a.headline in mistake.text
    assert case.given.b.body[-1] in mistake.text
