"""`newscrawler doctor`: whether runs can be left alone here."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Annotated

import typer
from rich.text import Text

from newscrawler.checks.configuration import check_configuration, check_newsrooms, check_vocabulary
from newscrawler.checks.finding import Finding, Level, ok, status_of, warning
from newscrawler.checks.machine import check_output, check_zones
from newscrawler.checks.store_state import check_store
from newscrawler.commands.invocation import Invocation, verb
from newscrawler.commands.output import ESCAPED_CONTROLS, Output
from newscrawler.config import Config

_COLOURS = {Level.OK: "green", Level.WARNING: "yellow", Level.PROBLEM: "bold red"}


@verb
def doctor(
    invocation: Invocation,
    live: Annotated[bool, typer.Option("--live", help="Ask each enabled newsroom for its robots.txt too.")] = False,
) -> int:
    """Check what runs depend on, one line a check: configuration, newsroom files, vocabulary, store (opens, undamaged,
    locks, space), clock, time zone data, output folder.

    Every warning and problem says what to do. Exit status: 0 when nothing should stay as it is not, 3 when a warning
    should be seen to, 2 for a wrong configuration, 4 where a run could do nothing. Nothing is fetched without `--live`.

    **Examples**

    - `newscrawler doctor`
    - `newscrawler doctor --live` : can every enabled newsroom be reached, and does its robots.txt let us in?
    - `newscrawler doctor --quiet` : from cron, silent unless something is to be done
    """
    output = invocation.output
    found = []
    for finding in _findings(invocation.config, live=live):
        found.append(finding)
        _show(finding, output)
    status = status_of(found)
    output.result({"status": int(status), "findings": [finding.to_dict() for finding in found]})
    return int(status)


def _findings(config: Config, *, live: bool) -> Iterator[Finding]:
    yield from check_configuration(config)
    yield from check_newsrooms(config)
    yield from check_vocabulary(config)
    yield from check_store(config, config.clock())
    yield from check_zones()
    yield from check_output(config)
    if live and config.contact:
        yield from _live(config)


def _live(config: Config) -> Iterator[Finding]:
    newsrooms, _ = config.all_newsrooms()
    enabled = [newsrooms[name] for name in config.newsrooms if name in newsrooms]
    # Another room's, so it is named, as Scrapy's settings name it.
    troubles = import_module("spiders.fetching.robots_probe").probe_robots(enabled, config)
    for name, found in troubles.items():
        if found:
            remedy = "See whether the site is up, and whether it wants to be crawled"
            yield warning("robots.txt", f"{name}: {'; '.join(found)}", remedy)
        else:
            yield ok("robots.txt", f"{name}: may be crawled")


def _show(finding: Finding, output: Output) -> None:
    said = finding.said if not finding.remedy else f"{finding.said}. {finding.remedy}"
    line = f"{finding.subject}: {' '.join(said.split())}".translate(ESCAPED_CONTROLS)
    output.line(Text.assemble((f"{finding.level.value:<8}", _COLOURS[finding.level]), " ", line))
