from datetime import timedelta

from newscrawler.store import Store
from newscrawler.store.addresses import mark_done
from newscrawler.store.articles import save_article
from newscrawler.store.neighbours import StoreNeighbours
from tests.conftest import NOW, an_article


def put(store: Store, number: int, hashes: list[int], **values: object) -> str:
    article = an_article(number, first_seen=NOW, **values)
    with store.write() as connection:
        save_article(connection, article, facets_of=lambda _: [], hashes=hashes, now=NOW)
        mark_done(connection, article.newsroom, [article.url, f"{article.url}?p"], article.id, run=1, now=NOW)
    return article.id


def test_articles_are_found_by_any_of_their_addresses(store: Store) -> None:
    one, two = put(store, 1, []), put(store, 2, [])
    neighbours = StoreNeighbours(store)
    first, second = an_article(1), an_article(2)
    assert neighbours.id_at("newsroom_test", f"{first.url}?p") == one
    assert neighbours.id_at("other", first.url) is None
    urls = [first.url, f"{first.url}?p", second.url]
    assert {found.id for found in neighbours.at_addresses("newsroom_test", urls, besides=two)} == {one}
    assert len(neighbours.at_addresses("newsroom_test", urls, besides="")) == 2
    assert neighbours.at_addresses("newsroom_test", [], besides="") == []
    found = neighbours.get(one)
    assert found is not None
    assert found.headline == first.headline
    assert neighbours.get("unknown") is None


def test_what_shares_most_comes_first_within_the_window(store: Store) -> None:
    one, two, _ = put(store, 1, [1, 2, 3]), put(store, 2, [1, 2, 3, 4, 2**62]), put(store, 3, [9])
    neighbours = StoreNeighbours(store)
    hashes = [1, 2, 3, 4, 2**62]
    since = NOW - timedelta(days=1)
    assert [found.id for found in neighbours.sharing(hashes, since=since, besides="")] == [two, one]
    assert [found.id for found in neighbours.sharing(hashes, since=since, besides=two)] == [one]
    assert neighbours.sharing(hashes, since=NOW + timedelta(seconds=1), besides="") == []
