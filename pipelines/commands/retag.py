"""`newscrawler retag`: tags the stored articles again."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import typer

from newscrawler.article import Article
from newscrawler.commands.invocation import Invocation, verb
from newscrawler.commands.progress import steps_shown
from newscrawler.config import Config
from newscrawler.errors import UsageError
from newscrawler.facets import facet_paths
from newscrawler.newsroom import Newsroom
from newscrawler.store import Store, open_store
from newscrawler.store.articles import article_counts, read_article
from newscrawler.store.facets import facets_to_publish
from newscrawler.store.tagging import Retagged, ids_after, keep_tags
from newscrawler.toml_files import nearest
from newscrawler.vocabulary import load_vocabulary
from pipelines.step import StepContext
from pipelines.understanding import understand

# A transaction holds other writers up: so many articles take a tenth of a second.
_AT_ONCE = 100


class _DryRun(Exception):
    """Takes back what was done so far."""


@verb
def retag(
    invocation: Invocation,
    newsroom: Annotated[str | None, typer.Option(metavar="NAME", help="Only this newsroom's articles.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")] = False,
) -> None:
    """Tell language, regions and topics of all stored articles again, as the vocabulary is now: after you changed it,
    or after an update of newscrawler. Texts, dates and stories stay, and no article counts as changed for its readers.
    Feeds that show other articles than before are written by the next `newscrawler publish` or `run`.

    It can be stopped at any time, and beside a crawl nothing is lost: call it again to do the rest.

    **Examples**

    - `newscrawler retag --dry-run`
    - `newscrawler retag && newscrawler publish`
    """
    config, output = invocation.config, invocation.output
    vocabulary = load_vocabulary([config.folder / "vocabulary"])
    newsrooms, _ = config.all_newsrooms()
    with open_store(config.store_url(), create=False) as store:
        total = _number_of_articles(store, config, newsroom)
        retagging = _Retagging(
            store, StepContext(vocabulary=vocabulary, now=config.clock()), newsrooms, dry_run=dry_run
        )
        with steps_shown(output, "Tagging", total) as steps:
            after = ""
            while ids := retagging.ids_after(after, newsroom):
                retagging.retag(ids)
                steps.advance(len(ids))
                after = ids[-1]
        with store.read() as connection:
            feeds = len(facets_to_publish(connection))
    counts = retagging.counts
    done = "Would change" if dry_run else "Changed"
    output.line(f"{done} the tags of {counts[Retagged.CHANGED]} of {counts.total()} articles.")
    for code, number in sorted(retagging.moved.items()):
        output.line(f"  {code}: {number:+}")
    if not dry_run and feeds:
        output.line(f"{feeds} feeds are to be written: newscrawler publish")
    output.result(
        {
            "articles": counts.total(),
            "changed": counts[Retagged.CHANGED],
            "evidence": counts[Retagged.EVIDENCE],
            "moved": dict(sorted(retagging.moved.items())),
            "dry_run": dry_run,
            "feeds_to_publish": feeds,
        }
    )


class _Retagging:
    """Tags articles again, some at once, and counts what that came to; `moved` says by how many articles each region,
    topic, scope and language grew."""

    def __init__(self, store: Store, context: StepContext, newsrooms: dict[str, Newsroom], *, dry_run: bool) -> None:
        self.counts: Counter[Retagged] = Counter()
        self.moved: Counter[str] = Counter()
        self._store = store
        self._context = context
        self._newsrooms = newsrooms
        self._dry_run = dry_run

    def ids_after(self, after: str, newsroom: str | None) -> list[str]:
        """The next articles to tag."""
        with self._store.read() as connection:
            return ids_after(connection, after, _AT_ONCE, newsroom)

    def retag(self, ids: list[str]) -> None:
        """Tags the articles with these ids. Raises StoreError, and then none of them was changed."""
        try:
            with self._store.write() as connection:
                for article_id in ids:
                    article = read_article(connection, article_id, live=True)
                    if article is None:
                        continue
                    tagged = understand(article, self._context_of(article))
                    became = keep_tags(
                        connection, tagged, facets_of=lambda kept: facet_paths(kept, self._context.vocabulary)
                    )
                    self.counts[became] += 1
                    if became is Retagged.CHANGED:
                        self._count_moves(article, tagged)
                if self._dry_run:
                    raise _DryRun
        except _DryRun:
            return

    def _context_of(self, article: Article) -> StepContext:
        return StepContext(
            vocabulary=self._context.vocabulary,
            now=self._context.now,
            newsroom=self._newsrooms.get(article.newsroom),
        )

    def _count_moves(self, before: Article, after: Article) -> None:
        self.moved.update(_labels(after))
        self.moved.subtract(_labels(before))
        self.moved = Counter({label: number for label, number in self.moved.items() if number})


def _labels(article: Article) -> list[str]:
    tags = [f"region {tag.code}" for tag in article.regions] + [f"topic {tag.code}" for tag in article.topics]
    return [*tags, f"language {article.language}", f"scope {article.scope or 'none'}"]


def _number_of_articles(store: Store, config: Config, newsroom: str | None) -> int:
    with store.read() as connection:
        counts = article_counts(connection)
    if newsroom is None:
        return sum(found["live"] for found in counts.values())
    known = {*counts, *config.newsroom_files()}
    if newsroom not in known:
        raise UsageError(f"no newsroom is called {newsroom!r}{nearest(newsroom, sorted(known))}")
    return counts.get(newsroom, {}).get("live", 0)
