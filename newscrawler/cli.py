"""The `newscrawler` command. Its verbs stand in the rooms and are loaded only when they are called."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Annotated, Any, ClassVar

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup

from newscrawler import __version__
from newscrawler.errors import ExitStatus, UsageError
from newscrawler.project import use_project

# Verb, where its function stands, and the line that `newscrawler --help` shows.
VERBS: dict[str, tuple[str, str]] = {
    "init": ("newscrawler.commands.init:init", "Write a commented newscrawler.toml to start from."),
    "run": ("newscrawler.commands.run:run", "Crawl what is enabled, then publish: what cron calls."),
    "crawl": ("spiders.commands.crawl:crawl", "Crawl newsrooms into the store; --saved reads saved pages."),
    "publish": ("feeds.commands.publish:publish", "Write the feeds that changed since they were published."),
    "serve": ("feeds.commands.serve:serve", "Serve the feeds and pages over HTTP."),
    "newsroom": ("newscrawler.cli:newsroom", "Add a newsroom and keep it working: new, record, check."),
    "inspect": ("spiders.commands.inspect:inspect", "Read one page and show where every field came from."),
    "extract": ("spiders.commands.extract:extract", "Read pages in bulk: JSONL or files in, JSONL articles out."),
    "explain": ("pipelines.commands.explain:explain", "Why a stored article has its tags, date and story."),
    "retag": ("pipelines.commands.retag:retag", "Tag the stored articles again, after the vocabulary changed."),
    "tag": ("pipelines.commands.tag:tag", "Clean and tag JSONL articles: language, regions, topics."),
    "export": ("newscrawler.commands.export:export", "Write the store's articles as JSONL or CSV."),
    "doctor": (
        "newscrawler.commands.doctor:doctor",
        "Check configuration, store, clock, zones, folders; with --live the sites.",
    ),
    "store": ("newscrawler.cli:store", "Care for the store: backup, restore, prune."),
    "status": ("newscrawler.commands.status:status", "Show newsrooms, last runs, counts and what needs attention."),
}

NEWSROOM_VERBS: dict[str, tuple[str, str]] = {
    "new": ("spiders.commands.newsroom_new:new", "Draft a newsroom file from a site or from saved pages."),
    "record": ("spiders.commands.newsroom_record:record", "Keep what a crawl sees, and the articles it gives."),
    "check": ("spiders.commands.newsroom_check:check", "Read every recording again and show what is not as expected."),
    "release": ("spiders.commands.newsroom_release:release", "Let held articles through, or refuse them."),
}

STORE_VERBS: dict[str, tuple[str, str]] = {
    "backup": (
        "newscrawler.commands.store_backup:backup",
        "Copy the store to a file, also while a crawl writes to it.",
    ),
    "restore": ("newscrawler.commands.store_restore:restore", "Put a backup in the store's place; the store is kept."),
    "prune": ("newscrawler.commands.store_prune:prune", "Forget what is old and needed by nothing; shrink the file."),
}


class UnclutteredHelp:
    """A command whose help names no Python types: flags have none to name, and arguments say what they are."""

    def get_params(self, ctx: Any) -> list[Any]:
        """The command's parameters, `--help` among them."""
        parameters: list[Any] = super().get_params(ctx)  # type: ignore[misc]
        for parameter in parameters:
            if isinstance(parameter, TyperArgument):
                parameter.display_type = _no_type  # type: ignore[method-assign]
            elif parameter.is_flag or parameter.count:
                parameter.metavar = ""
            elif parameter.multiple and parameter.metavar is None:
                parameter.metavar = parameter.name.upper()
        return parameters


class Verb(UnclutteredHelp, TyperCommand):
    """A verb's command."""


