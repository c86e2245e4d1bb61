"""`newscrawler export`: the store's articles as JSONL or CSV."""

from __future__ import annotations

import csv
import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import IO, Annotated, Any

import typer

from newscrawler.article import Article
from newscrawler.commands.invocation import Invocation, verb
from newscrawler.errors import UsageError
from newscrawler.store import open_store
from newscrawler.store.articles import iterate_articles

COLUMNS = (
    *("id", "url", "headline", "lead", "body", "published", "modified", "language", "regions", "topics", "newsroom"),
    *("authors", "images"),
)


class ExportFormat(StrEnum):
    """The formats of an export."""

    JSONL = "jsonl"
    CSV = "csv"


@verb
def export(
    invocation: Invocation,
    newsroom: Annotated[str | None, typer.Option(metavar="NAME", help="Only this newsroom's articles.")] = None,
    form: Annotated[ExportFormat, typer.Option("--format", help="jsonl or csv.")] = ExportFormat.JSONL,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FILE", help="Write to a file, not standard output.")
    ] = None,
) -> None:
    """Write the store's articles, oldest first; withdrawn ones are left out.

    JSON lines hold lists where there are several; in CSV the items of a list are separated by a line break.

    **Examples**

    - `newscrawler export > articles.jsonl`
    - `newscrawler export --format csv --newsroom newsroom_kz --to articles.csv`
    """
    number = 0
    with open_store(invocation.config.store_url(), create=False) as store, store.read() as connection:
        try:
            output: IO[str] = sys.stdout if to is None else to.open("w", encoding="utf-8", newline="")
        except OSError as cause:
            raise UsageError(f"cannot write {to}", cause=cause, remedy="Check its folder") from cause
        try:
            write = _csv_writer(output) if form is ExportFormat.CSV else _jsonl_writer(output)
            for article in iterate_articles(connection, newsroom):
                write(article_row(article))
                number += 1
        finally:
            if to is not None:
                output.close()
    if to is not None:
        invocation.output.line(f"Wrote {number} articles to {to}.")


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


def _jsonl_writer(output: IO[str]) -> Any:
    return lambda row: output.write(json.dumps(row, ensure_ascii=False) + "\n")


def _csv_writer(output: IO[str]) -> Any:
    writer = csv.writer(output)
    writer.writerow(COLUMNS)
    return lambda row: writer.writerow(
        ["\n".join(value) if isinstance(value, list) else value for value in (row[name] for name in COLUMNS)]
    )
