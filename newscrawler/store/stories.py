"""Stories: the articles that tell one story, and which of them leads it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from newscrawler.article import Article, Relation, article_from_dict, article_to_dict
from newscrawler.store.facets import touch_facets
from newscrawler.store.tables import LIVE, article_facets, articles

FacetsOf = Callable[[Article], Sequence[str]]
_CHUNK = 400
_COPIES = (Relation.SAME_TEXT, Relation.NEAR_TEXT)
# The text itself in another place rather than another form of it.
_FIRST_TO_SUCCEED = (Relation.SAME_TEXT, Relation.NEAR_TEXT, Relation.TRANSLATION, Relation.OTHER_SCRIPT)


@dataclass(slots=True, kw_only=True, frozen=True)
class StoryMember:
    """An article of a story; `relation` is what ties it to the one that leads, None for the leader itself."""

    id: str
    newsroom: str
    url: str
    headline: str
    language: str
    relation: Relation | None


def story_members(connection: Connection, stories: Iterable[str]) -> dict[str, list[StoryMember]]:
    """The live articles of each story, named by the id of its leader, in the order in which they were first seen."""
    wanted = sorted(set(stories))
    found: dict[str, list[StoryMember]] = {}
    for start in range(0, len(wanted), _CHUNK):
        some = wanted[start : start + _CHUNK]
        query = (
            select(articles)
            .where(articles.c.story.in_(some), articles.c.state == LIVE)
            .order_by(articles.c.first_seen, articles.c.id)
        )
        for row in connection.execute(query):
            member = StoryMember(
                id=row.id,
                newsroom=row.newsroom,
                url=row.canonical_url,
                headline=row.headline,
                language=row.language,
                relation=Relation(row.relation) if row.relation else None,
            )
            found.setdefault(row.story, []).append(member)
    return found


def also_at(members: Iterable[StoryMember], article_id: str) -> list[StoryMember]:
    """The other places where the text of the article with that id stands: for a leader its copies and near copies, for
    one of those the leader."""
    told = list(members)
    own = next((member for member in told if member.id == article_id), None)
    if own is None or own.relation not in (None, *_COPIES):
        return []
    wanted = _COPIES if own.relation is None else (None,)
    return [member for member in told if member.relation in wanted]


def translations(members: Iterable[StoryMember], article_id: str) -> list[StoryMember]:
    """What tells the story of the article with that id in another language: for a leader its translations, for one of
    those the leader."""
    told = list(members)
    own = next((member for member in told if member.id == article_id), None)
    if own is None or own.relation not in (None, Relation.TRANSLATION):
        return []
    wanted = Relation.TRANSLATION if own.relation is None else None
    return [member for member in told if member.relation is wanted and member.id != article_id]


def touch_story(connection: Connection, article_id: str, story: str, change: int) -> None:
    """Says that those changed beside which the article of that id is told in feeds: its leader, or, where it leads
    itself, all others of its story."""
    others = articles.c.story == story if story == article_id else articles.c.id == story
    told = [others, articles.c.id != article_id, articles.c.state == LIVE]
    touched = list(connection.execute(select(articles.c.id).where(*told)).scalars())
    if touched:
        connection.execute(update(articles).where(articles.c.id.in_(touched)).values(change_number=change))
        own = select(article_facets.c.facet).where(article_facets.c.article_id.in_(touched))
        touch_facets(connection, connection.execute(own.distinct()).scalars(), change)


def succeed(connection: Connection, leader: str, change: int, facets_of: FacetsOf) -> str | None:
    """Gives a story whose `leader` was withdrawn another leader, and the one withdrawn the place of a copy of it.

    A copy comes before a translation, and that before another script; of several the one first seen. The id of the new
    leader; None where nothing is left of the story.
    """
    query = select(articles.c.document).where(articles.c.story == leader).order_by(articles.c.first_seen, articles.c.id)
    live = query.where(articles.c.state == LIVE, articles.c.id != leader)
    members = [article_from_dict(row.document) for row in connection.execute(live)]
    if not members:
        return None
    heir = min(members, key=lambda member: _FIRST_TO_SUCCEED.index(member.relation or Relation.OTHER_SCRIPT))
    for row in connection.execute(query).all():
        member = article_from_dict(row.document)
        if member.id == heir.id:
            moved = replace(member, story=heir.id, relation=None)
        elif member.id == leader:
            moved = replace(member, story=heir.id, relation=heir.relation)
        else:
            moved = replace(member, story=heir.id)
        _write_story(connection, moved, change)
    touched = replace_facets(connection, replace(heir, story=heir.id, relation=None), facets_of)
    touch_facets(connection, touched, change)
    return heir.id


def _write_story(connection: Connection, article: Article, change: int) -> None:
    values: dict[str, Any] = {
        "story": article.story,
        "relation": article.relation.value if article.relation else None,
        "document": article_to_dict(article),
        "change_number": change,
    }
    connection.execute(update(articles).where(articles.c.id == article.id).values(**values))


def replace_facets(connection: Connection, article: Article, facets_of: FacetsOf) -> set[str]:
    """Puts the article into the facets that it belongs to now, and no others; those of before and of now."""
    own = article_facets.c.article_id == article.id
    before = set(connection.execute(select(article_facets.c.facet).where(own)).scalars())
    connection.execute(delete(article_facets).where(own))
    facets = facets_of(article)
    rows = [{"facet": facet, "article_id": article.id, "date_published": article.date_published} for facet in facets]
    if rows:
        connection.execute(insert(article_facets), rows)
    return before | set(facets)
