"""`newscrawler extract`: pages in bulk to articles, without a store."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from scrapy.http import HtmlResponse, Response

from newscrawler.article import Article
from newscrawler.commands.invocation import Invocation, data_verb
from newscrawler.commands.json_lines import BadLine, needed_text, read_json_lines, standard_input, text_at
from newscrawler.config import Config
from newscrawler.errors import ArchiveError, ExitStatus, PageError, UsageError
from newscrawler.languages import language_of
from newscrawler.newsroom import Newsroom
from newscrawler.urls import is_web_address
from spiders.fetching.saved_anywhere import no_pages_yet
from spiders.fetching.saved_forms import own_file, read_archive
from spiders.fetching.saved_page import Opening, SavedPage, answer_of
from spiders.pages import read_article

# There were no pages before; dates are reckoned with a day and an offset more or less, which must stay dates.
_FIRST_YEAR, _LAST_YEAR = 1990, 9998
_OK = 200


@dataclass(slots=True, kw_only=True)
class Page:
    """A page to read: its name for the answer, what the site answered, when it was fetched."""

    name: str
    response: Response
    fetched_at: datetime


@dataclass(slots=True, frozen=True)
class LeftOut:
    """What cannot be read as a page at all, and why."""

    what: str


@data_verb()
def extract(
    invocation: Invocation,
    paths: Annotated[list[Path] | None, typer.Argument(help="Files and folders; default: JSON lines on stdin.")] = None,
) -> int:
    """Read pages in bulk: JSON lines `{id, url, html_b64}` on standard input, or files and folders of saved pages in
    any form that `crawl --saved` takes, to JSON lines `{id, url, headline, lead, body, published, modified, authors,
    language, images, ...}`. Both are UTF-8.

    The `id` of a saved page is its file, or its address where an archive (WARC, WACZ, HAR, Scrapy's cache) holds
    several; of several captures in archives the newest is read. A page without an article gives `{id, url, error}`;
    what cannot be read at all, and a folder without a page, is named on standard error, and the exit status is then 3.

    **Examples**

    - `newscrawler extract pages/ > articles.jsonl`
    - `newscrawler extract crawl.warc.gz pages.wacz > articles.jsonl`
    - `newscrawler extract < pages.jsonl > articles.jsonl`
    """
    newsrooms = _newsrooms(invocation)
    output = invocation.output.data()
    left_out = 0
    for page in _from_paths(paths) if paths else _from_lines(invocation.config):
        if isinstance(page, LeftOut):
            left_out += 1
            invocation.output.message(page.what)
        else:
            print(json.dumps(_answer(page, newsrooms), ensure_ascii=False), file=output)
    return ExitStatus.OWED if left_out else ExitStatus.DONE


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


def _answer(page: Page, newsrooms: list[Newsroom]) -> dict[str, Any]:
    response = page.response
    newsroom = next((known for known in newsrooms if known.is_own(response.url)), None)
    try:
        if response.status != _OK:
            raise PageError(f"status {response.status}")
        article = read_article(response, newsroom, page.fetched_at)
    except PageError as error:
        return {"id": page.name, "url": response.url, "error": error.problem}
    return extracted(page.name, article)


def _newsrooms(invocation: Invocation) -> list[Newsroom]:
    newsrooms, errors = invocation.config.all_newsrooms()
    for error in errors:
        invocation.output.message(f"newscrawler: {error}")
    return list(newsrooms.values())


def _from_lines(config: Config) -> Iterator[Page | LeftOut]:
    for line in read_json_lines(standard_input()):
        try:
            yield _page(line.values(), line.number, config)
        except BadLine as error:
            yield LeftOut(f"line {line.number} is left out: {error}")


def _page(values: dict[str, Any], number: int, config: Config) -> Page:
    url = needed_text(values, "url")
    if not is_web_address(url):
        raise BadLine(f"url {url!r} is not an absolute http or https address")
    try:
        body = base64.b64decode(needed_text(values, "html_b64"), validate=True)
    except ValueError as cause:
        raise BadLine("html_b64 is not base64") from cause
    name = values.get("id")
    if name is not None and (isinstance(name, bool) or not isinstance(name, str | int | float)):
        raise BadLine("id is neither text nor a number")
    response = HtmlResponse(url, body=body)
    return Page(name=str(number if name is None else name), response=response, fetched_at=_moment(values, config))


def _moment(values: dict[str, Any], config: Config) -> datetime:
    text = text_at(values, "fetched_at")
    if text is None:
        return config.clock()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as cause:
        raise BadLine(f"fetched_at {text!r} is no date and time as ISO 8601 writes it") from cause
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise BadLine(f"fetched_at {text!r} is not between the years {_FIRST_YEAR} and {_LAST_YEAR}")
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _from_paths(paths: list[Path]) -> Iterator[Page | LeftOut]:
    for path in paths:
        if not path.exists():
            raise UsageError(f"there is no file or folder {path}", remedy="Check the path")
    return (page for path in paths for page in _from_path(path))


def _from_path(path: Path) -> Iterator[Page | LeftOut]:
    opening = Opening(path=path)
    of_archives = no_pages_yet(opening)
    some = False
    for form, saved in read_archive(opening):
        file = own_file(saved)
        if file is None:
            of_archives.add(form, saved)
        else:
            some = True
            yield _read(str(file), saved)
    for address in of_archives.addresses():
        saved = of_archives.page(address)
        yield _read(saved.url, saved)
    for name, reason in [*opening.unreadable, *opening.unplaced]:
        yield LeftOut(f"{path / name if path.is_dir() else name} is left out: {reason}")
    if not (some or of_archives or opening.unreadable or opening.unplaced):
        yield LeftOut(f"{path} holds no saved page")


def _read(name: str, saved: SavedPage) -> Page | LeftOut:
    try:
        return Page(name=name, response=answer_of(saved, saved.url), fetched_at=saved.fetched_at)
    except (ArchiveError, OSError) as error:
        return LeftOut(f"{name} is left out: {getattr(error, 'problem', error)}")
