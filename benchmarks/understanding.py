"""How well and how fast articles are understood: each step beside its peers, on every labelled set, in one run.

    python -m benchmarks.understanding --data DIR

The sets in tests/labelled have two halves. The closed half is scored and only its totals are shown, whatever is asked
for: it tells whether what was learned on the open half holds elsewhere. DIR holds `language/` with dates.jsonl and
regions_kk.jsonl (`{text, now, expected}` and `{id, text, lang, regions, optional}`, one JSON object a line); without
it the step `mentions` and those date lines are left out.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Collection, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from benchmarks.arguments import at_least_one
from benchmarks.dates_benchmark import dates_benchmark
from benchmarks.errors import BenchmarkError
from benchmarks.language_benchmark import language_benchmark
from benchmarks.pairs_benchmark import pairs_benchmark
from benchmarks.regions_benchmark import mentions_benchmark, regions_benchmark
from benchmarks.sample_pages import Half
from benchmarks.step_benchmark import StepBenchmark
from benchmarks.step_speed import items_a_second
from benchmarks.together_benchmark import together_benchmark
from benchmarks.topics_benchmark import topics_benchmark
from newscrawler.commands.output import Output
from newscrawler.errors import ExitStatus, NewscrawlerError
from newscrawler.vocabulary import Vocabulary, load_vocabulary

_STEPS = ("dates", "language", "regions", "mentions", "topics", "pairs", "together")
_HALVES = {"open": Half.OPEN, "closed": Half.CLOSED}
_EXAMPLES = """examples:
  python -m benchmarks.understanding --data DIR
  python -m benchmarks.understanding --only topics --ours
  python -m benchmarks.understanding --only topics --half open
  python -m benchmarks.understanding --data DIR --json figures.json
  python -m benchmarks.understanding --errors topics"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs what the command line asks for; gives the exit status, 0 however good or bad the figures are."""
    wanted = _arguments(arguments)
    output = Output()
    try:
        if wanted.errors:
            _show_errors(wanted, output)
        else:
            _run(wanted, output)
    except NewscrawlerError as error:
        output.message(f"understanding: {error}")
        return error.exit_status
    return ExitStatus.DONE


def _run(wanted: argparse.Namespace, output: Output) -> None:
    tell = output.message if sys.stderr.isatty() else lambda _: None
    halves = [_HALVES[wanted.half]] if wanted.half else list(Half)
    document: dict[str, Any] = {"newscrawler": _version(), "steps": {}, "not_run": []}
    for name in [wanted.only] if wanted.only else _STEPS:
        tell(f"reading the cases of {name}")
        step = _step(name, load_vocabulary(), halves, wanted.data, with_peers=not wanted.ours)
        for reason in [f"{name}: it needs --data"] if step is None else step.not_run:
            output.message(f"understanding: cannot run {reason}")
            document["not_run"].append(reason)
        if step is not None:
            document["steps"][name] = {
                "quality": _quality(step, tell, output),
                "speed": _speed(step, wanted.rounds, tell, output),
            }
    if wanted.json is not None:
        _write(wanted.json, document)


def _step(
    name: str, vocabulary: Vocabulary, halves: Collection[Half], data: Path | None, *, with_peers: bool
) -> StepBenchmark[Any, Any] | None:
    """The benchmark of a step; None where it needs data that is not given."""
    folder = data / "language" if data else None
    match name:
        case "dates":
            return dates_benchmark(folder, with_peers=with_peers)
        case "mentions":
            return mentions_benchmark(vocabulary, folder, with_peers=with_peers) if folder else None
        case "together":
            return together_benchmark(vocabulary, halves)
    return _ON_HALVES[name](vocabulary, halves, with_peers=with_peers)


_ON_HALVES: dict[str, Callable[..., StepBenchmark[Any, Any]]] = {
    "language": language_benchmark,
    "regions": regions_benchmark,
    "topics": topics_benchmark,
    "pairs": pairs_benchmark,
}


