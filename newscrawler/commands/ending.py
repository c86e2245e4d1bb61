"""How a command ends: every error one clear line, every end its exit status."""

from __future__ import annotations

import logging
import os
import signal
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from newscrawler.errors import ExitStatus, NewscrawlerError


@contextmanager
def ended() -> Iterator[None]:
    """Turns what ends the command inside into an exit status; the process ends with SystemExit."""
    signal.signal(signal.SIGTERM, _terminated)
    try:
        yield
    except NewscrawlerError as error:
        print(f"newscrawler: {error}", file=sys.stderr)
        sys.exit(error.exit_status)
    except KeyboardInterrupt:
        print("newscrawler: interrupted", file=sys.stderr)
        sys.exit(ExitStatus.INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output has left; what is still buffered has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(ExitStatus.DONE)
    except Exception as error:
        logging.getLogger(__name__).debug("the bug's place", exc_info=True)
        traceback.print_exc()
        print(
            f"newscrawler: a bug: {type(error).__name__}: {error}. Please report it with the lines above",
            file=sys.stderr,
        )
        sys.exit(ExitStatus.BUG)


def _terminated(_number: int, _frame: FrameType | None) -> None:
    sys.exit(ExitStatus.TERMINATED)
