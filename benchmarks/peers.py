"""Loading peers: programs of others that are measured beside ours, where they are installed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib.metadata import version
from typing import TypeVar

from benchmarks.step_benchmark import Answer, Item, Program

_INSTALL = "pip install -r requirements/bench.txt, or make bench"

_Loaded = TypeVar("_Loaded")
_Made = TypeVar("_Made")
Peer = tuple[str, str, Callable[[], Callable[[Item], Answer]]]
"""A peer's name, its package, and what loads it."""


def load_peers(peers: Iterable[Peer[Item, Answer]]) -> tuple[list[Program[Item, Answer]], list[str]]:
    """The `peers` that are installed, and what cannot be run, with the reason."""
    return load_installed(peers, Program)


def load_installed(
    peers: Iterable[tuple[str, str, Callable[[], _Loaded]]], make: Callable[[str, str, _Loaded], _Made]
) -> tuple[list[_Made], list[str]]:
    """What `make` makes of the name, the version and what was loaded of each of the `peers` that is installed; and what
    cannot be run, with the reason."""
    found: list[_Made] = []
    missing: list[str] = []
    for name, package, load in peers:
        try:
            found.append(make(name, version(package), load()))
        except ImportError as cause:
            missing.append(f"{name}: {cause}. Install it: {_INSTALL}")
    return found, missing
