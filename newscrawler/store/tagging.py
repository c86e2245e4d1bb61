"""Tagging stored articles again: tags change, texts and dates do not."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, select, update

from newscrawler.article import Article, article_from_dict, article_to_dict
from newscrawler.store.facets import facets_of_article, next_change_number, put_into_facets
from newscrawler.store.stories import FacetsOf, touch_story
from newscrawler.store.tables import LIVE, articles

_TAGS = ("language", "script", "credited_to", "scope", "regions", "topics")


class Retagged(StrEnum):
    """What tagging an article again came to: feeds show it otherwise, only its evidence or scores moved, or nothing."""

    CHANGED = "changed"
    EVIDENCE = "evidence"
    SAME = "same"


def ids_after(connection: Connection, after: str, limit: int, newsroom: str | None = None) -> list[str]:
    """The next ids of live articles in the order of ids; the first where `after` is empty."""
    query = select(articles.c.id).where(articles.c.id > after, articles.c.state == LIVE)
    if newsroom is not None:
        query = query.where(articles.c.newsroom == newsroom)
    return list(connection.execute(query.order_by(articles.c.id).limit(limit)).scalars())


def keep_tags(connection: Connection, tagged: Article, *, facets_of: FacetsOf) -> Retagged:
    """Gives the stored article with the id of `tagged` its language, script, source credited, scope and tags.

    All else stays as stored, and no revision is made. Feeds are out of date only where they would show another
    language or other tags.
    """
    row = connection.execute(select(articles.c.document).where(articles.c.id == tagged.id)).one()
    before = article_from_dict(row.document)
    kept = article_from_dict({**row.document, **_tags_of(tagged)})
    kept.sources = {**before.sources, **{name: tagged.sources[name] for name in _TAGS if name in tagged.sources}}
    paths = facets_of(kept)
    is_moved = set(facets_of_article(connection, kept.id)) != set(paths)
    if _tags_of(kept) == _tags_of(before) and not is_moved:
        return Retagged.SAME
    values: dict[str, Any] = {
        "document": article_to_dict(kept),
        "language": kept.language,
        "script": kept.script,
    }
    is_shown = is_moved or _shown(kept) != _shown(before)
    if is_shown:
        change = next_change_number(connection)
        values["change_number"] = change
        put_into_facets(connection, kept, paths, change)
        touch_story(connection, kept.id, kept.story or kept.id, change)
    connection.execute(update(articles).where(articles.c.id == kept.id).values(**values))
    return Retagged.CHANGED if is_shown else Retagged.EVIDENCE


def _tags_of(article: Article) -> dict[str, Any]:
    document = article_to_dict(article)
    return {name: document[name] for name in _TAGS}


def _shown(article: Article) -> tuple[Any, ...]:
    codes = [tag.code for tag in article.regions], [tag.code for tag in article.topics]
    return article.language, article.script, article.scope, *codes
