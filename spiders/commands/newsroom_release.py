"""`newscrawler newsroom release`: lets held articles of a newsroom through, or refuses them."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated

import typer

from newscrawler.commands.invocation import Invocation, verb
from newscrawler.crawl import Crawl
from newscrawler.newsroom_files import newsroom_path, read_newsroom
from newscrawler.store import Store, open_store
from newscrawler.store.history import Profile, keep_profile, look_of
from newscrawler.store.holding import drop_held, forget_refused, held_article, held_pages
from newscrawler.store.locks import StoreLock
from newscrawler.vocabulary import load_vocabulary

_SHOWN = 20


@verb
def release(
    invocation: Invocation,
    newsroom: Annotated[str, typer.Argument(metavar="NEWSROOM", help="The newsroom whose articles are held.")],
    drop: Annotated[bool, typer.Option("--drop", help="Refuse them instead.")] = False,
) -> None:
    """Let the articles through that a run of the newsroom held, after a look at them: `newscrawler status` says why.
    The next publication shows them, and what they look like is the newsroom's usual look from now on.

    With `--drop` they are refused. Their pages are asked again when the newsroom's file has changed.

    A file that was mended needs neither: the next run reads every held page again.

    **Examples**

    - `newscrawler newsroom release newsroom_kz`
    - `newscrawler newsroom release newsroom_kz --drop`
    """
    config, output = invocation.config, invocation.output
    path = newsroom_path(newsroom, config.newsroom_files())
    name = path.stem
    with open_store(config.store_url(), create=False) as store, StoreLock(store, name, config.clock()):
        told = _headlines(store, name)
        if drop:
            with store.write() as connection:
                drop_held(connection, name)
        elif told:
            _let_through(
                Crawl(
                    config=config,
                    newsroom=read_newsroom(path),
                    store=store,
                    vocabulary=load_vocabulary([config.folder / "vocabulary"]),
                    clock=config.clock,
                )
            )
        else:
            with store.write() as connection:
                forget_refused(connection, name)
    said = "dropped" if drop else "let through"
    for url, headline in list(told.items())[:_SHOWN]:
        output.line(f"{said}: {headline}: {url}")
    if len(told) > _SHOWN:
        output.line(f"and {len(told) - _SHOWN} more")
    output.line(f"{name}: {len(told)} {said}." if told else f"{name}: no article is held.")
    if told and not drop:
        output.line("The feeds show them after: newscrawler publish")
    output.result({"newsroom": name, "dropped" if drop else "released": list(told)})


def _headlines(store: Store, newsroom: str) -> dict[str, str]:
    """The headlines of the held articles by the address of their page."""
    with store.read() as connection:
        found = [held_article(connection, page.id) for page in held_pages(connection, newsroom)]
    return {held[0].url: held[0].headline for held in found if held is not None}


def _let_through(crawl: Crawl) -> None:
    name = crawl.newsroom.name
    with crawl.store.read() as connection:
        pages = held_pages(connection, name)
        looks = [look_of(held[0]) for page in pages if (held := held_article(connection, page.id)) is not None]
    crawl.run = max(page.run for page in pages)
    # The guard is in another room, so it is named, as Scrapy's settings name it: no room imports another.
    guard = import_module("pipelines.guard").Guard(crawl)
    guard.release([page.id for page in pages])
    with crawl.store.write() as connection:
        keep_profile(connection, name, Profile.of(looks), run=crawl.run, now=crawl.clock(), restarts=True)
        forget_refused(connection, name)
