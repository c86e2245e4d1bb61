"""What every verb accepts: where the configuration, the store and the output are, and how much is said."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from newscrawler.commands.output import Output, ReaderLeft
from newscrawler.config import Config, load_config
from newscrawler.errors import ExitStatus, NewscrawlerError

_PANEL = "Common options"

VerbFunction = Callable[..., int | None]


@dataclass(slots=True, frozen=True)
class Invocation:
    """A call of a verb: the configuration as file, environment and command line give it, and where to write."""

    config: Config
    output: Output


def verb(function: VerbFunction) -> Callable[..., None]:
    """Makes a verb of a function whose first parameter is an Invocation and which returns an exit status or None (0).

    The verb has the function's other parameters and the common options.
    """
    options = _common_options("Print nothing when the exit status is 0, but for what --json asks for.")
    return _made_verb(function, [*options, _json_option("Print the result as JSON.")])


def data_verb(*, json_help: str | None = None) -> Callable[[VerbFunction], Callable[..., None]]:
    """Makes verbs, as `verb` does, of functions that write data to standard output (`invocation.output.data()`).

    `json_help` says what `--json` does; without it the verb has no such option.
    """
    options = _common_options("No messages when the exit status is 0. Data is always written.")
    if json_help is not None:
        options.append(_json_option(json_help))
    return lambda function: _made_verb(function, options)


def _made_verb(function: VerbFunction, options: list[inspect.Parameter]) -> Callable[..., None]:
    @functools.wraps(function)
    def call(
        *args: Any,
        config: Path | None,
        store: str | None,
        public: str | None,
        allow_address: list[str] | None,
        verbose: int,
        quiet: bool,
        as_json: bool = False,
        **kwargs: Any,
    ) -> None:
        output = Output(quiet=quiet, as_json=as_json, verbose=verbose)
        status: int = ExitStatus.BUG
        try:
            overrides: dict[str, Any] = {"store": store, "public": public}
            given = {name: value for name, value in overrides.items() if value is not None}
            settled = load_config(config, overrides=given, allow_addresses=allow_address or ())
            status = function(Invocation(settled, output), *args, **kwargs) or ExitStatus.DONE
        except ReaderLeft as left:
            status = left.exit_status
        except NewscrawlerError as error:
            status = error.exit_status
            output.message(f"newscrawler: {error}")
        finally:
            status = output.finish(status)
        raise typer.Exit(status)

    own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]
    call.__signature__ = inspect.Signature([*own, *options])  # type: ignore[attr-defined]
    call.__annotations__ = {parameter.name: parameter.annotation for parameter in [*own, *options]}
    return call


def _common_options(quiet_help: str) -> list[inspect.Parameter]:
    return [
        _option(
            "config", Path | None, None, "--config", metavar="FILE", help="The configuration; else ./newscrawler.toml."
        ),
        _option(
            "store", str | None, None, "--store", metavar="URL", help="The store: an SQLite file or a PostgreSQL URL."
        ),
        _option("public", str | None, None, "--public", metavar="DIR", help="Where the feeds are written."),
        _option(
            "allow_address",
            list[str] | None,
            None,
            "--allow-address",
            metavar="HOST:PORT",
            help="A loopback or private address that is meant; refused otherwise. Can be given more than once.",
        ),
        _option(
            "verbose",
            int,
            0,
            "--verbose",
            "-v",
            count=True,
            show_default=False,
            help="Say more; -vv says everything.",
        ),
        _option("quiet", bool, False, "--quiet", "-q", help=quiet_help),
    ]


def _json_option(help_text: str) -> inspect.Parameter:
    return _option("as_json", bool, False, "--json", help=help_text)


def _option(name: str, kind: Any, default: Any, *flags: str, **details: Any) -> inspect.Parameter:
    annotation = Annotated[kind, typer.Option(*flags, rich_help_panel=_PANEL, **details)]
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
