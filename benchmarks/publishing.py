"""How fast feeds are published, beside plain feedgen, in one run.

    python -m benchmarks.publishing

`facets`: feeds of 2 languages x 21 regions x 16 topics in 3 formats stand; some articles are new. Two programs without
a store write every feed again: plain feedgen, with entries as its documentation shows them, and feedgen the same feeds
as ours, byte for byte, with what ours adds to its entries. Ours writes what changed, with the pages of those feeds, and
brings it to the disk. How long that takes when the bytes of those files are there already is the least that any
program can take. Once of those feeds alone, and once of everything that ours publishes, with the feeds of all
languages together, of newsrooms and of archives.
`long`: one feed of many entries, beside feedgen making the same bytes, with entries kept and without.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.arguments import at_least_one
from benchmarks.errors import BenchmarkError
from benchmarks.feedgen_peers import (
    FacetsOf,
    Timed,
    grid_paths,
    plain_feed,
    plain_feedgen,
    same_bytes,
    same_with_feedgen,
    sample_head,
)
from benchmarks.sample_articles import NEWSROOM, NOON, sample_articles
from feeds.entry import entry_of
from feeds.files import WholeFiles
from feeds.publish import FORMATS, Publication, publish
from feeds.rss import RSS
from newscrawler.article import Article
from newscrawler.commands.output import Output
from newscrawler.config import Config
from newscrawler.errors import ExitStatus, NewscrawlerError
from newscrawler.facets import facet_paths
from newscrawler.store import Store, open_store
from newscrawler.store.articles import save_article
from newscrawler.vocabulary import Vocabulary, load_vocabulary

_EXAMPLES = """examples:
  python -m benchmarks.publishing
  python -m benchmarks.publishing --only facets --articles 3000 --new 60
  python -m benchmarks.publishing --only long --entries 10000 --json figures.json"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs what the command line asks for; gives the exit status, 0 however good or bad the figures are."""
    wanted = _arguments(arguments)
    output = Output()
    tell = output.message if sys.stderr.isatty() else lambda _: None
    figures: dict[str, Any] = {}
    try:
        if wanted.only in (None, "facets"):
            figures["facets"] = _facets(wanted, output, tell)
        if wanted.only in (None, "long"):
            figures["long"] = _long(wanted, output, tell)
    except NewscrawlerError as error:
        output.message(f"publishing: {error}")
        return error.exit_status
    if wanted.json is not None:
        wanted.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return ExitStatus.DONE


def _facets(wanted: argparse.Namespace, output: Output, tell: Callable[[str], None]) -> dict[str, Any]:
    vocabulary = load_vocabulary()
    made = sample_articles(vocabulary, wanted.articles + wanted.new)
    tell("writing every feed with plain feedgen")
    plain = plain_feedgen(made, vocabulary)
    return {
        "feeds": plain.files,
        "plain_seconds": plain.seconds,
        "grid": _beside_feedgen("those feeds", plain, made, wanted.new, vocabulary, grid_paths, output, tell),
        "everything": _beside_feedgen("everything", plain, made, wanted.new, vocabulary, facet_paths, output, tell),
    }


def _beside_feedgen(
    what: str,
    plain: Timed,
    made: Sequence[Article],
    new: int,
    vocabulary: Vocabulary,
    facets_of: FacetsOf,
    output: Output,
    tell: Callable[[str], None],
) -> dict[str, Any]:
    with _place(vocabulary, facets_of) as place:
        tell(f"{what}: publishing what stands")
        place.keep(made[:-new])
        first = place.publish()
        before = place.files()
        place.keep(made[-new:])
        tell(f"{what}: publishing what is new")
        ours = place.publish()
        changed = [path for path, state in place.files().items() if before.get(path) != state]
        least = _written_alone([path.read_bytes() for path in changed])
        tell(f"{what}: publishing nothing new")
        idle = place.publish()
    tell(f"{what}: writing every feed as ours with feedgen")
    same = same_with_feedgen(made, vocabulary, facets_of)
    rows = [
        ("plain feedgen", plain),
        ("feedgen, byte for byte as ours", same),
        ("newscrawler, the first time", first),
        (f"newscrawler, {new} new", ours),
        ("those files alone, their bytes ready", least),
        ("newscrawler, nothing new", idle),
    ]
    output.table(
        ("program", "seconds", "times faster than plain", "than the same bytes", "files written"),
        [
            (
                name,
                f"{timed.seconds:.2f}",
                f"{plain.seconds / timed.seconds:.1f}",
                f"{same.seconds / timed.seconds:.1f}",
                timed.files,
            )
            for name, timed in rows
        ],
        title=f"{plain.files} feeds, {len(made) - new} articles, {new} new; ours writes {what}, with pages",
    )
    feeds = sum(path.suffix.lstrip(".") in {one.name for one in FORMATS} for path in changed)
    output.line(f"{what}: {feeds} of {same.files} feeds written, {feeds / same.files:.2f}")
    return {
        "first_seconds": first.seconds,
        "new_seconds": ours.seconds,
        "least_seconds": least.seconds,
        "same_bytes_seconds": same.seconds,
        "times_faster": plain.seconds / ours.seconds,
        "times_faster_than_the_same_bytes": same.seconds / ours.seconds,
        "feeds_share": feeds / same.files,
        "idle_files": idle.files,
    }


