"""Verbs called in the process of the tests."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from newscrawler.cli import VERBS, load_verb


@dataclass(slots=True, frozen=True)
class Shown:
    """How a verb ended, and what it wrote."""

    status: int
    out: str
    err: str


@pytest.fixture
def verb(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Callable[..., Shown]]:
    """Calls a verb in an empty working directory; logging is put back as it was, for a verb takes it over."""
    monkeypatch.chdir(tmp_path)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level

    def call(name: str, *arguments: object) -> Shown:
        loaded = load_verb(name, VERBS)
        texts = [str(argument) for argument in arguments]
        status: int = loaded.main(texts, prog_name=f"newscrawler {name}", standalone_mode=False)
        shown = capsys.readouterr()
        return Shown(status, shown.out, shown.err)

    yield call
    root.handlers[:] = handlers
    root.setLevel(level)
