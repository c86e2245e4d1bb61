"""Stories: the articles that tell one story, and which of them leads it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select, update

from newscrawler.article import Article, Relation, article_from_dict, article_to_dict
from newscrawler.store.batches import in_batches
from newscrawler.store.facets import put_into_facets, touch_facets
from newscrawler.store.tables import LIVE, article_facets, articles

FacetsOf = Callable[[Article], Sequence[str]]
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
    found: dict[str, list[StoryMember]] = {}
    for some in in_batches(stories):
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
    """The other places where the text of the article with that id stands, in its own language."""
    told = list(members)
    own = next((member for member in told if member.id == article_id), None)
    if own is None or own.relation is Relation.OTHER_SCRIPT:
        return []
    return [
        member
        for member in told
        if member.id != article_id and member.language == own.language and member.relation is not Relation.OTHER_SCRIPT
    ]


def translations(members: Iterable[StoryMember], article_id: str) -> list[StoryMember]:
    """What tells the story of the article with that id in another language, without further copies of it."""
    told = list(members)
    own = next((member for member in told if member.id == article_id), None)
    if own is None or own.relation is Relation.OTHER_SCRIPT:
        return []
    return [
        member for member in told if member.language != own.language and member.relation in (None, Relation.TRANSLATION)
    ]


def touch_story(connection: Connection, article_id: str, story: str, change: int) -> None:
    """Says that the other live articles of a story changed with the article of that id: feeds tell of both."""
    told = [articles.c.story == story, articles.c.id != article_id, articles.c.state == LIVE]
    touched = list(connection.execute(select(articles.c.id).where(*told)).scalars())
    if touched:
        connection.execute(update(articles).where(articles.c.id.in_(touched)).values(change_number=change))
        own = select(article_facets.c.facet).where(article_facets.c.article_id.in_(touched))
        touch_facets(connection, connection.execute(own.distinct()).scalars(), change)


def present_story(connection: Connection, article: Article) -> Article:
    """`article` in a story that goes on: where the leader that was found for it has been withdrawn since, it follows
    the one that took its place, or leads itself."""
    story = article.story or article.id
    if story == article.id:
        return replace(article, story=story)
    while story != article.id:
        row = connection.execute(select(articles.c.state, articles.c.story).where(articles.c.id == story)).first()
        if row is None:
            # In another script an article may come before the one that it is a version of.
            is_expected = article.relation is Relation.OTHER_SCRIPT
            return article if is_expected else replace(article, story=article.id, relation=None)
        if row.state == LIVE and row.story == story:
            return replace(article, story=story)
        if row.story == story:
            return replace(article, story=article.id, relation=None)
        story = row.story
    return replace(article, story=article.id, relation=None)


def succeed(connection: Connection, leader: str, change: int, facets_of: FacetsOf) -> str | None:
    """Gives a story whose `leader` was withdrawn another leader, and the one withdrawn a place behind it.

    A copy comes before a translation, and that before another script; of several one in the leader's language, and then
    the one first seen. The id of the new leader; None where nothing is left of the story.
    """
    query = (
        select(articles.c.document, articles.c.state)
        .where(articles.c.story == leader)
        .order_by(articles.c.first_seen, articles.c.id)
    )
    rows = [(article_from_dict(row.document), row.state == LIVE) for row in connection.execute(query)]
    language = next((member.language for member, _ in rows if member.id == leader), None)
    members = [member for member, is_live in rows if is_live and member.id != leader]
    if not members:
        return None
    heir = min(
        members,
        key=lambda member: (
            member.language != language,
            _FIRST_TO_SUCCEED.index(member.relation or Relation.OTHER_SCRIPT),
        ),
    )
    for member, is_live in rows:
        moved = replace(member, story=heir.id, relation=_relation_to(heir, member))
        _write_story(connection, moved, change)
        if is_live and member.id != leader:
            put_into_facets(connection, moved, facets_of(moved), change)
    return heir.id


def _relation_to(heir: Article, member: Article) -> Relation | None:
    if member.id == heir.id:
        return None
    if member.relation in (*_COPIES, Relation.OTHER_SCRIPT):
        return member.relation
    return Relation.TRANSLATION if member.language != heir.language else Relation.NEAR_TEXT


def _write_story(connection: Connection, article: Article, change: int) -> None:
    values: dict[str, Any] = {
        "story": article.story,
        "relation": article.relation.value if article.relation else None,
        "document": article_to_dict(article),
        "change_number": change,
    }
    connection.execute(update(articles).where(articles.c.id == article.id).values(**values))
