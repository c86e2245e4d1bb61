from dataclasses import replace

from newscrawler.article import Article, Evidence, Scope, Tag, Where
from newscrawler.store import Store
from newscrawler.store.articles import read_article, save_article, withdraw_article
from newscrawler.store.facets import facets_to_publish, mark_published, newest_in_facet
from newscrawler.store.found_articles import read_revisions
from newscrawler.store.tagging import Retagged, ids_after, keep_tags
from tests.conftest import NOW, an_article


def facets_of(article: Article) -> list[str]:
    return [f"kk/all/{tag.code}" for tag in article.topics]


def topic(code: str, score: float = 1.0, words: str = "мектеп") -> Tag:
    return Tag(code=code, score=score, evidence=[Evidence(words=words, where=Where.BODY)])


def put(store: Store, number: int = 1) -> Article:
    article = an_article(number, topics=[topic("education")], scope=Scope.NATIONAL)
    with store.write() as connection:
        save_article(connection, article, facets_of=facets_of, hashes=[], now=NOW)
        mark_published(connection, facets_to_publish(connection))
    return article


def retag(store: Store, article: Article) -> tuple[Retagged, list[str]]:
    with store.write() as connection:
        became = keep_tags(connection, article, facets_of=facets_of)
        return became, [facet for facet, _ in facets_to_publish(connection)]


def test_another_topic_moves_the_article_and_touches_both_feeds(store: Store) -> None:
    article = put(store)
    tagged = replace(article, topics=[topic("economy")], headline="Басқа", sources={"language": "letters"})
    assert retag(store, tagged) == (Retagged.CHANGED, ["kk/all/economy", "kk/all/education"])
    with store.read() as connection:
        kept = read_article(connection, article.id)
        assert newest_in_facet(connection, "kk/all/education", 5) == []
        assert newest_in_facet(connection, "kk/all/economy", 5) == [article.id]
        assert len(read_revisions(connection, article.id)) == 1
    assert kept is not None
    assert (kept.headline, kept.date_modified) == (article.headline, None)
    assert kept.sources["language"] == "letters"


def test_other_evidence_is_kept_and_no_feed_touched(store: Store) -> None:
    article = put(store)
    assert retag(store, replace(article, topics=[topic("education", 2.0, "сабақ")])) == (Retagged.EVIDENCE, [])
    with store.read() as connection:
        kept = read_article(connection, article.id)
    assert kept is not None
    assert kept.topics == [topic("education", 2.0, "сабақ")]


def test_the_same_tags_change_nothing(store: Store) -> None:
    assert retag(store, put(store)) == (Retagged.SAME, [])


def test_ids_are_given_in_order_without_those_withdrawn(store: Store) -> None:
    made = [put(store, number).id for number in range(5)]
    with store.write() as connection:
        withdraw_article(connection, made[0], facets_of=facets_of)
    left = sorted(made[1:])
    with store.read() as connection:
        assert ids_after(connection, "", 2) == left[:2]
        assert ids_after(connection, left[1], 9) == left[2:]
        assert ids_after(connection, "", 9, "other") == []


def test_a_region_that_is_called_otherwise_moves_its_articles(store: Store) -> None:
    article = put(store)
    with store.write() as connection:
        became = keep_tags(connection, article, facets_of=lambda _: ["kk/all/schools"])
        assert [facet for facet, _ in facets_to_publish(connection)] == ["kk/all/education", "kk/all/schools"]
    assert became is Retagged.CHANGED
    with store.read() as connection:
        assert newest_in_facet(connection, "kk/all/schools", 5) == [article.id]
