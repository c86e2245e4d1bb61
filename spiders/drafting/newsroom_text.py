"""The text of a drafted newsroom file: TOML that a person reads, each part with what it rests on."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from newscrawler.newsroom import SourceKind
from newscrawler.toml_files import toml_text
from newscrawler.vocabulary import Vocabulary
from spiders.drafting.confidence import FIELD_NAMES
from spiders.drafting.draft import Draft
from spiders.drafting.draft_lists import DraftList
from spiders.drafting.findings import FoundSource
from spiders.drafting.samples import NEEDED, FieldReport

_LONGEST_LINE = 120


def newsroom_text(draft: Draft, vocabulary: Vocabulary) -> str:
    """The file, ready to be written. Comments say what every part rests on and what a person should look at; sections
    of the samples that `vocabulary` does not know are named for the operator to give them a meaning."""
    parts = [_head(draft), _sources(draft), _articles(draft), _selectors(draft)]
    unknown = _unknown_sections(draft.sections, vocabulary)
    if unknown:
        parts.append(_sections(unknown))
    return "\n".join(part for part in parts if part)


def _head(draft: Draft) -> str:
    newsroom = draft.newsroom
    lines = [
        *_comment(
            f"{newsroom.title}: drafted by `newscrawler newsroom new` on {draft.drafted_at:%Y-%m-%d}. Nobody has "
            "looked it over yet. Read the comments, mend what is wrong, try it with `newscrawler inspect` and "
            "`newscrawler crawl --limit 5`; when what is read agrees with what the site shows, set verified = true."
        ),
        f"name = {toml_text(newsroom.name)}",
        f"title = {toml_text(newsroom.title)}",
        f"site = {toml_text(newsroom.site)}",
        "# No other host is ever asked. The first is the one under which articles are kept.",
        f"hosts = {_list(newsroom.hosts)}",
        f"languages = {_list(newsroom.languages)}          # told by the text of the articles that were read",
        f"time_zone = {toml_text(newsroom.time_zone)}    # of dates that carry no offset",
    ]
    if draft.other_offsets:
        lines += _comment(
            f"Look at time_zone: most dates on the pages carry the offset {', '.join(draft.other_offsets)}, which is "
            "another zone's."
        )
    lines += ["verified = false", f"evidence = {toml_text(_evidence(draft))}"]
    lines += _comment(
        "What feeds may give of an article: full, excerpt (the lead and the first paragraph) or headline. Give no more "
        "than the newsroom allows."
    )
    return "\n".join([*lines, 'content = "excerpt"', ""])


def _evidence(draft: Draft) -> str:
    origin = "saved pages" if draft.from_saved else "the live site"
    read = sum(sample.article is not None for sample in draft.samples)
    return f"drafted from {origin} on {draft.drafted_at:%Y-%m-%d}, {read} articles read; not looked over"


def _sources(draft: Draft) -> str:
    lines = [
        *_comment(
            "Where the articles are listed. Sources complement each other: an article need only stand in one. Take out "
            "what you do not want."
        ),
        "",
    ]
    has_others = bool(draft.lists) or any(not source.is_archive for source in draft.feeds_and_sitemaps)
    for entry in draft.lists:
        lines += _list_source(entry)
    for source in draft.feeds_and_sitemaps:
        lines += _plain_source(source, is_left_out=source.is_archive and has_others)
    if draft.not_tried:
        lines += _comment("Seen and not tried, maybe worth a [[sources]] table of their own:")
        lines += [f"#   {url}" for url in draft.not_tried] + [""]
    return "\n".join(lines)


def _list_source(entry: DraftList) -> list[str]:
    reading, paging = entry.reading, entry.paging
    told = f"{'The home page' if entry.is_home else 'A list'} of {reading.articles} articles"
    told += f", {reading.dated} of them dated." if reading.date else "; it states no dates that could be read."
    if reading.item is None:
        told += " Every link to an article counts; `item` would say what an entry is."
    lines = [*_comment(told), "[[sources]]", 'kind = "listing"', f"url = {toml_text(entry.url)}"]
    values = {
        "json_html": entry.json_html,
        "item": reading.item,
        "date": reading.date,
        "day_heading": reading.day_heading,
        "next_page": paging.next_page,
        "page_url": paging.page_url,
    }
    lines += [f"{key} = {_literal(value)}" for key, value in values.items() if value is not None]
    if paging.page_url is not None and paging.first_page != 1:
        lines.append(f"first_page = {paging.first_page}")
    return [*lines, ""]


def _plain_source(source: FoundSource, *, is_left_out: bool) -> list[str]:
    kind = "feed" if source.kind is SourceKind.FEED else "sitemap"
    what = [part for part in (source.note, f"{source.entries} articles" if source.entries is not None else "") if part]
    told = f"A {kind}: {', '.join(what)}." if what else f"A {kind}."
    table = ["[[sources]]", f'kind = "{kind}"', f"url = {toml_text(source.url)}"]
    if is_left_out:
        told += (
            " It tells of all that the site ever wrote, and a crawl would fetch all of it. Take the marks off to have "
            "the archive too; the first crawl with it may take days."
        )
        table = [f"# {line}" for line in table]
    return [*_comment(told), *table, ""]


def _articles(draft: Draft) -> str:
    patterns = draft.patterns
    lines = _comment(
        "Which addresses are articles: Python regular expressions over path and query. They accept "
        f"{patterns.explained} of {patterns.seen} addresses that feeds, sitemaps and the articles themselves name. "
        "Look whether sections or columns are missing, and whether pages that are no news are let in."
    )
    lines += ["[articles]", f"include = {_literals(patterns.include)}"]
    if patterns.exclude:
        lines.append(f"exclude = {_literals(patterns.exclude)}")
    return "\n".join([*lines, ""])


def _selectors(draft: Draft) -> str:
    lines: list[str] = []
    if draft.selectors:
        lines += ["[selectors]"]
        for found in draft.selectors:
            lines += _comment(f"{FIELD_NAMES[found.field]}: {found.why}; with it all {len(draft.samples)} have one.")
            lines.append(f"{found.field} = {_literals([found.selector])}")
    doubtful = [report for report in draft.fields if _needs_a_look(report)]
    for report in doubtful:
        name = FIELD_NAMES[report.name]
        lines += _comment(
            f"Look at the {name}: {report.found} of {report.of} articles have one "
            f"on their page, {report.weak} by weak evidence; {report.filled} more have it from the list or feed; "
            f"{report.agreed} of {report.compared} agree with lists and feeds. If the pages show it, a selector "
            f'here helps: {report.name} = ["..."]'
        )
    if not lines:
        lines = _comment(
            "No selectors: the generic reader found headline, date and text on every article that was tried."
        )
    return "\n".join([*lines, ""])


def _needs_a_look(report: FieldReport) -> bool:
    return report.name in NEEDED and not report.is_sure


def _unknown_sections(sections: Iterable[str], vocabulary: Vocabulary) -> list[str]:
    known = {name.casefold() for topic in vocabulary.topics for name in topic.sections}
    return [name for name in sections if name.casefold() not in known]


def _sections(names: list[str]) -> str:
    lines = _comment(
        "Sections of this newsroom that no topic is known by. Where one says what its articles are about, take off the "
        'mark and say so: topic = "sport", region = "KZ-75" or scope = "world".'
    )
    lines.append("# [sections]")
    return "\n".join([*lines, *(f'# {toml_text(name)} = {{ topic = "" }}' for name in names), ""])


def _literals(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(_literal, texts))}]"


def _literal(text: str) -> str:
    """A TOML string: a literal one, in which backslashes stand for themselves, where that reads better and can be."""
    needs_one = "\\" in text or '"' in text
    return f"'{text}'" if needs_one and "'" not in text and text.isprintable() else toml_text(text)


def _list(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(toml_text, texts))}]"


def _comment(text: str) -> list[str]:
    return list(_wrapped(text))


def _wrapped(text: str) -> Iterator[str]:
    # What a page says of itself must not end the comment.
    plain = " ".join("".join(character if character.isprintable() else " " for character in text).split())
    yield from textwrap.wrap(
        plain,
        _LONGEST_LINE,
        initial_indent="# ",
        subsequent_indent="# ",
        break_long_words=False,
        break_on_hyphens=False,
    )
