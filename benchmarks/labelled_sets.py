"""The labelled sets in tests/labelled, in two halves: one to build on, and one that is scored and never shown."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from benchmarks.errors import BenchmarkError
from benchmarks.sample_pages import Half
from benchmarks.step_benchmark import Case
from newscrawler.article import Article, mint_article_id
from newscrawler.vocabulary import Vocabulary
from pipelines.clean import clean
from pipelines.language import language
from pipelines.step import StepContext

LABELLED = Path(__file__).parent.parent / "tests" / "labelled"
NOW = datetime(2026, 11, 1, tzinfo=UTC)
_ENDINGS = {Half.OPEN: "open", Half.CLOSED: "held_out"}

Item = TypeVar("Item")


def half_cases(
    name: str, halves: Collection[Half], given: Callable[[dict[str, Any]], Item], folder: Path = LABELLED
) -> list[Case[Item]]:
    """The cases of `halves` of the labelled set `name`; `given` makes of a record what a program is asked.

    Raises BenchmarkError.
    """
    return [
        Case(half.value, given(record), record, closed=half is Half.CLOSED)
        for half in Half
        if half in halves
        for record in read_records(folder / f"{name}_{_ENDINGS[half]}.jsonl")
    ]


def read_records(file: Path) -> list[dict[str, Any]]:
    """The records of a labelled set, one JSON object a line. Raises BenchmarkError."""
    try:
        return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    except (OSError, ValueError) as cause:
        raise BenchmarkError(
            f"{file} cannot be read as a labelled set", remedy="Run this in a checkout, with its data", cause=cause
        ) from cause


def labelled_article(record: dict[str, Any], name: str = "") -> Article:
    """The article of a record: headline, lead and body (paragraphs, in a list or by lines), section and address.

    `name` tells records without an id of their own apart. Nothing is said of its language, regions and topics.
    """
    body = record["body"]
    url = record.get("url") or f"https://newsroom.test/{record.get('id', name)}"
    return Article(
        id=mint_article_id("newsroom_test", url),
        url=url,
        canonical_url=url,
        newsroom="newsroom_test",
        headline=record["headline"],
        description=record["lead"],
        body=body.split("\n") if isinstance(body, str) else body,
        section=record.get("section"),
        fetched_at=NOW,
        addresses=[url],
    )


def prepared(article: Article, vocabulary: Vocabulary) -> Article:
    """`article` as the steps after `language` get it: cleaned, its language and script told by our own steps."""
    context = StepContext(vocabulary=vocabulary, now=NOW)
    return language(clean(article, context), context)


def text_of(article: Article) -> str:
    """Headline, lead and body, a line each."""
    return "\n".join([article.headline, *([article.description] if article.description else []), *article.body])
