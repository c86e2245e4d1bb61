"""`newscrawler status`: what there is, what happened last, what needs attention."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from newscrawler.address import AddressState
from newscrawler.commands.invocation import Invocation, verb
from newscrawler.commands.run_report import report_line
from newscrawler.config import Config
from newscrawler.hidden_passwords import hide_passwords
from newscrawler.store import Store, open_store
from newscrawler.store.addresses import counts_by_state
from newscrawler.store.articles import article_counts
from newscrawler.store.attention import needs_attention
from newscrawler.store.hosts import HostRest, resting_hosts
from newscrawler.store.reports import last_reports
from newscrawler.store.runs import Run, last_runs
from newscrawler.store.sources import next_checks
from newscrawler.urls import host_of

_SHOWN = 20
_MOST_REPORTS = 10_000
_REPORTS_IN_JSON = 10


@verb
def status(
    invocation: Invocation,
    every: Annotated[bool, typer.Option("--all", help="Name every address that needs attention.")] = False,
    runs: Annotated[
        int | None, typer.Option("--runs", min=1, max=_MOST_REPORTS, metavar="N", help="Show the last N runs too.")
    ] = None,
) -> None:
    """Show the newsrooms with their last run and their counts, and what needs attention: sources that fail, articles
    without a date, pages that were refused or put aside.

    **Examples**

    - `newscrawler status`
    - `newscrawler status --runs 20` : and what the last runs came to, the newest first
    - `newscrawler status --json` : with the reports of the last 10 runs
    """
    config, output = invocation.config, invocation.output
    with open_store(config.store_url(), create=False) as store:
        newsrooms = _newsrooms(config, store)
        with store.read() as connection:
            attention = [asdict(item) for item in needs_attention(connection)]
            hosts = [_resting(rest) for rest in resting_hosts(connection, config.clock())]
            reports = last_reports(connection, runs or _REPORTS_IN_JSON)
    output.table(
        (
            "newsroom",
            "enabled",
            "verified",
            "last run",
            "ended",
            "next",
            "articles",
            "undated",
            "withdrawn",
            "to fetch",
            "rejected",
            "parked",
        ),
        [_row(newsroom) for newsroom in newsrooms],
        title=f"Store {hide_passwords(config.store)}",
    )
    if not newsrooms:
        output.line("The store is empty: newscrawler crawl")
    if hosts:
        output.line("")
    for host in hosts:
        output.line(f"{host['host']} is left alone until {host['until']}: {host['reason']}")
    shown = attention if every else attention[:_SHOWN]
    if shown:
        output.line("")
        output.line("Needs attention:")
    for item in shown:
        output.line(
            f"  {item['newsroom']}: {item['what']}: {item['url']}{' - ' + item['note'] if item['note'] else ''}"
        )
    if len(attention) > len(shown):
        output.line(f"  and {len(attention) - len(shown)} more: newscrawler status --all")
    if runs is not None:
        output.line("")
        output.line("Last runs:" if reports else "No run has been reported yet.")
        for report in reports:
            output.line(f"  {report_line(report)}")
    output.result({"newsrooms": newsrooms, "hosts": hosts, "attention": attention, "runs": reports})


def _newsrooms(config: Config, store: Store) -> list[dict[str, Any]]:
    with store.read() as connection:
        runs, states, counts = last_runs(connection), counts_by_state(connection), article_counts(connection)
        due = next_checks(connection)
    names = sorted({*config.newsrooms, *runs, *states, *counts})
    files, _ = config.all_newsrooms()
    return [
        {
            "newsroom": name,
            "enabled": name in config.newsrooms,
            "verified": name in files and files[name].verified,
            "next_check": due[name].isoformat(timespec="seconds") if name in due else None,
            **_describe(name, runs.get(name), states, counts),
        }
        for name in names
    ]


def _describe(
    name: str,
    run: Run | None,
    states: dict[str, dict[str, int]],
    counts: dict[str, dict[str, int]],
) -> dict[str, Any]:
    return {
        "last_run": run and run.started.isoformat(timespec="seconds"),
        "ended": None if run is None else run.ending,
        "last_counts": run.counts if run else {},
        "articles": {"live": 0, "undated": 0, "withdrawn": 0, **counts.get(name, {})},
        "addresses": dict.fromkeys((state.value for state in AddressState), 0) | states.get(name, {}),
    }


def _resting(rest: HostRest) -> dict[str, Any]:
    until = rest.until and rest.until.isoformat(timespec="seconds")
    return {"host": host_of(rest.root), "until": until, "reason": rest.reason}


def _row(newsroom: dict[str, Any]) -> list[Any]:
    articles, addresses = newsroom["articles"], newsroom["addresses"]
    return [
        newsroom["newsroom"],
        "yes" if newsroom["enabled"] else "no",
        "yes" if newsroom["verified"] else "no",
        newsroom["last_run"] or "never",
        newsroom["ended"],
        newsroom["next_check"],
        str(articles["live"]),
        articles["undated"] or None,
        articles["withdrawn"] or None,
        addresses["pending"] or None,
        addresses["rejected"] or None,
        addresses["parked"] or None,
    ]
