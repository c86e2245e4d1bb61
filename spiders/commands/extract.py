"""`newscrawler extract`: pages in bulk to articles, without a store."""

from __future__ import annotations

import base64
import binascii
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from scrapy.http import HtmlResponse

from newscrawler.article import Article
from newscrawler.commands.invocation import Invocation, verb
from newscrawler.errors import ArchiveError, ExitStatus, NewsroomError, PageError, UsageError
from newscrawler.newsroom import Newsroom, read_newsroom
from newscrawler.text import language_of
from newscrawler.urls import is_web_address
from spiders.fetching.saved_html import may_be_page, read_html_file
from spiders.pages import read_article


@dataclass(slots=True, kw_only=True)
class Page:
    """A page to read: its name for the answer, its address, its bytes, when it was fetched."""

    name: str
    url: str
    body: bytes
    fetched_at: datetime


@verb
def extract(
    invocation: Invocation,
    paths: Annotated[list[Path] | None, typer.Argument(help="Files and folders; default: JSON lines on stdin.")] = None,
) -> int:
    """Read pages in bulk: JSON lines `{id, url, html_b64}` on standard input, or files and folders of saved pages, to
    JSON
    lines `{id, url, headline, lead, body, published, modified, authors, language, images, ...}`.

    A page without an article gives `{id, url, error}`; what cannot be read at all is named on standard error, and the
    exit status is then 3.

    **Examples**

    - `newscrawler extract pages/ > articles.jsonl`
    - `newscrawler extract < pages.jsonl > articles.jsonl`
    """
    newsrooms = _newsrooms(invocation)
    unread = 0
    pages = _from_paths(paths, invocation) if paths else _from_lines(invocation)
    for page in pages:
        if page is None:
            unread += 1
            continue
        newsroom = next((known for known in newsrooms if known.is_own(page.url)), None)
        try:
            article = read_article(HtmlResponse(page.url, body=page.body), newsroom, page.fetched_at)
            answer = extracted(page.name, article)
        except PageError as error:
            answer = {"id": page.name, "url": page.url, "error": error.problem}
        print(json.dumps(answer, ensure_ascii=False))
    return ExitStatus.OWED if unread else ExitStatus.DONE


def extracted(name: str, article: Article) -> dict[str, Any]:
    """An article as `extract` answers; `body` is its paragraphs divided by an empty line."""
    text = "\n".join([article.headline, article.description or "", *article.body])
    return {
        "id": name,
        "url": article.canonical_url,
        "headline": article.headline,
        "lead": article.description,
        "body": "\n\n".join(article.body),
        "published": article.date_published and article.date_published.isoformat(),
        "date_precision": article.date_precision,
        "modified": article.date_modified and article.date_modified.isoformat(),
        "authors": article.authors,
        "language": language_of(text),
        "section": article.section,
        "keywords": article.keywords,
        "images": [asdict(image) for image in article.images],
        "alternates": [asdict(alternate) for alternate in article.alternates],
        "sources": article.sources,
    }


def _newsrooms(invocation: Invocation) -> list[Newsroom]:
    found = []
    for path in invocation.config.newsroom_files().values():
        try:
            found.append(read_newsroom(path))
        except NewsroomError as error:
            invocation.output.message(f"newscrawler: {error}")
    return found


def _from_lines(invocation: Invocation) -> Iterator[Page | None]:
    for number, line in enumerate(sys.stdin.buffer, 1):
        if not line.strip():
            continue
        try:
            values = json.loads(line)
            url = str(values["url"])
            if not is_web_address(url):
                raise ValueError(f"{url!r} is not an absolute http or https address")
            body = base64.b64decode(values["html_b64"], validate=True)
            yield Page(name=str(values.get("id", number)), url=url, body=body, fetched_at=_moment(values, invocation))
        except (ValueError, KeyError, TypeError, binascii.Error) as error:
            invocation.output.message(f"line {number} is left out: {type(error).__name__}: {error}")
            yield None


def _moment(values: dict[str, Any], invocation: Invocation) -> datetime:
    text = values.get("fetched_at")
    if text is None:
        return invocation.config.clock()
    moment = datetime.fromisoformat(str(text))
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _from_paths(paths: list[Path], invocation: Invocation) -> Iterator[Page | None]:
    for path in paths:
        if not path.exists():
            raise UsageError(f"there is no file or folder {path}", remedy="Check the path")
        files = [path] if path.is_file() else sorted(file for file in path.rglob("*") if file.is_file())
        for file in files:
            if not may_be_page(file):
                continue
            try:
                _, saved = read_html_file(file)
                yield Page(name=str(file), url=saved.url, body=saved.body(), fetched_at=saved.fetched_at)
            except (ArchiveError, OSError) as error:
                invocation.output.message(f"{file} is left out: {getattr(error, 'problem', error)}")
                yield None
