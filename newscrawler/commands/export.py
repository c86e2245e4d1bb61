"""`newscrawler export`: the store's articles as JSONL or CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer
from sqlalchemy import Connection

from newscrawler.article import Article
from newscrawler.commands.invocation import Invocation, data_verb
from newscrawler.commands.output import OutputError
from newscrawler.config import Config
from newscrawler.errors import UsageError
from newscrawler.new_file import NewFile
from newscrawler.store import open_store
from newscrawler.store.articles import article_counts, iterate_articles
from newscrawler.store.runs import last_runs
from newscrawler.toml_files import nearest

COLUMNS = (
    *("id", "url", "headline", "lead", "body", "published", "modified", "language", "regions", "topics", "newsroom"),
    *("authors", "images"),
)


class ExportFormat(StrEnum):
    """The formats of an export."""

    JSONL = "jsonl"
    CSV = "csv"


@data_verb(json_help="With --to: print {written, articles}. A JSONL export is JSON already.")
def export(
    invocation: Invocation,
    newsroom: Annotated[str | None, typer.Option(metavar="NAME", help="Only this newsroom's articles.")] = None,
    form: Annotated[ExportFormat, typer.Option("--format", help="jsonl or csv.")] = ExportFormat.JSONL,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FILE", help="Write to a file, not standard output.")
    ] = None,
) -> None:
    """Write the store's articles, oldest first; withdrawn ones are left out. Always UTF-8.

    JSON lines hold lists where there are several; in CSV the items of a list are separated by a line break. A FILE that
    is there already is replaced only when all is written.

    **Examples**

    - `newscrawler export > articles.jsonl`
    - `newscrawler export --format csv --newsroom newsroom_kz --to articles.csv`
    """
    with open_store(invocation.config.store_url(), create=False) as store, store.read() as connection:
        if newsroom is not None:
            _check_known(newsroom, connection, invocation.config)
        number = 0
        with nullcontext(invocation.output.data()) if to is None else written_whole(to) as output:
            write = _csv_writer(output) if form is ExportFormat.CSV else _jsonl_writer(output)
            for article in iterate_articles(connection, newsroom):
                write(article_row(article))
                number += 1
    if to is not None:
        invocation.output.line(f"Wrote {number} articles to {to}.")
        invocation.output.result({"written": str(to), "articles": number})


@contextmanager
def written_whole(path: Path) -> Iterator[TextIO]:
    """A text file in UTF-8 that takes the place of `path`, with its permissions, once all is written.

    A link is followed; a device or pipe is written as it is. Raises UsageError when nothing can be written at `path`,
    OutputError when writing fails on the way: then the file that was there stands as it was.
    """
    try:
        target = path.resolve()
        is_replaced = target.is_file() or not target.exists()
        place: AbstractContextManager[Any] = NewFile(target) if is_replaced else nullcontext()
        unreplaced = None if is_replaced else target.open("w", encoding="utf-8", newline="")
    except OSError as cause:
        raise UsageError(f"cannot write {path}", cause=cause, remedy="Check its folder") from cause
    try:
        with place as new, unreplaced or new.path.open("w", encoding="utf-8", newline="") as file:
            yield file
    except OSError as cause:
        raise OutputError(f"cannot write {path}", cause=cause, remedy="Mend or free the disk") from cause


def article_row(article: Article) -> dict[str, Any]:
    """An article under the names of an export: `body` paragraphs divided by an empty line, dates ISO 8601 with offset,
    regions as ISO 3166-2 codes, primary first, topics as slugs, best first, images by address."""
    return {
        "id": article.id,
        "url": article.canonical_url,
        "headline": article.headline,
        "lead": article.description,
        "body": "\n\n".join(article.body),
        "published": article.date_published and article.date_published.isoformat(),
        "modified": article.date_modified and article.date_modified.isoformat(),
        "language": article.language,
        "regions": [tag.code for tag in article.regions],
        "topics": [tag.code for tag in article.topics],
        "newsroom": article.newsroom,
        "authors": article.authors,
        "images": [image.url for image in article.images],
    }


def _check_known(newsroom: str, connection: Connection, config: Config) -> None:
    known = {*article_counts(connection), *last_runs(connection), *config.newsrooms, *config.newsroom_files()}
    if newsroom not in known:
        raise UsageError(
            f"no newsroom is called {newsroom!r}{nearest(newsroom, sorted(known))}", remedy="See 'newscrawler status'"
        )


def _jsonl_writer(output: TextIO) -> Any:
    return lambda row: output.write(json.dumps(row, ensure_ascii=False) + "\n")


def _csv_writer(output: TextIO) -> Any:
    writer = csv.writer(output)
    writer.writerow(COLUMNS)
    return lambda row: writer.writerow(
        ["\n".join(value) if isinstance(value, list) else value for value in (row[name] for name in COLUMNS)]
    )
