"""Explanation: why an article has the tags, the date and the story that it has, from the store alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from newscrawler.article import Article, Evidence, Tag, Where
from newscrawler.errors import VocabularyError
from newscrawler.store.articles import read_article
from newscrawler.store.found_articles import Revision, StoredArticle, read_revisions
from newscrawler.store.stories import StoryMember, also_at, story_members
from newscrawler.vocabulary import Vocabulary
from pipelines.near_text import shared_part

# In characters, to either side of the words.
_CONTEXT = 40


@dataclass(slots=True, kw_only=True, frozen=True)
class Quotation:
    """Words that led to a tag, where they stood, and what stands before and after them there."""

    where: Where
    before: str
    words: str
    after: str

    def __str__(self) -> str:
        return f"{self.before}{self.words}{self.after}"


@dataclass(slots=True, kw_only=True, frozen=True)
class ExplainedTag:
    """A tag with its name for people and its evidence."""

    code: str
    name: str
    score: float
    quotations: list[Quotation]


@dataclass(slots=True, kw_only=True, frozen=True)
class Explanation:
    """An article, its tags with their evidence, its story and what it said before.

    `leader` is the article that leads its story, None where it leads itself; `shared` is how much of the shorter of the
    two texts stands in the other, 0 to 1, where the relation is one of texts.
    """

    stored: StoredArticle
    regions: list[ExplainedTag]
    topics: list[ExplainedTag]
    leader: StoryMember | None
    shared: float | None
    also_at: list[StoryMember]
    members: list[StoryMember]
    revisions: list[Revision]

    def to_dict(self) -> dict[str, Any]:
        """What `explain --json` prints: values that JSON knows, dates as ISO 8601 with offset."""
        article = self.stored.article
        return {
            "id": article.id,
            "newsroom": article.newsroom,
            "url": article.canonical_url,
            "state": "live" if self.stored.is_live else "withdrawn",
            "headline": article.headline,
            "language": article.language,
            "script": article.script,
            "credited_to": article.credited_to,
            "published": article.date_published and article.date_published.isoformat(),
            "published_precision": article.date_precision,
            "published_source": article.date_source,
            "published_elsewhere": article.sources.get("date_disagreement"),
            "modified": article.date_modified and article.date_modified.isoformat(),
            "modified_source": article.sources.get("date_modified"),
            "first_seen": article.first_seen and article.first_seen.isoformat(),
            "scope": article.scope,
            "regions": [_tag_dict(tag) for tag in self.regions],
            "topics": [_tag_dict(tag) for tag in self.topics],
            "relation": article.relation,
            "leader": self.leader and _member_dict(self.leader),
            "shared": self.shared,
            "also_at": [member.url for member in self.also_at],
            "story": [_member_dict(member) for member in self.members],
            "feeds": list(self.stored.facets),
            "revisions": [
                {"number": revision.number, "stored": revision.stored.isoformat(), "headline": revision.headline}
                for revision in self.revisions
            ],
        }


def explain_article(connection: Connection, stored: StoredArticle, vocabulary: Vocabulary) -> Explanation:
    """Why `stored` is as it is. Raises StoreError."""
    article = stored.article
    story = article.story or article.id
    members = story_members(connection, [story]).get(story, [])
    leader = next((member for member in members if member.id == story), None) if story != article.id else None
    leading = read_article(connection, story) if leader is not None else None
    return Explanation(
        stored=stored,
        regions=[_explained(tag, _region_name(vocabulary, tag.code), article) for tag in article.regions],
        topics=[_explained(tag, _topic_name(vocabulary, tag.code), article) for tag in article.topics],
        leader=leader,
        shared=shared_part(article, leading) if leading is not None and leading.language == article.language else None,
        also_at=also_at(members, article.id),
        members=[member for member in members if member.id != article.id],
        revisions=read_revisions(connection, article.id),
    )


def quotations(article: Article, evidence: Iterable[Evidence]) -> list[Quotation]:
    """The words of each piece of evidence as they stand in `article`, with what is around them; the same words for the
    second time where they stand for the second time, and alone where they are not found."""
    met: Counter[tuple[Where, str]] = Counter()
    found = []
    for item in evidence:
        key = item.where, item.words.casefold()
        found.append(_quotation(article, item, met[key]))
        met[key] += 1
    return found


def _quotation(article: Article, evidence: Evidence, after: int) -> Quotation:
    opening = r"(?<!\w)" if re.match(r"\w", evidence.words) else ""
    words = re.compile(rf"{opening}{re.escape(evidence.words)}", re.IGNORECASE)
    places = [(text, place) for text in _texts(article, evidence.where) for place in words.finditer(text)]
    if not places:
        return Quotation(where=evidence.where, before="", words=evidence.words, after="")
    text, place = places[min(after, len(places) - 1)]
    start, end = max(0, place.start() - _CONTEXT), min(len(text), place.end() + _CONTEXT)
    return Quotation(
        where=evidence.where,
        before=f"{'…' if start else ''}{text[start : place.start()]}",
        words=place[0],
        after=f"{text[place.end() : end]}{'…' if end < len(text) else ''}",
    )


def _texts(article: Article, where: Where) -> list[str]:
    return {
        Where.HEADLINE: [article.headline],
        Where.LEAD: [article.description or ""],
        Where.BODY: article.body,
        Where.SECTION: [article.section or ""],
        Where.ADDRESS: [article.canonical_url],
    }[where]


def _explained(tag: Tag, name: str, article: Article) -> ExplainedTag:
    return ExplainedTag(code=tag.code, name=name, score=tag.score, quotations=quotations(article, tag.evidence))


def _region_name(vocabulary: Vocabulary, code: str) -> str:
    try:
        return vocabulary.region(code).names["en"]
    except VocabularyError:
        return code


def _topic_name(vocabulary: Vocabulary, slug: str) -> str:
    try:
        return vocabulary.topic(slug).names["en"]
    except VocabularyError:
        return slug


def _tag_dict(tag: ExplainedTag) -> dict[str, Any]:
    evidence = [{"where": one.where, "words": one.words, "context": str(one)} for one in tag.quotations]
    return {"code": tag.code, "name": tag.name, "score": tag.score, "evidence": evidence}


def _member_dict(member: StoryMember) -> dict[str, Any]:
    return {
        "id": member.id,
        "newsroom": member.newsroom,
        "url": member.url,
        "headline": member.headline,
        "language": member.language,
        "relation": member.relation,
    }
