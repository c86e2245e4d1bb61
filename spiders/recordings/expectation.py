"""Expectation: what the pages of a recording give, as a person reads and mends it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from newscrawler.article import Article, article_to_dict
from newscrawler.errors import ExitStatus, NewscrawlerError
from spiders.fetching.saved_page import usable_moment

ExpectedArticle = dict[str, Any]
"""One article: texts, lists of texts and of objects under the names of Article's fields; empty fields are absent."""

_SAME = (
    *("url", "canonical_url", "headline", "alternative_headline", "description"),
    *("date_published", "date_precision", "date_modified", "authors", "credited_to", "section", "keywords"),
    *("language", "script", "scope"),
)
_LISTS = ("authors", "keywords", "body", "regions", "topics")
_START_TAG = re.compile(r"<([a-z][a-z0-9]*)")


class RecordingError(NewscrawlerError):
    """A recording cannot be read or written, or what it holds is no expectation."""

    exit_status = ExitStatus.OWED


@dataclass(slots=True, kw_only=True)
class Expectation:
    """What a recording is expected to give.

    `recorded_at` is the clock for the replay, with the newsroom's offset: the moment the last page was fetched.
    `sources` says for each source how many article addresses its recorded documents name, or why it could not be
    read. `not_saved` are addresses that were asked for and are not in the recording. `articles` are sorted by `url`.
    """

    newsroom: str
    recorded_at: datetime
    sources: dict[str, int | str] = field(default_factory=dict)
    not_saved: list[str] = field(default_factory=list)
    articles: list[ExpectedArticle] = field(default_factory=list)

    def to_json(self) -> str:
        """The expectation as indented JSON that keeps its letters: a paragraph of a body is a line."""
        document = {
            "newsroom": self.newsroom,
            "recorded_at": self.recorded_at.isoformat(),
            "sources": self.sources,
            **({"not_saved": self.not_saved} if self.not_saved else {}),
            "articles": self.articles,
        }
        return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def read_expectation(file: Path) -> Expectation:
    """The expectation in `file`. Raises RecordingError that names the file and what is wrong with it."""
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
        recorded_at = datetime.fromisoformat(document["recorded_at"])
        if recorded_at.tzinfo is None:
            raise ValueError("recorded_at has no offset")
        articles = document["articles"]
        if not isinstance(articles, list) or not all(_is_article(article) for article in articles):
            raise ValueError("articles is no list of objects with a url, a headline, and texts or lists of texts")
        if len({article["url"] for article in articles}) < len(articles):
            raise ValueError("two articles have one url")
        not_saved, sources = document.get("not_saved", []), document.get("sources", {})
        if not isinstance(not_saved, list) or not all(isinstance(url, str) for url in not_saved):
            raise ValueError("not_saved is no list of texts")
        if not isinstance(sources, dict) or not all(isinstance(given, int | str) for given in sources.values()):
            raise ValueError("sources are not numbers or texts by address")
        if usable_moment(recorded_at) is None:
            raise ValueError("recorded_at is at the end of the calendar")
        return Expectation(
            newsroom=str(document["newsroom"]),
            recorded_at=recorded_at,
            sources=sources,
            not_saved=not_saved,
            articles=sorted(articles, key=_place),
        )
    except OSError as cause:
        raise RecordingError(f"cannot read {file}", cause=cause, remedy="Check the path and its permissions") from cause
    except (ValueError, KeyError, TypeError, RecursionError) as cause:
        raise RecordingError(f"{file} holds no expectation", cause=cause, remedy="Mend it, or record again") from cause


def expected_articles(articles: Sequence[Article]) -> list[ExpectedArticle]:
    """The articles as an expectation has them, sorted by address.

    What changes from run to run is left out, and what tells of the reading and not of the article: ids, moments of
    fetching, the evidence of each field, the scores of tags. `body_elements` are the tags of `body_html` in their
    order, `story` is the address of the article that leads the story.
    """
    addresses = {article.id: article.url for article in articles}
    return sorted((_expected(article, addresses) for article in articles), key=_place)


def _expected(article: Article, addresses: dict[str, str]) -> ExpectedArticle:
    values = article_to_dict(article)
    expected = {name: values[name] for name in _SAME}
    expected["regions"] = [tag.code for tag in article.regions]
    expected["topics"] = [tag.code for tag in article.topics]
    if article.relation is not None and article.story is not None:
        expected["story"] = addresses.get(article.story, article.story)
        expected["relation"] = article.relation.value
    expected["images"] = [_filled(image) for image in values["images"]]
    expected["alternates"] = [_filled(alternate) for alternate in values["alternates"]]
    expected["body"] = list(article.body)
    expected["body_elements"] = " ".join(_START_TAG.findall(article.body_html))
    return _filled(expected)


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def _place(article: ExpectedArticle) -> tuple[str, str]:
    return article["url"], str(article.get("canonical_url", ""))


def _is_article(value: object) -> bool:
    if not isinstance(value, dict) or not {"url", "headline"} <= value.keys():
        return False
    texts = all(isinstance(value.get(name, ""), str) for name in _SAME if name not in _LISTS)
    return texts and all(_is_list_of_texts(value.get(name, [])) for name in _LISTS)


def _is_list_of_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