def _written_alone(contents: Sequence[bytes]) -> Timed:
    """How long it takes to put these contents into the places of other files as publishing does, and nothing else."""
    with tempfile.TemporaryDirectory(prefix="newscrawler-files-") as folder:
        places = [Path(folder, str(number)) for number in range(len(contents))]
        for place in places:
            place.write_bytes(b"what stood before")
        begin = time.perf_counter()
        files = WholeFiles()
        for place, content in zip(places, contents, strict=True):
            files.write(place, content)
        if failures := files.put_in_place():
            raise BenchmarkError("files cannot be written") from next(iter(failures.values()))
        return Timed(time.perf_counter() - begin, len(contents))


def _long(wanted: argparse.Namespace, output: Output, tell: Callable[[str], None]) -> dict[str, Any]:
    """One RSS feed of many entries: what stands in memory and on disk is not counted, only the making of its bytes."""
    vocabulary = load_vocabulary()
    articles = sample_articles(vocabulary, wanted.entries)
    entries = [
        entry_of(article, newsroom=NEWSROOM, vocabulary=vocabulary, authority="bench.test,2024") for article in articles
    ]
    tell("plain feedgen")
    begin = time.perf_counter()
    plain_bytes = plain_feed("kk/all/all", articles).rss_str()
    plain = time.perf_counter() - begin
    tell("feedgen, the same bytes")
    head = sample_head(vocabulary)
    begin = time.perf_counter()
    expected = same_bytes(RSS, head, entries)
    same = time.perf_counter() - begin
    tell("entries made")
    begin = time.perf_counter()
    fragments = [RSS.fragment(entry) for entry in entries]
    whole = RSS.envelope(head, FORMATS).around(fragments)
    made = time.perf_counter() - begin
    tell("entries kept")
    begin = time.perf_counter()
    RSS.envelope(head, FORMATS).around(fragments)
    kept = time.perf_counter() - begin
    if whole != expected:
        raise BenchmarkError("feedgen makes other bytes of the same entries")
    peaks = {number: _archive_peak(vocabulary, number, tell) for number in (wanted.entries // 4, wanted.entries)}
    output.table(
        ("program", "seconds", "of plain feedgen's time", "of the same bytes' time", "megabytes"),
        [
            (name, f"{seconds:.3f}", f"{seconds / plain:.3f}", f"{seconds / same:.3f}", f"{size / 1e6:.1f}")
            for name, seconds, size in (
                ("plain feedgen, plainer entries", plain, len(plain_bytes)),
                ("feedgen, the same bytes", same, len(expected)),
                ("newscrawler, entries made", made, len(whole)),
                ("newscrawler, entries kept", kept, len(whole)),
            )
        ],
        title=f"One feed of {wanted.entries} entries",
    )
    for number, peak in peaks.items():
        output.line(f"an archive of {number} entries, written again: {peak / 1e6:.0f} MB of Python memory at most")
    return {"plain": plain, "same_bytes": same, "made": made / same, "kept": kept / same, "peaks": peaks}


def _archive_peak(vocabulary: Vocabulary, number: int, tell: Callable[[str], None]) -> int:
    """The most memory that Python holds while an archive of so many entries, all kept, is written again."""
    tell(f"an archive of {number} entries")
    with _place(vocabulary, facet_paths) as place:
        place.keep(sample_articles(vocabulary, number))
        place.publish()
        tracemalloc.start()
        place.publish(every=True)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return peak


class _Place:
    """A store and an output folder of their own."""

    def __init__(self, store: Store, config: Config, vocabulary: Vocabulary, facets_of: FacetsOf) -> None:
        self._store = store
        self._config = config
        self._vocabulary = vocabulary
        self._facets_of = facets_of

    def keep(self, articles: Sequence[Article]) -> None:
        """Keeps the articles, many in a transaction."""
        for start in range(0, len(articles), 500):
            with self._store.write() as connection:
                for article in articles[start : start + 500]:
                    save_article(
                        connection,
                        article,
                        facets_of=lambda kept: self._facets_of(kept, self._vocabulary),
                        hashes=(),
                        now=NOON,
                    )

    def files(self) -> dict[Path, int]:
        """When each published file was written."""
        return {path: path.stat().st_mtime_ns for path in self._config.public.rglob("*") if path.is_file()}

    def publish(self, *, every: bool = False) -> Timed:
        """Publishes what is due."""
        begin = time.perf_counter()
        done: Publication = publish(
            self._store, self._config, self._vocabulary, {NEWSROOM.name: NEWSROOM}, every=every, now=NOON
        )
        return Timed(time.perf_counter() - begin, done.written)


@contextmanager
def _place(vocabulary: Vocabulary, facets_of: FacetsOf) -> Iterator[_Place]:
    with tempfile.TemporaryDirectory(prefix="newscrawler-publishing-") as folder:
        config = Config(public=Path(folder, "public"), feed_authority="bench.test,2024")
        with open_store(f"sqlite:///{folder}/newscrawler.db") as store:
            yield _Place(store, config, vocabulary, facets_of)


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.publishing",
        description=(__doc__ or "").partition("\n\n    ")[0],
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--only", choices=("facets", "long"), help="one part")
    parser.add_argument("--articles", type=at_least_one, default=3000, help="how many articles stand (3000)")
    parser.add_argument("--new", type=at_least_one, default=60, help="how many are new (60)")
    parser.add_argument(
        "--entries", type=at_least_one, default=10_000, help="how many entries the long feed has (10000)"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to FILE too")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
