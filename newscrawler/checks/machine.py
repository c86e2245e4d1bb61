"""Checks of the machine: its time zone data, and the folder into which feeds are written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile

from newscrawler.checks.finding import Finding, failure, ok, problem
from newscrawler.checks.store_state import check_space
from newscrawler.config import CONFIG_NAME, Config, is_store_url
from newscrawler.dates import check_time_zones
from newscrawler.errors import ExitStatus, ProjectError


def check_zones() -> Iterator[Finding]:
    """Whether the time zone data knows that Asia/Almaty is +05:00 since March 2024."""
    try:
        check_time_zones()
    except ProjectError as error:
        yield failure("time zones", error)
    else:
        yield ok("time zones", "Asia/Almaty is +05:00 in May 2024")


def check_output(config: Config) -> Iterator[Finding]:
    """Whether feeds can be written, and whether nothing else is served with them."""
    folder = config.public.absolute()
    there = next((place for place in (folder, *folder.parents) if place.exists()), folder)
    try:
        with TemporaryFile(dir=there):
            pass
    except OSError as cause:
        yield problem("output", f"{folder} cannot be written ({cause.strerror})", "Check the folder and its rights")
    else:
        yield ok("output", f"{folder} can be written")
    yield from _what_is_served(config, folder)
    yield from check_space("space for the feeds", folder)


def _what_is_served(config: Config, public: Path) -> Iterator[Finding]:
    store = None if is_store_url(config.store) else Path(os.path.normpath(config.folder / config.store))
    if store is not None and store.is_relative_to(public):
        said = f"the store {store} lies in {public}, where everybody can fetch it"
    elif (config.folder / CONFIG_NAME).is_file() and config.folder.is_relative_to(public):
        said = f"{config.folder / CONFIG_NAME} lies in {public}, where everybody can fetch it"
    else:
        yield ok("served", f"nothing but what is published lies in {public}")
        return
    yield problem("served", said, "Give public a folder of its own", ExitStatus.USAGE)
