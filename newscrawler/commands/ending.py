"""How a command ends: every error one clear line, every end its exit status."""

from __future__ import annotations

import logging
import signal
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import typer

from newscrawler.commands.output import ReaderLeft
from newscrawler.errors import ExitStatus, NewscrawlerError

# What typer raises for wrong usage has no public name of its own; every such error derives from it.
_TyperUsageError: type[Exception] = typer.BadParameter.__mro__[1]


@contextmanager
def ended() -> Iterator[None]:
    """Turns what ends the command inside into an exit status; the process ends with SystemExit."""
    signal.signal(signal.SIGTERM, _terminated)
    try:
        yield
    except typer.Exit as left:
        sys.exit(left.exit_code)
    except _TyperUsageError as error:
        _say(_usage(error))
        sys.exit(ExitStatus.USAGE)
    except ReaderLeft as left:
        sys.exit(left.exit_status)
    except NewscrawlerError as error:
        _say(str(error))
        sys.exit(error.exit_status)
    except KeyboardInterrupt:
        _say("interrupted")
        sys.exit(ExitStatus.INTERRUPTED)
    except Exception as error:
        logging.getLogger(__name__).debug("the bug's place", exc_info=True)
        traceback.print_exc()
        _say(f"a bug: {type(error).__name__}: {error}. Please report it with the lines above")
        sys.exit(ExitStatus.BUG)


def _say(text: str) -> None:
    if text:
        print(f"newscrawler: {text}", file=sys.stderr)


def _usage(error: Any) -> str:
    """One line for a usage error; nothing for that of a call without any argument, whose text is the help shown."""
    told = " ".join(error.format_message().split()).rstrip(".")
    return f"{told}. See '{error.ctx.command_path if error.ctx else 'newscrawler'} --help'" if told else ""


def _terminated(_number: int, _frame: FrameType | None) -> None:
    sys.exit(ExitStatus.TERMINATED)
