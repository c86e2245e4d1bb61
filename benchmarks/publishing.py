"""How fast feeds are published, beside plain feedgen, in one run.

    python -m benchmarks.publishing

`facets`: feeds of 2 languages x 21 regions x 16 topics in 3 formats stand; some articles are new. Plain feedgen writes
all of them again, as a program without a store would; ours writes what changed. Ours also keeps the feeds of all
languages together, of newsrooms and of archives, which plain feedgen is not asked for.
`long`: one feed of many entries, with entries kept and without.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from feedgen.feed import FeedGenerator

from feeds.entry import entry_of
from feeds.facet import FacetNames, parse_facet
from feeds.head import Head, head_of
from feeds.publish import FORMATS, Publication, publish
from feeds.rss import RSS
from feeds.wording import load_wordings
from newscrawler.article import Article, DatePrecision, Image, Scope, Tag, mint_article_id
from newscrawler.commands.output import Output
from newscrawler.config import Config
from newscrawler.errors import ExitStatus
from newscrawler.facets import facet_paths
from newscrawler.newsroom import Newsroom
from newscrawler.store import Store, open_store
from newscrawler.store.articles import save_article
from newscrawler.vocabulary import Vocabulary, load_vocabulary

_NOON = datetime(2024, 5, 14, 12, tzinfo=timezone(timedelta(hours=5)))
_LANGUAGES = ("kk", "ru")
_TOPICS = 15
_NEWSROOM = Newsroom(
    name="bench", title="Bench", site="https://bench.test/", hosts=("bench.test",), languages=_LANGUAGES, content="full"
)
_SENTENCE = "Қалада жаңа нысан ашылды, оның құрылысына бір жыл кетті және жүз адам жұмыспен қамтылды."
_EXAMPLES = """examples:
  python -m benchmarks.publishing
  python -m benchmarks.publishing --only facets --articles 3000 --new 60
  python -m benchmarks.publishing --only long --entries 10000 --json figures.json"""


@dataclass(slots=True, frozen=True)
class _Timed:
    seconds: float
    files: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs what the command line asks for; gives the exit status, 0 however good or bad the figures are."""
    wanted = _arguments(arguments)
    output = Output()
    tell = output.message if sys.stderr.isatty() else lambda _: None
    figures: dict[str, Any] = {}
    if wanted.only in (None, "facets"):
        figures["facets"] = _facets(wanted, output, tell)
    if wanted.only in (None, "long"):
        figures["long"] = _long(wanted, output, tell)
    if wanted.json is not None:
        wanted.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return ExitStatus.DONE


def _facets(wanted: argparse.Namespace, output: Output, tell: Callable[[str], None]) -> dict[str, Any]:
    vocabulary = load_vocabulary()
    made = _articles(vocabulary, wanted.articles + wanted.new)
    before, new = made[: wanted.articles], made[wanted.articles :]
    with _place(vocabulary) as place:
        tell("publishing what stands")
        place.keep(before)
        first = place.publish()
        place.keep(new)
        tell("publishing what is new")
        ours = place.publish()
        tell("publishing nothing new")
        idle = place.publish()
    tell("writing every feed with plain feedgen")
    plain = _plain_feedgen(made, vocabulary)
    rows = [
        ("plain feedgen, every feed", plain.seconds, 1.0, plain.files),
        ("newscrawler, the first time", first.seconds, plain.seconds / first.seconds, first.files),
        (f"newscrawler, {wanted.new} new", ours.seconds, plain.seconds / ours.seconds, ours.files),
        ("newscrawler, nothing new", idle.seconds, plain.seconds / idle.seconds, idle.files),
    ]
    output.table(
        ("program", "seconds", "times faster", "files written"),
        [(name, f"{seconds:.2f}", f"{ratio:.1f}", files) for name, seconds, ratio, files in rows],
        title=f"{plain.files} feeds, {wanted.articles} articles, {wanted.new} new",
    )
    return {
        "feeds": plain.files,
        "plain_seconds": plain.seconds,
        "first_seconds": first.seconds,
        "new_seconds": ours.seconds,
        "times_faster": plain.seconds / ours.seconds,
        "files_share": ours.files / plain.files,
        "idle_files": idle.files,
    }


