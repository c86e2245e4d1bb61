from dataclasses import replace
from datetime import timedelta

from newscrawler.address import AddressState, Visit
from newscrawler.article import Article, Relation
from newscrawler.store import Store
from newscrawler.store.addresses import mark_done, with_state
from newscrawler.store.articles import iterate_articles, save_article
from newscrawler.store.moved_articles import give_up_canonical, look_at_copies, owners, withdraw_moved
from newscrawler.store.revisits import plan_revisit
from tests.conftest import NOW, an_article

NAME = "newsroom_test"


def keep(store: Store, article: Article, *urls: str) -> Article:
    with store.write() as connection:
        save_article(connection, article, facets_of=lambda _: [], hashes=[], now=NOW)
        mark_done(connection, NAME, urls or [article.url], article.id, run=1, now=NOW)
    return article


def live(store: Store) -> list[str]:
    with store.read() as connection:
        return [article.id for article in iterate_articles(connection)]


def test_an_address_may_be_another_articles(store: Store) -> None:
    first, second = keep(store, an_article(1)), keep(store, an_article(2))
    with store.read() as connection:
        assert owners(connection, second, [first.url, second.url, "https://newsroom.test/"]) == {first.url: first.id}
        assert owners(connection, replace(second, newsroom="other"), [first.url]) == {}


def test_a_canonical_address_is_given_up_once(store: Store) -> None:
    first, second = keep(store, an_article(1)), keep(store, an_article(2))
    moved = replace(first, canonical_url=second.canonical_url)
    with store.write() as connection:
        assert give_up_canonical(connection, moved) == [second.id]
        save_article(connection, moved, facets_of=lambda _: [], hashes=[], now=NOW)
        assert give_up_canonical(connection, moved) == []


def test_only_an_article_to_which_no_address_leads_is_withdrawn(store: Store) -> None:
    first, second = keep(store, an_article(1)), keep(store, an_article(2))
    with store.write() as connection:
        withdraw_moved(connection, [second.id], facets_of=lambda _: [])
    assert live(store) == sorted([first.id, second.id])
    with store.write() as connection:
        mark_done(connection, NAME, [second.url], first.id, run=1, now=NOW)
        withdraw_moved(connection, [second.id], facets_of=lambda _: [])
    assert live(store) == [first.id]


def test_the_newest_copies_in_the_newsroom_are_looked_at_again(store: Store) -> None:
    leader = keep(store, an_article(1))
    told = {"story": leader.id, "relation": Relation.SAME_TEXT}
    copies = [
        keep(store, an_article(number, first_seen=NOW + timedelta(minutes=number), **told)) for number in range(2, 6)
    ]
    russian = keep(store, an_article(6, language="ru", story=leader.id, relation=Relation.TRANSLATION))
    with store.write() as connection:
        for article in (leader, *copies, russian):
            plan_revisit(connection, NAME, article.id, Visit(url=article.url), NOW + timedelta(days=1))
        look_at_copies(connection, copies[-1], NOW)
        rows = with_state(connection, AddressState)
    assert {row.article_id for row in rows if row.next_try == NOW} == {article.id for article in copies[:-1]}
