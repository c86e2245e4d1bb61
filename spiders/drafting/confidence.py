"""How sure a draft is of each field, in words."""

from __future__ import annotations

from spiders.drafting.samples import NEEDED, FieldReport

FIELD_NAMES = {
    "headline": "headline",
    "body": "text",
    "date_published": "date",
    "description": "lead",
    "authors": "authors",
    "section": "section",
    "images": "pictures",
}
"""What people call the fields of an article."""

# What the reader calls its evidence, for people.
_EVIDENCE = {
    "json-ld": "the page's data for search engines",
    "microdata": "marks in the page's HTML",
    "og": "the page's data for social networks",
    "meta": "the page's head",
    "time": "a marked date on the page",
    "h1": "the page's heading",
    "text": "what the page shows",
    "title": "the window's title",
    "trafilatura": "a second opinion",
    "discovery": "the list or feed",
    "address": "the address",
    "breadcrumb": "the path at the page's top",
    "link": "the page's links",
}


def confidence_rows(reports: list[FieldReport]) -> list[tuple[str, str, str, str]]:
    """A row a field: its name, how sure, on how many articles it was found, and what told it."""
    return [
        (FIELD_NAMES[report.name], verdict(report), f"{report.found} of {report.of}", _told_by(report))
        for report in reports
    ]


def verdict(report: FieldReport) -> str:
    """`sure`, `there` or `not found` for what articles may lack, or what makes the field doubtful."""
    if report.name not in NEEDED:
        return "there" if report.found else "not found"
    if report.is_sure:
        return "sure"
    if report.filled and report.found + report.filled == report.of:
        return f"doubtful: on {report.filled} only the list or feed tells it"
    if report.found < report.of:
        return f"missing on {'some' if report.found else 'all'}"
    if report.agreed < report.compared:
        return f"doubtful: {report.compared - report.agreed} of {report.compared} differ from the list or feed"
    return "doubtful: weak evidence"


def _told_by(report: FieldReport) -> str:
    told: dict[str, int] = {}
    for source, count in report.sources:
        name = "a selector of the file" if source.startswith("selector") else _EVIDENCE.get(source, source)
        told[name] = told.get(name, 0) + count
    return ", ".join(f"{name} ({count})" for name, count in told.items())
