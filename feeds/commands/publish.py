"""`newscrawler publish`: writes the feeds that changed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from shlex import quote
from typing import Annotated, Any

import typer

from feeds.publish import publish as publish_facets
from newscrawler.commands.invocation import Invocation, verb
from newscrawler.commands.output import Output
from newscrawler.config import Config
from newscrawler.errors import ExitStatus
from newscrawler.store import open_store
from newscrawler.vocabulary import load_vocabulary


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
    return ExitStatus.OWED if is_owed(publication) else ExitStatus.DONE


def is_owed(publication: Mapping[str, Any]) -> bool:
    """Whether a report of `publish_feeds` tells of an article that was left out, or of a newsroom's file that could not
    be read."""
    return bool(publication["problems"] or publication["unread"])


def publish_feeds(config: Config, output: Output, *, every: bool = False, hint: bool = True) -> dict[str, Any]:
    """Publishes from the configuration's store into its folder; what was done, for a report. With `hint` the output
    ends by saying what to open next.

    Raises PublishError and StoreError; what was published before then stands.
    """
    newsrooms, unread = config.all_newsrooms()
    with open_store(config.store_url(), create=False) as store:
        vocabulary = load_vocabulary([config.folder / "vocabulary"])
        publication = publish_facets(store, config, vocabulary, newsrooms, every=every, now=config.clock())
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
    for error in unread:
        output.message(f"published as before: {error}")
    return {
        "public": str(config.public),
        "written": publication.written,
        "unchanged": publication.unchanged,
        "entries_rendered": publication.entries_rendered,
        "problems": [str(problem) for problem in publication.problems],
        "unread": [str(error) for error in unread],
    }


def _as_typed(folder: Path) -> Path:
    """A folder as a person standing here would type it."""
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder
