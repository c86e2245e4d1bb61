"""`newscrawler inspect`: one page to one article, with the source of every field."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import typer
from scrapy.http import HtmlResponse, Response

from newscrawler.article import Article, article_to_dict
from newscrawler.commands.invocation import Invocation, verb
from newscrawler.config import Config
from newscrawler.errors import ConfigError, UsageError
from newscrawler.newsroom import Newsroom
from newscrawler.urls import is_web_address
from spiders.fetching.one_page import fetch_page
from spiders.fetching.saved_html import read_html_file
from spiders.pages import read_article

logger = logging.getLogger(__name__)

_FIELDS = (
    *("headline", "alternative_headline", "description", "date_published", "date_precision", "date_modified"),
    *("authors", "credited_to", "section", "keywords", "canonical_url", "images", "alternates"),
)


@verb
def inspect(
    invocation: Invocation,
    page: Annotated[str, typer.Argument(metavar="FILE or URL")],
    url: Annotated[
        str | None, typer.Option(metavar="URL", help="The address of a file that does not carry one.")
    ] = None,
    newsroom: Annotated[str | None, typer.Option(metavar="NAME", help="Read it as this newsroom's page.")] = None,
) -> None:
    """Read one page and show the article, and for every field which evidence won.

    **Examples**

    - `newscrawler inspect page.html`
    - `newscrawler inspect page.html --url https://newsroom.kz/kk/some-article --json`
    - `newscrawler inspect https://newsroom.kz/kk/some-article`
    """
    config, output = invocation.config, invocation.output
    if is_web_address(page):
        known = _newsroom(config, newsroom, page)
        if not config.contact:
            raise ConfigError(
                "no contact address is set", remedy="Set contact in newscrawler.toml, or inspect a saved file"
            )
        response = fetch_page(page, known or _stranger(page), config)
        moment = response.meta["fetched_at"]
    else:
        response, moment = _open(Path(page), url)
        known = _newsroom(config, newsroom, response.url)
    article = read_article(response, known, moment)
    output.result(article_to_dict(article))
    if not output.as_json:
        _show(article, output)


def _show(article: Article, output: Any) -> None:
    rows = []
    for name in _FIELDS:
        value = getattr(article, name)
        if value in (None, "", []):
            continue
        rows.append((name, _shown(value), article.sources.get(name, "")))
    width = max(len(row[0]) for row in rows)
    for name, value, source in rows:
        output.line(f"{name:<{width}}  {value}{f'   [{source}]' if source else ''}")
    output.line("")
    size = f"{len(article.body)} paragraphs, {sum(map(len, article.body))} characters"
    output.line(f"body: {size}   [{article.sources.get('body', '')}]")
    output.line("")
    output.line("\n\n".join(article.body))


def _shown(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if not isinstance(value, list):
        return str(value)
    parts = []
    for item in value:
        if isinstance(item, str):
            parts.append(item)
            continue
        details = [getattr(item, name, None) for name in ("hreflang", "caption", "credit")]
        parts.append(" ".join([item.url, *(f"({detail})" for detail in details if detail)]))
    return "; ".join(parts)


def _open(file: Path, url: str | None) -> tuple[Response, datetime]:
    try:
        body = file.read_bytes()
    except OSError as cause:
        raise UsageError(f"cannot read {file}", cause=cause, remedy="Give a file or an address") from cause
    if url is not None:
        if not is_web_address(url):
            raise UsageError(f"--url is {url!r}, not an absolute http or https address")
        moment = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    else:
        _, saved = read_html_file(file)
        url, moment, body = saved.url, saved.fetched_at, saved.body()
    return HtmlResponse(url, body=body), moment


def _newsroom(config: Config, name: str | None, url: str) -> Newsroom | None:
    if name is not None:
        return config.newsroom(name)
    newsrooms, errors = config.all_newsrooms()
    for error in errors:
        logger.warning("%s", error)
    return next((known for known in newsrooms.values() if known.is_own(url)), None)


def _stranger(url: str) -> Newsroom:
    """A newsroom that is known by its host alone."""
    parts = urlsplit(url)
    return Newsroom(
        name="unknown",
        title=parts.netloc,
        site=f"{parts.scheme}://{parts.netloc}/",
        hosts=(parts.hostname or "",),
        languages=("und",),
    )
