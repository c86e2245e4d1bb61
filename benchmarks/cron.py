"""What a week of runs asks of a site, and what it costs.

    python -m benchmarks.cron

A newsroom on loopback publishes twenty articles a day at irregular moments, edits some, deletes some, fails now and
then, is out for half an hour, and is redesigned in the fourth night; a day and a half later its newsroom file is
mended. It has a list and a sitemap. Every ten minutes of its week it is crawled and published, by the parts that
`newscrawler run` is made of (tests/cron/week_of_runs.py says which few are left out). After each run the store and the
feeds are compared with what the site has said; a difference ends the benchmark with status 1.

A quiet run asked for no article. Requests are of every kind: sources, articles, robots.txt, tries again.
"""

from __future__ import annotations

import argparse
import json
import logging
import resource
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.arguments import at_least_one
from newscrawler.commands.output import Output
from newscrawler.commands.progress import steps_shown
from newscrawler.errors import ExitStatus, NewscrawlerError
from tests.cron.week_of_runs import Run, WeekOfRuns

_EVERY_TEN_MINUTES = 7 * 24 * 6
_MOST_FAULTS = 20
# What `ExpectedStore` says of a request that was not needed.
_IN_VAIN = ("for no reason", "whole once more")
_EXAMPLES = """examples:
  python -m benchmarks.cron
  python -m benchmarks.cron --runs 84 --json figures.json"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs what the command line asks for; gives the exit status, 1 where a run did something wrong."""
    wanted = _arguments(arguments)
    output = Output()
    # What the newsroom does wrong on purpose is no news here.
    logging.getLogger().setLevel(logging.ERROR)
    try:
        with (
            tempfile.TemporaryDirectory(prefix="newscrawler-cron-") as folder,
            steps_shown(output, "runs", wanted.runs) as steps,
        ):
            week = WeekOfRuns(Path(folder), done=lambda _: steps.advance(1))
            week.run(wanted.runs, output)
            sizes = {"store_bytes": _size(Path(folder), "newscrawler.db*"), "public_bytes": _size(week.public, "*")}
    except NewscrawlerError as error:
        output.message(f"cron: {error}")
        return error.exit_status
    found = figures(week.runs) | sizes | {"peak_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}
    faults = [f"{run.at:%Y-%m-%d %H:%M}: {fault}" for run in week.runs for fault in run.faults]
    for fault in faults[:_MOST_FAULTS]:
        output.message(f"wrong: {fault}")
    output.table(("figure", ""), _rows(found), title=f"{wanted.runs} runs over a week")
    if wanted.json is not None:
        document = {**found, "faults": faults, "runs_listed": [_listed(run) for run in week.runs]}
        wanted.json.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    whole = len(week.runs) == wanted.runs
    return ExitStatus.DONE if whole and not faults else ExitStatus.BUG


def figures(runs: Sequence[Run]) -> dict[str, Any]:
    """What the runs come to; of the first, which has all to fetch, only the totals know."""
    later = runs[1:]
    asked = [one for run in runs for one in run.requests.asked]
    return {
        "runs": len(runs),
        "requests": len(asked),
        "requests_of_articles": sum(len(run.requests.pages) for run in runs),
        "requests_of_made_up_addresses": sum(len(run.requests.made_up) for run in runs),
        "requests_a_run": _spread([len(run.requests.asked) for run in later]),
        "quiet_runs": sum(not run.requests.pages for run in later),
        "requests_a_quiet_run": _spread([len(run.requests.asked) for run in later if not run.requests.pages]),
        "not_changed": sum(one.status == 304 for one in asked),
        "for_no_reason": sum(any(told in fault for told in _IN_VAIN) for run in runs for fault in run.faults),
        "statuses": dict(sorted(Counter(str(run.status) for run in runs).items())),
        "runs_with_held_pages": sum(run.held > 0 for run in runs),
        "files_a_run": _spread([run.written for run in later]),
        "files_a_run_without_news": _spread([run.written for run in later if not run.has_news]),
        "crawl_seconds_a_run": _spread([run.crawl_seconds for run in later]),
        "publish_seconds_a_run": _spread([run.publish_seconds for run in later]),
    }


def _spread(values: Sequence[float]) -> dict[str, float] | None:
    return {"least": min(values), "median": median(values), "most": max(values)} if values else None


def _rows(found: dict[str, Any]) -> list[tuple[str, str]]:
    return [(name.replace("_", " ").replace("bytes", "MB"), _shown(name, value)) for name, value in found.items()]


def _shown(name: str, value: Any) -> str:
    if name.endswith("_bytes"):
        return f"{value / 1e6:.1f}"
    if isinstance(value, dict):
        digits = ".3f" if "seconds" in name else "g"
        return ", ".join(f"{key} {number:{digits}}" for key, number in value.items())
    return "none" if value is None else str(value)


def _listed(run: Run) -> dict[str, Any]:
    return {
        "at": run.at.isoformat(),
        "sources": len(run.requests.sources),
        "articles": len(run.requests.pages),
        "robots": len(run.requests.robots),
        "made_up": len(run.requests.made_up),
        "status": run.status,
        "held": run.held,
        "written": run.written,
    }


def _size(folder: Path, names: str) -> int:
    return sum(file.stat().st_size for file in folder.rglob(names) if file.is_file())


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.cron",
        description=(__doc__ or "").replace("    python -m benchmarks.cron\n\n", ""),
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--runs", type=at_least_one, default=_EVERY_TEN_MINUTES, help=f"how many runs ({_EVERY_TEN_MINUTES})"
    )
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="write the figures to FILE too, with the requests of each run"
    )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
