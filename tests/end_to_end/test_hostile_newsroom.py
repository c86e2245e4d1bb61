"""A newsroom with every fault that we know of: nothing is missing, doubled, corrupt, dirty or leaked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from lxml import html

from newscrawler.address import AddressState
from newscrawler.errors import ExitStatus
from newscrawler.store import open_store
from newscrawler.store.addresses import with_state
from newscrawler.store.articles import iterate_articles
from newscrawler.store.sources import source_states
from tests.hostile_newsroom.answer_faults import ACTIVE
from tests.hostile_newsroom.fault import Fault
from tests.hostile_newsroom.faults import FAULTS
from tests.hostile_newsroom.measured_run import define, run_of
from tests.hostile_newsroom.site import HostileSite
from tests.hostile_newsroom.verdict import Kept, judge

MOST_MEMORY = 200_000_000
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff]")
_ADDRESSES = ("href", "src", "action", "data")


def groups() -> list[tuple[Fault, ...]]:
    """The faults that can stand beside each other, by what is owed after each run; the others alone."""
    together: dict[tuple[bool, ...], list[Fault]] = {}
    alone = []
    for fault in FAULTS.values():
        if fault.alone:
            alone.append((fault,))
        else:
            together.setdefault(fault.owed, []).append(fault)
    return [*map(tuple, together.values()), *alone]


@pytest.mark.parametrize("faults", groups(), ids=lambda faults: f"{faults[0].name} and {len(faults) - 1} more")
def test_nothing_is_lost_doubled_corrupt_dirty_or_leaked(faults: Sequence[Fault], tmp_path: Path) -> None:
    wrong = list(differences(faults, tmp_path))
    if wrong and len(faults) > 1:
        # What the whole run shows (status, memory) names no fault: each alone does.
        for number, fault in enumerate(faults):
            folder = tmp_path / str(number)
            folder.mkdir()
            wrong += differences([fault], folder)
    assert wrong == []


def differences(faults: Sequence[Fault], folder: Path) -> Iterator[str]:
    """What goes wrong in the runs that these faults take, a line each, with the fault that it belongs to."""
    every = " + ".join(fault.name for fault in faults)
    with HostileSite(faults) as site:
        define(site, folder)
        for number, owed in enumerate(faults[0].owed):
            run = run_of(site, folder, number)
            wanted = ExitStatus.OWED if owed else ExitStatus.DONE
            if run.status != wanted:
                yield f"{every}: run {number + 1} ended with {run.status}, not {wanted}: {run.said[-1000:]}"
            if run.peak > MOST_MEMORY:
                yield f"{every}: run {number + 1} took {run.peak / 1e6:.0f} MB"
            if owed and len(faults) > 1:
                owing = owing_faults(site, folder)
                missing = [fault.name for fault in faults if fault.name not in owing]
                yield from (f"{name}: nothing is owed for it after run {number + 1}" for name in missing)
        yield from (f"{site.owners.get(path, every)}: {path} {wrong}" for path, wrong in kept_wrongly(site, folder))
        yield from (f"{every}: {line}" for line in published_wrongly(folder))
        yield from (f"{every}: the canary was touched from {caller}" for caller in site.canary.connections)
        yield from (f"{every}: {target} was asked for against robots.txt" for target in site.impolite)


def kept_wrongly(site: HostileSite, folder: Path) -> list[tuple[str, str]]:
    """What is wrong with the articles in the store, by path."""
    with open_store(f"sqlite:///{folder / 'newscrawler.db'}", create=False) as store, store.read() as connection:
        articles = list(iterate_articles(connection))
    verdict = judge(
        [Kept(article.canonical_url, article.headline, article.body) for article in articles], site.articles
    )
    active = [article.url.removeprefix(site.url) for article in articles if ACTIVE in repr(article)]
    return [*verdict.items(), *((path, "active") for path in active)]


def owing_faults(site: HostileSite, folder: Path) -> set[str]:
    """The faults for whose addresses something is still owed, which the status of all does not tell: pages that wait,
    sources that were not read."""
    with open_store(f"sqlite:///{folder / 'newscrawler.db'}", create=False) as store, store.read() as connection:
        pending = [row.url for row in with_state(connection, [AddressState.PENDING])]
        failed = [state.url for state in source_states(connection) if state.outcome != "read"]
    paths = [url.removeprefix(site.url) for url in (*pending, *failed)]
    return {owner for owned, owner in site.owners.items() if any(path.startswith(owned) for path in paths)}


def published_wrongly(folder: Path) -> Iterator[str]:
    """What is dirty or active in the public files."""
    files = [file for file in (folder / "public").rglob("*") if file.suffix in (".html", ".rss", ".atom", ".json")]
    if not files:
        yield "nothing was published"
    for file in files:
        text = file.read_text(encoding="utf-8")
        if _CONTROLS.search(text) or ACTIVE in text:
            yield f"{file.relative_to(folder)} is dirty"
        if file.suffix == ".html":
            for element in html.document_fromstring(text.encode()).iter():
                names = [str(name) for name in element.attrib if str(name).startswith("on")]
                values = [str(element.get(name, "")) for name in _ADDRESSES]
                if names or any(value.strip().lower().startswith("javascript") for value in values):
                    yield f"{file.relative_to(folder)} is active"
