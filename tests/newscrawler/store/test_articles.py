from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from newscrawler.article import Article, DatePrecision
from newscrawler.store import Store
from newscrawler.store.articles import (
    Saved,
    article_counts,
    iterate_articles,
    read_article,
    save_article,
    undated_articles,
    withdraw_article,
)
from newscrawler.store.facets import facets_to_publish, mark_published, newest_in_facet
from newscrawler.store.tables import article_facets, articles, revisions, text_hashes
from tests.conftest import NOW, an_article

LATER = NOW + timedelta(hours=1)


def save(
    store: Store, article: Article, facets: Sequence[str] = ("kk/all/all",), hashes: Sequence[int] = (1, 2)
) -> Saved:
    with store.write() as connection:
        return save_article(connection, article, facets_of=lambda _: facets, hashes=hashes, now=LATER)


def stored(store: Store, article: Article) -> Article:
    with store.read() as connection:
        found = read_article(connection, article.id)
    assert found is not None
    return found


def numbers(store: Store, article: Article) -> tuple[int, int]:
    with store.read() as connection:
        query = select(articles.c.change_number, articles.c.revision).where(articles.c.id == article.id)
        change, revision = connection.execute(query).one()
        return change, revision


def test_a_new_article_is_kept_whole(store: Store) -> None:
    article = an_article()
    assert save(store, article) is Saved.NEW
    assert stored(store, article) == replace(article, first_seen=LATER, story=article.id)
    assert numbers(store, article) == (1, 1)


def test_fetching_again_changes_nothing(store: Store) -> None:
    article = an_article()
    save(store, article)
    again = replace(article, fetched_at=LATER, sources={"headline": "h1"}, addresses=[article.url])
    assert save(store, again) is Saved.UNCHANGED
    assert stored(store, article).fetched_at == NOW
    assert numbers(store, article) == (1, 1)


def test_a_changed_text_is_a_revision_and_moves_the_date_of_change(store: Store) -> None:
    article = an_article()
    save(store, article)
    edited = replace(article, headline="Жаңа тақырып", fetched_at=LATER)
    assert save(store, edited) is Saved.CHANGED
    found = stored(store, article)
    assert (found.id, found.headline, found.first_seen) == (article.id, "Жаңа тақырып", LATER)
    assert (found.date_modified, found.sources["date_modified"]) == (LATER, "noticed")
    assert numbers(store, article) == (2, 2)
    with store.read() as connection:
        rows = connection.execute(select(revisions.c.revision, revisions.c.headline).order_by(revisions.c.revision))
        assert [(number, headline) for number, headline in rows] == [(1, article.headline), (2, "Жаңа тақырып")]


def test_the_date_of_change_that_the_page_states_is_taken(store: Store) -> None:
    article = an_article()
    save(store, article)
    save(store, replace(article, body=["Басқа мәтін."], date_modified=NOW + timedelta(minutes=5), fetched_at=LATER))
    assert stored(store, article).date_modified == NOW + timedelta(minutes=5)


def test_punctuation_case_and_a_touched_date_are_no_revision(store: Store) -> None:
    article = an_article()
    save(store, article)
    touched = replace(article, headline="ТАҚЫРЫП 1!", date_modified=LATER)
    assert save(store, touched) is Saved.CHANGED
    assert stored(store, article).date_modified is None
    assert numbers(store, article)[1] == 1


def test_the_date_of_publication_stays_unless_a_day_becomes_a_minute(store: Store) -> None:
    noon = replace(an_article(), date_precision=DatePrecision.DAY, date_source="time")
    save(store, noon)
    minute = replace(noon, date_published=NOW + timedelta(minutes=7), date_precision=DatePrecision.MINUTE)
    assert save(store, minute) is Saved.CHANGED
    assert stored(store, noon).date_published == NOW + timedelta(minutes=7)
    moved = replace(minute, date_published=NOW + timedelta(days=1))
    assert save(store, moved) is Saved.UNCHANGED
    assert stored(store, noon).date_published == NOW + timedelta(minutes=7)


def test_a_source_can_date_an_undated_article(store: Store) -> None:
    article = an_article(date_published=None)
    with store.write() as connection:
        save_article(connection, article, facets_of=lambda _: [], hashes=[], now=NOW)
    with store.read() as connection:
        assert undated_articles(connection) == [(article.newsroom, article.canonical_url, article.headline)]
    assert save(store, replace(article, date_published=NOW)) is Saved.CHANGED
    with store.read() as connection:
        assert undated_articles(connection) == []
        assert newest_in_facet(connection, "kk/all/all", 10) == [article.id]


def test_old_and_new_facets_are_touched_when_tags_change(store: Store) -> None:
    article = an_article()
    save(store, article, facets=["kk/all/all", "kk/abai/all"])
    with store.write() as connection:
        mark_published(connection, facets_to_publish(connection))
    save(store, article, facets=["kk/all/all", "kk/almaty/all"])
    with store.read() as connection:
        assert [facet for facet, _ in facets_to_publish(connection)] == ["kk/abai/all", "kk/all/all", "kk/almaty/all"]
        assert newest_in_facet(connection, "kk/abai/all", 10) == []


def test_newest_in_a_facet_by_date_then_id(store: Store) -> None:
    made = [an_article(number, date_published=NOW + timedelta(minutes=number // 2)) for number in range(6)]
    for article in made:
        save(store, article)
    expected = sorted(made, key=lambda article: (article.date_published, article.id), reverse=True)
    with store.read() as connection:
        assert newest_in_facet(connection, "kk/all/all", 4) == [article.id for article in expected[:4]]


def test_withdrawing_takes_an_article_out_of_its_feeds_and_coming_back_puts_it_in(store: Store) -> None:
    article = an_article()
    save(store, article)
    with store.write() as connection:
        mark_published(connection, facets_to_publish(connection))
        assert withdraw_article(connection, article.id, facets_of=lambda _: [])
        assert not withdraw_article(connection, article.id, facets_of=lambda _: [])
        assert not withdraw_article(connection, "unknown", facets_of=lambda _: [])
    with store.read() as connection:
        assert [facet for facet, _ in facets_to_publish(connection)] == ["kk/all/all"]
        assert newest_in_facet(connection, "kk/all/all", 10) == []
        assert list(iterate_articles(connection)) == []
        assert [found.id for found in iterate_articles(connection, withdrawn=True)] == [article.id]
    assert save(store, article) is Saved.CHANGED
    with store.read() as connection:
        assert newest_in_facet(connection, "kk/all/all", 10) == [article.id]


def test_hashes_and_facets_do_not_pile_up(store: Store) -> None:
    article = an_article()
    for number in range(3):
        save(store, replace(article, headline=f"Тақырып {number}"), hashes=[number, number + 1])
    with store.read() as connection:
        assert sorted(connection.execute(select(text_hashes.c.hash)).scalars()) == [2, 3]
        assert connection.execute(select(article_facets.c.facet)).scalars().all() == ["kk/all/all"]


def test_iterating_gives_every_article_once_in_the_order_of_first_sight(store: Store) -> None:
    made = [an_article(number, first_seen=NOW + timedelta(seconds=number % 3)) for number in range(7)]
    for article in made:
        save(store, article)
    expected = sorted(made, key=lambda article: (article.first_seen, article.id))
    with store.read() as connection:
        assert [found.id for found in iterate_articles(connection)] == [article.id for article in expected]
        assert list(iterate_articles(connection, "other")) == []
        assert article_counts(connection) == {"newsroom_test": {"live": 7, "withdrawn": 0, "undated": 0}}