def _long(wanted: argparse.Namespace, output: Output, tell: Callable[[str], None]) -> dict[str, Any]:
    """One RSS feed of many entries: what stands in memory and on disk is not counted, only the making of its bytes."""
    vocabulary = load_vocabulary()
    articles = _articles(vocabulary, wanted.entries)
    entries = [
        entry_of(article, newsroom=_NEWSROOM, vocabulary=vocabulary, authority="bench.test,2024")
        for article in articles
    ]
    tell("plain feedgen")
    begin = time.perf_counter()
    feed = _feed("kk/all/all", articles)
    plain_bytes = feed.rss_str()
    plain = time.perf_counter() - begin
    tell("entries made")
    head = _head(vocabulary)
    begin = time.perf_counter()
    fragments = [RSS.fragment(entry) for entry in entries]
    whole = RSS.envelope(head, FORMATS).around(fragments)
    made = time.perf_counter() - begin
    tell("entries kept")
    begin = time.perf_counter()
    RSS.envelope(head, FORMATS).around(fragments)
    kept = time.perf_counter() - begin
    peaks = {number: _archive_peak(vocabulary, number, tell) for number in (wanted.entries // 4, wanted.entries)}
    output.table(
        ("program", "seconds", "of feedgen's time", "megabytes"),
        [
            ("plain feedgen", f"{plain:.2f}", "1.000", f"{len(plain_bytes) / 1e6:.1f}"),
            ("newscrawler, entries made", f"{made:.2f}", f"{made / plain:.3f}", f"{len(whole) / 1e6:.1f}"),
            ("newscrawler, entries kept", f"{kept:.3f}", f"{kept / plain:.3f}", f"{len(whole) / 1e6:.1f}"),
        ],
        title=f"One feed of {wanted.entries} entries",
    )
    for number, peak in peaks.items():
        output.line(f"an archive of {number} entries, written again: {peak / 1e6:.0f} MB of Python memory at most")
    return {"plain": plain, "made": made / plain, "kept": kept / plain, "peaks": peaks}


def _archive_peak(vocabulary: Vocabulary, number: int, tell: Callable[[str], None]) -> int:
    """The most memory that Python holds while an archive of so many entries, all kept, is written again."""
    tell(f"an archive of {number} entries")
    with _place(vocabulary) as place:
        place.keep(_articles(vocabulary, number))
        place.publish()
        tracemalloc.start()
        place.publish(every=True)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return peak


class _Place:
    """A store and an output folder of their own."""

    def __init__(self, store: Store, config: Config, vocabulary: Vocabulary) -> None:
        self._store = store
        self._config = config
        self._vocabulary = vocabulary

    def keep(self, articles: Sequence[Article]) -> None:
        """Keeps the articles, many in a transaction."""
        for start in range(0, len(articles), 500):
            with self._store.write() as connection:
                for article in articles[start : start + 500]:
                    save_article(
                        connection,
                        article,
                        facets_of=lambda kept: facet_paths(kept, self._vocabulary),
                        hashes=(),
                        now=_NOON,
                    )

    def publish(self, *, every: bool = False) -> _Timed:
        """Publishes what is due."""
        begin = time.perf_counter()
        done: Publication = publish(
            self._store, self._config, self._vocabulary, {_NEWSROOM.name: _NEWSROOM}, every=every, now=_NOON
        )
        return _Timed(time.perf_counter() - begin, done.written)


@contextmanager
def _place(vocabulary: Vocabulary) -> Iterator[_Place]:
    with tempfile.TemporaryDirectory(prefix="newscrawler-publishing-") as folder:
        config = Config(public=Path(folder, "public"), feed_authority="bench.test,2024")
        with open_store(f"sqlite:///{folder}/newscrawler.db") as store:
            yield _Place(store, config, vocabulary)


def _articles(vocabulary: Vocabulary, number: int) -> list[Article]:
    """Articles a minute apart, the same in every run: each of one region and one topic."""
    chance = random.Random(1)
    topics = [topic.slug for topic in vocabulary.topics[:_TOPICS]]
    return [_article(at, chance.choice(vocabulary.regions).code, chance.choice(topics)) for at in range(number)]


def _article(at: int, region: str, topic: str) -> Article:
    url = f"https://bench.test/{at}"
    body = [f"{_SENTENCE} {at}-{part}." for part in range(6)]
    published = _NOON - timedelta(minutes=20_000 - at)
    return Article(
        id=mint_article_id(_NEWSROOM.name, url),
        url=url,
        canonical_url=url,
        newsroom=_NEWSROOM.name,
        headline=f"{at}-нысан ашылды",
        description=_SENTENCE,
        body=body,
        body_html="".join(f"<p>{text}</p>" for text in body),
        authors=["Әсел Құрманбай"],
        images=[Image(url=f"{url}.jpg", credit="Ерлан Сағын")],
        fetched_at=published,
        language=_LANGUAGES[at % 2],
        script="Cyrl",
        date_published=published,
        date_precision=DatePrecision.MINUTE,
        regions=[Tag(code=region, score=1.0)],
        topics=[Tag(code=topic, score=1.0)],
        scope=Scope.REGIONAL,
    )


def _plain_feedgen(articles: Sequence[Article], vocabulary: Vocabulary) -> _Timed:
    """Every feed written with feedgen, and with `json` where it has no format, as its documentation shows it."""
    feeds: dict[str, list[Article]] = {}
    for article in sorted(articles, key=lambda one: str(one.date_published), reverse=True):
        for path in facet_paths(article, vocabulary):
            if path.startswith(_LANGUAGES) and path.count("/") == 2:
                feeds.setdefault(path, []).append(article)
    entries = Config().entries
    files = 0
    with tempfile.TemporaryDirectory(prefix="newscrawler-feedgen-") as folder:
        begin = time.perf_counter()
        for path, found in feeds.items():
            place = Path(folder, path)
            place.parent.mkdir(parents=True, exist_ok=True)
            feed = _feed(path, found[:entries])
            feed.rss_file(f"{place}.rss")
            feed.atom_file(f"{place}.atom")
            items = [_json_item(article) for article in found[:entries]]
            Path(f"{place}.json").write_text(json.dumps({"title": path, "items": items}), encoding="utf-8")
            files += 3
        return _Timed(time.perf_counter() - begin, files)


def _feed(path: str, articles: Sequence[Article]) -> FeedGenerator:
    feed = FeedGenerator()
    feed.id(f"https://bench.test/{path}")
    feed.title(path)
    feed.subtitle(path)
    feed.link(href="https://bench.test/", rel="alternate")
    feed.link(href=f"https://bench.test/{path}.atom", rel="self")
    for article in articles:
        entry = feed.add_entry(order="append")
        entry.id(article.id)
        entry.title(article.headline)
        entry.link(href=article.canonical_url)
        entry.published(article.date_published)
        entry.updated(article.date_published)
        entry.summary(article.description)
        entry.content(article.body_html, type="html")
        entry.author(name=article.authors[0])
        entry.category([{"term": tag.code} for tag in (*article.regions, *article.topics)])
    return feed


def _json_item(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "url": article.canonical_url,
        "title": article.headline,
        "content_html": article.body_html,
        "summary": article.description,
        "date_published": str(article.date_published),
    }


def _head(vocabulary: Vocabulary) -> Head:
    names = FacetNames(vocabulary, {_NEWSROOM.name: _NEWSROOM}, load_wordings())
    return head_of(parse_facet("kk/all/all"), names, Config(), _NOON)


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.publishing",
        description=(__doc__ or "").partition("\n\n    ")[0],
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--only", choices=("facets", "long"), help="one part")
    parser.add_argument("--articles", type=int, default=3000, help="how many articles stand (3000)")
    parser.add_argument("--new", type=int, default=60, help="how many are new (60)")
    parser.add_argument("--entries", type=int, default=10_000, help="how many entries the long feed has (10000)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to FILE too")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