def _quality(step: StepBenchmark[Any, Any], tell: Callable[[str], None], output: Output) -> list[dict[str, Any]]:
    groups = step.groups()
    results: list[dict[str, Any]] = []
    rows: list[list[str]] = []
    for program in step.programs:
        tell(f"{step.name}: {program.name}")
        answers = {id(case): program.answer(case.given) for case in step.cases}
        by_group = {
            group: step.figures([(case, answers[id(case)]) for case in cases]) for group, cases in groups.items()
        }
        for figures in zip(*by_group.values(), strict=True):
            measure = figures[0].measure
            if any(figure.value is not None for figure in figures):
                rows.append([step.name, program.name, measure, *map(str, figures)])
            results += [
                {
                    "program": program.name,
                    "version": program.version,
                    "group": group,
                    "measure": measure,
                    "value": figure.value,
                    "counted": figure.counted,
                }
                for group, figure in zip(by_group, figures, strict=True)
            ]
    if rows:
        output.table(["step", "program", "measure", *groups], rows, title=f"{step.name}: how much is right")
    return results


def _speed(
    step: StepBenchmark[Any, Any], rounds: int, tell: Callable[[str], None], output: Output
) -> list[dict[str, Any]]:
    items = [case.given for case in step.cases]
    speeds = items_a_second(step.programs, items, rounds, lambda text: tell(f"{step.name}: {text}"))
    first = next(iter(speeds.values()))
    output.table(
        ["step", "program", "items a second", f"{step.programs[0].name} is faster, times"],
        [[step.name, name, f"{speed:.0f}", f"{first / speed:.2f}"] for name, speed in speeds.items()],
        title=f"{step.name}: {len(items)} items, best of {rounds} rounds",
    )
    return [{"program": name, "items_a_second": speed} for name, speed in speeds.items()]


def _show_errors(wanted: argparse.Namespace, output: Output) -> None:
    """Writes what ours gets wrong. Raises BenchmarkError where the closed half is asked for, or nothing is there."""
    if wanted.half == "closed":
        raise BenchmarkError("the closed half is not shown", remedy="Leave out --half closed: totals are all it tells")
    step = _step(wanted.errors, load_vocabulary(), [Half.OPEN], wanted.data, with_peers=False)
    if step is None:
        raise BenchmarkError(f"{wanted.errors} needs data", remedy="Name the folder that holds it with --data")
    ours = step.programs[0]
    shown = [case for case in step.cases if not case.closed]
    mistakes = [mistake for case in shown if (mistake := step.mistake(case, ours.answer(case.given)))]
    for mistake in mistakes:
        output.line(f"{mistake.name}\n{_indented(mistake.text)}")
        output.line(f"  expected: {mistake.expected}\n  given:    {mistake.given}\n")
    output.line(f"{step.name}: {len(mistakes)} of {len(shown)} wrong")


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.splitlines())


def _version() -> str:
    try:
        return version("newscrawler")
    except PackageNotFoundError:
        return ""


def _write(file: Path, document: dict[str, Any]) -> None:
    try:
        file.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except OSError as cause:
        raise BenchmarkError(f"cannot write {file}", remedy="Give another file with --json", cause=cause) from cause


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="understanding",
        description="Runs each step of understanding, and its peers, on the labelled sets and compares with the truth.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help="holds language/dates.jsonl and regions_kk.jsonl")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there too; never single records")
    parser.add_argument("--only", choices=_STEPS, help="run one step; together: how fast the steps are in company")
    parser.add_argument("--half", choices=_HALVES, help="score one half only, of the sets that have two")
    parser.add_argument("--ours", action="store_true", help="leave the peers out")
    parser.add_argument(
        "--rounds", type=at_least_one, default=3, metavar="N", help="take the best of N timings (default 3)"
    )
    parser.add_argument(
        "--errors",
        choices=[step for step in _STEPS if step != "together"],
        help="list what ours gets wrong, with its evidence: of the open half alone, the closed one is never listed",
    )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
