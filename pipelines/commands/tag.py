"""`newscrawler tag`: cleans and tags articles that are not in the store."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer

from newscrawler.article import Article, Tag
from newscrawler.commands.invocation import Invocation, data_verb
from newscrawler.commands.json_lines import BadLine, needed_text, read_json_lines, standard_input, text_at
from newscrawler.errors import ExitStatus, NewscrawlerError, UsageError
from newscrawler.languages import languages_told
from newscrawler.vocabulary import load_vocabulary
from pipelines.step import StepContext
from pipelines.understanding import understand

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@data_verb()
def tag(
    invocation: Invocation,
    file: Annotated[Path | None, typer.Argument(help="JSON lines; default: standard input.")] = None,
) -> int:
    """Clean and tag articles: JSON lines `{id, headline, lead, body, language?, url?}` in, the same with language,
    scope, regions (ISO 3166-2 codes, primary first) and topics (slugs, best first) out. Both are UTF-8.

    `body` is a text whose paragraphs are divided by line breaks, or a list of paragraphs; `language` is kk, ru, ky,
    uz, tt, uk, en or und (any other), and told by the text where it is missing. A line that is no such object is named
    on standard error and left out; the exit status is then 3.

    **Examples**

    - `newscrawler tag < articles.jsonl > tagged.jsonl`
    - `newscrawler export | newscrawler tag`
    """
    vocabulary = load_vocabulary([invocation.config.folder / "vocabulary"])
    context = StepContext(vocabulary=vocabulary, now=invocation.config.clock())
    output = invocation.output.data()
    bad = 0
    with _opened(file) as stream:
        for line in read_json_lines(stream):
            try:
                answer = tagged(line.values(), context)
            except NewscrawlerError as error:
                bad += 1
                invocation.output.message(f"line {line.number} is left out: {error}")
            else:
                print(json.dumps(answer, ensure_ascii=False), file=output)
    return ExitStatus.OWED if bad else ExitStatus.DONE


def tagged(values: dict[str, Any], context: StepContext) -> dict[str, Any]:
    """`values` with the tags added. Raises BadLine when they are no article as `tag` describes it, and what a step
    raises."""
    url = text_at(values, "url") or ""
    article = Article(
        id="",
        url=url,
        canonical_url=url,
        newsroom="",
        headline=needed_text(values, "headline"),
        description=text_at(values, "lead"),
        body=_paragraphs(values.get("body")),
        fetched_at=_EPOCH,
    )
    article = understand(article, context, said_language=_said_language(values))
    if not article.headline:
        raise BadLine("headline is empty")
    return {
        **values,
        "language": article.language,
        "scope": article.scope,
        "regions": _codes(article.regions),
        "topics": _codes(article.topics),
    }


@contextmanager
def _opened(file: Path | None) -> Iterator[BinaryIO]:
    if file is None:
        yield standard_input()
        return
    try:
        stream = file.open("rb")
    except OSError as cause:
        raise UsageError(f"cannot read {file}", cause=cause, remedy="Check the path") from cause
    with stream:
        yield stream


def _paragraphs(body: object) -> list[str]:
    lines = (body or "").split("\n") if body is None or isinstance(body, str) else body
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise BadLine("body is neither text nor a list of texts")
    return [line.strip() for line in lines if line.strip()]


def _said_language(values: dict[str, Any]) -> str | None:
    said = text_at(values, "language")
    if not said:
        return None
    code = said.replace("_", "-").partition("-")[0].lower()
    if code not in languages_told():
        raise BadLine(f"language {said!r} is none of {', '.join(languages_told())}")
    return code


def _codes(tags: list[Tag]) -> list[str]:
    return [tag.code for tag in tags]
