"""How well and how fast pages are read: ours beside its peers, in one run, and every field of real news pages.

    python -m benchmarks.extraction --data DIR

DIR holds `extraction/` (html/NAME.html.gz and ground-truth.json, as the article extraction benchmark has them) and
`pages/` (saved pages and truth.jsonl). Of the pages in `extraction/` one half, by the hash of their names, is never
shown page by page: it tells whether what was learned on the other half holds elsewhere.
"""

from __future__ import annotations

import argparse
import difflib
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.arguments import at_least_one
from benchmarks.errors import BenchmarkError
from benchmarks.extractors import OURS, PARSE_ONLY, Extractor, ours, parse_only, peers, read_ours
from benchmarks.page_truths import FieldCheck, check_pages
from benchmarks.reading_cost import Cost, cost_of, page_costs
from benchmarks.sample_pages import Half, SamplePage, read_sample_pages
from benchmarks.shingles import Score, match, score
from newscrawler.commands.output import Output
from newscrawler.errors import ExitStatus, NewscrawlerError

_PARTS = ("quality", "cost", "pages")
_EXAMPLES = """examples:
  python -m benchmarks.extraction --data DIR
  python -m benchmarks.extraction --data DIR --only quality --ours
  python -m benchmarks.extraction --data DIR --json figures.json
  python -m benchmarks.extraction --data DIR --show NAME"""


