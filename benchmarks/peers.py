"""Loading peers: programs of others that are measured beside ours, where they are installed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib.metadata import version

from benchmarks.step_benchmark import Answer, Item, Program

INSTALL = "pip install -r requirements/bench.txt, or make bench"

Peer = tuple[str, str, Callable[[], Callable[[Item], Answer]]]
"""A peer's name, its package, and what loads it."""


def load_peers(peers: Iterable[Peer[Item, Answer]]) -> tuple[list[Program[Item, Answer]], list[str]]:
    """The `peers` that are installed, and what cannot be run, with the reason."""
    found: list[Program[Item, Answer]] = []
    missing: list[str] = []
    for name, package, load in peers:
        try:
            found.append(Program(name, version(package), load()))
        except ImportError as cause:
            missing.append(f"{name}: {cause}. Install it: {INSTALL}")
    return found, missing
