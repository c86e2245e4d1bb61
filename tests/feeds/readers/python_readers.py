"""Readers from PyPI: each gives what it reads in the files called `names` below a folder."""

from __future__ import annotations

from calendar import timegm
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC
from pathlib import Path
from typing import Any

import atoma
import fastfeedparser
import feedparser
from reader import Entry, make_reader

from tests.feeds.readers.told import Told, moment, moment_of

Read = Mapping[str, list[Told]]


def feedparser_reads(folder: Path, names: Iterable[str]) -> Read:
    """RSS and Atom."""
    return {name: [_of_feedparser(entry) for entry in _feedparsed(folder / name)] for name in names}


def fastfeedparser_reads(folder: Path, names: Iterable[str]) -> Read:
    """RSS, Atom and JSON Feed."""
    return {
        name: [
            Told(entry.id, entry.title, entry.link, moment_of(entry.published))
            for entry in fastfeedparser.parse((folder / name).read_bytes()).entries
        ]
        for name in names
    }


def atoma_reads(folder: Path, names: Iterable[str]) -> Read:
    """RSS, Atom and JSON Feed."""
    return {name: _ATOMA[name.rpartition(".")[2]]((folder / name).read_bytes()) for name in names}


def reader_reads(folder: Path, names: Iterable[str]) -> Read:
    """RSS, Atom and JSON Feed, in a database of its own."""
    names = list(names)
    reader = make_reader(":memory:", feed_root=str(folder))
    try:
        for name in names:
            reader.add_feed(name)
        reader.update_feeds()
        told: dict[str, list[Told]] = {name: [] for name in names}
        for entry in reader.get_entries():
            told[entry.feed_url].append(_of_reader(entry))
        return told
    finally:
        reader.close()


def _feedparsed(path: Path) -> list[Any]:
    found = feedparser.parse(path.read_bytes())
    assert not found.bozo, found.bozo_exception
    return list(found.entries)


def _of_feedparser(entry: Any) -> Told:
    return Told(entry.id, entry.title, entry.link, moment(timegm(entry.published_parsed)))


def _of_reader(entry: Entry) -> Told:
    assert entry.title is not None
    assert entry.link is not None
    assert entry.published is not None
    return Told(entry.id, entry.title, entry.link, entry.published.astimezone(UTC))


def _atoma_rss(content: bytes) -> list[Told]:
    return [
        Told(item.guid, item.title, item.link, item.pub_date.astimezone(UTC))
        for item in atoma.parse_rss_bytes(content).items
    ]


def _atoma_atom(content: bytes) -> list[Told]:
    return [
        Told(entry.id_, entry.title.value, entry.links[0].href, entry.published.astimezone(UTC))
        for entry in atoma.parse_atom_bytes(content).entries
    ]


def _atoma_json(content: bytes) -> list[Told]:
    return [
        Told(item.id_, item.title, item.url, item.date_published.astimezone(UTC))
        for item in atoma.parse_json_feed_bytes(content).items
    ]


_ATOMA: Mapping[str, Callable[[bytes], list[Told]]] = {"rss": _atoma_rss, "atom": _atoma_atom, "json": _atoma_json}
