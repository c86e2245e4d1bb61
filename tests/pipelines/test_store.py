from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from newscrawler.address import AddressState, Discovered
from newscrawler.article import Article, Relation, Tag
from newscrawler.config import Config
from newscrawler.crawl import Crawl
from newscrawler.errors import StoreError
from newscrawler.newsroom import Newsroom
from newscrawler.store import Store
from newscrawler.store.addresses import record, take, with_state
from newscrawler.store.articles import article_counts, read_article
from newscrawler.store.facets import facets_to_publish, newest_in_facet
from newscrawler.store.neighbours import StoreNeighbours
from newscrawler.store.tables import text_hashes
from newscrawler.vocabulary import Vocabulary
from pipelines.near_text import sampled_hashes
from pipelines.same_event import event_hashes
from pipelines.store import store as store_step
from tests.conftest import NOW, an_article


@pytest.fixture
def crawl(store: Store, vocabulary: Vocabulary) -> Crawl:
    """A crawl of newsroom_test at NOW, on each engine."""
    newsroom = Newsroom(
        name="newsroom_test",
        title="Newsroom.test",
        site="https://newsroom.test/",
        hosts=("newsroom.test",),
        languages=("kk",),
    )
    return Crawl(config=Config(), newsroom=newsroom, store=store, vocabulary=vocabulary, clock=lambda: NOW, run=3)


def stored(crawl: Crawl, article: Article) -> Article | None:
    with crawl.store.read() as connection:
        return read_article(connection, article.id)


def addresses(crawl: Crawl) -> dict[str, tuple[str, str | None]]:
    with crawl.store.read() as connection:
        return {row.url: (row.state, row.article_id) for row in with_state(connection, AddressState)}


def test_an_article_its_tags_and_its_addresses_are_kept_together(crawl: Crawl) -> None:
    article = an_article(
        regions=[Tag(code="KZ-61", score=1.0)], topics=[Tag(code="economy", score=1.0)], relation=Relation.TRANSLATION
    )
    article = replace(article, addresses=[article.url, f"{article.url}?p=1"])
    assert store_step(article, crawl) is article
    assert stored(crawl, article) == replace(article, first_seen=NOW, story=article.id)
    assert addresses(crawl) == dict.fromkeys(article.addresses, ("done", article.id))
    with crawl.store.read() as connection:
        facets = [facet for facet, _ in facets_to_publish(connection)]
        assert newest_in_facet(connection, "kk/turkistan/economy", 5) == [article.id]
    # A translation is not under `all`: the facets are those of newscrawler.facets.
    assert "kk/turkistan/economy" in facets
    assert not any(facet.startswith("all/") for facet in facets)


def test_without_addresses_of_its_own_it_is_known_under_its_url(crawl: Crawl) -> None:
    article = an_article(url="https://newsroom.test/kk/news/1-maqala?x")
    store_step(article, crawl)
    assert set(addresses(crawl)) == {article.url}


def test_a_page_that_claims_the_address_of_another_article_loses_it_to_that_one(crawl: Crawl) -> None:
    home = an_article(1)
    home.addresses = [home.canonical_url]
    liar = an_article(1, url="https://newsroom.test/kk/news/2-a", headline="Басқа", body=["Мүлде басқа мәтін осында."])
    liar.addresses = [liar.url]
    with crawl.store.write() as connection:
        found = [Discovered(url=home.canonical_url), Discovered(url=liar.url)]
        record(connection, "newsroom_test", found, run=3, source_url="https://a/", now=NOW)
    store_step(liar, crawl)
    assert addresses(crawl)[home.canonical_url] == ("pending", None)
    store_step(home, crawl)
    assert addresses(crawl) == {home.canonical_url: ("done", home.id), liar.url: ("pending", None)}


def test_the_address_that_was_handed_out_is_done(crawl: Crawl) -> None:
    article = an_article()
    with crawl.store.write() as connection:
        record(connection, "newsroom_test", [Discovered(url=article.url)], run=3, source_url="https://a/", now=NOW)
        assert take(connection, "newsroom_test", run=3, now=NOW, max_tries=5) is not None
    store_step(article, crawl)
    assert addresses(crawl) == {article.url: ("done", article.id)}
    with crawl.store.write() as connection:
        assert take(connection, "newsroom_test", run=4, now=NOW + timedelta(days=9), max_tries=5) is None


def test_articles_are_counted_as_new_changed_and_unchanged(crawl: Crawl) -> None:
    article = an_article()
    store_step(article, crawl)
    store_step(replace(article, fetched_at=NOW + timedelta(hours=1)), crawl)
    store_step(replace(article, headline="Басқа тақырып"), crawl)
    store_step(an_article(2), crawl)
    assert crawl.counts == {"new": 2, "unchanged": 1, "changed": 1}
    with crawl.store.read() as connection:
        assert article_counts(connection)["newsroom_test"]["live"] == 2


def test_its_text_can_be_found_by_those_that_come_after(crawl: Crawl) -> None:
    article = an_article(body=["Алматыда екі жаңа метро стансасы ашылды.", "Жолаушылар саны өседі деп күтіледі."])
    store_step(article, crawl)
    with crawl.store.read() as connection:
        kept = set(connection.execute(select(text_hashes.c.hash)).scalars())
    assert kept == sampled_hashes(article) | event_hashes(article)
    (found,) = StoreNeighbours(crawl.store).sharing(sampled_hashes(article), since=NOW, besides="")
    assert found.id == article.id


def test_where_the_store_fails_half_way_nothing_is_kept_and_nothing_counted(crawl: Crawl) -> None:
    article = an_article()
    store_step(article, crawl)
    with crawl.store.write() as connection:
        # The table that is written last.
        connection.execute(text("ALTER TABLE addresses RENAME TO elsewhere"))
    with pytest.raises(StoreError, match="addresses"):
        store_step(replace(article, headline="Басқа тақырып"), crawl)
    with pytest.raises(StoreError, match="addresses"):
        store_step(an_article(2), crawl)
    kept = stored(crawl, article)
    assert kept is not None
    assert kept.headline == article.headline
    assert stored(crawl, an_article(2)) is None
    assert crawl.counts == {"new": 1}
    with crawl.store.read() as connection:
        assert newest_in_facet(connection, "all/all/all", 5) == [article.id]
