"""`newscrawler publish`: writes the feeds that changed."""

from __future__ import annotations

import logging
from pathlib import Path
from shlex import quote
from typing import Annotated, Any

import typer

from feeds.publish import publish as publish_facets
from newscrawler.commands.invocation import Invocation, verb
from newscrawler.commands.output import Output
from newscrawler.config import Config
from newscrawler.errors import ExitStatus
from newscrawler.newsroom import Newsroom
from newscrawler.store import open_store
from newscrawler.vocabulary import load_vocabulary

logger = logging.getLogger(__name__)


@verb
def publish(
    invocation: Invocation,
    every: Annotated[bool, typer.Option("--all", help="Check every feed, also those that did not change.")] = False,
) -> int:
    """Write the feeds that changed since they were published. Nothing is fetched.

    **Examples**

    - `newscrawler publish`
    - `newscrawler publish --all --public /srv/www/feeds` : everything, into another folder
    """
    publication = publish_feeds(invocation.config, invocation.output, every=every)
    invocation.output.result(publication)
    return ExitStatus.OWED if publication["problems"] else ExitStatus.DONE


def publish_feeds(config: Config, output: Output, *, every: bool = False, hint: bool = True) -> dict[str, Any]:
    """Publishes from the configuration's store into its folder; what was done, for a report. With `hint` the output
    ends by saying what to open next.

    Raises PublishError and StoreError; what was published before then stands.
    """
    with open_store(config.store_url(), create=False) as store:
        vocabulary = load_vocabulary([config.folder / "vocabulary"])
        publication = publish_facets(store, config, vocabulary, _newsrooms(config), every=every, now=config.clock())
    folder = _as_typed(config.public)
    if publication.written:
        output.line(f"Wrote {publication.written} files in {folder} ({publication.unchanged} unchanged).")
    else:
        output.line(f"Nothing changed in {folder}.")
    if hint:
        served = f"newscrawler serve --public {quote(str(folder))}"
        output.line(f"Open {folder / 'index.html'} in a browser. Feed readers find the feeds at {config.base_url} when")
        output.line(f"{folder} is served there (to try: {served})")
    for problem in publication.problems:
        output.message(f"left out: {problem}")
    return {
        "public": str(config.public),
        "written": publication.written,
        "unchanged": publication.unchanged,
        "entries_rendered": publication.entries_rendered,
        "problems": [str(problem) for problem in publication.problems],
    }


def _as_typed(folder: Path) -> Path:
    """A folder as a person standing here would type it."""
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder


def _newsrooms(config: Config) -> dict[str, Newsroom]:
    """Every newsroom whose file can be read; one whose file is broken is published as excerpts."""
    newsrooms, errors = config.all_newsrooms()
    for error in errors:
        logger.warning("%s", error)
    return newsrooms
