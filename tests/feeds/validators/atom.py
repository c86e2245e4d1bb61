"""Atom against RFC 4287: its RELAX NG schema, its Schematron rules, and what only its text says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from lxml import etree

from tests.feeds.validators.html_content import html_problems, is_absolute

_SCHEMA = Path(__file__).with_name("atom.rng")
_ATOM = "{http://www.w3.org/2005/Atom}"


def atom_problems(document: bytes, address: str) -> list[str]:
    """What is wrong with the feed that is served at `address`."""
    schema = atom_schema()
    feed = etree.fromstring(document)
    if not schema.validate(feed):
        return [f"line {error.line}: {error.message}" for error in schema.error_log]
    return list(_problems(feed, address))


def _problems(feed: etree._Element, address: str) -> Iterator[str]:
    entries = feed.findall(f"{_ATOM}entry")
    # Section 4.1.1: an author in the feed, or one in every entry.
    if feed.find(f"{_ATOM}author") is None and any(entry.find(f"{_ATOM}author") is None for entry in entries):
        yield "an entry without an author in a feed without one"
    own = [link.get("href") for link in feed.findall(f"{_ATOM}link[@rel='self']")]
    if own != [address]:
        yield f"the links to itself are {own}, not {address}"
    yield from _link_problems(feed)
    ids = Counter(entry.findtext(f"{_ATOM}id") for entry in entries)
    yield from (f"the id {name} is there {count} times" for name, count in ids.items() if count > 1)
    for entry in entries:
        yield from _entry_problems(entry)
    for element in feed.iter(f"{_ATOM}id", f"{_ATOM}icon", f"{_ATOM}logo", f"{_ATOM}uri"):
        if ":" not in (element.text or ""):
            yield f"{element.tag} holds no absolute IRI: {element.text!r}"
    for link in feed.iter(f"{_ATOM}link"):
        if not is_absolute(link.get("href", "")):
            yield f"the link {link.get('href')!r} is not absolute"
    # Section 4.2.14: the title is for people.
    yield from ("an empty title" for title in feed.iter(f"{_ATOM}title") if not (title.text or "").strip())


def _entry_problems(entry: etree._Element) -> Iterator[str]:
    content = entry.find(f"{_ATOM}content")
    # Section 4.1.2.
    if content is None and entry.find(f"{_ATOM}link[@rel='alternate']") is None:
        yield "an entry without content and without a link"
    if content is not None and content.get("src") and entry.find(f"{_ATOM}summary") is None:
        yield "content that is elsewhere, without a summary"
    yield from _link_problems(entry)
    for element in entry.iter(f"{_ATOM}content", f"{_ATOM}summary"):
        if element.get("type") == "html":
            yield from html_problems(element.text or "")
    published, updated = (entry.findtext(f"{_ATOM}{name}") for name in ("published", "updated"))
    if published is None:
        yield "an entry without a date of publication"
    # With offsets they compare as texts only when these are the same, as they are for an article.
    elif published[-6:] == str(updated)[-6:] and published > str(updated):
        yield f"updated at {updated}, before it was published at {published}"


def _link_problems(element: etree._Element) -> Iterator[str]:
    """Sections 4.1.1 and 4.1.2: one alternate link a media type and language."""
    links = Counter(
        (link.get("type"), link.get("hreflang"))
        for link in element.findall(f"{_ATOM}link")
        if link.get("rel", "alternate") == "alternate"
    )
    yield from (f"{count} alternate links for {which}" for which, count in links.items() if count > 1)


@cache
def atom_schema() -> etree.RelaxNG:
    """The RELAX NG schema of Atom documents."""
    return etree.RelaxNG(etree.parse(_SCHEMA))
