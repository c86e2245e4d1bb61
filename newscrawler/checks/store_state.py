"""Checks of the store: that it opens and is whole, who is at work, and what its last run says of the clock."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from newscrawler.checks.finding import Finding, failure, ok, problem, warning
from newscrawler.config import Config
from newscrawler.durations import shown_duration
from newscrawler.errors import StoreError
from newscrawler.store import Store, open_store
from newscrawler.store.engine import DAMAGED_REMEDY
from newscrawler.store.locks import LockHolder, lock_holders
from newscrawler.store.runs import last_runs
from newscrawler.store.soundness import damage_of
from newscrawler.store.tables import SCHEMA_VERSION

_LONGEST_RUN = timedelta(days=1)
_LONGEST_PAUSE = timedelta(days=45)
# Clocks of machines that share a store differ a little.
_CLOCK_SLACK = timedelta(minutes=5)
_MEGABYTE = 1_000_000
_LITTLE_SPACE = 500 * _MEGABYTE
_NO_SPACE = 50 * _MEGABYTE


def check_store(config: Config, now: datetime) -> Iterator[Finding]:
    """Whether the store can be worked with. Nothing is written, but for a schema that is older than this version."""
    try:
        store = open_store(config.store_url(), create=False)
    except StoreError as error:
        if _is_missing(config):
            yield ok("store", f"{config.store}: none yet; the first crawl makes it")
            yield from check_space("space for the store", Path(config.folder, config.store).parent)
        else:
            yield failure("store", error)
        return
    with store:
        yield ok("store", f"{store.url} opens, schema {SCHEMA_VERSION}")
        try:
            yield from _integrity(store)
            yield from _clock(store, now)
        except StoreError as error:
            yield failure("integrity", error)
        if store.file is not None:
            yield from check_space("space for the store", store.file.resolve().parent)
            yield from _locks(store.file.resolve(), now)


def check_space(subject: str, folder: Path) -> Iterator[Finding]:
    """Whether the disk of the folder, or of the nearest one above it that is there, has room to go on."""
    there = next((place for place in (folder, *folder.parents) if place.is_dir()), None)
    if there is None:
        return
    free = shutil.disk_usage(there).free
    said = f"{free // _MEGABYTE:,} MB free in {there}"
    if free < _NO_SPACE:
        yield problem(subject, said, "Free the disk: runs end early, and what is there stays as it is")
    elif free < _LITTLE_SPACE:
        yield warning(subject, said, "Free the disk, or see 'newscrawler store prune --dry-run'")
    else:
        yield ok(subject, said)


def _is_missing(config: Config) -> bool:
    return "://" not in config.store and not Path(config.folder, config.store).exists()


def _integrity(store: Store) -> Iterator[Finding]:
    with store.read() as connection:
        damage = damage_of(connection)
    if damage is None:
        yield ok("integrity", "nothing is damaged")
    else:
        yield problem("integrity", f"the store is damaged: {damage}", DAMAGED_REMEDY)


def _clock(store: Store, now: datetime) -> Iterator[Finding]:
    with store.read() as connection:
        runs = last_runs(connection).values()
    shown = now.isoformat(timespec="seconds")
    if not runs:
        yield ok("clock", f"{shown}; there was no run yet")
        return
    last = max(run.started for run in runs)
    since = now - last
    if since < -_CLOCK_SLACK:
        ahead = shown_duration(-since)
        said = f"{shown} is {ahead} before the last run: the clock is slow now, or was fast then"
        yield problem("clock", said, "Set the clock; until then pages wait for moments that have not come")
    elif since > _LONGEST_PAUSE:
        said = f"{shown}: the last run was {since.days} days ago"
        yield warning(
            "clock", said, "See whether cron or the timer calls 'newscrawler run', and whether the clock is right"
        )
    else:
        yield ok("clock", f"{shown}; the last run began {shown_duration(since)} ago")


def _locks(store: Path, now: datetime) -> Iterator[Finding]:
    holders = lock_holders(store)
    if not holders:
        yield ok("locks", "none is held")
    for holder in holders:
        if not _is_at_work(holder):
            yield ok("locks", f"{holder.name}: free; a killed process left its note, which the next run replaces")
            continue
        who = f"{holder.name}: held by process {holder.process} on {holder.host} since {holder.since}"
        if holder.since is not None and now - holder.since > _LONGEST_RUN:
            yield warning("locks", who, f"See what process {holder.process} does; ended, it frees the lock by itself")
        else:
            yield ok("locks", who)


def _is_at_work(holder: LockHolder) -> bool:
    if holder.host != socket.gethostname():
        return True
    try:
        os.kill(holder.process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
