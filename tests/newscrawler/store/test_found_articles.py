from dataclasses import replace

from newscrawler.address import AddressState, Discovered, Outcome
from newscrawler.store import Store
from newscrawler.store.addresses import mark_done, record, settle, take
from newscrawler.store.articles import save_article, withdraw_article
from newscrawler.store.found_articles import find_articles, read_revisions, why_no_article
from tests.conftest import NOW, an_article


def test_an_article_is_found_by_its_id_and_by_each_of_its_addresses(store: Store) -> None:
    article = an_article()
    with store.write() as connection:
        save_article(connection, article, facets_of=lambda _: ["kk/all/all", "all/all/all"], hashes=[], now=NOW)
        mark_done(connection, article.newsroom, [f"{article.url}?p"], article.id, run=1, now=NOW)
        save_article(connection, an_article(2), facets_of=lambda _: [], hashes=[], now=NOW)
    with store.read() as connection:
        for ids, urls in (([article.id], []), ([], [article.canonical_url]), ([], [f"{article.url}?p"])):
            (found,) = find_articles(connection, ids, urls)
            assert found.article.id == article.id
            assert found.is_live
            assert found.facets == ("all/all/all", "kk/all/all")
        assert find_articles(connection, ["unknown"], ["https://unknown.test/"]) == []


def test_a_withdrawn_article_is_found_too(store: Store) -> None:
    article = an_article()
    with store.write() as connection:
        save_article(connection, article, facets_of=lambda _: ["kk/all/all"], hashes=[], now=NOW)
        withdraw_article(connection, article.id, facets_of=lambda _: [])
    with store.read() as connection:
        (found,) = find_articles(connection, [article.id], [])
    assert (found.is_live, found.facets) == (False, ())


def test_what_it_said_before_is_kept_in_order(store: Store) -> None:
    article = an_article()
    with store.write() as connection:
        for headline in (article.headline, "Екінші", "Үшінші"):
            save_article(connection, replace(article, headline=headline), facets_of=lambda _: [], hashes=[], now=NOW)
    with store.read() as connection:
        found = read_revisions(connection, article.id)
    assert [(one.number, one.headline) for one in found] == [(1, article.headline), (2, "Екінші"), (3, "Үшінші")]
    assert found[0].body == article.body


def test_an_address_without_an_article_says_why(store: Store) -> None:
    url = "https://newsroom.test/kk/1"
    with store.write() as connection:
        record(connection, "newsroom_test", [Discovered(url=url)], run=1, source_url="https://a/", now=NOW)
        assert why_no_article(connection, [url]) == f"{url} is pending"
        address = take(connection, "newsroom_test", run=1, now=NOW, max_tries=5)
        assert address is not None
        outcome = Outcome(state=AddressState.REJECTED, reason="no headline")
        settle(connection, address, outcome, now=NOW, fetched=NOW, max_tries=5)
        assert why_no_article(connection, [url]) == f"{url} is rejected: no headline"
        assert why_no_article(connection, ["https://other.test/"]) is None
