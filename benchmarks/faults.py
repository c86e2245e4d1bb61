"""What becomes of sixty articles on a hostile newsroom, fault by fault, beside plain Scrapy.

    python -m benchmarks.faults

newscrawler is run as often as the fault takes (two hours apart by its clock; `at first` is what is missing after the
first run). Plain Scrapy is what its documentation shows, with default settings: a CrawlSpider over the lists, or a
SitemapSpider or XMLFeedSpider where the fault is one of those; it is run once, and killed after `--limit` seconds. Of a
feed spider only the twenty articles that the feed names are expected.

missing, doubled, corrupt (another text), dirty (control or invisible characters): articles. junk: records that are
none. canary: connections to a server that must never be touched. rude: requests that robots.txt forbids.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.arguments import at_least_one
from newscrawler.commands.output import Output
from newscrawler.errors import ExitStatus, NewscrawlerError
from newscrawler.project import project_folder
from newscrawler.store import open_store
from newscrawler.store.articles import iterate_articles
from tests.hostile_newsroom.fault import Door, Fault
from tests.hostile_newsroom.faults import FAULTS
from tests.hostile_newsroom.measured_run import Measured, define, measured, run_of
from tests.hostile_newsroom.site import FEED, IN_FEED, SITEMAP, HostileSite
from tests.hostile_newsroom.verdict import Kept, judge

_EXAMPLES = """examples:
  python -m benchmarks.faults
  python -m benchmarks.faults --only "gzip bomb" --only 503 --limit 20
  python -m benchmarks.faults --json figures.json"""
# 3 GB: more than Scrapy's own limit of a page, and less than what a small machine has.
_MOST_MEMORY = 3_000_000_000


@dataclass(slots=True, frozen=True)
class Figures:
    """What a program made of one fault."""

    fault: str
    program: str
    missing_at_first: int
    missing: int
    doubled: int
    corrupt: int
    junk: int
    dirty: int
    canary: int
    rude: int
    requests: int
    megabytes: int
    seconds: float
    statuses: list[int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs what the command line asks for; gives the exit status, 0 however good or bad the figures are."""
    wanted = _arguments(arguments)
    output = Output()
    tell: Callable[[str], None] = output.message if sys.stderr.isatty() else lambda _: None
    faults = [FAULTS[name] for name in wanted.only or FAULTS]
    figures: list[Figures] = []
    try:
        for number, fault in enumerate(faults, 1):
            for measure in (ours, plain):
                tell(f"{number} of {len(faults)}: {fault.name}, {measure.__name__}")
                figures.append(measure(fault, wanted.limit))
    except NewscrawlerError as error:
        output.message(f"faults: {error}")
        return error.exit_status
    output.table(
        ("fault", "program", *_COLUMNS, "MB", "seconds", "status"),
        map(_row, figures),
        title="60 articles on a hostile newsroom",
    )
    if wanted.json is not None:
        wanted.json.write_text(json.dumps([asdict(each) for each in figures], indent=2) + "\n", encoding="utf-8")
    return ExitStatus.DONE


def ours(fault: Fault, limit: int) -> Figures:
    """What newscrawler makes of the fault, in the runs that it takes, each of `limit` seconds at most."""
    with _folder() as folder, HostileSite([fault]) as site:
        define(site, folder)
        runs: list[Measured] = []
        missing: list[int] = []
        for number in range(len(fault.owed)):
            runs.append(run_of(site, folder, number, seconds=limit))
            missing.append(len(judge(_stored(folder), site.articles).missing))
        return figures_of(fault.name, "newscrawler", site, runs, _stored(folder), missing[0])


def plain(fault: Fault, limit: int) -> Figures:
    """What plain Scrapy makes of the fault in one run of `limit` seconds at most."""
    with _folder() as folder, HostileSite([fault]) as site:
        paths = {Door.LISTS: site.lists, Door.SITEMAP: [SITEMAP], Door.FEED: [FEED]}[fault.door]
        if fault.door is Door.FEED:
            site.articles = site.articles[:IN_FEED]
        addresses = [f"{site.url}{path}" for path in paths]
        command = [sys.executable, "-m", "benchmarks.plain_scrapy", fault.door, "items.jsonl", str(_MOST_MEMORY)]
        environment = {**os.environ, "PYTHONPATH": str(project_folder())}
        run = measured([*command, *addresses], folder, environment, limit)
        return figures_of(fault.name, "plain Scrapy", site, [run], list(_exported(folder / "items.jsonl")))


def figures_of(
    fault: str,
    program: str,
    site: HostileSite,
    runs: Sequence[Measured],
    kept: Iterable[Kept],
    missing_at_first: int | None = None,
) -> Figures:
    """The figures for what a program has `kept` of a site after its runs."""
    verdict = judge(kept, site.articles)
    return Figures(
        fault=fault,
        program=program,
        missing_at_first=len(verdict.missing) if missing_at_first is None else missing_at_first,
        missing=len(verdict.missing),
        doubled=len(verdict.doubled),
        corrupt=len(verdict.corrupt),
        junk=len(verdict.junk),
        dirty=len(verdict.dirty),
        canary=len(site.canary.connections),
        rude=len(site.impolite),
        requests=len(site.taken_log()),
        megabytes=max(run.peak for run in runs) // 1_000_000,
        seconds=round(sum(run.seconds for run in runs), 1),
        statuses=[run.status for run in runs],
    )


def _stored(folder: Path) -> list[Kept]:
    with open_store(f"sqlite:///{folder / 'newscrawler.db'}") as store, store.read() as connection:
        articles = iterate_articles(connection)
        return [Kept(article.canonical_url, article.headline, article.body) for article in articles]


def _exported(file: Path) -> Iterator[Kept]:
    """The records of an export, without the last where a killed process left half of it."""
    if not file.exists():
        return
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            try:
                record = json.loads(line)
            except ValueError:
                return
            yield Kept(record["url"], record["headline"] or "", record["paragraphs"])


_COLUMNS = ("at first", "missing", "doubled", "corrupt", "junk", "dirty", "canary", "rude", "requests")


def _row(figures: Figures) -> list[Any]:
    counted = [
        *(figures.missing_at_first, figures.missing, figures.doubled, figures.corrupt, figures.junk, figures.dirty),
        *(figures.canary, figures.rude, figures.requests),
    ]
    ended = [str(status) if status >= 0 else "killed" for status in figures.statuses]
    return [figures.fault, figures.program, *counted, figures.megabytes, figures.seconds, " ".join(ended)]


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="newscrawler-faults-") as folder:
        yield Path(folder)


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.faults",
        description=(__doc__ or "").replace("    python -m benchmarks.faults\n\n", ""),
        epilog="\n".join(["faults:", *(f"  {fault.name}: {fault.what}" for fault in FAULTS.values()), "", _EXAMPLES]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--only", action="append", choices=FAULTS, metavar="FAULT", help="one fault; may be repeated")
    parser.add_argument("--limit", type=at_least_one, default=60, help="the most seconds that a run may take (60)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to FILE too")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