class LazyVerbs(UnclutteredHelp, TyperGroup):
    """A group that names its verbs without importing them."""

    verbs: ClassVar[dict[str, tuple[str, str]]] = VERBS
    called: ClassVar[str] = "newscrawler"

    def list_commands(self, ctx: Any) -> list[str]:
        """The verbs, in the order in which a new user meets them."""
        return list(self.verbs)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A placeholder with the verb's line of help, or None for an unknown verb."""
        if cmd_name not in self.verbs:
            return None
        return TyperCommand(name=cmd_name, help=self.verbs[cmd_name][1])

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The verb itself, imported now. Raises UsageError for an unknown one, with the nearest name."""
        if args[0] not in self.verbs and not args[0].startswith("-"):
            from newscrawler.toml_files import nearest

            raise UsageError(
                f"No such command {args[0]!r}{nearest(args[0], list(self.verbs))}", remedy=f"See '{self.called} --help'"
            )
        name, command, rest = super().resolve_command(ctx, args)
        return (name, load_verb(name, self.verbs), rest) if name in self.verbs else (name, command, rest)


class NewsroomVerbs(LazyVerbs):
    """The group `newscrawler newsroom`."""

    verbs = NEWSROOM_VERBS
    called = "newscrawler newsroom"


class StoreVerbs(LazyVerbs):
    """The group `newscrawler store`."""

    verbs = STORE_VERBS
    called = "newscrawler store"


def load_verb(name: str, verbs: dict[str, tuple[str, str]] = VERBS) -> Any:
    """The command of a verb in `verbs`, from the room it stands in; of a group of verbs, the group."""
    place, help_line = verbs[name]
    module, _, function = place.partition(":")
    found = getattr(import_module(module), function)
    if isinstance(found, typer.Typer):
        return typer.main.get_command(found)
    verb = typer.Typer(add_completion=False, rich_markup_mode="markdown", pretty_exceptions_enable=False)
    verb.command(name=name, short_help=help_line, cls=Verb)(found)
    return typer.main.get_command(verb)


def _no_type(ctx: Any) -> str:
    return ""


app = typer.Typer(
    cls=LazyVerbs,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="News crawler and feed aggregator for the newsrooms of Kazakhstan.",
    epilog="Exit status: 0 done, 1 a bug, 2 wrong usage or configuration, 3 something is owed, "
    "4 nothing could be done, 75 another run holds the lock, 130 / 143 interrupted.",
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"newscrawler {__version__}")
        raise typer.Exit


@app.callback()
def front(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_show_version, help="Show the version and leave.")
    ] = False,
) -> None:
    """News crawler and feed aggregator for the newsrooms of Kazakhstan: pages in, feeds per language, region and topic
    out."""


def _group(name: str, verbs: type[LazyVerbs]) -> typer.Typer:
    return typer.Typer(
        name=name,
        cls=verbs,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode="markdown",
        pretty_exceptions_enable=False,
    )


newsroom = _group("newsroom", NewsroomVerbs)


@newsroom.callback()
def newsroom_front() -> None:
    """Add a newsroom, and notice when its site has changed.

    **Examples**

    - `newscrawler newsroom new https://newsroom.kz/` : draft a newsroom file
    - `newscrawler newsroom record newsroom_kz` : keep some of its pages, and the articles they give
    - `newscrawler newsroom check` : do all recordings still give these articles?
    """


store = _group("store", StoreVerbs)


@store.callback()
def store_front() -> None:
    """Care for the store, in which everything is that cannot be fetched again.

    **Examples**

    - `newscrawler store backup backups/monday.db` : while crawls go on
    - `newscrawler store restore backups/monday.db` : after the disk broke
    - `newscrawler store prune --keep 90 --dry-run` : what would go?
    """


def main() -> None:
    """Runs the command line; ends the process with the exit status that the README documents."""
    from newscrawler.commands.ending import ended
    from newscrawler.commands.output import guard_standard_streams

    guard_standard_streams()
    with ended():
        use_project()
        command = typer.main.get_command(app)
        with command.make_context("newscrawler", sys.argv[1:]) as context:
            command.invoke(context)
    sys.exit(ExitStatus.DONE)
