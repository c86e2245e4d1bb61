"""`newscrawler inspect`: one page to one article, with the source of every field."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import typer
from rich.text import Text
from scrapy.http import Response

from newscrawler.article import Article, Tag, article_to_dict
from newscrawler.commands.invocation import Invocation, verb
from newscrawler.commands.output import Output
from newscrawler.config import Config
from newscrawler.errors import NotAnArticle, PageError, UsageError
from newscrawler.newsroom import Newsroom
from newscrawler.urls import host_of, is_web_address, without_user
from newscrawler.vocabulary import load_vocabulary
from spiders.commands.page_outline import OutlineElement, outline
from spiders.crawl_opening import check_contact
from spiders.fetching.one_page import fetch_page
from spiders.fetching.saved_anywhere import saved_page_at
from spiders.fetching.saved_page import answer_of
from spiders.pages import read_article

logger = logging.getLogger(__name__)

_OK = 200

_FIELDS = (
    *("headline", "alternative_headline", "description", "date_published", "date_precision", "date_modified"),
    *("authors", "credited_to", "section", "keywords", "canonical_url", "images", "alternates"),
    *("language", "script", "scope"),
)


@verb
def inspect(
    invocation: Invocation,
    page: Annotated[str, typer.Argument(metavar="SAVED or URL")],
    url: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Which of several saved pages; the address of a file that carries none."),
    ] = None,
    newsroom: Annotated[str | None, typer.Option(metavar="NAME", help="Read it as this newsroom's page.")] = None,
    tree: Annotated[bool, typer.Option("--tree", help="Show where in the page the body was found.")] = False,
) -> None:
    """Read one page and show the article, for every field which evidence won, and for every tag the words behind it.

    SAVED is a file or folder of saved pages as `crawl --saved` takes; where it holds several, `--url` says which.

    With `--tree` an outline of the page's elements too: the way to the body is marked, and what was left out.

    **Examples**

    - `newscrawler inspect page.html`
    - `newscrawler inspect page.html --url https://newsroom.kz/kk/some-article --json`
    - `newscrawler inspect pages.warc.gz --url https://newsroom.kz/kk/some-article`
    - `newscrawler inspect https://newsroom.kz/kk/some-article`
    - `newscrawler inspect page.html --tree` : why is the body not what it should be?
    """
    config, output = invocation.config, invocation.output
    if is_web_address(page):
        page = without_user(page)
        known = _newsroom(config, newsroom, page)
        check_contact(config)
        response = fetch_page(page, known or _stranger(page), config)
        moment = response.meta["fetched_at"]
    else:
        response, moment = _open(Path(page), url)
        known = _newsroom(config, newsroom, response.url)
    try:
        article = _understood(read_article(response, known, moment), known, config)
    except NotAnArticle:
        if tree:
            _show_tree(outline(response, known, moment), output)
        raise
    elements = outline(response, known, moment) if tree else []
    output.result(article_to_dict(article) | ({"tree": [found.to_dict() for found in elements]} if tree else {}))
    if not output.as_json:
        _show(article, output)
        _show_tree(elements, output)


def _understood(article: Article, newsroom: Newsroom | None, config: Config) -> Article:
    # Another room's steps, so they are named, as Scrapy's settings name them.
    context = import_module("pipelines.step").StepContext(
        vocabulary=load_vocabulary([config.folder / "vocabulary"]), now=config.clock(), newsroom=newsroom
    )
    understood: Article = import_module("pipelines.understanding").understand(article, context)
    return understood


def _show(article: Article, output: Output) -> None:
    rows = []
    for name in _FIELDS:
        value = getattr(article, name)
        if value not in (None, "", []):
            rows.append((name, _shown(value), article.sources.get(name, "")))
    size = f"{len(article.body)} paragraphs, {sum(map(len, article.body))} characters"
    rows.append(("body", size, article.sources.get("body", "")))
    for name, tags in (("region", article.regions), ("topic", article.topics)):
        rows += [(name, f"{tag.code} {tag.score}", _evidence(tag)) for tag in tags]
    if output.on_terminal:
        output.table(("field", "value", "evidence"), rows, of_texts=True)
    else:
        width = max(len(row[0]) for row in rows)
        for name, value, source in rows:
            output.line(f"{name:<{width}}  {value}{f'   [{source}]' if source else ''}")
    output.line("")
    output.line("\n\n".join(article.body))


def _show_tree(elements: Sequence[OutlineElement], output: Output) -> None:
    """The outline: the way to the body is marked with `>`, and coloured on a terminal."""
    for element in elements:
        mark = ">" if element.is_of_body else " "
        text = f"{mark} {'  ' * element.depth}{element.name}  {element.characters}"
        note = f"   [{element.note}]" if element.note else ""
        output.line(Text.assemble((text, "bold green" if element.is_of_body else ""), (note, "cyan")))


def _evidence(tag: Tag) -> str:
    return "; ".join(f"{item.where}: {item.words}" for item in tag.evidence)


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


def _open(path: Path, url: str | None) -> tuple[Response, datetime]:
    if not path.exists():
        raise UsageError(f"cannot read {path}: it is not there", remedy="Give a file, a folder or an address")
    page = saved_page_at(path, url)
    if page.status != _OK:
        raise PageError(f"what was saved is an answer with status {page.status}", url=page.url)
    return answer_of(page, page.url), page.fetched_at


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
        hosts=(host_of(url),),
        languages=("und",),
    )
