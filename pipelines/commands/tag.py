"""`newscrawler tag`: cleans and tags articles that are not in the store."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Annotated, Any

import typer

from newscrawler.article import Article, Tag, mint_article_id
from newscrawler.commands.invocation import Invocation, verb
from newscrawler.errors import ExitStatus, NewscrawlerError, UsageError
from newscrawler.vocabulary import load_vocabulary
from pipelines.clean import clean
from pipelines.language import language
from pipelines.regions import regions
from pipelines.step import StepContext
from pipelines.topics import topics

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@verb
def tag(
    invocation: Invocation,
    file: Annotated[Path | None, typer.Argument(help="JSON lines; default: standard input.")] = None,
) -> int:
    """Clean and tag articles: JSON lines `{id, headline, lead, body, language?, url?}` in, the same with language,
    scope,
    regions (ISO 3166-2 codes, primary first) and topics (slugs, best first) out.

    `body` is a text whose paragraphs are divided by line breaks, or a list of paragraphs. A line that is no such
    object is named on standard error and left out; the exit status is then 3.

    **Examples**

    - `newscrawler tag < articles.jsonl > tagged.jsonl`
    - `newscrawler export | newscrawler tag`
    """
    vocabulary = load_vocabulary([invocation.config.folder / "vocabulary"])
    context = StepContext(vocabulary=vocabulary, now=invocation.config.clock())
    try:
        lines: IO[str] = sys.stdin if file is None else file.open(encoding="utf-8")
    except OSError as cause:
        raise UsageError(f"cannot read {file}", cause=cause, remedy="Check the path") from cause
    bad = 0
    with lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                print(json.dumps(tagged(json.loads(line), context), ensure_ascii=False))
            except (ValueError, NewscrawlerError) as error:
                bad += 1
                invocation.output.message(f"line {number} is left out: {error}")
    return ExitStatus.OWED if bad else ExitStatus.DONE


def tagged(values: dict[str, Any], context: StepContext) -> dict[str, Any]:
    """`values` with the tags added. Raises ValueError when they hold no headline, and what a step raises."""
    if not isinstance(values, dict) or not isinstance(values.get("headline"), str):
        raise ValueError("not an object with a headline")
    body = values.get("body") or []
    paragraphs = body.split("\n") if isinstance(body, str) else [str(paragraph) for paragraph in body]
    url = str(values.get("url") or "")
    article = Article(
        id=str(values.get("id") or mint_article_id("", url or values["headline"])),
        url=url,
        canonical_url=url,
        newsroom="",
        headline=values["headline"],
        description=values.get("lead") or None,
        body=[paragraph.strip() for paragraph in paragraphs if paragraph.strip()],
        fetched_at=_EPOCH,
    )
    article = language(clean(article, context), context)
    if values.get("language"):
        article.language = str(values["language"])
    article = topics(regions(article, context), context)
    return {
        **values,
        "language": article.language,
        "scope": article.scope,
        "regions": _codes(article.regions),
        "topics": _codes(article.topics),
    }


def _codes(tags: list[Tag]) -> list[str]:
    return [tag.code for tag in tags]
