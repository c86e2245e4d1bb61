"""`newscrawler explain`: why an article has the tags, the date and the story that it has."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated

import typer
from rich.text import Text
from sqlalchemy import Connection

from newscrawler.commands.invocation import Invocation, verb
from newscrawler.commands.output import ESCAPED_CONTROLS
from newscrawler.config import Config
from newscrawler.errors import UsageError
from newscrawler.store import open_store
from newscrawler.store.found_articles import Revision, StoredArticle, find_articles, why_no_article
from newscrawler.urls import canonical_address, is_web_address
from newscrawler.vocabulary import load_vocabulary
from pipelines.explanation import ExplainedTag, Explanation, explain_article
from pipelines.word_changes import Change, word_changes

_COLOURS = {Change.KEPT: "", Change.REMOVED: "red strike", Change.ADDED: "green"}
_MARKS = {Change.KEPT: ("", ""), Change.REMOVED: ("[-", "-]"), Change.ADDED: ("{+", "+}")}


@verb
def explain(
    invocation: Invocation,
    article: Annotated[str, typer.Argument(metavar="URL or ID", help="An address or the id of a stored article.")],
) -> None:
    """Show why a stored article has its tags, its date and its story: the words behind every region and topic where
    they stand, the dates that were considered and the one taken, what it repeats and how much of it, in which feeds it
    is, and how its text changed.

    **Examples**

    - `newscrawler explain https://newsroom.kz/kk/news/2024/05/14/maqala`
    - `newscrawler explain 3jx5kq2wnbvcai7e --json`
    """
    config, output = invocation.config, invocation.output
    vocabulary = load_vocabulary([config.folder / "vocabulary"])
    with open_store(config.store_url(), create=False) as store, store.read() as connection:
        found = _find(connection, config, article)
        explanations = [explain_article(connection, stored, vocabulary) for stored in found]
    for place, explanation in enumerate(explanations):
        if place:
            output.line("")
        for line in _lines(explanation):
            output.line(line)
    output.result([explanation.to_dict() for explanation in explanations])


def _find(connection: Connection, config: Config, text: str) -> list[StoredArticle]:
    urls = _addresses(config, text)
    found = find_articles(connection, [text], urls)
    if found:
        return found
    known = why_no_article(connection, urls)
    if known is not None:
        raise UsageError(f"no article came of this address: {known}", remedy="See 'newscrawler inspect URL'")
    raise UsageError(
        f"no article has the id or address {text!r}", remedy="Take one from 'newscrawler export', or crawl it first"
    )


def _addresses(config: Config, text: str) -> list[str]:
    """The forms in which the store may know an address, as each newsroom that owns it writes it.

    Raises UsageError where it can be no page's address.
    """
    if not is_web_address(text):
        return []
    newsrooms, _ = config.all_newsrooms()
    try:
        own = [newsroom.canonical(text) for newsroom in newsrooms.values() if newsroom.is_own(text)]
        return list(dict.fromkeys([text, canonical_address(text), *own]))
    except ValueError as cause:
        raise UsageError(
            str(cause), remedy="Give the address as a browser shows it, or the id of an article"
        ) from cause


def _lines(explanation: Explanation) -> Iterator[Text]:
    stored = explanation.stored
    article = stored.article
    yield _text(article.headline, "bold")
    yield _fact("address", article.canonical_url)
    yield _fact("id", f"{article.id}, {article.newsroom}{'' if stored.is_live else ', withdrawn'}")
    yield _fact("language", f"{article.language}, {article.script}")
    if article.credited_to:
        yield _fact("credited to", article.credited_to)
    yield from _date_lines(explanation)
    yield _fact("scope", str(article.scope or "not tagged"))
    yield from _tag_lines("region", explanation.regions)
    yield from _tag_lines("topic", explanation.topics)
    yield from _story_lines(explanation)
    yield _fact("feeds", ", ".join(stored.facets) or "none")
    yield from _revision_lines(explanation.revisions)


def _date_lines(explanation: Explanation) -> Iterator[Text]:
    article = explanation.stored.article
    if article.date_published is None:
        yield _fact("published", "no date that could be trusted; it is in no feed until it has one")
    else:
        precision = "the day alone" if article.date_precision == "day" else "to the minute"
        yield _fact("published", f"{article.date_published.isoformat()}, {precision}, from {article.date_source}")
    if article.sources.get("date_disagreement"):
        yield _fact("  considered", article.sources["date_disagreement"])
    if article.date_modified is not None:
        source = article.sources.get("date_modified", "the page")
        yield _fact("modified", f"{article.date_modified.isoformat()}, from {source}")
    if article.first_seen is not None:
        yield _fact("first seen", article.first_seen.isoformat())


def _tag_lines(kind: str, tags: list[ExplainedTag]) -> Iterator[Text]:
    if not tags:
        yield _fact(kind, "none")
    for tag in tags:
        yield _fact(kind, f"{tag.name} ({tag.code}), {tag.score:g}")
        for quotation in tag.quotations:
            yield Text.assemble(
                (f"  {quotation.where}: ", "cyan"),
                quotation.before.translate(ESCAPED_CONTROLS),
                (quotation.words.translate(ESCAPED_CONTROLS), "bold yellow"),
                quotation.after.translate(ESCAPED_CONTROLS),
            )


def _story_lines(explanation: Explanation) -> Iterator[Text]:
    leader, article = explanation.leader, explanation.stored.article
    if leader is None:
        yield _fact("story", "leads" if explanation.members else "stands alone")
    else:
        shared = f", {explanation.shared:.0%} of the shorter text stands in the other" if explanation.shared else ""
        yield _fact("story", f"{article.relation} of {leader.id} {leader.url}{shared}")
    for member in explanation.members:
        if member is not leader:
            yield _fact(f"  {member.relation or 'leader'}", f"{member.newsroom} {member.url}")


def _revision_lines(revisions: list[Revision]) -> Iterator[Text]:
    for before, after in pairwise(revisions):
        yield _fact("revision", f"{after.number}, {after.stored.isoformat()}")
        parts = (
            ("headline", before.headline, after.headline),
            ("lead", before.description or "", after.description or ""),
            ("body", "\n".join(before.body), "\n".join(after.body)),
        )
        for name, old, new in parts:
            changes = word_changes(old, new)
            if changes:
                line = Text.assemble((f"  {name}:", "cyan"))
                for words in changes:
                    opening, closing = _MARKS[words.change]
                    shown = words.text.translate(ESCAPED_CONTROLS)
                    line.append(" ")
                    line.append(f"{opening}{shown}{closing}", _COLOURS[words.change])
                yield line


def _fact(name: str, value: str) -> Text:
    return Text.assemble((f"{name}: ", "cyan"), value.translate(ESCAPED_CONTROLS))


def _text(value: str, style: str) -> Text:
    return Text(value.translate(ESCAPED_CONTROLS), style)
