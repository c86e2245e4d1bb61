"""Articles of a newsroom with a history, and what a store says of them, for the tests of the guard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from newscrawler.address import AddressState
from newscrawler.article import Article
from newscrawler.crawl import Crawl
from newscrawler.store import Store
from newscrawler.store.addresses import with_state
from newscrawler.store.articles import iterate_articles
from newscrawler.store.attention import needs_attention
from newscrawler.store.facets import facets_to_publish
from newscrawler.store.history import Profile, keep_profile, look_of
from newscrawler.store.holding import held_pages
from tests.conftest import NOW, an_article

SENTENCE = "Қалада бүгін жаңа мектеп ашылды, оған {} бала барады, {} мұғалім сабақ береді."
Run = Callable[..., Crawl]


def articles(*numbers: int, **values: object) -> list[Article]:
    """Articles of about 1,500 characters, a quarter of an hour apart, each told apart by its number."""
    return [
        an_article(
            n,
            **{
                "body": [SENTENCE.format(n, n * part) for part in range(1, 21)],
                "date_published": NOW - timedelta(minutes=15 * n),
                **values,
            },
        )
        for n in numbers
    ]


DAY_ONE = articles(1, 2, 3, 4)
"""What is stored; the history tells of 30 such articles."""


def has_history(store: Store) -> None:
    looks = [look_of(article) for article in articles(*range(5, 31))]
    with store.write() as connection:
        keep_profile(connection, "newsroom_test", Profile.of(looks), run=1, now=NOW)


def live(store: Store) -> dict[str, str]:
    with store.read() as connection:
        return {article.url: article.body[0] if article.body else "" for article in iterate_articles(connection)}


def held(store: Store) -> list[tuple[str, str]]:
    with store.read() as connection:
        return [(page.url, page.state.value) for page in held_pages(connection)]


def addresses(store: Store) -> dict[str, tuple[str, str | None, bool]]:
    with store.read() as connection:
        rows = with_state(connection, AddressState)
    return {row.url: (row.state, row.reason, row.article_id is not None) for row in rows}


def changes(store: Store) -> list[tuple[str, int]]:
    with store.read() as connection:
        return facets_to_publish(connection, every=True)


def attention(store: Store) -> list[tuple[str, str, str]]:
    with store.read() as connection:
        return [(item.what, item.url, item.note) for item in needs_attention(connection)]
