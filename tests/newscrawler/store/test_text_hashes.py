from datetime import timedelta

from sqlalchemy import func, select

from newscrawler.store import Store
from newscrawler.store.articles import save_article
from newscrawler.store.tables import text_hashes
from newscrawler.store.text_hashes import COMMON, WINDOW, articles_sharing, count_older, forget_older, keep_hashes
from tests.conftest import NOW, an_article


def put(store: Store, number: int, hashes: list[int], seen: timedelta = timedelta()) -> str:
    article = an_article(number, first_seen=NOW + seen)
    with store.write() as connection:
        save_article(connection, article, facets_of=lambda _: [], hashes=hashes, now=NOW)
    return article.id


def sharing(store: Store, hashes: list[int], least: int = 1) -> list[str]:
    with store.read() as connection:
        return articles_sharing(connection, hashes, since=NOW - WINDOW, besides="", least=least)


def number_of(store: Store, value: int) -> int:
    with store.read() as connection:
        return int(connection.execute(select(func.count()).where(text_hashes.c.hash == value)).scalar_one())


def test_only_those_that_share_enough_are_found(store: Store) -> None:
    one, two = put(store, 1, [1, 2, 3]), put(store, 2, [3, 4])
    assert sharing(store, [1, 2, 3]) == [one, two]
    assert sharing(store, [1, 2, 3], least=2) == [one]
    assert sharing(store, [9]) == []


def test_boilerplate_of_many_articles_is_no_longer_kept(store: Store) -> None:
    for number in range(COMMON + 5):
        put(store, number, [7, 1000 + number])
    assert number_of(store, 7) == COMMON
    assert number_of(store, 1000 + COMMON + 4) == 1
    later = put(store, 900, [7], seen=WINDOW + timedelta(seconds=1))
    assert number_of(store, 7) == COMMON + 1
    assert later in _ids(store, 7)


def _ids(store: Store, value: int) -> list[str]:
    with store.read() as connection:
        return list(connection.execute(select(text_hashes.c.article_id).where(text_hashes.c.hash == value)).scalars())


def test_hashes_take_the_place_of_those_before(store: Store) -> None:
    one = put(store, 1, [1, 2])
    with store.write() as connection:
        keep_hashes(connection, one, [2, 3], NOW)
    assert [number_of(store, value) for value in (1, 2, 3)] == [0, 1, 1]


def test_what_is_compared_with_nothing_any_more_is_forgotten(store: Store) -> None:
    put(store, 1, [1])
    put(store, 2, [2], seen=WINDOW)
    with store.write() as connection:
        assert forget_older(connection, NOW + 2 * WINDOW) == 0
        assert forget_older(connection, NOW + 2 * WINDOW + timedelta(seconds=1)) == 1
    assert [number_of(store, value) for value in (1, 2)] == [0, 1]


def test_a_clock_that_is_ahead_of_the_newest_article_makes_nothing_older(store: Store) -> None:
    put(store, 1, [1])
    newest = an_article(2, first_seen=NOW, date_published=NOW + WINDOW)
    with store.write() as connection:
        save_article(connection, newest, facets_of=lambda _: ["all/all/all"], hashes=[2], now=NOW)
        assert count_older(connection, NOW + 100 * WINDOW) == 0
        assert forget_older(connection, NOW + 100 * WINDOW) == 0
    later = an_article(3, first_seen=NOW + 4 * WINDOW, date_published=NOW + 4 * WINDOW)
    with store.write() as connection:
        save_article(connection, later, facets_of=lambda _: ["all/all/all"], hashes=[3], now=NOW)
        assert count_older(connection, NOW + 100 * WINDOW) == 2
        assert forget_older(connection, NOW + 100 * WINDOW) == 2
    assert [number_of(store, value) for value in (1, 2, 3)] == [0, 0, 1]
