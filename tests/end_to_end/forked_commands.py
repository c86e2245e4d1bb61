"""The `newscrawler` command in forks of one warm interpreter: a process each, without the time that starting takes."""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from newscrawler.project import use_project
from tests.end_to_end.commands import Ended, environment

_LONGEST_SECONDS: Final = 120
_ROOMS: Final = ("newscrawler", "spiders", "pipelines", "feeds")
# What Scrapy imports when a crawl begins.
_BY_SCRAPY: Final = ("scrapy.extensions.feedexport", "scrapy.pipelines")
# Only Scrapy's process may choose the reactor, and each fork has its own.
_REACTOR: Final = "twisted.internet.reactor"


class ForkedCommands:
    """A context manager: `command` as that of `tests.end_to_end.commands` runs it, only sooner."""

    def __enter__(self) -> Self:
        """Start the interpreter that is forked."""
        self._server = subprocess.Popen(
            [sys.executable, "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment(),
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it, and what it runs."""
        with self._server:
            assert self._server.stdin is not None
            self._server.stdin.close()
            self._server.wait(_LONGEST_SECONDS)

    def command(self, *arguments: str | Path, at: Path, env: Mapping[str, str], patch: str = "") -> Ended:
        """Runs `newscrawler ARGUMENTS` in the folder `at` to its end, two minutes at most; `patch` is Python that the
        same process runs first. A process that a signal ended has the status -N."""
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        with tempfile.TemporaryDirectory() as folder:
            wanted = {
                "arguments": [str(argument) for argument in arguments],
                "at": str(at),
                "env": dict(env),
                "patch": patch,
                "streams": folder,
            }
            self._server.stdin.write(f"{json.dumps(wanted)}\n")
            self._server.stdin.flush()
            answer = self._server.stdout.readline()
            assert answer, "the interpreter that is forked has ended"
            out, err = (Path(folder, name).read_text("utf-8") for name in ("out", "err"))
            return Ended(int(answer), out, err)


def _serve() -> None:
    _import_everything()
    for line in sys.stdin:
        wanted = json.loads(line)
        process = os.fork()
        if process == 0:
            _run(wanted)
        signal.signal(signal.SIGALRM, lambda *_, ended=process: os.kill(ended, signal.SIGKILL))
        signal.alarm(_LONGEST_SECONDS)
        _, status = os.waitpid(process, 0)
        signal.alarm(0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _import_everything() -> None:
    use_project()
    _keep_vocabulary()
    for room in _ROOMS:
        for module in pkgutil.walk_packages(importlib.import_module(room).__path__, f"{room}."):
            if ".migrations." not in module.name and not module.name.endswith(".__main__"):
                importlib.import_module(module.name)
    for module_name in _BY_SCRAPY:
        importlib.import_module(module_name)
    assert _REACTOR not in sys.modules
    _understand()


def _keep_vocabulary() -> None:
    """Reads the shipped vocabulary once; this comes before the modules that take the function from its place."""
    from newscrawler import vocabulary

    load, shipped = vocabulary.load_vocabulary, vocabulary.load_vocabulary()

    def load_vocabulary(folders: Sequence[Path] = ()) -> vocabulary.Vocabulary:
        return load(folders) if any(folder.exists() for folder in folders) else shipped

    vocabulary.load_vocabulary = load_vocabulary


def _understand() -> None:
    """Understands a text, as what is made of the vocabulary for that is made once a process."""
    from newscrawler.vocabulary import load_vocabulary
    from pipelines.step import StepContext
    from pipelines.understanding import understand
    from tests.feeds.articles import NOON, article

    context = StepContext(vocabulary=load_vocabulary([]), now=NOON)
    for body in ("Түркістан облысында жаңа мектеп ашылды.", "В Алматы открыли новую школу."):
        understand(article(1, headline=body, body=[body], section="Қоғам"), context)


def _run(wanted: dict[str, Any]) -> None:
    status: int = 1
    try:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for number, name in ((1, "out"), (2, "err")):
            os.dup2(os.open(Path(wanted["streams"], name), os.O_WRONLY | os.O_CREAT), number)
        os.chdir(wanted["at"])
        os.environ.clear()
        os.environ.update(wanted["env"])
        sys.argv = ["newscrawler", *wanted["arguments"]]
        exec(wanted["patch"], {})
        from newscrawler.cli import main

        main()
    except SystemExit as left:
        status = left.code if isinstance(left.code, int) else int(left.code is not None)
    except BaseException:  # noqa: BLE001 - a fork must not go on as the interpreter that it was forked from
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    _serve()
