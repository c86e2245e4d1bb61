"""Real news pages in Cyrillic with the truth of every field: what the reader makes of them, field by field."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scrapy.http import HtmlResponse

from benchmarks.errors import BenchmarkError
from newscrawler.article import Article
from newscrawler.errors import PageError
from newscrawler.newsroom import Newsroom
from newscrawler.vocabulary import Vocabulary, load_vocabulary
from pipelines.step import StepContext
from pipelines.understanding import understand
from spiders.pages import read_article

_SAVED_AFTER = timedelta(hours=2)


@dataclass(slots=True, frozen=True)
class FieldCheck:
    """One field of one page: what it should be, what it is."""

    page: str
    field: str
    wanted: Any
    found: Any

    @property
    def is_right(self) -> bool:
        return bool(self.wanted == self.found)


def check_pages(folder: Path) -> list[FieldCheck]:
    """Every field of every page that `folder/truth.jsonl` names. Raises BenchmarkError."""
    zones = tomllib.loads(Path(__file__).with_name("page_truths.toml").read_text(encoding="utf-8"))
    vocabulary = load_vocabulary([])
    checks: list[FieldCheck] = []
    try:
        for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines():
            truth = json.loads(line)
            html = (folder / truth["file"]).read_bytes()
            checks += _checks(truth, html, zones[truth["file"].partition("/")[0]], vocabulary)
    except (OSError, ValueError, KeyError) as cause:
        raise BenchmarkError(
            f"{folder} does not hold truth.jsonl and the pages it names",
            remedy="Give the folder above it with --data",
            cause=cause,
        ) from cause
    return checks


def _checks(truth: dict[str, Any], html: bytes, facts: dict[str, Any], vocabulary: Vocabulary) -> list[FieldCheck]:
    published = datetime.fromisoformat(truth["date_published"])
    newsroom = _newsroom(truth, facts)
    saved_at = facts.get("saved_at", published + _SAVED_AFTER)
    empty = truth["body_first"] is None
    try:
        article = read_article(HtmlResponse(truth["url"], body=html), newsroom, saved_at)
    except PageError as refusal:
        return [FieldCheck(truth["file"], "refused", "the article is empty" if empty else None, refusal.problem)]
    if empty:
        return [FieldCheck(truth["file"], "refused", "the article is empty", None)]
    context = StepContext(vocabulary=vocabulary, now=saved_at, newsroom=newsroom)
    article = understand(article, context)
    pairs = _words(truth, article) | _dates(truth, article) | _tags(truth, article, vocabulary)
    return [FieldCheck(truth["file"], field, wanted, found) for field, (wanted, found) in pairs.items()]


def _words(truth: dict[str, Any], article: Article) -> dict[str, tuple[Any, Any]]:
    first, last = (paragraph.replace("\xa0", " ") for paragraph in (article.body[0], article.body[-1]))
    credit = next((image.credit for image in article.images if image.credit), None)
    stray = [text for text in truth["must_not_contain"] if any(text in paragraph for paragraph in article.body)]
    pairs: dict[str, tuple[Any, Any]] = {
        "headline": (truth["headline"], article.headline),
        "lead": (truth["lead"], article.description),
        "authors": (truth["author"], article.authors),
        "photo credit": (truth["photo_credit"], credit),
        "body's beginning": (truth["body_first"], first[: len(truth["body_first"])]),
        "body's end": (truth["body_last"], last[-len(truth["body_last"]) :]),
        "not in the body": ([], stray),
    }
    # A page may name sections where the truth leaves open which one counts.
    if truth["section"] is not None:
        pairs["section"] = (truth["section"], article.section)
    return pairs


def _dates(truth: dict[str, Any], article: Article) -> dict[str, tuple[Any, Any]]:
    published = datetime.fromisoformat(truth["date_published"])
    modified = datetime.fromisoformat(truth["date_modified"]) if truth["date_modified"] else None
    # As written, so that the offset counts. A change that is none is not kept.
    later = modified.isoformat() if modified is not None and modified > published else None
    found = article.date_published.isoformat() if article.date_published is not None else None
    changed = article.date_modified.replace(microsecond=0).isoformat() if article.date_modified is not None else None
    return {"published": (published.isoformat(), found), "modified": (later, changed)}


def _tags(truth: dict[str, Any], article: Article, vocabulary: Vocabulary) -> dict[str, tuple[Any, Any]]:
    slugs = [vocabulary.region(tag.code).slug for tag in article.regions]
    return {
        "language": (truth["lang"], article.language),
        "region": ([truth["region"]] if truth["region"] else [], slugs),
    }


def _newsroom(truth: dict[str, Any], facts: dict[str, Any]) -> Newsroom:
    host = urlsplit(truth["url"]).hostname or ""
    folder = truth["file"].partition("/")[0]
    return Newsroom.model_validate(
        {
            "name": "page_truths",
            "title": folder,
            "site": f"https://{host}/",
            "hosts": [host],
            "languages": ["ru"],
            "time_zone": facts["time_zone"],
        }
    )