@dataclass(slots=True, frozen=True)
class _Group:
    """Pages that get a figure of their own."""

    name: str
    pages: list[SamplePage]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs what the command line asks for; gives the exit status: 0, or 3 when a field of a page is wrong."""
    wanted = _arguments(arguments)
    output = Output()
    try:
        pages = read_sample_pages(wanted.data / "extraction")
        if wanted.show:
            output.line(_difference(pages, wanted.show))
            return ExitStatus.DONE
        return _run(wanted, pages, output)
    except NewscrawlerError as error:
        output.message(f"extraction: {error}")
        return error.exit_status


def _run(wanted: argparse.Namespace, pages: list[SamplePage], output: Output) -> int:
    parts = [wanted.only] if wanted.only else list(_PARTS)
    readers, missing = ([], []) if wanted.ours or parts == ["pages"] else peers()
    readers = [ours(), *readers]
    document: dict[str, Any] = {"versions": {reader.name: reader.version for reader in readers}, "not_run": missing}
    for reason in missing:
        output.message(f"extraction: cannot run {reason}")
    groups = [
        *(_Group(half, [page for page in pages if page.half is half]) for half in Half),
        _Group("both halves", pages),
    ]
    checks: list[FieldCheck] = []
    if "quality" in parts:
        document["quality"] = _quality(groups, readers, output)
    if "cost" in parts:
        document["cost"] = _cost(groups, [parse_only(), *readers], wanted.rounds, output)
    if "pages" in parts:
        checks = check_pages(wanted.data / "pages")
        document["pages"] = _show_checks(checks, output)
    if wanted.json is not None:
        _write(wanted.json, document)
    return ExitStatus.DONE if all(check.is_right for check in checks) else ExitStatus.OWED


def _quality(groups: list[_Group], readers: list[Extractor], output: Output) -> list[dict[str, Any]]:
    everything = groups[-1].pages
    results: list[dict[str, Any]] = []
    rows: list[list[str]] = []
    for reader in readers:
        matches = {page.name: match(page.truth, reader.extract(page.html, page.url)) for page in everything}
        for group in groups:
            figures = score([matches[page.name] for page in group.pages])
            results.append({"reader": reader.name, "group": group.name, **asdict(figures)})
            rows.append([reader.name, group.name, *_written_score(figures)])
    output.table(
        ["reader", "pages of", "F1", "precision", "recall", "exact bodies", "nothing found"],
        rows,
        title="Bodies, 4-gram shingles",
    )
    return results


def _written_score(figures: Score) -> list[str]:
    exact = f"{figures.exact:.2f} ({round(figures.exact * figures.pages)} of {figures.pages})"
    return [f"{figures.f1:.4f}", f"{figures.precision:.4f}", f"{figures.recall:.4f}", exact, str(figures.empty)]


def _cost(groups: list[_Group], readers: list[Extractor], rounds: int, output: Output) -> list[dict[str, Any]]:
    everything = groups[-1].pages
    timed = page_costs(
        [(page.html, page.url) for page in everything],
        readers,
        rounds,
        output.message if sys.stderr.isatty() else lambda _: None,
    )
    by_name = {page.name: seconds for page, seconds in zip(everything, timed, strict=True)}
    results: list[dict[str, Any]] = []
    rows: list[list[str]] = []
    for reader in readers:
        for group in groups:
            figures = cost_of(reader.name, PARSE_ONLY, [by_name[page.name] for page in group.pages])
            results.append({"reader": reader.name, "group": group.name, **asdict(figures)})
            rows.append([reader.name, group.name, *_written_cost(figures)])
    output.table(
        ["reader", "pages of", "median", "mean", "milliseconds (median)"],
        rows,
        title=f"Cost, in times {PARSE_ONLY}; best of {rounds} a page, readers in turn",
    )
    return results


def _written_cost(figures: Cost) -> list[str]:
    return [f"{figures.median:.2f}", f"{figures.mean:.2f}", f"{figures.milliseconds:.2f}"]


def _show_checks(checks: list[FieldCheck], output: Output) -> dict[str, Any]:
    pages = list(dict.fromkeys(check.page for check in checks))
    rows = []
    for page in pages:
        own = [check for check in checks if check.page == page]
        wrong = [check.field for check in own if not check.is_right]
        rows.append([page, f"{len(own) - len(wrong)} of {len(own)}", ", ".join(wrong)])
    output.table(["Cyrillic page", "fields right", "wrong"], rows, title="Cyrillic news pages, every field")
    wrong_checks = [check for check in checks if not check.is_right]
    output.line(f"{OURS}: {len(checks) - len(wrong_checks)} of {len(checks)} fields right on {len(pages)} pages")
    for check in wrong_checks:
        output.line(f"wrong: {check.page}, {check.field}: wanted {check.wanted!r}, found {check.found!r}")
    return {"fields": len(checks), "right": len(checks) - len(wrong_checks), "wrong": [asdict(c) for c in wrong_checks]}


def _difference(pages: list[SamplePage], name: str) -> str:
    """The lines in which our body of a page differs from its truth. Raises BenchmarkError for a closed page."""
    found = [page for page in pages if page.name.startswith(name)]
    if len(found) != 1:
        raise BenchmarkError(f"{len(found)} pages have a name that begins with {name}", remedy="Give more of its name")
    if found[0].half is Half.CLOSED:
        raise BenchmarkError(f"{found[0].name} is in the half that is not shown", remedy="Name a page of the open half")
    truth, body = (
        [line.strip() for line in text.splitlines() if line.strip()]
        for text in (found[0].truth, read_ours(found[0].html, found[0].url))
    )
    lines = difflib.unified_diff(truth, body, "truth", OURS, lineterm="", n=0)
    return "\n".join([f"{found[0].name} {found[0].url}", *lines])


def _write(file: Path, document: dict[str, Any]) -> None:
    try:
        file.write_text(json.dumps(document, ensure_ascii=False, indent=2, default=str) + "\n", encoding="utf-8")
    except OSError as cause:
        raise BenchmarkError(f"cannot write {file}", remedy="Give another file with --json", cause=cause) from cause


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="extraction",
        description="Reads pages with newscrawler and its peers and compares the results with the truth.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="holds extraction/ and pages/")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there too")
    parser.add_argument("--only", choices=_PARTS, help="run one part: bodies, cost, or the fields of news pages")
    parser.add_argument("--ours", action="store_true", help="leave the peers out")
    parser.add_argument(
        "--rounds", type=at_least_one, default=7, metavar="N", help="take the best of N timings (default 7)"
    )
    parser.add_argument("--show", metavar="NAME", help="show where our body of one page of the open half differs")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
