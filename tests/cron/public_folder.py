"""What the feeds of a public folder must hold after a publication."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from lxml import etree

from newscrawler.config import Config
from tests.cron.newsroom_life import Story
from tests.end_to_end.redesign import TEASER

_ATOM = "{http://www.w3.org/2005/Atom}"
_MOST = Config().entries


def faults_of_feeds(public: Path, articles: Mapping[str, str], stories: Mapping[str, Story]) -> list[str]:
    """What is wrong, in words, with the feeds of all articles and of each language: they must be well-formed, hold the
    newest of the `articles`, whose headlines these are by path, each once, the same in each format and under the same
    id, and nothing of a redesigned page's remains."""
    wrong: list[str] = []
    for language in ("all", "kk", "ru"):
        newest = sorted(
            (stories[path] for path in articles if language in ("all", stories[path].language)),
            key=lambda story: story.published,
            reverse=True,
        )[:_MOST]
        if newest:
            expected = [(story.path, articles[story.path]) for story in newest]
            wrong += _faults_of_feed(public / language / "all", expected)
    return wrong


def _faults_of_feed(folder: Path, expected: list[tuple[str, str]]) -> list[str]:
    try:
        texts = {name: (folder / f"all.{name}").read_bytes() for name in ("json", "rss", "atom")}
        feed = json.loads(texts["json"])
        rss, atom = etree.fromstring(texts["rss"]), etree.fromstring(texts["atom"])
    except (OSError, ValueError, etree.XMLSyntaxError) as error:
        return [f"{folder}: {error}"]
    wrong = []
    shown = [(urlsplit(item["url"]).path, item["title"]) for item in feed["items"]]
    if shown != expected:
        wrong.append(f"{folder}: {_difference(shown, expected)}")
    ids = [item["id"] for item in feed["items"]]
    if len(set(ids)) < len(ids):
        wrong.append(f"{folder}: an id stands twice")
    if [guid.text for guid in rss.iter("guid")] != ids:
        wrong.append(f"{folder}: RSS has other ids than JSON")
    if [entry.findtext(f"{_ATOM}id") for entry in atom.iter(f"{_ATOM}entry")] != ids:
        wrong.append(f"{folder}: Atom has other ids than JSON")
    return wrong + [f"{folder}: {name} holds a teaser" for name, text in texts.items() if TEASER.encode() in text]


def _difference(shown: list[tuple[str, str]], expected: list[tuple[str, str]]) -> str:
    lacks, has = set(expected) - set(shown), set(shown) - set(expected)
    if not lacks and not has:
        return "the entries stand in another order"
    return f"lacks {sorted(lacks)[:3]}, has {sorted(has)[:3]}"
